using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Maintenance;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Editorials;
using TerritoireCollab.Veille.Finds;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Settings;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Web.Tests.Commands;

/// <summary>The veille of the demo territory: its figures, its calendar, and that a day gives one territory.</summary>
public sealed class DemoVeilleTests(DemoVeilleStage stage) : IClassFixture<DemoVeilleStage>
{
    private AppDbContext Open() => stage.Instance.Open(Viewer.System);

    [Fact]
    public async Task Veille_OfTheTerritory_NineteenMembersOfTenOrganisationsAnd185ArticlesIn12Issues()
    {
        await using var db = Open();
        var group = await DemoVeilleStage.GroupAsync(db);
        var members = await db.Memberships.Where(m => m.GroupId == group.Id && m.State == MembershipState.Active).Select(m => m.MemberId).ToListAsync();
        var organisations = await db.Affiliations.Where(a => members.Contains(a.MemberId) && a.IsPrincipal && a.Until == null).Select(a => a.OrganisationId).Distinct().CountAsync();
        var profile = await db.Set<VeilleProfile>().SingleAsync();
        var issues = await db.Set<PublishedIssue>().OrderBy(i => i.Number).Select(i => i.Item.Audience).ToListAsync();

        Assert.Equal((19, 10), (members.Count, organisations));
        Assert.Equal((12, 185), (issues.Count, await db.Set<IssueArticle>().CountAsync()));
        Assert.All(issues, audience => Assert.Equal(Audience.Public, audience));
        Assert.Equal((group.Id, true, true, 6), (profile.GroupId, profile.ServesTerritory, profile.ListsSources, profile.Rubrics.Split('\n').Length));
        Assert.Equal((45, 240), (await db.Set<Find>().CountAsync(), await db.Set<PoolEntry>().CountAsync()));
        Assert.All(await db.Set<IssueArticle>().Where(a => a.GroupId == group.Id).Select(a => a.Line).ToListAsync(), line => Assert.False(string.IsNullOrEmpty(line)));
    }

    [Fact]
    public async Task Sources_OfTheTerritory_InEveryState()
    {
        await using var db = Open();
        var followed = await db.Set<GroupSource>().Include(s => s.Source).ToListAsync();
        var faults = followed.Where(f => f.Source!.Fault != SourceFault.None).ToDictionary(f => f.Source!.Fault, f => f.Source!);

        Assert.Equal(28, followed.Count);
        Assert.Equal(
            [SourceFault.NeverAsked, SourceFault.HttpError, SourceFault.Gone, SourceFault.NameNotFound, SourceFault.TimedOut, SourceFault.NotAFeed], faults.Keys.Order());
        Assert.Equal((404, stage.Instance.Clock.GetUtcNow().UtcDateTime.Date.AddDays(-4)), (faults[SourceFault.HttpError].FaultStatus, faults[SourceFault.HttpError].FailingSince!.Value.Date));
        Assert.Equal(SourceState.Gone, faults[SourceFault.Gone].State);
        Assert.Null(faults[SourceFault.NeverAsked].LastFetchAt);
        Assert.EndsWith("/flux/actualites.xml", Assert.Single(followed, f => f.Source!.MovedTo is not null).Source!.MovedTo!, StringComparison.Ordinal);
        Assert.Equal("Montélimar Agglomération, en bref", Assert.Single(followed, f => f.IsMuted).Source!.Title);
        Assert.Equal(["Buis-les-Baronnies", "La Feuille de la Drôme", "Radio Trois-Becs", "Services de l’État dans la Drôme", "Territoires et paysages de la Drôme", "Ville de Crest", "Ville de Die"],
            followed.Where(f => f.Source!.Repairs is not null).Select(f => f.Source!.Title).Order(StringComparer.Ordinal));
        Assert.Equal(5, followed.Select(f => f.Folder).Distinct().Count());
    }

