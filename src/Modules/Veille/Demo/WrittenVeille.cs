using System.Collections.Concurrent;
using System.Globalization;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Veille.Board;
using TerritoireCollab.Veille.Editorials;
using TerritoireCollab.Veille.Finds;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Outlets;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Settings;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Demo;

/// <summary>The veille that the texts tell: its sources, its pool, its finds, its issues, and a site that was told of some of them.</summary>
internal sealed class WrittenVeille(DemoContext context, WatchSource texts, WatchDiary diary, DemoGroup group, OutletSecrets secrets)
{
    private const int CoverScale = 2;

    private readonly DemoMember _animator = group.Animators[0];
    private readonly Dictionary<int, News> _news = [];
    private readonly Dictionary<int, PoolEntry> _entries = [];
    private readonly Dictionary<int, DemoPost> _finds = [];
    private readonly Guid _draft = context.NewKey();
    private readonly Guid _website = context.NewKey();
    private readonly Guid[] _issues = [.. texts.Issues.Select(_ => context.NewKey())];
    private readonly Dictionary<int, Guid> _covers = [];

    public async Task SeedAsync(CancellationToken cancellation)
    {
        var sources = new SeededSources(context, texts, diary);
        List<object> rows = [.. Settings(), .. Website(), .. sources.Rows, .. texts.Sources.Select(s => Followed(s, sources[s.Key]))];
        foreach (var news in diary.News)
        {
            rows.Add(_news[news.Number] = NewsRow(news));
            rows.AddRange(Sightings(news, sources));
        }

        await context.InsertAsync(rows, cancellation);
        var findIds = await BringFindsAsync(cancellation);
        foreach (var news in diary.News) _entries[news.Number] = Entry(news, sources, findIds.TryGetValue(news.Number, out var find) ? find : null);
        Order();
        await context.InsertAsync([Draft(), .. _entries.Values], cancellation);
        await PublishAsync(cancellation);
        await PublishEditorialsAsync(cancellation);
    }

    private int LastNumber
    {
        get
        {
            // The number is that of the week, as long as there were as many weeks in the year.
            var week = IssueWeek.Of(diary.Weeks[^1]) % 100;
            return week < texts.Issues.Length ? week + 52 : week;
        }
    }

    private int NumberOf(int issue) => LastNumber - (texts.Issues.Length - 1 - issue);

    private IEnumerable<object> Settings() =>
    [
        new GroupTool { GroupId = group.Id, ToolKey = VeilleModule.ToolKey, Enabled = true },
        new VeilleProfile
        {
            GroupId = group.Id,
            ServesTerritory = true,
            Name = texts.Name,
            Rubrics = string.Join('\n', texts.Rubrics),
            Audience = group.IsHidden ? Audience.Group : Audience.Public,
            Day = DayOfWeek.Friday,
            Hour = 9,
            FirstNumber = NumberOf(0),
            ListsSources = true,
        },
    ];

    // Paused, and of a name that leads nowhere: the demo announces nothing to anybody.
    private IEnumerable<object> Website() => group.IsHidden ? [] :
    [
        new Outlet
        {
            Id = _website,
            GroupId = group.Id,
            Kind = OutletKind.Webhook,
            Name = "Le site du syndicat mixte (exemple)",
            Address = "https://site.exemple.invalid/crochets/revue",
            Secret = secrets.Seal(OutletSecrets.NewOfWebhook()),
            IsPaused = true,
            AddedById = _animator.Id,
            AddedAt = context.At(60, 10, 15),
        },
    ];

    // It was paused before the last issue.
    private IEnumerable<object> Told(int issue, ContentItem item) => group.IsHidden || texts.Issues.Length - issue is not (2 or 3) ? [] :
    [
        new Announcement
        {
            Id = context.NewKey(), OutletId = _website, ItemId = item.Id, State = AnnouncementState.Sent, NextTryAt = item.CreatedAt, Attempts = 1, Status = 204, SentAt = item.CreatedAt.AddSeconds(20),
        },
    ];

