using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Fetching;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>One news however many sources carry it: known again by its words, listed with its sources, parted by an animator and put together again.</summary>
public sealed class SameNewsTests(Stage stage) : IClassFixture<Stage>
{
    private static int _count;

    private DateTime Now => stage.Instance.Clock.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task Dispatch_RewrittenByAnotherSite_OneCardSeenInTwo()
    {
        var set = await SetAsync();

        await StoreAsync(set.One, Told(Dispatches.Fibre));
        await StoreAsync(set.Two, Told(Dispatches.FibreRewritten));
        await StoreAsync(set.Three, Told(Dispatches.FibreElsewhere), Told(Dispatches.SamePeople));

        Assert.Equal([(Titled(Dispatches.FibreElsewhere), 1), (Titled(Dispatches.Fibre), 2), (Titled(Dispatches.SamePeople), 1)], await CardsAsync(set.Group));
    }

    [Fact]
    public async Task Dispatch_OfTwoSitesInOneRound_OneCard()
    {
        var set = await SetAsync();

        await StoreAsync(Answer(set.One, Told(Dispatches.Fibre)), Answer(set.Two, Told(Dispatches.FibreCut)));

        Assert.Equal([(Titled(Dispatches.Fibre), 2)], await CardsAsync(set.Group));
    }

    [Fact]
    public async Task Dispatch_ToldAgainByItsOwnSource_TwoCards()
    {
        var set = await SetAsync();

        await StoreAsync(set.One, Told(Dispatches.Fibre));
        await StoreAsync(set.One, Told(Dispatches.FibreRewritten));

        Assert.Equal([(Titled(Dispatches.FibreRewritten), 1), (Titled(Dispatches.Fibre), 1)], await CardsAsync(set.Group));
    }

    [Fact]
    public async Task Agendas_OfTwoWeeksInOneSource_TwoCards()
    {
        var set = await SetAsync();

        await StoreAsync(set.One, Told(Dispatches.Agenda("2 mars", "samedi 7", "jeudi 5")));
        stage.Instance.Clock.Advance(TimeSpan.FromDays(6.9));
        await StoreAsync(set.One, Told(Dispatches.Agenda("9 mars", "samedi 14", "jeudi 12")));

        Assert.Equal(2, (await CardsAsync(set.Group)).Count);
    }

    [Fact]
    public async Task Agendas_OfOneTitleAndNoMoreWords_TwoCardsAndThePageThatMovedOne()
    {
        var set = await SetAsync();
        var agenda = ("Agenda de la semaine au village", "Tous les rendez-vous.");

        await StoreAsync(set.One, Told(agenda, Now.AddDays(-5)));
        await StoreAsync(set.One, Told(agenda, Now));
        await StoreAsync(set.One, Told(agenda, Now));

        Assert.Equal([(agenda.Item1, 1), (agenda.Item1, 1)], await CardsAsync(set.Group));
    }

    [Fact]
    public async Task Notice_OfTwoCommunesUnderOneTitle_TwoCards()
    {
        var set = await SetAsync();

        await StoreAsync(set.One, Told(Dispatches.Meters("Saint-Exemple")));
        await StoreAsync(set.Two, Told(Dispatches.Meters("Villefictive")));

        Assert.Equal([(Dispatches.Meters("").Title, 1), (Dispatches.Meters("").Title, 1)], await CardsAsync(set.Group));
    }

    [Fact]
    public async Task Dispatch_MoreThanAWeekLater_AnotherCardAndNoMarkLeft()
    {
        var set = await SetAsync();
        await StoreAsync(set.One, Told(Dispatches.Fibre));
        stage.Instance.Clock.Advance(TimeSpan.FromDays(7.1));

        await StoreAsync(set.Two, Told(Dispatches.FibreRewritten));

        Assert.Equal(2, (await CardsAsync(set.Group)).Count);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal([Now], await db.Set<NewsMark>().Select(m => m.SeenAt).Distinct().ToListAsync());
    }