    [Fact]
    public async Task Board_OfTheTerritory_CardsInEveryStateAndAnIssueBeingPrepared()
    {
        await using var db = Open();
        var cards = await db.Set<PoolEntry>().Include(e => e.News).ToListAsync();
        var draft = await db.Set<Issue>().SingleAsync(i => i.State == IssueState.Draft);
        var placed = cards.Where(c => c.IssueId == draft.Id).OrderBy(c => c.Position).ToList();

        Assert.Equal([(PoolState.Proposed, 28), (PoolState.Kept, 6), (PoolState.Placed, 9), (PoolState.Published, 185), (PoolState.SetAside, 12)],
            cards.GroupBy(c => c.State).OrderBy(s => s.Key).Select(s => (s.Key, s.Count())));
        Assert.Equal(IssueWeek.Of(new DateOnly(2026, 11, 23)), draft.Week);
        Assert.All(placed, card => Assert.Equal((PoolState.Placed, false, false), (card.State, string.IsNullOrEmpty(card.Line), string.IsNullOrEmpty(card.Rubric))));
        Assert.Equal(9, placed.Count);
        Assert.Equal(185, cards.Count(c => c.State == PoolState.Published && c.IssueId is not null && c.MovedAt >= c.ArrivedAt));
        Assert.Equal(cards.Count(c => c.SourceCount > 1), (await db.Set<Sighting>().GroupBy(s => s.NewsId).Select(n => n.Count()).ToListAsync()).Count(sightings => sightings > 1));
        Assert.True(cards.Count(c => c.SourceCount > 1) > 10);
    }

    [Theory]
    [InlineData(20261123)]
    [InlineData(20261128)]
    [InlineData(20261129)]
    [InlineData(20270101)]
    [InlineData(20270212)]
    [InlineData(20260331)]
    public void Issues_SeededOnAnyDay_LeftOnFridaysOfWeeksInARowWithTheNewsOfTheWeekBefore(int date)
    {
        var today = DateOnly.ParseExact(date.ToString(CultureInfo.InvariantCulture), "yyyyMMdd", CultureInfo.InvariantCulture);
        var context = DemoVeilleStage.ContextOf(today);
        var diary = DemoVeilleStage.DiaryOf(today);

        Assert.Equal(12, diary.Weeks.Count);
        Assert.All(diary.Weeks.Index(), w => Assert.Equal((DayOfWeek.Monday, diary.Weeks[0].AddDays(7 * w.Index)), (w.Item.DayOfWeek, w.Item)));
        Assert.Equal(diary.DraftWeek, IssueWeek.Of(diary.Weeks[^1].AddDays(7)));
        Assert.InRange(today.DayNumber - diary.Weeks[^1].DayNumber, 7, 13);
        foreach (var news in diary.News.Where(n => n.Issue is not null))
        {
            var left = context.At(diary.LeftDaysAgo(news.Issue!.Value), 9, 0);
            Assert.InRange(news.At, left.AddDays(-7), left);
            Assert.InRange(news.ArrivedAt, news.At, left);
        }

        Assert.All(diary.News, news => Assert.InRange(news.At, context.At(100, 0, 0), context.At(0, 0, 0)));
        Assert.Equal(diary.News.Count, diary.News.Select(n => n.Address.AbsoluteUri).Distinct().Count());
    }

