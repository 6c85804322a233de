using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Quotes;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Finds;

/// <summary>Which page of the discussion of a find.</summary>
/// <param name="ShortId">Short identifier.</param>
/// <param name="Place">Where in the discussion.</param>
/// <param name="Quote">Key of the marked passage to answer.</param>
public sealed record ReadFindInput(string ShortId, DiscussionPlace Place, Guid? Quote = null);

/// <summary>A find with a page of its discussion.</summary>
public sealed record FindView
{
    /// <summary>The find.</summary>
    public required Find Find { get; init; }
    /// <summary>What it has as any content.</summary>
    public required ContentView Content { get; init; }
    /// <summary>Why it matters, sanitised HTML.</summary>
    public required string Html { get; init; }
    /// <summary>Passages marked on the page; none for whoever is no member.</summary>
    public required IReadOnlyList<QuoteView> Quotes { get; init; }
    /// <summary>A passage that waits to be marked, or null.</summary>
    public string? QuoteDraft { get; init; }
    /// <summary>Sources of the group that carry the page; 0 for whoever does not read the pool.</summary>
    public required int SourceCount { get; init; }
    /// <summary>Its card; null for whoever does not read the pool.</summary>
    public Guid? CardId { get; init; }
    /// <summary>What became of it.</summary>
    public required FindFate Fate { get; init; }

    /// <summary>Its discussion, with its row and its group.</summary>
    public CommentsView Comments => Content.Comments;

    /// <summary>Who brought it.</summary>
    public AuthorView Author => Content.Author;

    /// <summary>Tags.</summary>
    public IEnumerable<string> Tags => Content.Tags.Select(t => t.Name);

    /// <summary>What the viewer chose for it.</summary>
    public Following? Following => Content.Following;

    /// <summary>Whether the viewer may edit it.</summary>
    public bool MayEdit => Content.MayEdit;

    /// <summary>Whether the viewer may put it into the trash.</summary>
    public bool MayRemove => Content.MayRemove;

    /// <summary>The group.</summary>
    public Standing Standing => Content.Standing;

    /// <summary>The shared row.</summary>
    public ContentItem Item => Content.Item;
}

/// <summary>Reads a find and its discussion.</summary>
internal sealed class ReadFind(AppDb database, Rights rights, ReadContent contents)
{
    /// <summary>The find at a page of its discussion, or at the page of a comment.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<FindView> ExecuteAsync(Viewer viewer, ReadFindInput input, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var head = await HeadAsync(db, input.ShortId, cancellation) ?? throw new NotFoundException();
        var item = head.Item;
        var content = await contents.ExecuteAsync(db, item, input.Place, cancellation);
        var quotes = await rights.QuotesOfAsync(db, item.Id, content.Standing, cancellation);
        return new()
        {
            Find = head.Find,
            Content = quotes.FirstOrDefault(q => q.Id == input.Quote) is { } quote ? content with { Comments = content.Comments with { Draft = Answering(quote.Text, content.Comments.Draft) } } : content,
            Html = head.Find.Html(),
            Quotes = quotes,
            QuoteDraft = content.Comments.MayAnswer ? head.QuoteDraft : null,
            SourceCount = head.SourceCount ?? 0,
            CardId = head.CardId,
            Fate = new(head.State, item.CommentCount, head.IssueNumber ?? (head.State is null ? await PublicNumberAsync(db, item, cancellation) : null)),
        };
    }

    /// <summary>Key of the draft of a passage that waits to be marked.</summary>
    public static string QuoteDraftKey(string shortId) => "passage/" + shortId;

    // The passage as Markdown quotes, after what was typed already.
    private static string Answering(string passage, string? draft) =>
        (string.IsNullOrWhiteSpace(draft) ? "" : draft.TrimEnd() + "\n\n") + string.Join('\n', passage.Split('\n').Select(l => l.Length == 0 ? ">" : "> " + l)) + "\n\n";

    private static async Task<Head?> HeadAsync(AppDbContext db, string shortId, CancellationToken cancellation)
    {
        var (me, quoteKey) = (db.Viewer.MemberId, QuoteDraftKey(shortId));
        var head = await (from f in db.Set<Find>().AsNoTracking()
                where f.Item.ShortId == shortId
                from e in db.Set<PoolEntry>().Where(e => e.FindId == f.Id).DefaultIfEmpty()
                select new Head
                {
                    Find = f,
                    Item = f.Item,
                    State = (PoolState?)e!.State,
                    SourceCount = (int?)e.SourceCount,
                    CardId = (Guid?)e.Id,
                    IssueNumber = e.State == PoolState.Published ? db.Set<Issue>().Where(x => x.Id == e.IssueId).Select(x => (int?)x.Number).FirstOrDefault() : null,
                    QuoteDraft = db.Drafts.Where(d => d.MemberId == me && d.Key == quoteKey).Select(d => d.Text).FirstOrDefault(),
                }).FirstOrDefaultAsync(cancellation);
        return head;
    }

    // Whoever reads no pool reads the revues that their audience lets them read.
    private static Task<int?> PublicNumberAsync(AppDbContext db, ContentItem item, CancellationToken cancellation) =>
        (from a in db.Set<IssueArticle>()
         where a.GroupId == item.GroupId && a.FindId == item.Id
         join p in db.Set<PublishedIssue>() on a.ItemId equals p.Id
         select (int?)p.Number).FirstOrDefaultAsync(cancellation);

    private sealed record Head
    {
        public required Find Find { get; init; }
        public required ContentItem Item { get; init; }
        public PoolState? State { get; init; }
        public int? SourceCount { get; init; }
        public Guid? CardId { get; init; }
        public int? IssueNumber { get; init; }
        public string? QuoteDraft { get; init; }
    }
}