    [Fact]
    public async Task Formula_OfAHundredCommunes_EachItsCardAndFewMarks()
    {
        var set = await SetAsync();
        await StoreAsync(set.One, Told(Dispatches.Fibre));

        await StoreAsync(set.One, [.. Enumerable.Range(0, 100).Select(n => Told(Dispatches.Meters($"Bourg-{(char)('A' + (n / 26))}{(char)('a' + (n % 26))}")))]);

        Assert.Equal(101, (await CardsAsync(set.Group)).Count);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.InRange(await db.Set<NewsMark>().GroupBy(m => m.Mark).Select(g => g.Count()).MaxAsync(), 2, 12);
    }

    [Fact]
    public async Task Find_OfAnAddressThatIsTheSameNews_OnItsCard()
    {
        var set = await SetAsync();
        var other = Told(Dispatches.FibreRewritten);
        await StoreAsync(set.One, Told(Dispatches.Fibre));
        await StoreAsync(set.Two, other);

        await stage.Scene.FindAsync(set.Group, set.Owner, "Une trouvaille", address: other.Address.AbsoluteUri);

        Assert.Equal([(Titled(Dispatches.Fibre), 2)], await CardsAsync(set.Group));
    }

    [Fact]
    public async Task Sources_OfACard_ListedWithWhatEachSays()
    {
        var (set, card) = await TogetherAsync();
        var member = await MemberAsync(set.Group, GroupRole.Member);
        var pool = await member.OpenAsync($"/groupes/{set.Group.Slug}/veille");

        var page = await member.OpenAsync("/" + Assert.Single(pool.Document.QuerySelectorAll("main a"), a => a.TextContent == "vu dans 3 sources").GetAttribute("href"));

        Assert.Equal(Sources(set.Group, card), page.Address);
        Assert.Equal([Dispatches.Fibre.Title, Dispatches.FibreRewritten.Title, Dispatches.FibreCut.Title], page.Document.QuerySelectorAll("main .liste h2 a").Select(a => a.TextContent));
        Assert.Equal(["Gazette", "Bulletin", "Courrier"], page.Document.QuerySelectorAll("main .liste .meta b").Select(a => a.TextContent));
        Assert.Empty(page.Document.QuerySelectorAll("button[value^='separer:']"));
    }

    [Fact]
    public async Task Split_ByAnAnimator_ACardOfItsOwnThatIsNeverMergedAgain()
    {
        var (set, card) = await TogetherAsync();
        var hands = await stage.AsAsync(set.Owner);

        var page = await PartAsync(hands, set.Group, card, Dispatches.FibreRewritten.Title);

        Assert.Contains("Ce sont deux actualités", page.Text, StringComparison.Ordinal);
        Assert.Equal([(Titled(Dispatches.FibreRewritten), 1), (Titled(Dispatches.Fibre), 2)], await CardsAsync(set.Group));

        // The same page again, by another entry of its source and by another source.
        await StoreAsync(set.Two, Told(Dispatches.FibreRewritten) with { Address = set.Other.Address });
        await StoreAsync(set.Four, Told(Dispatches.FibreRewritten) with { Address = set.Other.Address });
        Assert.Equal([(Titled(Dispatches.FibreRewritten), 2), (Titled(Dispatches.Fibre), 2)], await CardsAsync(set.Group));
    }

    [Fact]
    public async Task Split_InOneGroup_LeavesTheOtherAlone()
    {
        var (set, card) = await TogetherAsync();
        var neighbour = await stage.Scene.VeilleAsync(set.Owner);
        foreach (var source in new[] { set.One, set.Two, set.Three }) await FollowAsync(neighbour, source, set.Owner);
        await StoreAsync(set.Three, Told(Dispatches.FibreCut));
        await StoreAsync(set.One, Told(Dispatches.Fibre));

        await PartAsync(await stage.AsAsync(set.Owner), set.Group, card, Dispatches.FibreRewritten.Title);

        Assert.Equal([(Titled(Dispatches.Fibre), 3)], await CardsAsync(neighbour));
    }

    [Fact]
    public async Task Split_Undone_OneCardAgain()
    {
        var (set, card) = await TogetherAsync();
        var hands = await stage.AsAsync(set.Owner);
        var parted = await PartAsync(hands, set.Group, card, Dispatches.FibreRewritten.Title);

        var page = await hands.SendAsync(parted, ".bandeau button[value^='reunir:']");

        Assert.Contains("C’est de nouveau une seule actualité", page.Text, StringComparison.Ordinal);
        Assert.Equal([(Titled(Dispatches.Fibre), 3)], await CardsAsync(set.Group));
    }

