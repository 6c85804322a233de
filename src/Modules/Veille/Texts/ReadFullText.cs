using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Fetching;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Texts;

/// <summary>The text of a piece of news, as its page shows it to members.</summary>
public sealed record FullTextView
{
    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>The card.</summary>
    public required Guid CardId { get; init; }
    /// <summary>Title of the page.</summary>
    public required string Title { get; init; }
    /// <summary>Address of the page.</summary>
    public required string Address { get; init; }
    /// <summary>What the group calls the source that brought it, or null.</summary>
    public string? SourceName { get; init; }
    /// <summary>Author, or null.</summary>
    public string? Author { get; init; }
    /// <summary>Its date (UTC).</summary>
    public required DateTime PublishedAt { get; init; }
    /// <summary>Language tag, or null.</summary>
    public string? Language { get; init; }
    /// <summary>Its beginning, as the source gave it.</summary>
    public required string Excerpt { get; init; }
    /// <summary>The find about it: short identifier and title; null while nobody spoke of it.</summary>
    public (string ShortId, string Title)? Find { get; init; }
    /// <summary>When the page was asked (UTC); null when it never was, or so long ago that the copy is not kept.</summary>
    public DateTime? ReadAt { get; init; }
    /// <summary>Why there is no text.</summary>
    public FullTextProblem Problem { get; init; }
    /// <summary>The text, sanitised HTML; empty when there is none.</summary>
    public string Html { get; init; } = "";
    /// <summary>Whether the viewer may have the page asked now.</summary>
    public required bool MayAsk { get; init; }
    /// <summary>Whether the viewer may comment the card.</summary>
    public required bool MayComment { get; init; }
}

/// <summary>
/// Reads the whole text of a piece of news from its page, when a member asks for it and the site allows it. It is asked once for the whole
/// platform, kept thirty days, and shown to members of a group whose pool has the news; everything else quotes an excerpt.
/// </summary>
internal sealed class ReadFullText(AppDb database, Rights rights, ModuleCatalog modules, SiteClient sites, AskRobots robots, TimeProvider clock)
{
    /// <summary>How long a copy is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>How long after a page that gave no text it may be asked again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The text as far as it was read.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no veille or no such card, or the viewer is no member.</exception>
    public async Task<FullTextView> ExecuteAsync(Viewer viewer, string groupSlug, Guid cardId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.PoolOfAsync(db, modules, groupSlug, cancellation);
        var card = await (from e in db.Set<PoolEntry>().AsNoTracking()
                          where e.Id == cardId && e.GroupId == standing.GroupId
                          join n in db.Set<News>() on e.NewsId equals n.Id
                          from s in db.Set<GroupSource>().Where(s => s.GroupId == e.GroupId && s.SourceId == e.SourceId).DefaultIfEmpty()
                          from i in db.Items.Where(i => i.Id == e.FindId).DefaultIfEmpty()
                          from t in db.Set<FullText>().Where(t => t.NewsId == n.Id).DefaultIfEmpty()
                          select new { News = n, SourceName = s == null ? null : s.Name ?? s.Source!.Title, FindShortId = i == null ? null : i.ShortId, FindTitle = i == null ? null : i.Title, Text = t }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        var text = card.Text is { } kept && !IsOver(kept) ? kept : null;
        return new()
        {
            Standing = standing,
            CardId = cardId,
            Title = card.News.Title,
            Address = card.News.Address,
            SourceName = card.SourceName,
            Author = card.News.Author,
            PublishedAt = card.News.PublishedAt,
            Language = card.News.Language,
            Excerpt = card.News.Excerpt,
            Find = card.FindShortId is null ? null : (card.FindShortId, card.FindTitle!),
            ReadAt = text?.ReadAt,
            Problem = text?.Problem ?? FullTextProblem.None,
            Html = text?.Html ?? "",
            MayAsk = MayBeAsked(text) && rights.Allows(VeilleModule.Propose, standing),
            MayComment = rights.Allows(VeilleModule.Propose, standing),
        };
    }

    /// <summary>Has the page asked, unless its text is kept already or it was asked a moment ago.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no veille or no such card.</exception>
    /// <exception cref="ForbiddenException">The viewer may not bring finds there.</exception>
    public async Task AskAsync(Viewer viewer, string groupSlug, Guid cardId, CancellationToken cancellation)
    {
        Guid newsId;
        Uri address;
        await using (var db = database.Open(viewer))
        {
            var standing = await rights.RequireAsync(db, VeilleModule.Propose, groupSlug, cancellation);
            var news = await db.Set<PoolEntry>().Where(e => e.Id == cardId && e.GroupId == standing.GroupId).Select(e => new { e.NewsId, e.News!.Address }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
            if (!MayBeAsked(await db.Set<FullText>().AsNoTracking().FirstOrDefaultAsync(t => t.NewsId == news.NewsId, cancellation))) return;

            (newsId, address) = (news.NewsId, new Uri(news.Address));
        }

        var (problem, html) = await ReadAsync(address, cancellation);
        await database.TransactAsync(viewer, (db, token) => KeepAsync(db, newsId, problem, html, token), cancellation);
    }

    private bool IsOver(FullText text) => text.ReadAt + KeptFor <= Now;

    private bool MayBeAsked(FullText? text) => text is null || IsOver(text) || (text.Problem != FullTextProblem.None && text.ReadAt + Patience <= Now);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<bool> KeepAsync(AppDbContext db, Guid newsId, FullTextProblem problem, string html, CancellationToken cancellation)
    {
        var over = Now - KeptFor;
        await db.Set<FullText>().Where(t => t.ReadAt <= over && t.NewsId != newsId).ExecuteDeleteAsync(cancellation);
        if (await db.Set<FullText>().FirstOrDefaultAsync(t => t.NewsId == newsId, cancellation) is { } text) (text.Html, text.Problem, text.ReadAt) = (html, problem, Now);
        else db.Add(new FullText { NewsId = newsId, Html = html, Problem = problem, ReadAt = Now });
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    private async Task<(FullTextProblem Problem, string Html)> ReadAsync(Uri address, CancellationToken cancellation)
    {
        if (Refusal(await robots.ExecuteAsync(address, cancellation)) is { } refused) return (refused, "");

        var answer = await sites.FetchAsync(new FetchRequest(address) { Kind = FetchKind.Page }, cancellation);
        if (answer.Status is 401 or 402) return (FullTextProblem.Paywall, "");
        if (answer.Outcome != FetchOutcome.Ok) return (FullTextProblem.NotReached, "");
        if (answer.ContentType is { } type && !type.Contains("html", StringComparison.OrdinalIgnoreCase)) return (FullTextProblem.NothingFound, "");

        // A page that leads to another is under the rules of that one.
        if (answer.FinalAddress != address && Refusal(await robots.ExecuteAsync(answer.FinalAddress, cancellation)) is { } there) return (there, "");

        var article = await ArticleReader.ReadAsync(answer, cancellation);
        return (article.Outcome switch
        {
            ArticleOutcome.Read => FullTextProblem.None,
            ArticleOutcome.Reserved => FullTextProblem.Reserved,
            ArticleOutcome.Paywall => FullTextProblem.Paywall,
            _ => FullTextProblem.NothingFound,
        }, article.Html);
    }

    private static FullTextProblem? Refusal(RobotsAnswer answer) => answer switch
    {
        RobotsAnswer.Allowed => null,
        RobotsAnswer.Forbidden => FullTextProblem.Reserved,
        _ => FullTextProblem.NotReached,
    };
}
