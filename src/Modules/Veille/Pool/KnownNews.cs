using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Veille.Pool;

/// <summary>Something that has just come, to be known again.</summary>
/// <param name="SourceId">The source that brings it.</param>
/// <param name="Title">Its title.</param>
/// <param name="TitleKey"><see cref="NewsKeys.OfTitle"/> of it.</param>
/// <param name="Excerpt">Its beginning.</param>
/// <param name="PublishedAt">Its date, or null where it says none.</param>
/// <param name="IsOld">Whether it was old when it came: its text is not compared.</param>
internal sealed record Newcomer(Guid SourceId, string Title, string TitleKey, string Excerpt, DateTime? PublishedAt, bool IsOld)
{
    // So short that it says nothing (« Conseil municipal »).
    private const int TellingTitle = 30;

    /// <summary>Whether its title is one that no other news would have.</summary>
    public bool HasTellingTitle => Title.Length >= TellingTitle;

    /// <summary>Its words; read when they are wanted.</summary>
    public Wording Wording => field ??= Wording.Of(Title, Excerpt);

    /// <summary>Its marks, none where its text is not to be compared.</summary>
    public IReadOnlyList<long> Marks => field ??= IsOld ? [] : Wording.Marks();
}

/// <summary>
/// The news of the last days that what comes now may be, by title or by text, at another address. Read with a few questions for many newcomers;
/// what the same moment brings is added to it.
/// </summary>
internal sealed class KnownNews
{
    // A mark that so many news bear is a formula's, and is borne by no more: what is compared with a newcomer stays as few, however many come.
    private const int MostOfAMark = 12;
    private static readonly TimeSpan Window = TimeSpan.FromDays(7);

    // A source that gives two pages the same title within this time has moved the page.
    private static readonly TimeSpan Moved = TimeSpan.FromDays(2);

    private readonly Dictionary<string, List<Told>> _titles = new(StringComparer.Ordinal);
    private readonly Dictionary<long, List<Told>> _marks = [];
    private readonly List<NewsMark> _new = [];

    // Of each news, with all that is the same: what a source has told once, it does not tell again under another address.
    private readonly Dictionary<Guid, HashSet<Guid>> _carriers = [];

    private KnownNews()
    {
    }

    /// <summary>Marks of what was added, to be stored.</summary>
    public IReadOnlyList<NewsMark> NewMarks => _new;

    /// <summary>Reads what those who come may be.</summary>
    public static async Task<KnownNews> ReadAsync(AppDbContext db, IReadOnlyCollection<Newcomer> newcomers, DateTime now, CancellationToken cancellation)
    {
        var known = new KnownNews();
        var since = now - Window;
        var news = new Dictionary<Guid, News>();
        foreach (var some in newcomers.Where(n => n.HasTellingTitle).Select(n => n.TitleKey).Distinct().Chunk(500))
            foreach (var one in await db.Set<News>().AsNoTracking().Where(n => some.Contains(n.TitleKey) && n.FirstSeenAt >= since).ToListAsync(cancellation)) news[one.Id] = one;
        List<NewsMark> marks = [];
        foreach (var some in newcomers.SelectMany(n => n.Marks).Distinct().Chunk(500))
            marks.AddRange(await db.Set<NewsMark>().AsNoTracking().Where(m => some.Contains(m.Mark) && m.SeenAt >= since).ToListAsync(cancellation));
        foreach (var some in marks.Select(m => m.NewsId).Distinct().Where(id => !news.ContainsKey(id)).ToList().Chunk(500))
            foreach (var one in await db.Set<News>().AsNoTracking().Where(n => some.Contains(n.Id)).ToListAsync(cancellation)) news[one.Id] = one;

        await known.ReadCarriersAsync(db, news, cancellation);
        var told = news.Values.ToDictionary(n => n.Id, n => new Told(n));
        foreach (var one in told.Values.OrderBy(t => t.News.FirstSeenAt).ThenBy(t => t.News.Id)) ListOf(known._titles, one.News.TitleKey).Add(one);
        foreach (var mark in marks.OrderBy(m => m.SeenAt).ThenBy(m => m.NewsId)) ListOf(known._marks, mark.Mark).Add(told[mark.NewsId]);
        return known;
    }

