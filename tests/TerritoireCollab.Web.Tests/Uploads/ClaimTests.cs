using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests.Uploads;

/// <summary>Forms that name files sent beforehand: taken once, by their owner, and kept when the form is refused.</summary>
public sealed class ClaimTests(Stage stage) : IClassFixture<Stage>
{
    private Member _member = null!;
    private Group _group = null!;

    [Fact]
    public async Task Form_NamingUploads_TakesThemBesideThePlainFiles()
    {
        var (visitor, ids) = await SentAsync("plan.txt", "annexe.txt");
        var after = await PostAsync(visitor, "Un fil", ids, ("Files", "simple.txt", "Simple."u8.ToArray()));

        Assert.Equal(["plan.txt", "annexe.txt", "simple.txt"], Files(after));
        var link = after.Document.QuerySelector(".pieces a")!.GetAttribute("href");
        Assert.Equal("Contenu de plan.txt", await visitor.Browser.GetStringAsync("/" + link));
        Assert.Equal(404, (await new TusClient(visitor.Browser).HeadAsync($"/depots/{ids[0]}")).Status);
    }

    [Fact]
    public async Task Form_Refused_StillNamesThemAndTakesThemNext()
    {
        var (visitor, ids) = await SentAsync("plan.txt");
        var refused = await PostAsync(visitor, "", ids);

        Assert.NotNull(refused.Document.QuerySelector("[data-erreurs]"));
        Assert.Contains("plan.txt", refused.Document.QuerySelector("input[name=depot][checked] + label")!.TextContent, StringComparison.Ordinal);
        var after = await visitor.SendAsync(refused, "[name='Input.Title']", ("Input.Title", "Avec titre"));
        Assert.Equal(["plan.txt"], Files(after));
    }

    [Fact]
    public async Task Form_SentTwice_WritesOnce()
    {
        var (visitor, ids) = await SentAsync("plan.txt");
        var page = await visitor.OpenAsync($"/groupes/{_group.Slug}/forum/nouveau");
        (string, string?)[] fields = [("Input.Title", "Une seule fois"), ("Input.Body", "Texte."), .. ids.Select(i => ("depot", (string?)i))];
        var once = await visitor.SendAsync(page, "[name='Input.Title']", fields);
        var twice = await visitor.SendAsync(page, "[name='Input.Title']", fields);

        Assert.Equal(["plan.txt"], Files(once));
        Assert.Equal(["plan.txt"], Files(twice));
        Assert.Equal(once.Address, twice.Address);
    }

    [Fact]
    public async Task Upload_InTwoForms_TakenByTheFirst()
    {
        var (visitor, ids) = await SentAsync("plan.txt");
        await PostAsync(visitor, "Le premier", ids);
        var second = await PostAsync(visitor, "Le second", ids);

        Assert.Contains("déjà été joint", second.Body, StringComparison.Ordinal);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.False(await db.Items.AnyAsync(i => i.Title == "Le second" && i.GroupId == _group.Id));
    }

    [Fact]
    public async Task Upload_OfSomebodyElseOrUnfinished_Refused()
    {
        var (_, theirs) = await SentAsync("plan.txt");
        var (visitor, _) = await SentAsync("autre.txt");
        var unfinished = (await new TusClient(visitor.Browser).BeginAsync("b.txt", 50)).Split('/')[^1];
        foreach (var id in new[] { theirs[0], unfinished, Guid.CreateVersion7().ToString("N") })
        {
            var after = await PostAsync(visitor, "Un fil", [id]);
            Assert.Contains("n’est plus là", after.Body, StringComparison.Ordinal);
            Assert.Null(after.Document.QuerySelector("input[name=depot]"));
        }
    }

    private static List<string> Files(VisitedPage page)
    {
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return [.. page.Document.QuerySelectorAll(".pieces a").Select(a => a.TextContent.Trim())];
    }

    private async Task<VisitedPage> PostAsync(Visitor visitor, string title, IReadOnlyList<string> ids, params (string Field, string FileName, byte[] Content)[] files) =>
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{_group.Slug}/forum/nouveau"), "[name='Input.Title']", files, [("Input.Title", title), ("Input.Body", "Texte."), .. ids.Select(i => ("depot", (string?)i))]);

    private async Task<(Visitor Visitor, IReadOnlyList<string> Ids)> SentAsync(params string[] names)
    {
        _member = await stage.Scene.MemberAsync("Odile Crest");
        _group = await stage.Scene.GroupAsync("Groupe des fichiers", _member);
        var visitor = await stage.AsAsync(_member);
        var ids = new List<string>();
        foreach (var name in names) ids.Add((await new TusClient(visitor.Browser).SendAsync(name, Encoding.UTF8.GetBytes($"Contenu de {name}"))).Split('/')[^1]);
        return (visitor, ids);
    }
}
