using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests.Outages;

/// <summary>F-37: files sent with a form that does not arrive whole, to a process that goes on or is killed; one name sent twice at once.</summary>
public sealed class FormOutageTests : IAsyncLifetime
{
    private const int Length = 400_000;
    private readonly byte[] _bytes = RandomNumberGenerator.GetBytes(Length);
    private Instance _instance = null!;
    private Member _anne = null!;
    private string _address = "";

    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync(manualClock: true);
        var scene = new Scene(_instance);
        _anne = await scene.MemberAsync("Anne Essai");
        var group = await scene.GroupAsync("Groupe", _anne);
        _address = $"/groupes/{group.Slug}/pages/{await scene.PageAsync(group, _anne, "Plan")}";
    }

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(99)]
    public async Task F37_FormCutInTheMiddle_NothingStaysAndSendingAgainWorks(int percent)
    {
        var browser = await _instance.SignedInAsync(_anne.Id);
        var token = await TokenAsync(browser);
        using (var part = new Part(Form(token, "plan.bin", _bytes), percent))
        {
            var broken = browser.PostAsync(_address + "/images", part);
            await part.Sent;
            part.Break();
            await Assert.ThrowsAnyAsync<Exception>(() => broken);
        }

        await AssertKeptAsync(0, 0);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(browser, token, "plan.bin", _bytes));
        await AssertKeptAsync(1, 1);
    }

    [Fact]
    public async Task F37_ProcessKilledWhileAFormComesIn_NothingStaysAfterTheCleaner()
    {
        using (var product = ProductProcess.Serve(("Territoire__DataDirectory", _instance.Folder), ("Territoire__BaseUrl", "http://127.0.0.1"), ("Territoire__Jobs", "false")))
        {
            var address = await ProductProcess.AddressAsync(product);
            var cookies = new CookieContainer();
            cookies.Add(address, new Cookie("session", await _instance.SessionAsync(_anne.Id)));
            using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, UseProxy = false }) { BaseAddress = address };
            using var part = new Part(Form(await TokenAsync(browser), "plan.bin", _bytes), 50);
            var broken = browser.PostAsync(_address + "/images", part);
            await part.Sent;
            await EndAsync(product);
            part.Break();
            await Assert.ThrowsAnyAsync<Exception>(() => broken);
        }

        var again = await _instance.SignedInAsync(_anne.Id);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(again, await TokenAsync(again), "plan.bin", _bytes));
        // What it had begun to copy into the store is found by none of its rows.
        var begun = Path.Combine(_instance.Folder, "files", "tmp", Guid.CreateVersion7().ToString("N"));
        await File.WriteAllBytesAsync(begun, _bytes[..1000]);
        File.SetLastWriteTimeUtc(begun, _instance.Clock.GetUtcNow().UtcDateTime);
        _instance.Clock.Advance(TimeSpan.FromDays(2));
        await _instance.Services.GetServices<IRecurringJob>().OfType<PurgeOldData>().Single().RunAsync(default);

        await AssertKeptAsync(1, 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task F37_OneNameTwiceAtOnce_BothAreThereEachWithItsBytes(bool sameBytes)
    {
        var browser = await _instance.SignedInAsync(_anne.Id);
        var token = await TokenAsync(browser);
        var other = sameBytes ? _bytes : RandomNumberGenerator.GetBytes(Length);

        var sent = await Task.WhenAll(SendAsync(browser, token, "plan.bin", _bytes), SendAsync(browser, token, "plan.bin", other));

        Assert.All(sent, s => Assert.Equal(HttpStatusCode.OK, s));
        await AssertKeptAsync(2, sameBytes ? 1 : 2);
        await using var db = _instance.Open(Viewer.System);
        var read = new HashSet<string>();
        foreach (var id in await db.Attachments.Select(a => a.Id).ToListAsync()) read.Add(Convert.ToHexString(SHA256.HashData(await browser.GetByteArrayAsync($"/pieces/{id:N}/plan.bin"))));
        Assert.Equal(new HashSet<string> { Convert.ToHexString(SHA256.HashData(_bytes)), Convert.ToHexString(SHA256.HashData(other)) }, read);
    }

    private async Task AssertKeptAsync(int attachments, int files)
    {
        await using var db = _instance.Open(Viewer.System);
        Assert.Equal((attachments, attachments, files), (await db.Attachments.CountAsync(), await db.Items.SumAsync(i => i.AttachmentCount), await db.Files.CountAsync()));
        var folder = Path.Combine(_instance.Folder, "files");
        Assert.Equal(files, Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length : 0);
    }

    private async Task<string> TokenAsync(HttpClient browser) => (await new Visitor(browser).OpenAsync(_address + "/modifier")).ValueOf("__RequestVerificationToken")!;

    private async Task<HttpStatusCode> SendAsync(HttpClient browser, string token, string name, byte[] bytes)
    {
        using var form = Form(token, name, bytes);
        using var answer = await browser.PostAsync(_address + "/images", form);
        return answer.StatusCode;
    }

    private static MultipartFormDataContent Form(string token, string name, byte[] bytes) => new() { { new StringContent(token), "__RequestVerificationToken" }, { new ByteArrayContent(bytes), "fichier", name } };

    private static async Task EndAsync(Process product)
    {
        product.Kill(entireProcessTree: true);
        await product.WaitForExitAsync();
    }

    // Announces the whole form, sends a part of it, and then breaks off when told to.
    private sealed class Part : HttpContent
    {
        private readonly byte[] _whole;
        private readonly int _sent;
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Part(MultipartFormDataContent form, int percent)
        {
            using (form) _whole = form.ReadAsByteArrayAsync().GetAwaiter().GetResult();
            _sent = _whole.Length * percent / 100;
            Headers.ContentType = MediaTypeHeaderValue.Parse(form.Headers.ContentType!.ToString());
        }

        public Task Sent => _begun.Task;

        public void Break() => _end.TrySetException(new IOException("cut"));

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_whole.AsMemory(0, _sent));
            await stream.FlushAsync();
            _begun.SetResult();
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _whole.Length;
            return true;
        }
    }
}
