using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Syndication;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>The sources of a group, through its pages.</summary>
public sealed class SourcesTests(Stage stage) : IClassFixture<Stage>
{
    private const string List = """
        <?xml version="1.0" encoding="UTF-8"?>
        <opml version="2.0"><head><title>Mes flux</title></head><body>
          <outline text="Communes">
            <outline text="Ville d’Exemple" type="rss" xmlUrl="https://ville.invalid/flux.xml" htmlUrl="https://ville.invalid/"/>
            <outline text="Bourg" type="rss" xmlUrl="https://bourg.invalid/rss"/>
          </outline>
          <outline text="Gazette" type="rss" xmlUrl="https://gazette.invalid/atom"/>
        </body></opml>
        """;

    private Instance Instance => stage.Instance;

    [Fact]
    public async Task Import_OfAList_FoldersKeptAndNothingTwice()
    {
        var (group, animator, _) = await SetAsync();

        var first = await ImportAsync(animator, group, List);
        var second = await ImportAsync(animator, group, List);

        Assert.Contains("3 sources ajoutées", first.Text, StringComparison.Ordinal);
        Assert.Contains("Aucune nouvelle source", second.Text, StringComparison.Ordinal);
        Assert.Contains("3 étaient déjà suivies", second.Text, StringComparison.Ordinal);
        var page = await animator.OpenAsync(Address(group));
        Assert.Equal(["Communes", "Sans dossier"], page.Document.QuerySelectorAll("main section > h2").Take(2).Select(h => h.FirstChild!.TextContent.Trim()));
        Assert.Equal(["Bourg", "Ville d’Exemple", "Gazette"], page.Document.QuerySelectorAll("main .liste h3 a").Select(a => a.TextContent.Trim()));
    }

    [Fact]
    public async Task Export_ReadAgain_SameSourcesAndFolders()
    {
        var (group, animator, _) = await SetAsync();
        await ImportAsync(animator, group, List);

        var exported = OpmlReader.Read(Encoding.UTF8.GetBytes((await animator.OpenAsync(Address(group) + ".opml")).Body));
        var other = await SetAsync();
        await ImportAsync(other.Animator, other.Group, (await animator.OpenAsync(Address(group) + ".opml")).Body);
        var again = OpmlReader.Read(Encoding.UTF8.GetBytes((await other.Animator.OpenAsync(Address(other.Group) + ".opml")).Body));

        Assert.Equal(3, exported!.Feeds.Count);
        Assert.Equal(exported.Feeds.Select(f => (f.Title, f.FeedAddress, string.Join('/', f.Folder))), again!.Feeds.Select(f => (f.Title, f.FeedAddress, string.Join('/', f.Folder))));
        await using var db = Instance.Open(Viewer.System);
        Assert.Equal(1, await db.Set<Source>().CountAsync(s => s.Address == "https://ville.invalid/flux.xml"));
    }

