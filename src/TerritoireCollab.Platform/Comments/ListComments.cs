using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Reactions;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Comments;

/// <summary>A comment as a page, a feed or the API shows it.</summary>
public sealed record CommentView
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }
    /// <summary>Number in the thread.</summary>
    public required int Number { get; init; }
    /// <summary>Number of the first-level answer it stands under.</summary>
    public required int RootNumber { get; init; }
    /// <summary>Number of the answer it answers.</summary>
    public int? ParentNumber { get; init; }
    /// <summary>Message or trace.</summary>
    public required CommentKind Kind { get; init; }
    /// <summary>Author.</summary>
    public required AuthorView Author { get; init; }
    /// <summary>Sanitised HTML; for a trace, <c>action|detail</c>.</summary>
    public required string Html { get; init; }
    /// <summary>When it was written.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Last edit.</summary>
    public DateTime? EditedAt { get; init; }
    /// <summary>« Merci » given.</summary>
    public required int ThanksCount { get; init; }
    /// <summary>« Utile » given.</summary>
    public required int UsefulCount { get; init; }
    /// <summary>Whether the viewer gave « Merci ».</summary>
    public bool ThankedByMe { get; init; }
    /// <summary>Whether the viewer gave « Utile ».</summary>
    public bool UsefulToMe { get; init; }
    /// <summary>Files.</summary>
    public IReadOnlyList<AttachmentView> Files { get; init; } = [];
    /// <summary>The passage of the content that it is about; null when it is about the whole.</summary>
    public string? Quote { get; init; }
    /// <summary>Since when it is settled.</summary>
    public DateTime? ResolvedAt { get; init; }
    /// <summary>Who settled it.</summary>
    public string? ResolvedBy { get; init; }
    /// <summary>What was cut off the mail that it came by, plain text; null when nothing was.</summary>
    public string? Elided { get; init; }
}

/// <summary>A person beside a text.</summary>
/// <param name="Id">Key.</param>
/// <param name="Name">Name as shown.</param>
/// <param name="Handle">Handle.</param>
/// <param name="Organisation">In whose name, on that day.</param>
public sealed record AuthorView(Guid Id, string Name, string Handle, string? Organisation);

/// <summary>A file beside a text.</summary>
/// <param name="Id">Key.</param>
/// <param name="CommentId">The comment it came with.</param>
/// <param name="Name">Name.</param>
/// <param name="Length">Size in bytes.</param>
/// <param name="ContentType">Type found.</param>
public sealed record AttachmentView(Guid Id, Guid? CommentId, string Name, long Length, string ContentType)
{
    /// <summary>What the antivirus says of it.</summary>
    public FileCheck Check { get; init; }

    /// <summary>Its address.</summary>
    public string Address => $"/pieces/{Id:N}/{Uri.EscapeDataString(Name)}";
}

/// <summary>A page of a thread.</summary>
/// <param name="Comments">In order.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="PageCount">Pages in all, at least 1.</param>
/// <param name="Total">Comments that can be read, traces included.</param>
public sealed record CommentPage(IReadOnlyList<CommentView> Comments, int Page, int PageCount, int Total)
{
    /// <summary>Files of the content itself, read with those of its comments.</summary>
    public IReadOnlyList<AttachmentView> ItemFiles { get; init; } = [];

    /// <summary>Whether the viewer gave « Merci » to the content itself.</summary>
    public bool ItemThankedByMe { get; init; }

    /// <summary>Whether the viewer gave « Utile » to the content itself.</summary>
    public bool ItemUsefulToMe { get; init; }
}

/// <summary>Reads the comments of a content page by page, in the order of a two-level thread.</summary>
public sealed class ListComments
{
    /// <summary>Comments on a page.</summary>
    public const int PageSize = 20;

    // Joined by hand and before the page is cut: left to navigations, the page is cut in a query of its own and sorted again outside.
    private readonly Func<AppDbContext, Guid, int, int, IAsyncEnumerable<Row>> _rows = EF.CompileAsyncQuery(
        (AppDbContext db, Guid itemId, int skip, int take) =>
            (from c in db.Comments.AsNoTracking()
             where c.ItemId == itemId
             join a in db.Members on c.AuthorId equals a.Id
             from o in db.Organisations.Where(o => o.Id == c.OrganisationId).DefaultIfEmpty()
             orderby c.RootNumber, c.Number
             select new Row(c.Id, c.Number, c.RootNumber, c.ParentNumber, c.Kind, c.AuthorId, a.Name, a.Handle, o.Name,
                 c.BodyHtml, c.BodyRenderer, c.CreatedAt, c.EditedAt, c.ThanksCount, c.UsefulCount,
                 db.PostedByMail.Where(m => m.CommentId == c.Id).Select(m => m.Elided).FirstOrDefault(),
                 c.Quote, c.ResolvedAt, db.Members.Where(m => m.Id == c.ResolvedById).Select(m => m.Name).FirstOrDefault())).Skip(skip).Take(take));

    private readonly Func<AppDbContext, Guid, int, Task<Row?>> _single = EF.CompileAsyncQuery(
        (AppDbContext db, Guid itemId, int number) => db.Comments.AsNoTracking().Where(c => c.ItemId == itemId && c.Number == number && c.Kind == CommentKind.Message)
            .Select(c => new Row(c.Id, c.Number, c.RootNumber, c.ParentNumber, c.Kind, c.AuthorId, c.Author!.Name, c.Author.Handle, c.Organisation!.Name,
                c.BodyHtml, c.BodyRenderer, c.CreatedAt, c.EditedAt, c.ThanksCount, c.UsefulCount, null, c.Quote, c.ResolvedAt, null)).FirstOrDefault());

