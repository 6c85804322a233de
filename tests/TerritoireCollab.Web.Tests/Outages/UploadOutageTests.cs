using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;
using TerritoireCollab.Web.Tests.Uploads;

namespace TerritoireCollab.Web.Tests.Outages;

/// <summary>Files sent piece by piece to a process that is killed, or whose disk is full.</summary>
public sealed class UploadOutageTests
{
    private const int Room = 256 * 1024;

    [Theory]
    [InlineData(10)]
    [InlineData(99)]
    public async Task Process_KilledInTheMiddle_ResumesWhereTheBytesEnd(int percent)
    {
        await using var instance = await Instance.StartAsync();
        var member = await new Scene(instance).MemberAsync("Anne Essai");
        var bytes = RandomNumberGenerator.GetBytes(400_000);
        var sent = bytes.Length * percent / 100;
        string address;
        using (var product = Start(instance))
        {
            var client = await ClientAsync(instance, product, member);
            address = await client.BeginAsync("film.bin", bytes.Length);
            _ = client.PieceAsync(address, 0, new Unfinished(bytes[..sent], bytes.Length));
            while ((await client.HeadAsync(address)).Offset != $"{sent}") await Task.Yield();
            await EndAsync(product);
        }

        using var second = Start(instance);
        try
        {
            var client = await ClientAsync(instance, second, member);
            Assert.Equal((200, $"{sent}"), await client.HeadAsync(address));
            using var rest = await client.PieceAsync(address, sent, bytes[sent..]);
            Assert.Equal(HttpStatusCode.NoContent, rest.StatusCode);
        }
        finally
        {
            await EndAsync(second);
        }

        await using var db = instance.Open(Viewer.System);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), await db.Files.Select(f => f.Sha256).SingleAsync());
        Assert.Single(Directory.GetFiles(Path.Combine(instance.Folder, "files"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Disk_Full_SaidAndWhatCameStays()
    {
        await using var instance = await Instance.StartAsync();
        var member = await new Scene(instance).MemberAsync("Anne Essai");
        var files = Directory.CreateDirectory(Path.Combine(instance.Folder, "files")).FullName;
        using var product = ProductProcess.StartOnSmallDisk(files, Room, ProductProcess.ServingArguments, Environment(instance));
        try
        {
            var client = await ClientAsync(instance, product, member);
            var address = await client.BeginAsync("film.bin", 2 * Room);
            using (var full = await client.PieceAsync(address, 0, new byte[2 * Room])) Assert.Equal(507, (int)full.StatusCode);
            Assert.InRange(int.Parse((await client.HeadAsync(address)).Offset!, System.Globalization.CultureInfo.InvariantCulture), 1, Room);
            using (await client.Http.SendAsync(TusClient.Request(HttpMethod.Delete, address))) { }

            await client.SendAsync("petit.bin", new byte[Room / 4]);

            await using var db = instance.Open(Viewer.System);
            Assert.Equal((1, 1), (await db.Uploads.CountAsync(), await db.Files.CountAsync()));
            Assert.Single(Directory.GetFiles($"/proc/{product.Id}/root{files}", "*", SearchOption.AllDirectories));
        }
        finally
        {
            await EndAsync(product);
        }
    }

    private static (string, string)[] Environment(Instance instance) => [("Territoire__DataDirectory", instance.Folder), ("Territoire__BaseUrl", "http://127.0.0.1"), ("Territoire__Jobs", "false")];

    private static Process Start(Instance instance) => ProductProcess.Serve(Environment(instance));

    private static async Task EndAsync(Process product)
    {
        product.Kill(entireProcessTree: true);
        await product.WaitForExitAsync();
    }

    private static async Task<TusClient> ClientAsync(Instance instance, Process product, Member member)
    {
        var (cookies, address) = (new CookieContainer(), await ProductProcess.AddressAsync(product));
        cookies.Add(address, new Cookie("session", await instance.SessionAsync(member.Id)));
        return new(new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address });
    }

    // Announces more than it sends, and then says nothing.
    private sealed class Unfinished(byte[] first, long announced) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(first);
            await stream.FlushAsync();
            await Task.Delay(Timeout.Infinite);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = announced;
            return true;
        }
    }
}