    [Theory]
    [InlineData("<html><body>Rien</body></html>", "n’est pas une liste OPML")]
    [InlineData("<opml version='2.0'><head/><body/></opml>", "aucun flux")]
    [InlineData("", "Choisissez un fichier")]
    public async Task Import_OfSomethingElse_SentenceAtTheField(string text, string sentence)
    {
        var (group, animator, _) = await SetAsync();

        var refused = await ImportAsync(animator, group, text);

        Assert.True(refused.Refuses("List"));
        Assert.Contains(sentence, refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_WithAddressesThatCannotBeAsked_OthersFollowedAndTheseTold()
    {
        var (group, animator, _) = await SetAsync();

        var page = await ImportAsync(animator, group, """
            <opml version="2.0"><head/><body>
              <outline text="a" xmlUrl="javascript:alert(1)"/><outline text="b" xmlUrl="ftp://fichiers.invalid/x"/>
              <outline text="c" xmlUrl="https://nom:secret@site.invalid/rss"/><outline text="d" xmlUrl="https://bonne.invalid/rss"/>
            </body></opml>
            """);

        Assert.Contains("Une source ajoutée", page.Text, StringComparison.Ordinal);
        Assert.Equal(["javascript:alert(1)", "ftp://fichiers.invalid/x", "https://nom:secret@site.invalid/rss"], page.Document.QuerySelectorAll(".encart code").Select(c => c.TextContent));
        await using var db = Instance.Open(Viewer.System);
        Assert.Equal(["https://bonne.invalid/rss"], await db.Set<GroupSource>().Where(s => s.GroupId == group.Id).Select(s => s.Source!.Address).ToListAsync());
    }

    [Fact]
    public async Task Edit_NameFolderAndAddress_ShownAndTheOtherGroupKeepsItsOwn()
    {
        var (group, animator, _) = await SetAsync();
        var other = await SetAsync();
        await ImportAsync(animator, group, List);
        await ImportAsync(other.Animator, other.Group, List);
        var page = await animator.OpenAsync(await EditAddressAsync(group, "https://bourg.invalid/rss"));

        var saved = await animator.SendAsync(page, "form:has([name='Input.Name'])", ("Input.Name", "Le bourg"), ("Input.Folder", "À suivre"), ("Input.Address", "bourg.invalid/nouveau"));

        Assert.Contains("La source est modifiée", saved.Text, StringComparison.Ordinal);
        await using var db = Instance.Open(Viewer.System);
        var mine = await db.Set<GroupSource>().Include(s => s.Source).SingleAsync(s => s.GroupId == group.Id && s.Name == "Le bourg");
        Assert.Equal(("À suivre", "https://bourg.invalid/nouveau"), (mine.Folder, mine.Source!.Address));
        Assert.Equal(1, await db.Set<GroupSource>().CountAsync(s => s.GroupId == other.Group.Id && s.Source!.Address == "https://bourg.invalid/rss"));
    }

    [Fact]
    public async Task Edit_ToAnAddressFollowedAlready_SentenceAndTextKept()
    {
        var (group, animator, _) = await SetAsync();
        await ImportAsync(animator, group, List);
        var page = await animator.OpenAsync(await EditAddressAsync(group, "https://bourg.invalid/rss"));

        var refused = await animator.SendAsync(page, "form:has([name='Input.Name'])", ("Input.Name", "Autre nom"), ("Input.Address", "https://gazette.invalid/atom"));

        Assert.True(refused.Refuses("Input.Address"));
        Assert.Equal("Autre nom", refused.ValueOf("Input.Name"));
    }

    [Fact]
    public async Task Gestures_MuteHearRetryRemove_DoneAndSaid()
    {
        var (group, animator, _) = await SetAsync();
        await ImportAsync(animator, group, List);
        var id = await IdAsync(group, "https://bourg.invalid/rss");
        async Task<VisitedPage> ActAsync(string gesture) => await animator.PostAsync($"{Address(group)}/{id:N}/gestes", ("geste", gesture));

        var muted = await ActAsync("couper");
        var heard = await ActAsync("remettre");
        stage.Later();
        await using (var db = Instance.Open(Viewer.System)) await db.Set<Source>().Where(s => s.Address == "https://bourg.invalid/rss").ExecuteUpdateAsync(set => set.SetProperty(s => s.State, SourceState.Gone).SetProperty(s => s.NextFetchAt, DateTime.UnixEpoch));
        var asked = await ActAsync("relancer");
        var removed = await ActAsync("retirer");
        var again = await ActAsync("retirer");

        Assert.Contains("La source est coupée", muted.Text, StringComparison.Ordinal);
        Assert.Contains("La source est remise", heard.Text, StringComparison.Ordinal);
        Assert.Contains("interrogée de nouveau", asked.Text, StringComparison.Ordinal);
        Assert.Contains("n’est plus suivie", removed.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, again.Status);
        await using var after = Instance.Open(Viewer.System);
        var source = await after.Set<Source>().SingleAsync(s => s.Address == "https://bourg.invalid/rss");
        Assert.Equal((SourceState.Active, Instance.Clock.GetUtcNow().UtcDateTime), (source.State, source.NextFetchAt));
        Assert.Equal(2, await after.Set<GroupSource>().CountAsync(s => s.GroupId == group.Id));
    }

    [Fact]
    public async Task Page_OfAFailingSource_SaysSinceWhenInWords()
    {
        var (group, animator, _) = await SetAsync();
        await ImportAsync(animator, group, List);
        var now = Instance.Clock.GetUtcNow().UtcDateTime;
        await using (var db = Instance.Open(Viewer.System))
            await db.Set<GroupSource>().Where(s => s.GroupId == group.Id).Take(1).Select(s => s.Source!).ExecuteUpdateAsync(set => set
                .SetProperty(s => s.Fault, SourceFault.HttpError).SetProperty(s => s.FaultStatus, 404).SetProperty(s => s.LastFetchAt, now)
                .SetProperty(s => s.FailingSince, new DateTime(2026, 3, 3, 8, 0, 0, DateTimeKind.Utc)).SetProperty(s => s.LastEntryAt, new DateTime(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc)));

        var page = await animator.OpenAsync(Address(group) + "?filtre=panne");

        Assert.Contains("Le site répond que ce flux est introuvable (erreur 404) depuis le 3 mars", page.Text, StringComparison.Ordinal);
        Assert.Contains("dernier article le 1er mars", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("button[value='relancer']"));
        Assert.Single(page.Document.QuerySelectorAll("main .liste > li"));
    }

    [Fact]
    public async Task Sources_ByOthers_SeenByMembersAloneAndChangedByAnimatorsAlone()
    {
        var (group, animator, member) = await SetAsync();
        await ImportAsync(animator, group, List);
        var outsider = await stage.AsAsync(await stage.Scene.MemberAsync("Zoé Essai"));
        var id = await IdAsync(group, "https://bourg.invalid/rss");

        foreach (var address in new[] { Address(group), Address(group) + ".opml" })
        {
            var hidden = await outsider.OpenAsync(address);
            Assert.Equal(HttpStatusCode.NotFound, hidden.Status);
            Assert.DoesNotContain("invalid/", hidden.Body, StringComparison.Ordinal);
        }

        var seen = await member.OpenAsync(Address(group));
        Assert.Contains("Gazette", seen.Text, StringComparison.Ordinal);
        Assert.Null(seen.Document.QuerySelector("main form"));
        // Of somebody who is no member, a source that is there and one that is not are refused alike.
        var (there, absent) = (await outsider.PostAsync($"{Address(group)}/{id:N}/gestes", ("geste", "retirer")), await outsider.PostAsync($"{Address(group)}/{Guid.NewGuid():N}/gestes", ("geste", "retirer")));
        Assert.Equal((HttpStatusCode.Forbidden, there.Text), (absent.Status, absent.Text));
        Assert.Equal(HttpStatusCode.Forbidden, there.Status);
        Assert.Equal((await outsider.OpenAsync($"{Address(group)}/{Guid.NewGuid():N}")).Text, (await outsider.OpenAsync($"{Address(group)}/{id:N}")).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.PostAsync($"{Address(group)}/{id:N}/gestes", ("geste", "retirer"))).Status);
        var elsewhere = await SetAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.Animator.PostAsync($"{Address(elsewhere.Group)}/{id:N}/gestes", ("geste", "retirer"))).Status);
        await using var db = Instance.Open(Viewer.System);
        Assert.Equal(3, await db.Set<GroupSource>().CountAsync(s => s.GroupId == group.Id));
    }

    private static string Address(Group group) => $"/groupes/{group.Slug}/veille/sources";

    private async Task<(Group Group, Visitor Animator, Visitor Member)> SetAsync()
    {
        Member owner = await stage.Scene.MemberAsync("Anne Essai"), member = await stage.Scene.MemberAsync("Luc Essai");
        return (await stage.Scene.VeilleAsync(owner, members: member), await stage.AsAsync(owner), await stage.AsAsync(member));
    }

    private static async Task<VisitedPage> ImportAsync(Visitor animator, Group group, string list) =>
        await animator.SendAsync(await animator.OpenAsync(Address(group)), "#importer form", [("List", "flux.opml", Encoding.UTF8.GetBytes(list))]);

    private async Task<Guid> IdAsync(Group group, string address)
    {
        await using var db = Instance.Open(Viewer.System);
        return await db.Set<GroupSource>().Where(s => s.GroupId == group.Id && s.Source!.Address == address).Select(s => s.Id).SingleAsync();
    }

    private async Task<string> EditAddressAsync(Group group, string address) => $"{Address(group)}/{await IdAsync(group, address):N}";
}
