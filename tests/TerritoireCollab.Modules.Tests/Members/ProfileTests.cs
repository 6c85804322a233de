using System.Net;
using System.Text;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Members;

/// <summary>A profile: its form, and each field to exactly those whom the member chose, wherever members are shown.</summary>
public sealed class ProfileTests(Stage stage) : IClassFixture<Stage>
{
    private static readonly string[] Fields = ["Function", "Commune", "Phone", "Email", "Presentation", "Photo"];

    // Only these are found by search: what nobody but a reader of the profile sees must not find its owner.
    private static readonly string[] Searched = ["Function", "Commune", "Presentation"];

    private Instance Instance => stage.Instance;

    [Theory]
    [InlineData("membres", true, true)]
    [InlineData("groupes", true, false)]
    [InlineData("moi", false, false)]
    public async Task Fields_OfEachVisibility_ShownToThoseChosen(string visibility, bool toMates, bool toOthers)
    {
        var (owner, mate, other) = (await stage.Scene.MemberAsync($"Odile {visibility}"), await stage.Scene.MemberAsync("Mona Même"), await stage.Scene.MemberAsync("Otto Autre"));
        var group = await stage.Scene.GroupAsync("Groupe commun", owner, members: mate);
        var words = Words(visibility, owner);
        await FillAsync(owner, visibility, words);
        await Instance.SettleAsync();

        var seen = new Dictionary<string, (bool Expected, IReadOnlyList<VisitedPage> Pages, string Found)>
        {
            ["soi"] = (true, await PagesAsync(owner, owner, group.Slug), await SearchedAsync(owner, words)),
            ["même groupe"] = (toMates, await PagesAsync(mate, owner, group.Slug), await SearchedAsync(mate, words)),
            ["autre"] = (toOthers, await PagesAsync(other, owner, group.Slug), await SearchedAsync(other, words)),
        };

        foreach (var (who, (expected, pages, found)) in seen)
        {
            Assert.Contains(owner.Name, pages[0].Text, StringComparison.Ordinal);
            foreach (var field in Fields.Where(f => f != "Photo")) Assert.True(pages[0].Body.Contains(words[field], StringComparison.Ordinal) == expected, $"{who} : {field}");
            foreach (var field in Fields.Where(f => f != "Photo" && !expected)) Assert.All(pages, p => Assert.DoesNotContain(words[field], p.Body, StringComparison.Ordinal));
            Assert.True(pages[1].Body.Contains(words["Function"], StringComparison.Ordinal) == expected, $"{who} : annuaire");
            Assert.True(pages[2].Body.Contains(words["Commune"], StringComparison.Ordinal) == expected, $"{who} : API");
            Assert.True(pages[0].Document.QuerySelector($"img[src^='membres/{owner.Handle}/photo']") is not null == expected, $"{who} : photo");
            Assert.Equal(expected ? HttpStatusCode.OK : HttpStatusCode.NotFound, pages[3].Status);
            Assert.Equal(toOthers ? string.Join(' ', Searched) : "", found);
        }
    }

