using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Groups;

/// <summary>The list of members, and its table for spreadsheets.</summary>
public sealed class MemberListTests(Stage stage) : IClassFixture<Stage>
{
    [Fact]
    public async Task List_ShowsSinceWhenHowAndAsWhat_SortedEitherWay()
    {
        var (group, owner, visitor) = await GroupAsync();
        foreach (var (name, role) in new[] { ("Zoé Essai", GroupRole.Animator), ("Bea Essai", GroupRole.Reader) })
        {
            stage.Instance.Clock.Advance(TimeSpan.FromDays(1));
            await stage.Scene.JoinAsync(group, await stage.Scene.MemberAsync(name), role);
        }

        var byName = await visitor.OpenAsync($"/groupes/{group.Slug}/membres");
        var byDate = await visitor.OpenAsync(byName.Document.QuerySelector("main a[href*='tri=date']")!.GetAttribute("href")!);

        Assert.Equal(["Bea Essai", owner.Name, "Zoé Essai"], Names(byName));
        Assert.Equal(["Bea Essai", "Zoé Essai", owner.Name], Names(byDate));
        Assert.Equal(["Lecteur", "Propriétaire", "Animateur"], byName.Document.QuerySelectorAll("main .liste h2 .etiquette").Select(t => t.TextContent));
        Assert.Matches("depuis le .+, a fondé le groupe", byName.Text);
    }

    [Fact]
    public async Task List_OfHundredAndTwo_HundredAPageAndSearchable()
    {
        var (group, owner, visitor) = await GroupAsync();
        await FillAsync(group, 101);

        var first = await visitor.OpenAsync($"/groupes/{group.Slug}/membres");
        var second = await visitor.OpenAsync($"/groupes/{group.Slug}/membres?page=2");
        var beyond = await visitor.OpenAsync($"/groupes/{group.Slug}/membres?page=99999999");
        var found = await visitor.SendAsync(first, "#qui", ("qui", "membré 007"));
        var none = await visitor.SendAsync(first, "#qui", ("qui", "personne de ce nom"));

        Assert.Equal((100, 2), (Names(first).Count, Names(second).Count));
        Assert.Equal(102, Names(first).Concat(Names(second)).Distinct().Count());
        Assert.Equal(Names(second), Names(beyond));
        Assert.Equal(["Membre 007"], Names(found));
        Assert.Contains("Aucun membre trouvé", none.Text, StringComparison.Ordinal);
        Assert.Contains(owner.Name, Names(first).Concat(Names(second)));
    }

