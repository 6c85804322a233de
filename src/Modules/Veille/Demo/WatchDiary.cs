using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Demo;

/// <summary>Gives each piece of news its day, so that the issues leave on the Fridays of the last weeks whatever the day of seeding is.</summary>
internal sealed class WatchDiary
{
    private readonly DemoContext _context;
    private readonly Dictionary<string, FeedText> _sources;
    private readonly List<DatedNews> _news = [];
    private readonly List<List<DatedNews>> _fresh = [];
    private int _number;

    public WatchDiary(DemoContext context, WatchSource texts)
    {
        (_context, _sources) = (context, texts.Sources.ToDictionary(s => s.Key));
        var monday = context.Today.AddDays(-(((int)context.Today.DayOfWeek + 6) % 7));
        Weeks = [.. Enumerable.Range(0, texts.Issues.Length).Select(i => monday.AddDays(-7 * (texts.Issues.Length - i)))];
        DraftWeek = IssueWeek.Of(monday);
        foreach (var (index, issue) in texts.Issues.Index()) Add(issue.News, PoolState.Published, DaysAgo(FridayOf(index)) + 1, DaysAgo(FridayOf(index)) + 6, index);
        var sinceLast = DaysAgo(FridayOf(texts.Issues.Length - 1));
        Add(texts.Draft.Placed, PoolState.Placed, 1, sinceLast - 1);
        Add(texts.Draft.Kept, PoolState.Kept, 1, sinceLast - 1);
        Add(texts.Proposed, PoolState.Proposed, 1, sinceLast + 2);
        Add(texts.SetAside, PoolState.SetAside, 2, 20);
        foreach (var (day, news) in texts.Fresh.Index()) _fresh.Add([.. news.Select(n => Dated(n, -day, PoolState.Proposed, null))]);
    }

    /// <summary>Mondays of the weeks of the published issues, the oldest first.</summary>
    public IReadOnlyList<DateOnly> Weeks { get; }

    /// <summary>Week of the issue being prepared.</summary>
    public int DraftWeek { get; }

    /// <summary>The news that the pool has.</summary>
    public IReadOnlyList<DatedNews> News => _news;

    /// <summary>The news that the feeds bring after the seeding: those of the day itself, then of the days after.</summary>
    public IReadOnlyList<IReadOnlyList<DatedNews>> Fresh => _fresh;

    /// <summary>When an issue left, in whole days before the day of seeding.</summary>
    public int LeftDaysAgo(int issue) => DaysAgo(FridayOf(issue));

    private DateOnly FridayOf(int issue) => Weeks[issue].AddDays(4);

    private int DaysAgo(DateOnly day) => _context.Today.DayNumber - day.DayNumber;

    private void Add(NewsText[] texts, PoolState state, int latest, int earliest, int? issue = null)
    {
        foreach (var text in texts)
        {
            // Whatever is talked about came early enough to be talked about.
            var last = text.Find is null ? latest : Math.Min(earliest, latest + ((earliest - latest + 1) / 2));
            var random = _context.Random.Fork($"veille/jour/{text.Title}");
            _news.Add(Dated(text, random.Between(last, Math.Max(last, earliest)), state, issue));
        }
    }

    private DatedNews Dated(NewsText text, int daysAgo, PoolState state, int? issue)
    {
        var random = _context.Random.Fork($"veille/heure/{text.Title}");
        var source = text.Sources.Length > 0 ? _sources[text.Sources[0]] : null;
        var at = _context.At(daysAgo, daysAgo > 0 ? random.Between(7, 19) : random.Between(5, 8), random.Below(60));
        _number++;
        return new DatedNews(text, _number, DatedNews.AddressOf(source?.Host ?? text.Host!, source?.Style, _number, text.Title, at), at)
        {
            ArrivedAt = at.AddMinutes(text.Sources.Length > 0 ? random.Between(6, 170) : random.Between(60, 240)),
            State = state,
            Issue = issue,
            Author = source is { Style: FeedStyle.WordPress or FeedStyle.Atom } ? random.Pick(Pens) : null,
        };
    }

    // Plainly invented.
    private static readonly string[] Pens = ["Ambre Tricassin", "Firmin Glandasse", "Odile Vercorange", "Basile Noyersur", "La rédaction"];
}