    [Fact]
    public async Task Split_ThatSomebodyWorkedOn_StaysAndSaysWhy()
    {
        var (set, card) = await TogetherAsync();
        var hands = await stage.AsAsync(set.Owner);
        await PartAsync(hands, set.Group, card, Dispatches.FibreRewritten.Title);
        await hands.PostAsync($"/groupes/{set.Group.Slug}/veille/tableau/gestes", [("geste", $"retenir:{await PartedAsync(set.Group, card):N}")]);

        var page = await hands.SendAsync(await hands.OpenAsync(Sources(set.Group, card)), "button[value^='reunir:']");

        Assert.Contains("quelqu’un a déjà travaillé dessus", page.Text, StringComparison.Ordinal);
        Assert.Equal([(Titled(Dispatches.FibreRewritten), 1), (Titled(Dispatches.Fibre), 2)], await CardsAsync(set.Group));
    }

    [Fact]
    public async Task Split_OfAllTheSources_LastOneStays()
    {
        var (set, card) = await TogetherAsync();
        var hands = await stage.AsAsync(set.Owner);
        await PartAsync(hands, set.Group, card, Dispatches.FibreRewritten.Title);

        var page = await PartAsync(hands, set.Group, card, Dispatches.FibreCut.Title);

        Assert.Empty(page.Document.QuerySelectorAll("main button[value^='separer:']"));
        Assert.Equal([1, 1, 1], (await CardsAsync(set.Group)).Select(c => c.Sources));
    }

    [Fact]
    public async Task Split_OfTheOnlySource_RefusedInWords()
    {
        var (set, _) = await TogetherAsync();
        var neighbour = await stage.Scene.VeilleAsync(set.Owner);
        await FollowAsync(neighbour, set.Two, set.Owner);
        await StoreAsync(set.Two, Told(Dispatches.FibreRewritten) with { Address = set.Other.Address });
        var card = await CardAsync(neighbour);
        var hands = await stage.AsAsync(set.Owner);

        var page = await hands.OpenAsync(Sources(neighbour, card));
        var refused = await hands.PostAsync(Sources(neighbour, card) + "/gestes", [("geste", $"separer:{await SameAsync(card):N}")]);

        Assert.Equal([Dispatches.FibreRewritten.Title], page.Document.QuerySelectorAll("main .liste h2 a").Select(a => a.TextContent));
        Assert.Empty(page.Document.QuerySelectorAll("button[value^='separer:']"));
        Assert.Contains("Une actualité garde au moins une source", refused.Text, StringComparison.Ordinal);
        Assert.Equal([(Titled(Dispatches.Fibre), 1)], await CardsAsync(neighbour));
    }

