using System.Collections.Concurrent;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Veille.Finds;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Settings;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Demo;

/// <summary>
/// The veille of a copy of the group, made of phrases, for loads. Each copy follows the sources of the copy before as well: the same news in two
/// pools. At scale 20 the pools hold more than 100,000 cards.
/// </summary>
internal sealed class BulkVeille(DemoContext context, WatchSource texts, DemoGroup group)
{
    private const int SourceCount = 12;
    private const int NewsInCopy = 2_760;
    private const int FindsInCopy = 24;
    private const int IssuesInCopy = 26;
    private const int ArticlesInIssue = 12;
    private const int OldestDays = 365;

    private readonly DemoRandom _random = context.Random.Fork($"veille/copie/{group.Copy}");
    private readonly DemoMember _animator = group.Animators[0];
    private readonly List<(News News, Guid Source)> _news = [];
    private readonly List<Source> _sources = [];

    /// <summary>Seeds the copy, and returns what the next one follows.</summary>
    public async Task<BulkVeille> SeedAsync(BulkVeille? before, CancellationToken cancellation)
    {
        var rows = new List<object> { new GroupTool { GroupId = group.Id, ToolKey = VeilleModule.ToolKey, Enabled = true }, new VeilleProfile { GroupId = group.Id, Rubrics = string.Join('\n', texts.Rubrics), Audience = Audience.Platform } };
        for (var n = 1; n <= SourceCount; n++) _sources.Add(SourceRow(n));
        for (var n = 1; n <= NewsInCopy; n++) _news.Add((NewsRow(n), _sources[n % SourceCount].Id));
        rows.AddRange(_sources);
        rows.AddRange(_sources.Concat(before?._sources ?? []).Select(Followed));
        rows.AddRange(_news.Select(n => n.News));
        rows.AddRange(_news.Select(n => new Sighting { SourceId = n.Source, EntryKey = NewsKeys.OfIdentifier(n.News.Address), NewsId = n.News.Id, SeenAt = n.News.FirstSeenAt }));
        await context.InsertAsync(rows, cancellation);

        var finds = await BringFindsAsync(cancellation);
        var issues = Enumerable.Range(0, IssuesInCopy).Select(_ => context.NewKey()).ToArray();
        var cards = _news.Select((n, place) => Card(n.News, n.Source, finds.TryGetValue(place, out var find) ? find : null)).ToList();
        var published = Choose(cards, issues);
        await context.InsertAsync(cards, cancellation);
        await context.InsertAsync(before?._news.Select(n => Card(n.News, n.Source, null)) ?? [], cancellation);
        await PublishAsync(issues, published, cancellation);
        return this;
    }

    private Source SourceRow(int number)
    {
        var asked = context.At(1, 22, number % 60);
        return new()
        {
            Id = context.NewKey(),
            Address = FormattableString.Invariant($"https://source-{group.Copy}-{number}.demo.invalid/flux"),
            Title = FormattableString.Invariant($"Source {number} du secteur {group.Copy}"),
            // Nobody answers there: they are for loads, and not asked for a month.
            NextFetchAt = context.At(-30, 6, 0),
            LastFetchAt = asked,
            LastSuccessAt = asked,
            LastEntryAt = context.At(1, 20, 0),
        };
    }

    private GroupSource Followed(Source source) => new()
    {
        Id = context.NewKey(), GroupId = group.Id, SourceId = source.Id, Folder = source.Title[^1..] is "1" or "2" ? "Communes" : "Presse", AddedById = _animator.Id, AddedAt = context.At(OldestDays + 10, 10, 0),
    };

    private News NewsRow(int number)
    {
        var random = _random.Fork($"actualité/{number}");
        var subject = context.Phrases.Subject(random, number % 3 == 0 ? "entreprises" : "collectivites");
        var title = context.Phrases.Title(random, subject).Text;
        var address = new Uri(FormattableString.Invariant($"https://source-{group.Copy}-{(number % SourceCount) + 1}.demo.invalid/actualites/{number}"));
        var at = context.At(1 + (number * OldestDays / NewsInCopy), random.Between(7, 19), random.Below(60));
        return new()
        {
            Id = context.NewKey(),
            Address = address.AbsoluteUri,
            AddressKey = NewsKeys.OfAddress(address),
            TitleKey = NewsKeys.OfTitle(title),
            Title = EnterPool.Cut(title, News.TitleLength),
            Excerpt = EnterPool.Cut(PlainText.FromMarkdown(context.Phrases.Body(random, subject)).ReplaceLineEndings(" "), News.ExcerptLength),
            Language = "fr",
            PublishedAt = at,
            FirstSeenAt = context.Past(at.AddMinutes(30)),
        };
    }

    private PoolEntry Card(News news, Guid source, Guid? find) => new()
    {
        Id = context.NewKey(),
        GroupId = group.Id,
        NewsId = news.Id,
        ArrivedAt = news.FirstSeenAt,
        SourceId = source,
        SourceCount = 1,
        FindId = find,
        // What is of this month waits, the rest was sorted.
        State = news.PublishedAt > context.At(30, 0, 0) ? PoolState.Proposed : PoolState.SetAside,
    };