    /// <summary>Forgets the marks that are looked for no more.</summary>
    public static Task ForgetAsync(AppDbContext db, DateTime now, CancellationToken cancellation)
    {
        var since = now - Window;
        return db.Set<NewsMark>().Where(m => m.SeenAt < since).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>The key of the news that this is, at another address; null when it is news.</summary>
    public Guid? LeadOf(Newcomer newcomer)
    {
        if (newcomer.HasTellingTitle && _titles.TryGetValue(newcomer.TitleKey, out var titled) && titled.TakeLast(MostOfAMark).FirstOrDefault(t => IsTitled(newcomer, t)) is { } same) return same.LeadId;

        return newcomer.Marks.SelectMany(m => _marks.GetValueOrDefault(m) ?? []).Distinct().FirstOrDefault(t => !IsCarried(t, newcomer) && newcomer.Wording.With(t.Wording) == Kinship.Same)?.LeadId;
    }

    /// <summary>Adds news that has just come, for those that come after it at the same moment.</summary>
    public void Add(Newcomer newcomer, News news)
    {
        var told = new Told(news);
        ListOf(_titles, news.TitleKey).Add(told);
        Carry(newcomer.SourceId, told.LeadId);
        // What is the same as another is found by the other's marks.
        if (news.SameAsId is not null) return;

        foreach (var mark in newcomer.Marks.Distinct())
        {
            var bearers = ListOf(_marks, mark);
            if (bearers.Count >= MostOfAMark) continue;

            bearers.Add(told);
            _new.Add(new() { Mark = mark, NewsId = news.Id, SeenAt = news.FirstSeenAt });
        }
    }

    /// <summary>Notes that a source carries that news.</summary>
    public void Carry(Guid sourceId, Guid leadId) => ListOf(_carriers, leadId).Add(sourceId);

    // The title alone tells, between two sites; within one, « Agenda de la semaine » comes every week.
    private bool IsTitled(Newcomer newcomer, Told told)
    {
        var kinship = newcomer.Wording.With(told.Wording);
        if (kinship == Kinship.Formula) return false;
        if (!IsCarried(told, newcomer)) return true;

        var isOfThatTime = newcomer.PublishedAt is not { } date || (date - told.News.PublishedAt).Duration() < Moved;
        return isOfThatTime && (kinship == Kinship.Same || NewsKeys.OfTitle(newcomer.Excerpt) == NewsKeys.OfTitle(told.News.Excerpt));
    }

    private bool IsCarried(Told told, Newcomer newcomer) => _carriers.TryGetValue(told.LeadId, out var sources) && sources.Contains(newcomer.SourceId);

    private async Task ReadCarriersAsync(AppDbContext db, Dictionary<Guid, News> news, CancellationToken cancellation)
    {
        foreach (var some in news.Values.Select(n => n.SameAsId ?? n.Id).Distinct().Chunk(500))
        {
            var own = await db.Set<Sighting>().Where(s => some.Contains(s.NewsId)).Select(s => new { LeadId = s.NewsId, s.SourceId }).ToListAsync(cancellation);
            var alike = await (from n in db.Set<News>()
                               where n.SameAsId != null && some.Contains(n.SameAsId.Value)
                               join s in db.Set<Sighting>() on n.Id equals s.NewsId
                               select new { LeadId = n.SameAsId!.Value, s.SourceId }).ToListAsync(cancellation);
            foreach (var carrier in own.Concat(alike)) Carry(carrier.SourceId, carrier.LeadId);
        }
    }

    private static TList ListOf<TKey, TList>(Dictionary<TKey, TList> lists, TKey key) where TKey : notnull where TList : new() =>
        lists.TryGetValue(key, out var list) ? list : lists[key] = new();

    private sealed class Told(News news)
    {
        public News News => news;

        public Guid LeadId => news.SameAsId ?? news.Id;

        public Wording Wording => field ??= Wording.Of(news.Title, news.Excerpt);
    }
}