    private GroupSource Followed(FeedText text, Source source)
    {
        var random = context.Random.Fork($"veille/suivi/{text.Key}");
        return new()
        {
            Id = context.NewKey(),
            GroupId = group.Id,
            SourceId = source.Id,
            Name = text.State is FeedState.NotAFeed or FeedState.NeverAsked ? text.Name : null,
            Folder = text.Folder,
            IsMuted = text.State == FeedState.Muted,
            AddedById = _animator.Id,
            AddedAt = text.State == FeedState.NeverAsked ? context.At(1, 17, 40) : context.At(random.Between(120, 380), random.Between(9, 17), random.Below(60)),
        };
    }

    private News NewsRow(DatedNews news) => new()
    {
        Id = context.NewKey(),
        Address = news.Address.AbsoluteUri,
        AddressKey = NewsKeys.OfAddress(news.Address),
        TitleKey = NewsKeys.OfTitle(news.Text.Title),
        Title = EnterPool.Cut(news.Text.Title, News.TitleLength),
        Author = news.Author,
        Excerpt = EnterPool.Cut(news.Text.Excerpt, News.ExcerptLength),
        Language = "fr",
        PublishedAt = news.At,
        FirstSeenAt = context.Past(news.ArrivedAt),
    };

    private IEnumerable<Sighting> Sightings(DatedNews news, SeededSources sources) => news.Text.Sources.Select((key, place) => new Sighting
    {
        SourceId = sources[key].Id,
        EntryKey = sources.EntryKey(key, news),
        NewsId = _news[news.Number].Id,
        SeenAt = context.Past(news.ArrivedAt.AddHours(place * 3)),
    });

    private PoolEntry Entry(DatedNews news, SeededSources sources, Guid? find)
    {
        var random = context.Random.Fork($"veille/carte/{news.Text.Title}");
        var arrived = context.Past(news.ArrivedAt);
        return new()
        {
            Id = context.NewKey(),
            GroupId = group.Id,
            NewsId = _news[news.Number].Id,
            ArrivedAt = arrived,
            SourceId = news.Text.Sources.Length > 0 ? sources[news.Text.Sources[0]].Id : null,
            SourceCount = news.Text.Sources.Length,
            FindId = find,
            State = news.State,
            Rubric = news.State is PoolState.Placed or PoolState.Published ? texts.Rubrics[news.Text.Rubric] : null,
            Line = news.Text.Line,
            IssueId = news.Issue is { } issue ? _issues[issue] : news.State == PoolState.Placed ? _draft : null,
            MovedById = news.State == PoolState.Proposed ? null : random.Pick(group.Animators).Id,
            MovedAt = news.State == PoolState.Proposed ? null : news.Issue is { } left ? context.At(diary.LeftDaysAgo(left), 8, random.Below(50)) : context.Past(arrived.AddMinutes(random.Between(60, 900))),
            Version = news.State switch { PoolState.Proposed => 1, PoolState.Published => 4, PoolState.Placed => 3, _ => 2 },
        };
    }

    // The places that the board would have given.
    private void Order()
    {
        foreach (var column in diary.News.Where(n => n.State != PoolState.Proposed && n.State != PoolState.SetAside).GroupBy(n => (n.State, n.Issue, _entries[n.Number].Rubric)))
            foreach (var (place, news) in column.Index()) _entries[news.Number].Position = CardOrder.Gap * (place + 1);
    }

    private Issue Draft() => new()
    {
        Id = _draft, GroupId = group.Id, Number = LastNumber + 1, Week = diary.DraftWeek, State = IssueState.Draft, Title = texts.Draft.Title, Introduction = texts.Draft.Introduction,
    };

