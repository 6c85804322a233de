using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Syndication;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Demo;
using TerritoireCollab.Veille.Fetching;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Web.Tests.Commands;

/// <summary>The sites of the demo territory: what they answer, how they write, and that reading them brings news once.</summary>
public sealed class DemoShelfTests(DemoVeilleStage stage) : IClassFixture<DemoVeilleStage>
{
    private static readonly FeedStyle[] Sound = [FeedStyle.WordPress, FeedStyle.Atom, FeedStyle.Rdf, FeedStyle.Json, FeedStyle.Rss091, FeedStyle.FrenchDates, FeedStyle.NoDates];

    private static WatchDiary Diary { get; } = DemoVeilleStage.DiaryOf(new DateOnly(2026, 11, 23));

    public static TheoryData<string> Feeds => [.. DemoVeilleStage.Source.Sources.Where(s => s.Style != FeedStyle.Page && s.State != FeedState.NeverAsked).Select(s => s.Key)];

    [Theory]
    [MemberData(nameof(Feeds))]
    public void Feed_OfASource_ReadWholeWithItsTitlesAndDatesAndSoundOnlyWhereItIsMeantToBe(string key)
    {
        var source = DemoVeilleStage.Source.Sources.First(s => s.Key == key);
        var news = ShelfWriter.Carried(source, Diary.News).ToList();
        var print = FeedPress.Print(source, news, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));

        var reading = ReadSource.Feed(print.Bytes, new FeedOrigin { ContentType = print.ContentType, Address = new Uri(source.Address) })!;

