using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Ui.Components;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Finds;

/// <summary>Which page of the discussion of a find.</summary>
/// <param name="ShortId">Short identifier.</param>
/// <param name="Page">Page, from 1; null for the first.</param>
/// <param name="Number">Comment to show, which decides the page.</param>
/// <param name="ReplyTo">Number of the comment to answer.</param>
/// <param name="Quote">Key of the marked passage to answer.</param>
public sealed record ReadFindInput(string ShortId, int? Page, int? Number, int? ReplyTo, Guid? Quote = null);

/// <summary>A find with a page of its discussion.</summary>
public sealed record FindView
{
    /// <summary>The find.</summary>
    public required Find Find { get; init; }
    /// <summary>Its discussion, with its row and its group.</summary>
    public required CommentsView Comments { get; init; }
    /// <summary>Who brought it.</summary>
    public required AuthorView Author { get; init; }
    /// <summary>Why it matters, sanitised HTML.</summary>
    public required string Html { get; init; }
    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
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
    /// <summary>What the viewer chose for it.</summary>
    public Following? Following { get; init; }
    /// <summary>Whether the viewer may edit it.</summary>
    public required bool MayEdit { get; init; }
    /// <summary>Whether the viewer may put it into the trash.</summary>
    public required bool MayRemove { get; init; }

    /// <summary>The group.</summary>
    public Standing Standing => Comments.Standing;

    /// <summary>The shared row.</summary>
    public ContentItem Item => Comments.Item;
}

/// <summary>Reads a find and its discussion, and marks it as read as far as the page shows, its notifications with it.</summary>
internal sealed class ReadFind(AppDb database, Rights rights, ListComments comments, MarkRead marks, MarkNotificationsRead notifications)
{
    /// <summary>The find at a page of its discussion, or at the page of a comment.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<FindView> ExecuteAsync(Viewer viewer, ReadFindInput input, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var head = await HeadAsync(db, input.ShortId, cancellation) ?? throw new NotFoundException();
        var item = head.Item;
        var standing = await rights.StandingAsync(db, item.GroupId, cancellation);
        var at = input.Number is { } wanted ? await ListComments.PageOfAsync(db, item.Id, wanted, cancellation) : input.Page ?? 1;
        var shown = await comments.ExecuteAsync(db, item, at, cancellation);
        var mayAnswer = rights.Allows(GroupPermissions.Comment, standing, isLocked: item.LockedAt is not null);
        var answered = mayAnswer && input.ReplyTo is { } number ? shown.Comments.FirstOrDefault(c => c.Number == number && c.Kind == CommentKind.Message) : null;