    private async Task<IReadOnlyDictionary<int, Guid>> BringFindsAsync(CancellationToken cancellation)
    {
        var ids = new ConcurrentDictionary<int, Guid>();
        var numbers = new Dictionary<DemoPost, DatedNews>(ReferenceEqualityComparer.Instance);
        foreach (var news in diary.News.Where(n => n.Text.Find is not null)) numbers[_finds[news.Number] = FindOf(news)] = news;
        var pictures = new Dictionary<int, Guid>();
        foreach (var (post, news) in numbers.Where(n => n.Value.Picture is not null)) pictures[news.Number] = await context.StoreAsync(new DemoFile("image.png", PngPress.Landscape(news.Number)), post.At, cancellation);
        await context.PublishAsync(numbers.OrderBy(f => f.Key.At).Select(f => f.Key), (post, item, body) =>
        {
            var news = numbers[post];
            ids[news.Number] = item.Id;
            var find = new Find
            {
                Id = item.Id, Address = news.Address.AbsoluteUri, NewsId = _news[news.Number].Id, Body = post.Body, BodyHtml = body.Html, BodyRenderer = body.Renderer,
                PictureId = pictures.TryGetValue(news.Number, out var picture) ? picture : null,
            };
            return [find, .. QuotesOf(news, post, item)];
        }, cancellation);
        return ids;
    }

    private IEnumerable<FindQuote> QuotesOf(DatedNews news, DemoPost post, ContentItem item)
    {
        var who = Cast(news, context.Random.Fork($"veille/trouvaille/{news.Text.Title}"));
        return news.Text.Find!.Quotes.Index().Select(q => new FindQuote
        {
            Id = context.NewKey(), ItemId = item.Id, AuthorId = who(q.Item.Author).Id, Text = q.Item.Text, Note = q.Item.Note, At = context.Past(post.At.AddMinutes(40 + (q.Index * 25))),
        });
    }

    // Who plays in a find, by letter; the first that is drawn for it.
    private Func<string, DemoMember> Cast(DatedNews news, DemoRandom random)
    {
        var cast = random.Sample(group.WritersAt(100).Where(m => m.Id != _animator.Id).ToList(), 5);
        return letter => letter == "a" ? _animator : cast[letter == "x" ? 0 : letter[0] - 'a'];
    }

    private DemoPost FindOf(DatedNews news)
    {
        var random = context.Random.Fork($"veille/trouvaille/{news.Text.Title}");
        var who = Cast(news, random);

        // Who finds alone brings the news to the pool at that moment.
        var at = context.Past(news.Text.Sources.Length == 0 ? news.ArrivedAt : news.ArrivedAt.AddMinutes(random.Between(25, 300)));
        List<DemoAnswer> answers = [];
        var then = at;
        foreach (var (place, comment) in news.Text.Find!.Comments.Index())
        {
            then = context.Past(then.AddMinutes(random.Between(15, 330)));
            answers.Add(new DemoAnswer { Author = who(comment.Author), At = then, Body = comment.Body, ReplyTo = comment.Answers ? place : null, Thanks = random.Chance(25) ? 1 : 0, Useful = random.Chance(25) ? random.Between(1, 3) : 0 });
        }

        return new DemoPost
        {
            Kind = VeilleModule.FindKind,
            Group = group,
            Author = who("x"),
            Title = EnterPool.Cut(news.Text.Title, ContentItem.TitleLength),
            Body = news.Text.Find.Why,
            At = at,
            Audience = group.IsHidden || random.Chance(60) ? Audience.Group : Audience.Platform,
            Tags = random.Sample(texts.Tags[news.Text.Rubric], random.Between(1, 2)),
            Useful = random.Below(7),
            Thanks = random.Below(3),
            Answers = answers,
        };
    }

    private async Task PublishAsync(CancellationToken cancellation)
    {
        foreach (var (issue, _) in texts.Issues.Index().Where(i => i.Item.Cover is not null))
            _covers[issue] = await context.StoreAsync(new DemoFile("couverture.png", PngPress.Landscape(NumberOf(issue), CoverScale)), context.At(diary.LeftDaysAgo(issue), 9, 0), cancellation);
        var posts = texts.Issues.Index().ToDictionary<(int Index, IssueText Item), DemoPost, int>(i => PostOf(i.Index, i.Item), i => i.Index, ReferenceEqualityComparer.Instance);
        await context.PublishAsync(posts.OrderBy(p => p.Value).Select(p => p.Key), (post, item, body) => IssueRows(posts[post], post, item, body), cancellation);
    }