    [Fact]
    public async Task Revue_OfTheTerritory_ReadByAnybodyWithoutAnAccount()
    {
        using var browser = new HttpClient { BaseAddress = stage.Instance.Address };
        var visitor = new Visitor(browser);

        var issue = await visitor.OpenAsync("/veille/revues/47");
        var draft = await visitor.OpenAsync("/veille/revues/48");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (issue.Status, draft.Status));
        Assert.Contains("Dernière ligne droite", issue.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("La fibre arrive dans la vallée de la Drôme aval", issue.Document.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Editorials_OfTheTerritory_OneForEachOfTheLastThreeMonthsReadByAnybody()
    {
        await using var db = Open();
        var editorials = await db.Set<Editorial>().Include(e => e.Item).OrderBy(e => e.Month).ToListAsync();
        using var browser = new HttpClient { BaseAddress = stage.Instance.Address };

        Assert.Equal([(202608, new DateTime(2026, 8, 31)), (202609, new DateTime(2026, 9, 30)), (202610, new DateTime(2026, 10, 30))], editorials.Select(e => (e.Month, e.Item.CreatedAt.Date)));
        Assert.All(editorials, e => Assert.Equal(Audience.Public, e.Item.Audience));
        Assert.Contains("Cinq ont échoué.", (await new Visitor(browser).OpenAsync("/veille/editos/2026-10-une-sauvegarde-se-mesure-un-jeudi-matin")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Territory_WithItsVeille_Sound()
    {
        var results = await ActivatorUtilities.CreateInstance<CheckIntegrity>(stage.Instance.Services).ExecuteAsync(default);

        Assert.NotEmpty(results);
        Assert.All(results, result => Assert.True(result.IsSound, result.Sentence));
    }

    [Fact]
    public async Task Territory_SeededTwiceOnOneDay_TheSameButForItsKeys()
    {
        await using var twin = await DemoVeilleStage.SeededAsync();

        var (one, other) = (await RowsAsync(stage.Instance), await RowsAsync(twin));

        Assert.True(one.Count > 700, $"{one.Count} rows");
        Assert.Equal(one, other);
    }

    [Fact]
    public async Task Territory_ThreeTimesLarger_PoolsOfPhrasesForTheCopies()
    {
        await using var instance = await DemoVeilleStage.SeededAsync(scale: 3);
        await using var db = instance.Open(Viewer.System);
        var (second, third) = (await DemoVeilleStage.GroupAsync(db, "veille-numerique-2"), await DemoVeilleStage.GroupAsync(db, "veille-numerique-3"));
        async Task<(int Cards, int Issues, int Finds)> CountAsync(Guid group) => (
            await db.Set<PoolEntry>().CountAsync(e => e.GroupId == group), await db.Set<PublishedIssue>().CountAsync(i => i.Item.GroupId == group), await db.Set<Find>().CountAsync(f => f.Item.GroupId == group));

        var (cards, issues, finds) = await CountAsync(second.Id);
        var (more, _, _) = await CountAsync(third.Id);
        var checks = await ActivatorUtilities.CreateInstance<CheckIntegrity>(instance.Services).ExecuteAsync(default);

        // Nineteen copies, of which all but the first have the news of the one before as well.
        Assert.True(cards + (18 * more) >= 100_000, $"{cards} and {more} cards");
        Assert.True(19 * issues >= 300 && 19 * finds >= 300, $"{issues} issues and {finds} finds");
        Assert.All(checks, result => Assert.True(result.IsSound, result.Sentence));
        Assert.Equal(26 * 12, await db.Set<IssueArticle>().CountAsync(a => a.GroupId == second.Id));
    }

    private static async Task<List<string>> RowsAsync(Instance instance)
    {
        await using var db = instance.Open(Viewer.System);
        List<string> rows = [];
        rows.AddRange((await db.Set<Source>().ToListAsync()).Select(s => $"{s.Address} {s.Title} {s.Fault} {s.LastFetchAt:O} {s.NextFetchAt:O} {s.LastEntryAt:O} {s.Repairs}"));
        rows.AddRange((await db.Set<Sighting>().ToListAsync()).Select(s => $"{s.EntryKey} {s.SeenAt:O}"));
        rows.AddRange((await db.Set<PoolEntry>().Include(e => e.News).ToListAsync()).Select(e => $"{e.News!.Address} {e.News.PublishedAt:O} {e.ArrivedAt:O} {e.State} {e.Rubric} {e.Position} {e.Line} {e.FindId is null}"));
        rows.AddRange(await db.Set<IssueArticle>().Select(a => $"{a.Position} {a.Title} {a.SourceName} {a.Excerpt}").ToListAsync());
        rows.AddRange((await db.Set<Find>().Include(f => f.Item.Author).ToListAsync()).Select(f => $"{f.Address} {f.Item.Author!.Handle} {f.Item.CreatedAt:O} {f.Item.CommentCount} {f.Item.UsefulCount} {f.Item.Audience}"));
        rows.AddRange(await db.Comments.Include(c => c.Author).Where(c => db.Set<Find>().Any(f => f.Id == c.ItemId)).Select(c => $"{c.Number} {c.ParentNumber} {c.Author!.Handle} {c.Body}").ToListAsync());
        return [.. rows.Order(StringComparer.Ordinal)];
    }
}