    private readonly Func<AppDbContext, Guid, Guid, IAsyncEnumerable<Given>> _given = EF.CompileAsyncQuery(
        (AppDbContext db, Guid itemId, Guid me) => db.Reactions.AsNoTracking().Where(r => r.ItemId == itemId && r.MemberId == me).Select(r => new Given(r.TargetId, r.Kind)));

    private readonly Func<AppDbContext, Guid, IAsyncEnumerable<AttachmentView>> _attached = EF.CompileAsyncQuery(
        (AppDbContext db, Guid itemId) => db.Attachments.AsNoTracking().Where(a => a.ItemId == itemId).OrderBy(a => a.CreatedAt)
            .Select(a => new AttachmentView(a.Id, a.CommentId, a.Name, a.File!.Length, a.File.ContentType) { Check = a.File.Check }));

    /// <summary>One page of the thread of <paramref name="item"/>, which the caller has read through the viewer's context.</summary>
    public async Task<CommentPage> ExecuteAsync(AppDbContext db, ContentItem item, int page, CancellationToken cancellation)
    {
        var total = item.LastCommentNumber == item.CommentCount ? item.CommentCount : await db.Comments.CountAsync(c => c.ItemId == item.Id, cancellation);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var rows = total == 0 ? [] : await _rows(db, item.Id, (page - 1) * PageSize, PageSize).ToListAsync(cancellation);
        var mine = await MineAsync(db, item, rows, cancellation);
        var files = await FilesAsync(db, item, cancellation);
        var stale = rows.Where(r => r.BodyRenderer != Bodies.Renderer && r.Kind == CommentKind.Message).Select(r => r.Id).ToList();
        var again = stale.Count == 0 ? [] : await db.Comments.AsNoTracking().Where(c => stale.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => RichText.Render(c.Body, RichTextContext.Empty), cancellation);
        return new([.. rows.Select(r => View(r, again.GetValueOrDefault(r.Id), mine, files))], page, pages, total)
        {
            ItemFiles = [.. files[item.Id]],
            ItemThankedByMe = mine.Contains((item.Id, ReactionKind.Thanks)),
            ItemUsefulToMe = mine.Contains((item.Id, ReactionKind.Useful)),
        };
    }

    /// <summary>One message of the thread, without files nor the viewer's reactions: for an extract shown elsewhere than at its place.</summary>
    public async Task<CommentView?> OneAsync(AppDbContext db, ContentItem item, int number)
    {
        var row = await _single(db, item.Id, number);
        return row is null ? null : View(row, null, [], Array.Empty<AttachmentView>().ToLookup(_ => Guid.Empty));
    }

    /// <summary>The page on which the comment of that number stands.</summary>
    public static async Task<int> PageOfAsync(AppDbContext db, Guid itemId, int number, CancellationToken cancellation)
    {
        var before = await db.Comments.Where(c => c.ItemId == itemId && c.Number == number)
            .Select(c => db.Comments.Count(b => b.ItemId == itemId && (b.RootNumber < c.RootNumber || (b.RootNumber == c.RootNumber && b.Number < number))))
            .FirstOrDefaultAsync(cancellation);
        return (before / PageSize) + 1;
    }

    /// <summary>Files of the content and of its comments; asked only when there are any.</summary>
    public async Task<ILookup<Guid, AttachmentView>> FilesAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        if (item.AttachmentCount == 0) return Array.Empty<AttachmentView>().ToLookup(_ => Guid.Empty);

        var files = await _attached(db, item.Id).ToListAsync(cancellation);
        return files.ToLookup(f => f.CommentId ?? item.Id);
    }

    private async Task<HashSet<(Guid Target, ReactionKind Kind)>> MineAsync(AppDbContext db, ContentItem item, List<Row> rows, CancellationToken cancellation)
    {
        if (!db.Viewer.IsMember || (item.ThanksCount + item.UsefulCount == 0 && rows.TrueForAll(r => r.Thanks + r.Useful == 0))) return [];

        return await _given(db, item.Id, db.Viewer.MemberId).Select(g => (g.TargetId, g.Kind)).ToHashSetAsync(cancellationToken: cancellation);
    }

    private static CommentView View(Row row, string? again, HashSet<(Guid Target, ReactionKind Kind)> mine, ILookup<Guid, AttachmentView> files) => new()
    {
        Id = row.Id,
        Number = row.Number,
        RootNumber = row.RootNumber,
        ParentNumber = row.ParentNumber,
        Kind = row.Kind,
        Author = new(row.AuthorId, row.AuthorName, row.AuthorHandle, row.OrganisationName),
        Html = again ?? row.Html,
        CreatedAt = row.CreatedAt,
        EditedAt = row.EditedAt,
        ThanksCount = row.Thanks,
        UsefulCount = row.Useful,
        ThankedByMe = mine.Contains((row.Id, ReactionKind.Thanks)),
        UsefulToMe = mine.Contains((row.Id, ReactionKind.Useful)),
        Files = [.. files[row.Id]],
        Elided = row.Elided,
        Quote = row.Quote,
        ResolvedAt = row.ResolvedAt,
        ResolvedBy = row.ResolvedBy,
    };

    private sealed record Given(Guid TargetId, ReactionKind Kind);

    private sealed record Row(
        Guid Id, int Number, int RootNumber, int? ParentNumber, CommentKind Kind, Guid AuthorId, string AuthorName, string AuthorHandle, string? OrganisationName,
        string Html, int BodyRenderer, DateTime CreatedAt, DateTime? EditedAt, int Thanks, int Useful, string? Elided,
        string? Quote, DateTime? ResolvedAt, string? ResolvedBy);
}
