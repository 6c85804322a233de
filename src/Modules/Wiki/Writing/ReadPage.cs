using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Wiki.Faces;
using TerritoireCollab.Wiki.Tree;
using TerritoireCollab.Wiki.Versions;

namespace TerritoireCollab.Wiki.Writing;

/// <summary>A page as one reader sees it.</summary>
public sealed record PageView
{
    /// <summary>What every content shows.</summary>
    public required ContentView Content { get; init; }
    /// <summary>The page.</summary>
    public required WikiPage Page { get; init; }
    /// <summary>Comments on its passages, in the order of these.</summary>
    public required IReadOnlyList<PageNote> Beside { get; init; }
    /// <summary>Comments whose passage is gone.</summary>
    public required IReadOnlyList<PageNote> Gone { get; init; }
    /// <summary>Its text and headings.</summary>
    public required ReadableText Text { get; init; }
    /// <summary>Pages over it, the top one first.</summary>
    public required IReadOnlyList<PageNode> Above { get; init; }
    /// <summary>Pages under it, in order.</summary>
    public required IReadOnlyList<PageNode> Under { get; init; }
    /// <summary>The page read before it.</summary>
    public PageNode? Before { get; init; }
    /// <summary>The page read after it.</summary>
    public PageNode? After { get; init; }
    /// <summary>Pages that lead here, as far as the reader may see them.</summary>
    public required IReadOnlyList<LinkedPage> Backlinks { get; init; }
    /// <summary>Who wrote it, the last one first, with how many more there were.</summary>
    public required IReadOnlyList<(string Name, string Handle)> Writers { get; init; }
    /// <summary>Who changed it last.</summary>
    public required string LastEditor { get; init; }
    /// <summary>Last change of its text.</summary>
    public required DateTime ChangedAt { get; init; }
    /// <summary>Whether the viewer may rewrite it.</summary>
    public required bool MayWrite { get; init; }
    /// <summary>Whether the viewer may write a page under it.</summary>
    public required bool MayAdd { get; init; }
    /// <summary>Whether the viewer follows it with all that stands under it.</summary>
    public required bool FollowsTree { get; init; }

    /// <summary>Its address from the root, without the title.</summary>
    public string ShortAddress => PageAddress.Short(Content.Standing.Slug, Content.Item.ShortId);
}

/// <summary>Reads a page with its place in the tree, and marks it as read.</summary>
internal sealed class ReadPage(AppDb database, Rights rights, ReadContent contents)
{
    private const int MostBacklinks = 50;
    private const int MostWriters = 60;

