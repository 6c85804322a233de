using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Testing;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Modules.Tests.Wiki;

/// <summary>One page written on two processes that share a database: by the socket of each, and by the forms of each.</summary>
public sealed class TwoProcessesTests
{
    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Page_WrittenOnTwoProcessesTogetherAndByForms_OneTextAndEveryVersion(DatabaseProvider provider)
    {
        await using var one = await Instance.StartAsync(provider);
        await using var other = await one.SecondAsync();
        var scene = new Scene(one);
        var (anne, luc) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"));
        var group = await scene.GroupAsync("Groupe", anne, members: luc);
        var page = await scene.PageAsync(group, anne, "Compte rendu", "Début.\n\nMilieu.\n\nFin.");

        await using (var here = await SharedEditor.OpenAsync(one.Address, await one.SessionAsync(anne.Id), page))
        await using (var there = await SharedEditor.OpenAsync(other.Address, await one.SessionAsync(luc.Id), page))
        {
            for (var i = 0; i < 10; i++) await Task.WhenAll(here.TypeAsync(0, 0, $"a{i} "), there.AppendAsync($" l{i}"));
            await here.UntilAsync(e => e.Copy!.Version == 20);
            await there.UntilAsync(e => e.Copy!.Version == 20);
            Assert.Equal(here.Text, there.Text);
        }

        var (left, right) = (new Visitor(await one.SignedInAsync(anne.Id)), new Visitor(other.Browser(await one.SessionAsync(luc.Id))));
        var address = $"/groupes/{group.Slug}/pages/{page}/modifier";
        var (leftForm, rightForm) = (await left.OpenAsync(address), await right.OpenAsync(address));
        var text = leftForm.ValueOf("Input.Body")!.ReplaceLineEndings("\n");
        Assert.Equal(text, rightForm.ValueOf("Input.Body")!.ReplaceLineEndings("\n"));
        await WikiRoom.SaveAsync(left, leftForm, text.Replace("Début.", "Commencement.", StringComparison.Ordinal));
        var merged = await WikiRoom.SaveAsync(right, rightForm, text.Replace("Fin.", "Terme.", StringComparison.Ordinal));

        Assert.Contains("fait=reuni", merged.Address, StringComparison.Ordinal);
        await using var db = one.Open(Viewer.System);
        var kept = await db.Set<WikiPage>().Select(p => p.Body).SingleAsync();
        foreach (var word in Enumerable.Range(0, 10).SelectMany(i => new[] { $"a{i} ", $" l{i}" }).Append("Commencement.").Append("Terme.")) Assert.Contains(word, kept, StringComparison.Ordinal);
        var versions = await db.Revisions.OrderBy(r => r.Version).Select(r => r.Version).ToListAsync();
        Assert.Equal(versions.Distinct(), versions);
        Assert.Equal(Page(await left.OpenAsync($"/c/{page}")), Page(await right.OpenAsync($"/c/{page}")));
    }

    private static string Page(VisitedPage page) => page.Document.QuerySelector("article.prose")!.TextContent;
}