    private DemoPost PostOf(int issue, IssueText text) => new()
    {
        Kind = VeilleModule.IssueKind,
        Group = group,
        Author = _animator,
        Title = IssueTitle.Stored(NumberOf(issue), text.Title),
        Body = text.Introduction,
        At = context.At(diary.LeftDaysAgo(issue), 9, 0),
        Audience = group.IsHidden ? Audience.Group : Audience.Public,
        Thanks = context.Random.Fork($"veille/mercis/{issue.ToString(CultureInfo.InvariantCulture)}").Below(6),
    };

    // Those of the last complete months, each on the last working day of its month.
    private Task PublishEditorialsAsync(CancellationToken cancellation)
    {
        var months = new Dictionary<DemoPost, int>(ReferenceEqualityComparer.Instance);
        foreach (var (place, text) in texts.Editorials.Index())
        {
            var first = new DateOnly(context.Today.Year, context.Today.Month, 1).AddMonths(place - texts.Editorials.Length);
            var last = first.AddMonths(1).AddDays(-1);
            while (last.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) last = last.AddDays(-1);
            months[EditorialPost(text, context.At(context.Today.DayNumber - last.DayNumber, 11, 30))] = EditorialMonth.Of(first);
        }

        return context.PublishAsync(months.Keys.OrderBy(p => p.At), (post, item, body) =>
            [new Editorial { Id = item.Id, Month = months[post], Slug = $"{EditorialMonth.Word(months[post])}-{Platform.Text.Slug.Of(post.Title)}", Body = post.Body, BodyHtml = body.Html, BodyRenderer = body.Renderer }], cancellation);
    }

    private DemoPost EditorialPost(EditorialText text, DateTime at)
    {
        var random = context.Random.Fork($"veille/edito/{text.Title}");
        return new()
        {
            Kind = VeilleModule.EditorialKind, Group = group, Author = _animator, Title = text.Title, Body = text.Body, At = at, Audience = group.IsHidden ? Audience.Group : Audience.Public,
            Thanks = random.Between(2, 6), Useful = random.Between(1, 5),
        };
    }

    private IEnumerable<object> IssueRows(int issue, DemoPost post, ContentItem item, RenderedBody body)
    {
        var (number, week) = (NumberOf(issue), IssueWeek.Of(diary.Weeks[issue]));
        Guid? cover = _covers.TryGetValue(issue, out var stored) ? stored : null;
        yield return new PublishedIssue { Id = item.Id, Number = number, Week = week, CoverFileId = cover, CoverText = texts.Issues[issue].Cover, Body = post.Body, BodyHtml = body.Html, BodyRenderer = body.Renderer };
        yield return new Issue
        {
            Id = _issues[issue], GroupId = group.Id, Number = number, Week = week, State = IssueState.Published, Title = texts.Issues[issue].Title, Introduction = post.Body,
            PublishAt = item.CreatedAt, ItemId = item.Id, Version = 3, CoverFileId = cover, CoverText = texts.Issues[issue].Cover,
        };
        foreach (var (place, news) in diary.News.Where(n => n.Issue == issue).OrderBy(n => n.Text.Rubric).ThenBy(n => _entries[n.Number].Position).Index())
            yield return Article(news, item, place);
        foreach (var told in Told(issue, item)) yield return told;
    }

    private IssueArticle Article(DatedNews news, ContentItem item, int place)
    {
        var (row, entry, find) = (_news[news.Number], _entries[news.Number], _finds.GetValueOrDefault(news.Number));
        return new()
        {
            Id = context.NewKey(),
            ItemId = item.Id,
            GroupId = group.Id,
            EntryId = entry.Id,
            Position = place,
            Rubric = entry.Rubric,
            Title = row.Title,
            Address = row.Address,
            SourceName = news.Text.Sources.Length > 0 ? texts.Sources.First(s => s.Key == news.Text.Sources[0]).Name : ChosenArticles.HostOf(row.Address),
            Author = row.Author,
            DatedAt = row.PublishedAt,
            Line = entry.Line,
            Excerpt = Sentences.First(row.Excerpt, 2),
            FinderId = find?.Author.Id,
            FindId = entry.FindId,
            PublishedAt = item.CreatedAt,
        };
    }
}