    [Fact]
    public async Task Sources_ByWhoMayNot_AsIfThereWereNone()
    {
        var (set, card) = await TogetherAsync();
        var (member, outsider, hands) = (await MemberAsync(set.Group, GroupRole.Member), await stage.AsAsync(await stage.Scene.MemberAsync("Zoé Essai")), await stage.AsAsync(set.Owner));
        var address = Sources(set.Group, card);
        var split = ("geste", $"separer:{await SameAsync(card):N}");

        Assert.Equal(HttpStatusCode.NotFound, (await outsider.OpenAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await outsider.PostAsync(address + "/gestes", [split])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await member.PostAsync(address + "/gestes", [split])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await hands.OpenAsync(Sources(set.Group, Guid.NewGuid()))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await hands.PostAsync(address + "/gestes", [("geste", $"separer:{Guid.NewGuid():N}")])).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await hands.PostAsync(address + "/gestes", [("geste", "rien")])).Status);
        Assert.Equal([(Titled(Dispatches.Fibre), 3)], await CardsAsync(set.Group));
    }

    private static string Sources(Group group, Guid card) => $"/groupes/{group.Slug}/veille/cartes/{card:N}/sources";

    private static string Titled((string Title, string Text) news) => news.Title;

    private static async Task<VisitedPage> PartAsync(Visitor hands, Group group, Guid card, string title)
    {
        var page = await hands.OpenAsync(Sources(group, card));
        var item = Assert.Single(page.Document.QuerySelectorAll("main .liste li"), li => li.QuerySelector("h2 a")?.TextContent == title);
        return await hands.SendAsync(page, $"button[value='{item.QuerySelector("button")!.GetAttribute("value")}']");
    }

    private async Task<(Set Set, Guid Card)> TogetherAsync()
    {
        var set = await SetAsync();
        var other = Told(Dispatches.FibreRewritten);
        await StoreAsync(set.One, Told(Dispatches.Fibre));
        await StoreAsync(set.Two, other);
        await StoreAsync(set.Three, Told(Dispatches.FibreCut));
        return (set with { Other = other }, await CardAsync(set.Group));
    }

    private async Task<Guid> CardAsync(Group group)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<PoolEntry>().Where(e => e.GroupId == group.Id).Select(e => e.Id).SingleAsync();
    }

    private async Task<Set> SetAsync()
    {
        // Each test in a week of its own: what another test told is forgotten.
        stage.Instance.Clock.Advance(TimeSpan.FromDays(8));
        var owner = await stage.Scene.MemberAsync("Anne Essai");
        var group = await stage.Scene.VeilleAsync(owner);
        var sources = new List<Guid>();
        foreach (var name in new[] { "Gazette", "Bulletin", "Courrier", "Écho" }) sources.Add(await stage.Scene.SourceAsync(group, owner, name));
        return new(group, owner, sources[0], sources[1], sources[2], sources[3], null!);
    }

    private async Task<Visitor> MemberAsync(Group group, GroupRole role)
    {
        var member = await stage.Scene.MemberAsync("Luc Essai");
        await stage.Scene.JoinAsync(group, member, role);
        return await stage.AsAsync(member);
    }

    private async Task FollowAsync(Group group, Guid source, Member by)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        db.Add(new GroupSource { GroupId = group.Id, SourceId = source, AddedById = by.Id, AddedAt = Now });
        await db.SaveChangesAsync();
    }

    private SourceEntry Told((string Title, string Text) news, DateTime? at = null)
    {
        var address = $"https://actualites.invalid/depeche-{Interlocked.Increment(ref _count)}";
        return new(address, new Uri(address), news.Title, null, news.Text, at ?? Now.AddHours(-1));
    }

    // The name of a source is what its feed says.
    private SourceAnswer Answer(Guid source, params SourceEntry[] entries) =>
        new() { SourceId = source, At = Now, Fault = SourceFault.None, Reading = new("", null, null, "fr", null, entries), NextFetchAt = Now.AddHours(1) };

    private Task StoreAsync(Guid source, params SourceEntry[] entries) => StoreAsync(Answer(source, entries));

    private Task StoreAsync(params SourceAnswer[] answers) => stage.Instance.Services.GetRequiredService<StoreAnswers>().ExecuteAsync(answers, default);

    private async Task<List<(string Title, int Sources)>> CardsAsync(Group group)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        var cards = await db.Set<PoolEntry>().Where(e => e.GroupId == group.Id && e.State != PoolState.Old).Select(e => new { e.News!.Title, e.SourceCount }).ToListAsync();
        return [.. cards.OrderBy(c => c.Title, StringComparer.Ordinal).ThenBy(c => c.SourceCount).Select(c => (c.Title, c.SourceCount))];
    }

    private async Task<Guid> SameAsync(Guid card)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await (from e in db.Set<PoolEntry>() where e.Id == card join n in db.Set<News>() on (Guid?)e.NewsId equals n.SameAsId orderby n.FirstSeenAt, n.Id select n.Id).FirstAsync();
    }

    private async Task<Guid> PartedAsync(Group group, Guid card)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<PoolEntry>().Where(e => e.GroupId == group.Id && e.Id != card).Select(e => e.Id).SingleAsync();
    }

    private sealed record Set(Group Group, Member Owner, Guid One, Guid Two, Guid Three, Guid Four, SourceEntry Other);
}