        var quotes = await rights.QuotesOfAsync(db, item.Id, standing, cancellation);
        await MarkAsync(viewer, head, shown, cancellation);
        return new()
        {
            Find = head.Find,
            Comments = new()
            {
                Standing = standing,
                Item = item,
                Address = VeilleAddress.Find(standing.Slug, item.ShortId, item.Title).TrimStart('/'),
                Home = $"groupes/{standing.Slug}",
                Comments = shown,
                Draft = quotes.FirstOrDefault(q => q.Id == input.Quote) is { } quote ? Answering(quote.Text, head.Draft) : head.Draft,
                Answered = answered is null ? null : (answered.Number, answered.Author.Name),
                Editable = shown.Comments.Where(c => rights.Allows(GroupPermissions.RemoveComment, standing, c.Author.Id)).Select(c => c.Number).ToHashSet(),
                MayAnswer = mayAnswer,
                MayReact = rights.Allows(GroupPermissions.React, standing),
            },
            Author = new(item.AuthorId, head.AuthorName, head.AuthorHandle, head.OrganisationName),
            Html = head.Find.BodyRenderer == Bodies.Renderer ? head.Find.BodyHtml : RichText.Render(head.Find.Body, RichTextContext.Empty),
            Tags = await db.Tags.Where(t => t.ItemId == item.Id).OrderBy(t => t.Slug).Select(t => t.Name).ToListAsync(cancellation),
            Quotes = quotes,
            QuoteDraft = mayAnswer ? head.QuoteDraft : null,
            SourceCount = head.SourceCount ?? 0,
            CardId = head.CardId,
            Fate = new(head.State, item.CommentCount, head.IssueNumber ?? (head.State is null ? await PublicNumberAsync(db, item, cancellation) : null)),
            Following = head.Following,
            MayEdit = rights.Allows(GroupPermissions.EditItem, standing, item.AuthorId),
            MayRemove = rights.Allows(GroupPermissions.RemoveItem, standing, item.AuthorId),
        };
    }

    /// <summary>Key of the draft of a passage that waits to be marked.</summary>
    public static string QuoteDraftKey(string shortId) => "passage/" + shortId;

    // The passage as Markdown quotes, after what was typed already.
    private static string Answering(string passage, string? draft) =>
        (string.IsNullOrWhiteSpace(draft) ? "" : draft.TrimEnd() + "\n\n") + string.Join('\n', passage.Split('\n').Select(l => l.Length == 0 ? ">" : "> " + l)) + "\n\n";

    private static Task<Head?> HeadAsync(AppDbContext db, string shortId, CancellationToken cancellation)
    {
        var (me, draftKey, quoteKey) = (db.Viewer.MemberId, CommentsView.DraftKey(shortId), QuoteDraftKey(shortId));
        return (from f in db.Set<Find>().AsNoTracking()
                where f.Item.ShortId == shortId
                from e in db.Set<PoolEntry>().Where(e => e.FindId == f.Id).DefaultIfEmpty()
                select new Head
                {
                    Find = f,
                    Item = f.Item,
                    AuthorName = f.Item.Author!.Name,
                    AuthorHandle = f.Item.Author.Handle,
                    OrganisationName = f.Item.Organisation!.Name,
                    State = (PoolState?)e!.State,
                    SourceCount = (int?)e.SourceCount,
                    CardId = (Guid?)e.Id,
                    IssueNumber = e.State == PoolState.Published ? db.Set<Issue>().Where(i => i.Id == e.IssueId).Select(i => (int?)i.Number).FirstOrDefault() : null,
                    Read = db.OwnReadMarks.Where(r => r.ItemId == f.Id && r.MemberId == me).Select(r => (int?)r.Number).FirstOrDefault(),
                    Following = db.Subscriptions.Where(s => s.ItemId == f.Id && s.MemberId == me).Select(s => (Following?)s.Following).FirstOrDefault(),
                    HasNews = db.Notifications.Any(n => n.MemberId == me && n.ItemId == f.Id && n.ReadAt == null),
                    Draft = db.Drafts.Where(d => d.MemberId == me && d.Key == draftKey).Select(d => d.Text).FirstOrDefault(),
                    QuoteDraft = db.Drafts.Where(d => d.MemberId == me && d.Key == quoteKey).Select(d => d.Text).FirstOrDefault(),
                }).FirstOrDefaultAsync(cancellation);
    }

    // Whoever reads no pool reads the revues that their audience lets them read.
    private static Task<int?> PublicNumberAsync(AppDbContext db, ContentItem item, CancellationToken cancellation) =>
        (from a in db.Set<IssueArticle>()
         where a.GroupId == item.GroupId && a.FindId == item.Id
         join p in db.Set<PublishedIssue>() on a.ItemId equals p.Id
         select (int?)p.Number).FirstOrDefaultAsync(cancellation);

    private async Task MarkAsync(Viewer viewer, Head head, CommentPage shown, CancellationToken cancellation)
    {
        // A late answer to an early comment stands on an early page: before the last page only what comes up to its last first-level comment is all seen.
        var last = shown.Page == shown.PageCount ? head.Item.LastCommentNumber : shown.Comments.Count == 0 ? 0 : shown.Comments[^1].RootNumber;
        if (viewer.IsMember && (head.Read is null || head.Read < last)) await marks.ExecuteAsync(viewer, head.Item.Id, last, cancellation);
        if (head.HasNews) await notifications.AboutAsync(viewer, head.Item.Id, cancellation);
    }

    private sealed record Head
    {
        public required Find Find { get; init; }
        public required ContentItem Item { get; init; }
        public required string AuthorName { get; init; }
        public required string AuthorHandle { get; init; }
        public string? OrganisationName { get; init; }
        public PoolState? State { get; init; }
        public int? SourceCount { get; init; }
        public Guid? CardId { get; init; }
        public int? IssueNumber { get; init; }
        public int? Read { get; init; }
        public Following? Following { get; init; }
        public bool HasNews { get; init; }
        public string? Draft { get; init; }
        public string? QuoteDraft { get; init; }
    }
}