    [Fact]
    public async Task List_AsEachMaySeeIt_MembersReadAnimatorsManage()
    {
        var (group, owner, _) = await GroupAsync();
        var reader = await stage.Scene.MemberAsync("Léo Essai");
        await stage.Scene.JoinAsync(group, reader, GroupRole.Reader);
        await stage.Scene.JoinAsync(group, await stage.Scene.MemberAsync("Dan Essai"), state: MembershipState.Requested);
        var asReader = await stage.AsAsync(reader);
        var asOther = await stage.AsAsync(await stage.Scene.MemberAsync("Passant Essai"));
        var asAdmin = await stage.AsAsync(await stage.Scene.MemberAsync("Ada Essai", admin: true));

        var forOwner = await (await stage.AsAsync(owner)).OpenAsync($"/groupes/{group.Slug}/membres");
        var forReader = await asReader.OpenAsync($"/groupes/{group.Slug}/membres");

        Assert.Contains("Une demande d’adhésion attend une réponse", forOwner.Text, StringComparison.Ordinal);
        Assert.NotNull(forOwner.Document.QuerySelector("main a[href$='/membres.csv']"));
        Assert.Equal(["Léo Essai", owner.Name], Names(forReader));
        Assert.Null(forReader.Document.QuerySelector("main a[href$='/membres.csv'], main a[href$='/invitations'], main form[method=post], main input[type=checkbox]"));
        Assert.DoesNotContain("Dan Essai", forReader.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await asReader.OpenAsync($"/groupes/{group.Slug}/membres.csv")).Status);
        foreach (var outsider in new[] { asOther, asAdmin })
            foreach (var tail in new[] { "membres", "membres.csv", $"membres/{reader.Handle}" })
                Assert.Equal((HttpStatusCode.NotFound, tail), ((await outsider.OpenAsync($"/groupes/{group.Slug}/{tail}")).Status, tail));
    }

    [Fact]
    public async Task Export_OpensInAFrenchSpreadsheet_WithoutFormulas()
    {
        var (group, owner, _) = await GroupAsync();
        string[] names = ["=1+1", "+33 6", "-2", "@SUM(A1)", "=HYPERLINK(\"http://essai.invalid\";\"x\")", "Jean; \"dit\" le Bon", "＝1", " =2"];
        foreach (var name in names) await RenamedAsync(group, name);
        using var browser = await stage.Instance.SignedInAsync(owner.Id);

        var bytes = await browser.GetByteArrayAsync($"/groupes/{group.Slug}/membres.csv");
        var rows = Parse(Encoding.UTF8.GetString(bytes.AsSpan(3)));

        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        Assert.Equal(["Nom", "Fonction", "Organisation", "Rôle", "Membre depuis", "Origine"], rows[0]);
        Assert.Equal(new[] { owner.Name, "Jean; \"dit\" le Bon" }.Concat(names.Where(n => !n.StartsWith("Jean", StringComparison.Ordinal)).Select(n => "'" + n)).Order(StringComparer.Ordinal), rows[1..].Select(r => r[0]).Order(StringComparer.Ordinal));
        Assert.All(rows, r => Assert.Equal(6, r.Count));
    }

    [Fact]
    public async Task Export_WithTheCellsOfTheCorpus_NoneStartsAFormula()
    {
        var corpora = Environment.GetEnvironmentVariable("TERRITOIRE_CORPORA") ?? "";
        if (corpora.Length == 0) Assert.Skip("skipped: not here");
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(corpora, "injection-strings", "injection-strings.json")));
        var cells = json.RootElement.EnumerateArray().Where(e => e.GetProperty("kind").GetString() == "csv-cell").Select(e => e.GetProperty("value").GetString()!).Where(v => v.Length is > 0 and <= 100).ToList();
        var (group, owner, _) = await GroupAsync();
        foreach (var cell in cells) await RenamedAsync(group, cell);
        using var browser = await stage.Instance.SignedInAsync(owner.Id);

        var rows = Parse(Encoding.UTF8.GetString((await browser.GetByteArrayAsync($"/groupes/{group.Slug}/membres.csv")).AsSpan(3)));

        Assert.Equal(cells.Count + 2, rows.Count);
        Assert.All(rows.SelectMany(r => r), cell => Assert.DoesNotMatch(@"^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]", cell));
    }

    private async Task<(Group Group, Member Owner, Visitor Visitor)> GroupAsync()
    {
        var owner = await stage.Scene.MemberAsync("Olga Essai");
        return (await stage.Scene.GroupAsync("Liste", owner), owner, await stage.AsAsync(owner));
    }

    private async Task FillAsync(Group group, int count)
    {
        for (var i = 0; i < count; i++) await stage.Scene.JoinAsync(group, await stage.Scene.MemberAsync($"Membre {i:000}"));
    }

    // A member whose name no form would take: the table must not count on the forms.
    private async Task RenamedAsync(Group group, string name)
    {
        var member = await stage.Scene.MemberAsync("Nom Essai");
        await stage.Scene.JoinAsync(group, member);
        await using var db = stage.Instance.Open(Viewer.System);
        await db.Members.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Name, name));
    }

    private static List<string> Names(VisitedPage page) => [.. page.Document.QuerySelectorAll("main .liste--cadre h2 a").Select(a => a.TextContent)];

    // RFC 4180 with semicolons.
    private static List<List<string>> Parse(string text)
    {
        var (rows, row, cell, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[++i]);
            else if (text[i] == '"') quoted = !quoted;
            else if (!quoted && text[i] == ';') row.Add(Take(cell));
            else if (!quoted && text[i] == '\n') (_, row) = (Add(rows, row, Take(cell)), []);
            else if (quoted || text[i] != '\r') cell.Append(text[i]);
        }

        return rows;
    }

    private static string Take(StringBuilder cell)
    {
        var text = cell.ToString();
        cell.Clear();
        return text;
    }

    private static bool Add(List<List<string>> rows, List<string> row, string last)
    {
        rows.Add([.. row, last]);
        return true;
    }
}
