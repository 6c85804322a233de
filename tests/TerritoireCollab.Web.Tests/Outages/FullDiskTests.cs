using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests.Outages;

/// <summary>The product as a process, with a disk for its files that has room for little.</summary>
public sealed class FullDiskTests
{
    private const int Room = 256 * 1024;

    [Fact]
    public async Task Attachment_LargerThanTheRoomLeft_SaidAtTheFieldAndNothingKeptOfIt()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var member = await scene.MemberAsync("Anne Essai");
        var group = await scene.GroupAsync("Groupe", member);
        var topic = await scene.TopicAsync(group, member, "Un fil");
        var files = Directory.CreateDirectory(Path.Combine(instance.Folder, "files")).FullName;
        using var product = ProductProcess.StartOnSmallDisk(files, Room, ProductProcess.ServingArguments,
            ("Territoire__DataDirectory", instance.Folder), ("Territoire__BaseUrl", "http://127.0.0.1"), ("Territoire__Jobs", "false"));
        try
        {
            var cookies = new CookieContainer();
            var address = await ProductProcess.AddressAsync(product);
            cookies.Add(address, new Cookie("session", await instance.SessionAsync(member.Id)));
            using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address };
            var visitor = new Visitor(browser);

            var refused = await visitor.SendAsync(await visitor.OpenAsync($"/c/{topic}"), "#repondre", [("Files", "plan.txt", Bytes(2 * Room))], ("Body", "Voici le plan, **relu**."));

            Assert.Equal(HttpStatusCode.OK, refused.Status);
            Assert.Contains("L’espace de stockage est plein : le fichier n’a pas été reçu.", refused.Text, StringComparison.Ordinal);
            Assert.Equal("Voici le plan, **relu**.", refused.ValueOf("Body")?.Trim());
            Assert.Equal((0, 0), await CountAsync(instance));
            Assert.Empty(Kept(product, files));

            var published = await visitor.SendAsync(refused, "#repondre", [("Files", "plan.txt", Bytes(Room / 4))]);

            Assert.Contains("Voici le plan", published.Document.QuerySelector("#r1")?.TextContent, StringComparison.Ordinal);
            Assert.Equal((1, 1), await CountAsync(instance));
            Assert.Single(Kept(product, files));
        }
        finally
        {
            product.Kill(entireProcessTree: true);
            await product.WaitForExitAsync();
        }
    }

    // The disk is there for the process alone: its root is looked through.
    private static string[] Kept(Process product, string folder) => Directory.GetFiles($"/proc/{product.Id}/root{folder}", "*", SearchOption.AllDirectories);

    private static async Task<(int Answers, int Files)> CountAsync(Instance instance)
    {
        await using var db = instance.Open(Viewer.System);
        return (await db.Comments.CountAsync(), await db.Files.CountAsync());
    }

    private static byte[] Bytes(int length) => [.. Enumerable.Repeat((byte)'a', length)];
}