    private async Task<IReadOnlyDictionary<int, Guid>> BringFindsAsync(CancellationToken cancellation)
    {
        var ids = new ConcurrentDictionary<int, Guid>();
        var places = new Dictionary<DemoPost, int>(ReferenceEqualityComparer.Instance);
        for (var n = 0; n < FindsInCopy; n++) places[FindOf(n * 7)] = n * 7;
        await context.PublishAsync(places.Keys, (post, item, body) =>
        {
            var news = _news[places[post]].News;
            ids[places[post]] = item.Id;
            return [new Find { Id = item.Id, Address = news.Address, NewsId = news.Id, Body = post.Body, BodyHtml = body.Html, BodyRenderer = body.Renderer }];
        }, cancellation);
        return ids;
    }

    private DemoPost FindOf(int place)
    {
        var (news, random) = (_news[place].News, _random.Fork($"trouvaille/{place}"));
        var subject = context.Phrases.Subject(random, "collectivites");
        var writers = group.WritersAt(60);
        var at = context.Past(news.FirstSeenAt.AddHours(1));
        return new()
        {
            Kind = VeilleModule.FindKind,
            Group = group,
            Author = random.Pick(writers),
            Title = EnterPool.Cut(news.Title, ContentItem.TitleLength),
            Body = context.Phrases.Body(random, subject),
            At = at,
            Useful = random.Below(4),
            Answers = [.. Enumerable.Range(1, random.Below(4)).Select(n => new DemoAnswer { Author = random.Pick(writers), At = context.Past(at.AddHours(n)), Body = context.Phrases.Body(random, subject) })],
        };
    }

    // The newest articles of the week before the issue leaves.
    private List<(News News, PoolEntry Card)>[] Choose(List<PoolEntry> cards, Guid[] issues)
    {
        var published = new List<(News, PoolEntry)>[issues.Length];
        for (var issue = 0; issue < issues.Length; issue++)
        {
            var left = LeftAt(issue);
            published[issue] = [.. _news.Select((n, place) => (n.News, Card: cards[place])).Where(c => c.News.FirstSeenAt < left && c.Card.State != PoolState.Published).Take(ArticlesInIssue)];
            foreach (var (place, (_, card)) in published[issue].Index())
                (card.State, card.IssueId, card.Rubric, card.Position, card.Version) = (PoolState.Published, issues[issue], texts.Rubrics[place * texts.Rubrics.Length / ArticlesInIssue], place + 1, 3);
        }

        return published;
    }

    private DateTime LeftAt(int issue) => context.At(LeftDaysAgo(issue), 9, 0);

    private int LeftDaysAgo(int issue) => (((int)context.Today.DayOfWeek + 6) % 7) + 3 + (7 * (IssuesInCopy - 1 - issue));

    private Task PublishAsync(Guid[] issues, List<(News News, PoolEntry Card)>[] published, CancellationToken cancellation)
    {
        var posts = new Dictionary<DemoPost, int>(ReferenceEqualityComparer.Instance);
        for (var issue = 0; issue < issues.Length; issue++)
        {
            var random = _random.Fork($"revue/{issue}");
            posts[new DemoPost
            {
                Kind = VeilleModule.IssueKind,
                Group = group,
                Author = _animator,
                Title = IssueTitle.Stored(issue + 1, null),
                Body = context.Phrases.Body(random, context.Phrases.Subject(random, "collectivites")),
                At = LeftAt(issue),
                Audience = Audience.Platform,
            }] = issue;
        }

        return context.PublishAsync(posts.Keys, (post, item, body) => IssueRows(issues[posts[post]], posts[post], published[posts[post]], (post, item, body)), cancellation);
    }

    private IEnumerable<object> IssueRows(Guid id, int issue, List<(News News, PoolEntry Card)> articles, (DemoPost Post, ContentItem Item, RenderedBody Body) published)
    {
        var (post, item, body) = published;
        var week = IssueWeek.Of(context.Today.AddDays(-LeftDaysAgo(issue)));
        yield return new PublishedIssue { Id = item.Id, Number = issue + 1, Week = week, Body = post.Body, BodyHtml = body.Html, BodyRenderer = body.Renderer };
        yield return new Issue { Id = id, GroupId = group.Id, Number = issue + 1, Week = week, State = IssueState.Published, Introduction = post.Body, PublishAt = item.CreatedAt, ItemId = item.Id, Version = 2 };
        foreach (var (place, (news, card)) in articles.Index())
            yield return new IssueArticle
            {
                Id = context.NewKey(), ItemId = item.Id, GroupId = group.Id, EntryId = card.Id, Position = place, Rubric = card.Rubric, Title = news.Title, Address = news.Address,
                SourceName = ChosenArticles.HostOf(news.Address), DatedAt = news.PublishedAt, Excerpt = Sentences.First(news.Excerpt, 2), PublishedAt = item.CreatedAt,
            };
    }
}
