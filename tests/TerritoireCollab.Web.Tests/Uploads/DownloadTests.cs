using System.Net;
using System.Net.Http.Headers;
using System.Text;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests.Uploads;

/// <summary>Files as they go out: in parts, with their tag, under their name.</summary>
public sealed class DownloadTests(Stage stage) : IClassFixture<Stage>
{
    private const string Content = "Ligne 1, puis ligne 2, puis la fin.";

    [Fact]
    public async Task Range_OfAFile_AnsweredAsAskedFor()
    {
        var (browser, link) = await FileAsync();
        using var whole = await browser.GetAsync(link);
        var tag = whole.Headers.ETag!;
        Assert.Equal("bytes", whole.Headers.AcceptRanges.Single());
        Assert.Equal("nosniff", whole.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", whole.Headers.GetValues("Content-Security-Policy").Single());

        Assert.Equal((206, Content[6..12]), await AskAsync(browser, link, 6, 11));
        Assert.Equal((206, Content[^4..]), await AskAsync(browser, link, null, 4));
        Assert.Equal((206, Content[6..12]), await AskAsync(browser, link, 6, 11, tag));
        Assert.Equal((200, Content), await AskAsync(browser, link, 6, 11, new EntityTagHeaderValue("\"autre\"")));
        Assert.Equal(416, (await AskAsync(browser, link, 1000, 2000)).Status);
        var same = new HttpRequestMessage(HttpMethod.Get, link) { Headers = { IfNoneMatch = { tag } } };
        Assert.Equal(HttpStatusCode.NotModified, (await browser.SendAsync(same)).StatusCode);
    }

    [Fact]
    public async Task Name_OfAFile_GoesWithItInFull()
    {
        var (browser, link) = await FileAsync("Délibération « n° 1 ».txt");
        using var answer = await browser.GetAsync(link);

        Assert.Equal(("attachment", "Délibération « n° 1 ».txt"), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileNameStar));
    }

    private static async Task<(int Status, string Body)> AskAsync(HttpClient browser, string link, long? from, long? to, EntityTagHeaderValue? ifRange = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, link) { Headers = { Range = new RangeHeaderValue(from, to) } };
        if (ifRange is not null) request.Headers.IfRange = new RangeConditionHeaderValue(ifRange);
        using var answer = await browser.SendAsync(request);
        return ((int)answer.StatusCode, Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()));
    }

    private async Task<(HttpClient Browser, string Link)> FileAsync(string name = "note.txt")
    {
        var member = await stage.Scene.MemberAsync("Yann Luc");
        var topic = await stage.Scene.TopicAsync(await stage.Scene.GroupAsync("Groupe", member), member, "Fil", files: await stage.Scene.FileAsync(name, Content));
        var visitor = await stage.AsAsync(member);
        return (visitor.Browser, "/" + (await visitor.OpenAsync($"/c/{topic}")).Document.QuerySelector(".pieces a")!.GetAttribute("href"));
    }
}