    [Fact]
    public async Task Anything_Anonymous_LedToSignInOrNotFound()
    {
        var owner = await stage.Scene.MemberAsync("Odile Essai");
        await FillAsync(owner, "membres", Words("membres", owner));
        var visitor = Instance.Stranger();

        foreach (var address in new[] { $"/annuaire/{owner.Handle}", "/annuaire", "/annuaire/personne", "/organisations", "/moi", "/moi/compte", "/moi/structures", "/bienvenue" })
            Assert.StartsWith("/connexion?retour=", (await visitor.OpenAsync(address)).Address, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync($"/membres/{owner.Handle}/photo")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.OpenAsync("/api/v1/members")).Status);
    }

    [Theory]
    [InlineData("FullName", " ")]
    [InlineData("FullName", "long")]
    [InlineData("Function", "long")]
    [InlineData("Commune", "long")]
    [InlineData("Phone", "quatre-vingt-dix")]
    [InlineData("Presentation", "long")]
    public async Task Save_BadField_SentenceAtTheFieldAndAllTextKept(string field, string typed)
    {
        var visitor = await Instance.VisitorAsync(await stage.Scene.MemberAsync("Odile Essai"));
        var value = typed == "long" ? new string('é', 4001) : typed;
        (string Name, string? Value)[] sound = [("FullName", "Odile Neuve"), ("Function", "maire"), ("Commune", "Valrêve"), ("Phone", "04 75 00 00 00"), ("Presentation", "Bonjour."), ("PhoneVisibility", "membres")];
        (string Name, string? Value)[] fields = [.. sound.Where(f => f.Name != field), (field, value)];

        var refused = await visitor.SendAsync(await visitor.OpenAsync("/moi"), "[name='FullName']", fields);

        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.True(refused.Refuses(field));
        Assert.All(fields, f => Assert.Equal(f.Value, refused.ValueOf(f.Name)));
    }

    [Fact]
    public async Task Save_UnknownVisibility_ShownToNobody()
    {
        var (owner, other) = (await stage.Scene.MemberAsync("Odile Essai"), await stage.Scene.MemberAsync("Otto Autre"));
        var visitor = await Instance.VisitorAsync(owner);

        await visitor.SendAsync(await visitor.OpenAsync("/moi"), "[name='FullName']", ("Function", "fonctionvoilée"), ("FunctionVisibility", "tout-le-monde"));

        Assert.Contains("fonctionvoilée", (await visitor.OpenAsync($"/annuaire/{owner.Handle}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("fonctionvoilée", (await (await Instance.VisitorAsync(other)).OpenAsync($"/annuaire/{owner.Handle}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_FieldsThatNoFormHas_ChangeNothing()
    {
        var owner = await stage.Scene.MemberAsync("Odile Essai");
        var visitor = await Instance.VisitorAsync(owner);

        var saved = await visitor.SendAsync(await visitor.OpenAsync("/moi"), "[name='FullName']",
            ("IsAdmin", "true"), ("State", "3"), ("Email", "autre@essai.invalid"), ("Handle", "autre"), ("Id", Guid.NewGuid().ToString()), ("member.IsAdmin", "true"), ("Function", "maire"));

        var now = (await Instance.MemberAsync(owner.Email))!;
        Assert.Equal("/moi?fait=profil", saved.Address);
        Assert.Equal((owner.Id, false, MemberState.Active, owner.Handle, "maire"), (now.Id, now.IsAdmin, now.State, now.Handle, now.Function));
    }

    [Fact]
    public async Task Presentation_WithAScript_ShownInert()
    {
        var owner = await stage.Scene.MemberAsync("Odile <b>Essai</b>");
        var visitor = await Instance.VisitorAsync(owner);

        await visitor.SendAsync(await visitor.OpenAsync("/moi"), "[name='FullName']", ("Presentation", "Bonjour <script>alert(1)</script><img src=x onerror=alert(1)> **gras**"), ("Function", "\"><script>alert(1)</script>"));
        var page = await visitor.OpenAsync($"/annuaire/{owner.Handle}");

        Assert.Equal("gras", page.Document.QuerySelector(".prose strong")?.TextContent);
        Assert.DoesNotContain("<script>alert", page.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(page.Document.QuerySelectorAll("main [onerror]"));
        Assert.Contains("Odile <b>Essai</b>", page.Text, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Words(string visibility, Member owner) => new()
    {
        ["Function"] = $"fonction{visibility}zq", ["Commune"] = $"commune{visibility}zq", ["Phone"] = visibility switch { "membres" => "04 75 11 22 33", "groupes" => "04 75 22 33 44", _ => "04 75 33 44 55" },
        ["Email"] = owner.Email!, ["Presentation"] = $"presentation{visibility}zq",
    };

    private async Task FillAsync(Member owner, string visibility, Dictionary<string, string> words)
    {
        var visitor = await Instance.VisitorAsync(owner);
        var saved = await visitor.SendAsync(await visitor.OpenAsync("/moi"), "[name='FullName']", [("Photo", "photo.png", Pictures.Png())],
            [("Function", words["Function"]), ("Commune", words["Commune"]), ("Phone", words["Phone"]), ("Presentation", words["Presentation"]), .. Fields.Select(f => (f + "Visibility", (string?)visibility))]);
        Assert.Equal("/moi?fait=profil", saved.Address);
    }

    // The profile, the directory, the API, the photo, and the list of the group.
    private async Task<IReadOnlyList<VisitedPage>> PagesAsync(Member reader, Member owner, string group)
    {
        var visitor = await Instance.VisitorAsync(reader);
        var name = Uri.EscapeDataString(owner.Name);
        var pages = new List<VisitedPage>();
        foreach (var address in new[] { $"/annuaire/{owner.Handle}", $"/annuaire?q={name}", $"/api/v1/members?q={name}", $"/membres/{owner.Handle}/photo", $"/groupes/{group}/membres", $"/api/v1/groups/{group}/members" })
            pages.Add(await visitor.OpenAsync(address));
        return pages;
    }

    private async Task<string> SearchedAsync(Member reader, Dictionary<string, string> words)
    {
        var visitor = await Instance.VisitorAsync(reader);
        var found = new StringBuilder();
        foreach (var field in words.Keys)
        {
            var page = await visitor.OpenAsync("/recherche?q=" + Uri.EscapeDataString(words[field]));
            var list = await visitor.OpenAsync("/annuaire?q=" + Uri.EscapeDataString(words[field]));
            var isFound = page.Document.QuerySelector("main a[href^='annuaire/odile']") is not null;
            Assert.Equal(isFound, list.Document.QuerySelector("main a[href^='annuaire/odile']") is not null);
            if (isFound) found.Append(found.Length > 0 ? " " : "").Append(field);
        }

        return found.ToString();
    }
}