    /// <summary>The page at a page of its discussion.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, in the trash, or no page.</exception>
    public async Task<PageView> ExecuteAsync(Viewer viewer, string shortId, DiscussionPlace place, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var found = await db.Set<WikiPage>().AsNoTracking().Include(p => p.Item).Where(p => p.Item.ShortId == shortId)
            .Select(p => new { Page = p, FollowsTree = db.Set<TreeFollower>().Any(f => f.ItemId == p.Id && f.MemberId == viewer.MemberId) }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        var page = found.Page;
        var content = await contents.ExecuteAsync(db, page.Item, place, cancellation);
        var standing = content.Standing;
        var tree = await PageTree.ReadAsync(db, page.Item.GroupId, cancellation);
        var node = tree.Find(page.Id) ?? throw new NotFoundException();
        var mayWrite = rights.Allows(PageRights.ToWrite(page.Writers), standing);
        var mayAdd = mayWrite && rights.Allows(WikiModule.Create, standing);
        var (before, after) = tree.Beside(node);
        var edits = await EditorsAsync(db, page, cancellation);
        var text = PageHtml.For(page.Html(), page.Body, await LinksAsync(db, page, cancellation), mayAdd ? title => NewAddress(standing.Slug, shortId, title) : null);
        var annotated = await AnnotatePage.ReadAsync(db, page.Item, text.Html, number => CommentAddress(content, number), cancellation);
        return new()
        {
            Content = content with { Comments = WithPassages(content.Comments, annotated, mayWrite) },
            Page = page,
            Text = text with { Html = annotated.Html },
            Beside = annotated.Beside,
            Gone = annotated.Gone,
            Above = tree.Above(node),
            Under = [.. tree.Under(node)],
            Before = before,
            After = after,
            Backlinks = await BacklinksAsync(db, page.Id, cancellation),
            Writers = [.. edits.Append((content.Author.Name, content.Author.Handle)).Distinct()],
            LastEditor = edits is [var last, ..] ? last.Name : content.Author.Name,
            ChangedAt = page.EditedAt ?? page.Item.CreatedAt,
            MayWrite = mayWrite,
            MayAdd = mayAdd,
            FollowsTree = viewer.IsMember && found.FollowsTree,
        };
    }

    /// <summary>The text of a page that is being written, as it would be read.</summary>
    public async Task<string> PreviewAsync(Viewer viewer, string groupSlug, string body, Bodies bodies, PageLinks links, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (body.Length > Bodies.MaxLength) return "";

        var kept = await links.KeptAsync(db, standing.GroupId, body.ReplaceLineEndings("\n"), cancellation);
        return PageHtml.For((await bodies.RenderAsync(db, kept, cancellation)).Html, kept, new Dictionary<string, LinkedPage>(), null).Html;
    }

    // A comment of this page of the discussion is reached without asking for the page again.
    private static string CommentAddress(ContentView content, int number)
    {
        var (page, shown) = (content.Comments.Comments.Page, content.Comments.Comments.Comments.Any(c => c.Number == number));
        return !shown ? $"{content.Address}?reponse={number}#r{number}" : page == 1 ? $"{content.Address}#r{number}" : $"{content.Address}?page={page}#r{number}";
    }

    private static CommentsView WithPassages(CommentsView view, AnnotatedPage annotated, bool mayWrite) => view with
    {
        TakesPassages = true,
        Marked = annotated.Beside.Select(n => n.Number).ToHashSet(),
        Settleable = view.Comments.Comments.Where(c => c.Quote is not null && (mayWrite || view.Editable.Contains(c.Number))).Select(c => c.Number).ToHashSet(),
    };

    private static string NewAddress(string slug, string under, string title) => $"/groupes/{slug}/pages/nouveau?titre={Uri.EscapeDataString(title)}&parent={under}";

    /// <summary>Where the links of a page lead, as far as the reader may see it.</summary>
    internal static async Task<IReadOnlyDictionary<string, LinkedPage>> LinksAsync(AppDbContext db, WikiPage page, CancellationToken cancellation)
    {
        if (!page.BodyHtml.Contains("class=\"lien-", StringComparison.Ordinal)) return new Dictionary<string, LinkedPage>();

        var id = page.Id;
        var found = await (
            from l in db.Set<WikiLink>().AsNoTracking()
            where l.ItemId == id
            join t in db.Items on l.TargetId equals t.Id
            select new { l.Key, t.ShortId, t.Title, t.Group!.Slug }).ToListAsync(cancellation);
        return found.ToDictionary(l => l.Key, l => new LinkedPage(l.Title, PageAddress.Of(l.Slug, l.ShortId, l.Title)));
    }

    private static async Task<IReadOnlyList<LinkedPage>> BacklinksAsync(AppDbContext db, Guid id, CancellationToken cancellation)
    {
        var found = await db.Set<WikiLink>().AsNoTracking().Where(l => l.TargetId == id && l.ItemId != id)
            .Select(l => new { l.Item.ShortId, l.Item.Title, l.Item.Group!.Slug }).Distinct().OrderBy(l => l.Title).Take(MostBacklinks).ToListAsync(cancellation);
        return [.. found.Select(l => new LinkedPage(l.Title, PageAddress.Of(l.Slug, l.ShortId, l.Title)))];
    }

    private static async Task<List<(string Name, string Handle)>> EditorsAsync(AppDbContext db, WikiPage page, CancellationToken cancellation)
    {
        if (page.EditedAt is null) return [];

        var id = page.Id;
        // Who wrote together with others is on record beside the edit, which names the last one alone.
        var wrote = db.Revisions.AsNoTracking().Where(r => r.TargetId == id).Select(r => new { MemberId = r.EditorId, r.At })
            .Concat(db.Activities.Where(a => a.ItemId == id && a.Kind == JointVersions.Written).Select(a => new { MemberId = a.ActorId, a.At }));
        var edits = await wrote.GroupBy(w => w.MemberId).Select(g => new { MemberId = g.Key, At = g.Max(w => w.At) })
            .Join(db.Members, w => w.MemberId, m => m.Id, (w, m) => new { m.Name, m.Handle, w.At }).OrderByDescending(w => w.At).Take(MostWriters).ToListAsync(cancellation);
        return edits.ConvertAll(e => (e.Name, e.Handle));
    }
}