        Assert.Equal(Sound.Contains(source.Style), IsSound(print.Bytes, source.Style));
        Assert.Equal(source.Name, reading.Title);
        Assert.Equal(news.Select(n => NewsKeys.OfTitle(n.Text.Title)), reading.Entries.Select(e => NewsKeys.OfTitle(e.Title)));
        Assert.Equal(news.Select(n => n.Address), reading.Entries.Select(e => e.Address));
        Assert.Equal(news.Select(n => source.Style is FeedStyle.NoDates or FeedStyle.Rss091 ? null : (DateTime?)n.At), reading.Entries.Select(e => e.PublishedAt));
    }

    [Fact]
    public void Page_OfASiteWithoutAFeed_ReadWholeByTheSelectorsThatWouldBeGuessed()
    {
        var source = Assert.Single(DemoVeilleStage.Source.Sources, s => s.Selectors is not null);
        var news = ShelfWriter.Carried(source, Diary.News).ToList();
        var print = FeedPress.Print(source, news, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));
        var answer = new FetchResult(FetchOutcome.Ok) { FinalAddress = new Uri(source.Address), ContentType = print.ContentType, Body = print.Bytes };

        var reading = ReadSource.Page(answer, source.Selectors!).Reading!;
        var guess = SelectorGuess.Of(print.Bytes, print.ContentType, answer.FinalAddress);

        Assert.Equal(news.Select(n => (n.Text.Title, n.Address, (DateTime?)n.At.Date)), reading.Entries.Select(e => (e.Title, e.Address, e.PublishedAt)));
        Assert.Equal(reading.Entries.Select(e => (e.Identifier, e.Title, e.PublishedAt)), ReadSource.Page(answer, guess!).Reading!.Entries.Select(e => (e.Identifier, e.Title, e.PublishedAt)));
        Assert.Equal(source.Name, reading.Title);
    }

    [Fact]
    public async Task Sources_AskedForTheFirstTime_BringTheFreshNewsAndNothingTwice()
    {
        await using var instance = await DemoVeilleStage.SeededAsync();
        var shelf = instance.Services.GetRequiredService<DemoShelf>();
        await using var db = instance.Open(Viewer.System);
        var before = (News: await db.Set<News>().CountAsync(), Cards: await db.Set<PoolEntry>().CountAsync());
        var wanted = Diary.Fresh[0].Where(n => n.Text.Sources.Any(s => IsRead(s))).Select(n => n.Text.Title).Order(StringComparer.Ordinal).ToList();

        var first = await FetchAsync(instance, shelf);
        var second = await FetchAsync(instance, shelf);
        var fresh = await db.Set<PoolEntry>().Where(e => e.ArrivedAt == instance.Clock.GetUtcNow().UtcDateTime).Select(e => new { e.State, e.News!.Title }).ToListAsync();

        Assert.True(wanted.Count >= 12, $"{wanted.Count} fresh news");
        Assert.Equal((wanted.Count, 0), (first, second));
        Assert.Equal((before.News + wanted.Count, before.Cards + wanted.Count), (await db.Set<News>().CountAsync(), await db.Set<PoolEntry>().CountAsync()));
        Assert.All(fresh, card => Assert.Equal(PoolState.Proposed, card.State));
        Assert.Equal(wanted.Select(NewsKeys.OfTitle).Order(StringComparer.Ordinal), fresh.Select(f => NewsKeys.OfTitle(f.Title)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Feeds_ADayAfterTheSeeding_BringMore()
    {
        await using var instance = await DemoVeilleStage.SeededAsync();
        var shelf = instance.Services.GetRequiredService<DemoShelf>();
        await FetchAsync(instance, shelf);

        instance.Clock.Advance(TimeSpan.FromDays(1));
        var next = await FetchAsync(instance, shelf);
        instance.Clock.Advance(TimeSpan.FromDays(1));
        var last = await FetchAsync(instance, shelf);

        Assert.Equal((Diary.Fresh[1].Count, Diary.Fresh[2].Count), (next, last));
    }

    [Fact]
    public async Task Sites_OfEachState_AnswerAsTheirSourceWasSeeded()
    {
        await using var db = stage.Instance.Open(Viewer.System);
        var answers = (await db.Set<Source>().ToListAsync()).ToDictionary(s => new Uri(s.Address).Host.Split('.')[^3], s => (s.Fault, Answer: DemoVeilleStage.Ask(stage.Shelf, s)));

        Assert.Equal((SourceFault.HttpError, 404), (answers["buis-mairie"].Fault, answers["buis-mairie"].Answer.Status));
        Assert.Equal((SourceFault.Gone, 410), (answers["paysages-drome"].Fault, answers["paysages-drome"].Answer.Status));
        Assert.Equal((SourceFault.TimedOut, SourceFault.TimedOut), (answers["tourisme-en-ligne"].Fault, answers["tourisme-en-ligne"].Answer.Fault));
        Assert.Equal((SourceFault.NameNotFound, SourceFault.NameNotFound), (answers["petit-tricastin"].Fault, answers["petit-tricastin"].Answer.Fault));
        Assert.Equal((301, "https://drome-thd.demo.invalid/flux/actualites.xml"), (answers["drome-thd"].Answer.Status, answers["drome-thd"].Answer.Location?.AbsoluteUri));
        Assert.Equal((SourceFault.NotAFeed, 200), (answers["mairie-saillans"].Fault, answers["mairie-saillans"].Answer.Status));
        Assert.Null(ReadSource.Feed(answers["mairie-saillans"].Answer.Bytes.Span, new FeedOrigin { ContentType = answers["mairie-saillans"].Answer.ContentType }));
        Assert.Equal(200, stage.Shelf.Answer(answers["drome-thd"].Answer.Location!, null).Status);
    }

    [Fact]
    public void Site_AskedWithItsValidator_SaysThatNothingChanged()
    {
        var address = new Uri("https://gazette-du-haut-debit.demo.invalid/feed/");

        var first = stage.Shelf.Answer(address, null);
        var again = stage.Shelf.Answer(address, first.ETag);

        Assert.Equal((200, 304), (first.Status, again.Status));
        Assert.True(first.Bytes.Length > 5_000);
        Assert.Equal((0, first.ETag), (again.Bytes.Length, again.ETag));
    }

    [Fact]
    public void FrontPage_OfASite_NamesItsFeedAndAPageOfNewsItsTitle()
    {
        var home = new Uri("https://www.mairie-crest.demo.invalid/");
        var article = Diary.News.First(n => n.Address.Host == "gazette-du-haut-debit.demo.invalid");

        var found = FeedDiscovery.Find(Encoding.UTF8.GetString(stage.Shelf.Answer(home, null).Bytes.Span), home);
        var page = Encoding.UTF8.GetString(stage.Shelf.Answer(article.Address, null).Bytes.Span);

        Assert.Equal("https://www.mairie-crest.demo.invalid/spip.php?page=backend", Assert.Single(found.Named).Address.AbsoluteUri);
        Assert.Contains($"<h1>{article.Text.Title}</h1>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Shelf_AskedForWhatItHasNot_AnswersAsTheWebWould()
    {
        Assert.Equal(404, stage.Shelf.Answer(new Uri("https://www.mairie-crest.demo.invalid/../../territoire.db"), null).Status);
        Assert.Equal(SourceFault.NameNotFound, stage.Shelf.Answer(new Uri("https://inconnu.demo.invalid/"), null).Fault);
        Assert.True(stage.Shelf.Knows(new Uri("https://inconnu.demo.invalid/")));
        Assert.False(stage.Shelf.Knows(new Uri("https://demo.invalid.example/")));
        Assert.False(stage.Shelf.Knows(new Uri("https://www.mairie-crest.fr/")));
    }

    [Fact]
    public async Task Index_ThatNamesAFileElsewhere_NotFollowed()
    {
        await using var instance = await Instance.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(instance.Folder, DemoShelf.FolderName)).FullName;
        await File.WriteAllTextAsync(Path.Combine(instance.Folder, "secret.txt"), "secret");
        await File.WriteAllTextAsync(Path.Combine(folder, "ici.txt"), "ici");
        var index = new ShelfIndex(["site.demo.invalid"], new()
        {
            ["https://site.demo.invalid/ailleurs"] = new() { ContentType = "text/plain", Files = [new("../secret.txt", DateTime.UnixEpoch)] },
            ["https://site.demo.invalid/ici"] = new() { ContentType = "text/plain", Files = [new("ici.txt", DateTime.UnixEpoch)] },
        });
        await File.WriteAllTextAsync(Path.Combine(folder, DemoShelf.IndexName), JsonSerializer.Serialize(index, DemoShelf.Json));
        var shelf = instance.Services.GetRequiredService<DemoShelf>();

        Assert.Equal("ici", Encoding.UTF8.GetString(shelf.Answer(new Uri("https://site.demo.invalid/ici"), null).Bytes.Span));
        Assert.Equal(0, shelf.Answer(new Uri("https://site.demo.invalid/ailleurs"), null).Bytes.Length);
    }

    [Fact]
    public async Task Instance_ThatIsNoDemo_KnowsNoneOfTheSites()
    {
        await using var instance = await Instance.StartAsync();

        Assert.False(instance.Services.GetRequiredService<DemoShelf>().Knows(new Uri("https://www.mairie-crest.demo.invalid/")));
    }

    private static bool IsRead(string key) => DemoVeilleStage.Source.Sources.First(s => s.Key == key) is { State: FeedState.Fine or FeedState.Moved };

    private static bool IsSound(byte[] bytes, FeedStyle style)
    {
        try
        {
            if (style == FeedStyle.Json) JsonDocument.Parse(bytes).Dispose();
            else XDocument.Load(new MemoryStream(bytes));
            return true;
        }
        catch (Exception broken) when (broken is XmlException or JsonException)
        {
            return false;
        }
    }

    // As the fetcher does it, without its turns: ask, follow, read, store.
    private static async Task<int> FetchAsync(Instance instance, DemoShelf shelf)
    {
        var now = instance.Clock.GetUtcNow().UtcDateTime;
        await using var db = instance.Open(Viewer.System);
        List<SourceAnswer> answers = [];
        foreach (var source in await db.Set<Source>().AsNoTracking().Where(s => s.Fault == SourceFault.None && s.MovedTo == null || s.MovedTo != null).ToListAsync())
        {
            var answer = DemoVeilleStage.Ask(shelf, source, source.ETag);
            if (answer.Location is { } moved) answer = shelf.Answer(moved, source.ETag);
            var page = new FetchResult(FetchOutcome.Ok) { FinalAddress = new Uri(source.Address), ContentType = answer.ContentType, Body = answer.Bytes };
            var reading = answer.Status != 200 ? null : SourceSelectors.Read(source.Selectors) is { } selectors ? ReadSource.Page(page, selectors).Reading : ReadSource.Feed(page.Body.Span, new FeedOrigin { ContentType = page.ContentType, Address = page.FinalAddress });
            answers.Add(new SourceAnswer { SourceId = source.Id, At = now, Fault = SourceFault.None, Status = answer.Status, Reading = reading, ETag = answer.ETag, NextFetchAt = now.AddHours(1) });
        }

        return await instance.Services.GetRequiredService<StoreAnswers>().ExecuteAsync(answers, default);
    }
}
