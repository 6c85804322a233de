using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Issues;

/// <summary>Which issue, and which page of its comments.</summary>
/// <param name="GroupSlug">The group; null for the one that serves the territory.</param>
/// <param name="Segment">Short identifier or number.</param>
/// <param name="Page">Page of the comments, from 1; null for the first.</param>
/// <param name="Number">Comment to show, which decides the page.</param>
/// <param name="Answered">Number of the comment to answer.</param>
public sealed record ReadIssueInput(string? GroupSlug, string Segment, int? Page, int? Number, int? Answered);

/// <summary>A published issue with its comments.</summary>
public sealed record IssuePageView
{
    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>Name of the revue.</summary>
    public required string RevueName { get; init; }
    /// <summary>Whether this is the territory's revue, at <c>/veille</c>.</summary>
    public required bool IsTerritory { get; init; }
    /// <summary>The shared row.</summary>
    public required ContentItem Item { get; init; }
    /// <summary>The issue.</summary>
    public required IssueView Issue { get; init; }
    /// <summary>Comments of this page.</summary>
    public required CommentPage Comments { get; init; }
    /// <summary>The draft of a comment that was kept.</summary>
    public string? Draft { get; init; }
    /// <summary>The comment that the composer answers.</summary>
    public (int Number, string Author)? Answered { get; init; }
    /// <summary>The issue before, as far as the reader may see it.</summary>
    public int? Previous { get; init; }
    /// <summary>The issue after.</summary>
    public int? Next { get; init; }
    /// <summary>Numbers of the comments that the viewer may edit.</summary>
    public required IReadOnlySet<int> Editable { get; init; }
    /// <summary>Whether the viewer may comment.</summary>
    public required bool MayAnswer { get; init; }
    /// <summary>Whether the viewer may react.</summary>
    public required bool MayReact { get; init; }
    /// <summary>Whether the viewer may correct it.</summary>
    public required bool MayCorrect { get; init; }
    /// <summary>Whether the viewer may put it into the trash.</summary>
    public required bool MayRemove { get; init; }

    /// <summary>Key of the draft of a comment.</summary>
    public static string DraftKey(string shortId) => "fil/" + shortId;
}

/// <summary>Reads a published issue: whoever may read its content row reads it, signed in or not.</summary>
internal sealed class ReadIssue(AppDb database, Rights rights, ModuleCatalog modules, ListComments comments, MarkRead marks, MarkNotificationsRead notifications)
{
    private const int MostDigits = 7;

    /// <summary>The issue.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<IssuePageView> ExecuteAsync(Viewer viewer, ReadIssueInput input, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var slug = input.GroupSlug ?? (await TerritoryVeille.FindAsync(db, cancellation))?.GroupSlug ?? throw new NotFoundException();
        var standing = await rights.VeilleOfAsync(db, modules, slug, cancellation);
        var head = await HeadAsync(db, standing.GroupId, input.Segment, cancellation) ?? throw new NotFoundException();
        var item = head.Item;
        var at = input.Number is { } wanted ? await ListComments.PageOfAsync(db, item.Id, wanted, cancellation) : input.Page ?? 1;
        var shown = await comments.ExecuteAsync(db, item, at, cancellation);
        var mayAnswer = rights.Allows(GroupPermissions.Comment, standing, isLocked: item.LockedAt is not null);
        var animates = rights.Allows(VeilleModule.Curate, standing);
        await MarkAsync(viewer, head, shown, cancellation);
        return new IssuePageView
        {
            Standing = standing,
            RevueName = head.RevueName ?? standing.Name,
            IsTerritory = head.ServesTerritory,
            Item = item,
            Issue = await IssueAsync(db, slug, head, cancellation),
            Comments = shown,
            Draft = head.Draft,
            Answered = mayAnswer && input.Answered is { } answered ? await AnsweredAsync(db, item.Id, answered, cancellation) : null,
            Previous = head.Previous,
            Next = head.Next,
            Editable = shown.Comments.Where(c => rights.Allows(GroupPermissions.EditComment, standing, c.Author.Id)).Select(c => c.Number).ToHashSet(),
            MayAnswer = mayAnswer,
            MayReact = rights.Allows(GroupPermissions.React, standing),
            MayCorrect = animates,
            MayRemove = rights.Allows(GroupPermissions.RemoveItem, standing, item.AuthorId),
        };
    }

    /// <summary>The latest issue of the territory's revue, without its comments; null when the reader may read none.</summary>
    /// <exception cref="NotFoundException">The group has no veille that the reader may know of.</exception>
    public async Task<IssueView?> LatestAsync(AppDbContext db, Standing standing, CancellationToken cancellation)
    {
        var number = await db.Set<PublishedIssue>().Where(i => i.Item.GroupId == standing.GroupId).OrderByDescending(i => i.Number).Select(i => (int?)i.Number).FirstOrDefaultAsync(cancellation);
        if (number is null) return null;

        var head = await HeadAsync(db, standing.GroupId, number.Value.ToString(CultureInfo.InvariantCulture), cancellation);
        return head is null ? null : await IssueAsync(db, standing.Slug, head, cancellation);
    }

    /// <summary>The cover of an issue, and whether everybody may see it; null when it has none or the viewer may not see it.</summary>
    /// <exception cref="NotFoundException">No such group, or no veille.</exception>
    public async Task<(StoredFile? File, bool IsPublic)> CoverAsync(Viewer viewer, string? groupSlug, string segment, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var slug = groupSlug ?? (await TerritoryVeille.FindAsync(db, cancellation))?.GroupSlug ?? throw new NotFoundException();
        var standing = await rights.VeilleOfAsync(db, modules, slug, cancellation);
        var cover = Of(db, standing.GroupId, segment)?.Where(i => i.CoverFileId != null).Select(i => new { File = db.Files.FirstOrDefault(f => f.Id == i.CoverFileId), i.Item.Audience });
        return cover is not null && await cover.FirstOrDefaultAsync(cancellation) is { } found ? (found.File, found.Audience == Audience.Public) : (null, false);
    }

    // The issue of that number or short identifier; null when it can be neither.
    private static IQueryable<PublishedIssue>? Of(AppDbContext db, Guid groupId, string segment)
    {
        var issues = db.Set<PublishedIssue>().AsNoTracking().Where(i => i.Item.GroupId == groupId);
        if (segment.Length <= MostDigits && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return issues.Where(i => i.Number == number);
        return ShortIds.FromSegment(segment) is { } shortId ? issues.Where(i => i.Item.ShortId == shortId) : null;
    }

    private static async Task<Head?> HeadAsync(AppDbContext db, Guid groupId, string segment, CancellationToken cancellation)
    {
        if (Of(db, groupId, segment) is not { } issues) return null;

        var me = db.Viewer.MemberId;
        return await issues.Select(i => new Head
        {
            Issue = i,
            Item = i.Item,
            AuthorName = i.Item.Author!.Name,
            AuthorHandle = i.Item.Author.Handle,
            OrganisationName = i.Item.Organisation!.Name,
            RevueName = db.Set<VeilleProfile>().Where(p => p.GroupId == groupId).Select(p => p.Name).FirstOrDefault(),
            ServesTerritory = db.Set<VeilleProfile>().Any(p => p.GroupId == groupId && p.ServesTerritory),
            Previous = db.Set<PublishedIssue>().Where(o => o.Item.GroupId == groupId && o.Number < i.Number).Max(o => (int?)o.Number),
            Next = db.Set<PublishedIssue>().Where(o => o.Item.GroupId == groupId && o.Number > i.Number).Min(o => (int?)o.Number),
            Read = db.OwnReadMarks.Where(r => r.ItemId == i.Id && r.MemberId == me).Select(r => (int?)r.Number).FirstOrDefault(),
            HasNews = db.Notifications.Any(n => n.MemberId == me && n.ItemId == i.Id && n.ReadAt == null),
            Draft = db.Drafts.Where(d => d.MemberId == me && d.Key == "fil/" + i.Item.ShortId).Select(d => d.Text).FirstOrDefault(),
        }).FirstOrDefaultAsync(cancellation);
    }

    private static async Task<IssueView> IssueAsync(AppDbContext db, string groupSlug, Head head, CancellationToken cancellation)
    {
        var (issue, item) = (head.Issue, head.Item);
        // The find is read through its content row: whoever may not see it is led to the comments of the issue.
        var articles = await (
            from a in db.Set<IssueArticle>().AsNoTracking().Where(a => a.ItemId == issue.Id)
            from m in db.Members.Where(m => m.Id == a.FinderId).DefaultIfEmpty()
            from f in db.Items.Where(f => f.Id == a.FindId).DefaultIfEmpty()
            orderby a.Position
            select new { Article = a, m.Name, m.Handle, f.ShortId, f.Title, Comments = (int?)f.CommentCount }).ToListAsync(cancellation);
        return new IssueView
        {
            Number = issue.Number,
            Week = issue.Week,
            Title = IssueTitle.Own(issue.Number, item.Title),
            IntroductionHtml = issue.BodyRenderer == Bodies.Renderer ? issue.BodyHtml : RichText.Render(issue.Body, RichTextContext.Empty),
            Cover = CoverView.Of(issue.CoverFileId, issue.CoverText),
            Author = new(item.AuthorId, head.AuthorName, head.AuthorHandle, head.OrganisationName),
            PublishedAt = item.CreatedAt,
            CorrectedAt = issue.EditedAt,
            Rubrics = RubricView.Of(articles.Select(a => (a.Article.Rubric, new ArticleView
            {
                Id = a.Article.Id,
                Title = a.Article.Title,
                Address = a.Article.Address,
                SourceName = a.Article.SourceName,
                Author = a.Article.Author,
                DatedAt = a.Article.DatedAt,
                Line = a.Article.Line,
                Excerpt = a.Article.Excerpt,
                Finder = a.Name is null ? null : new FinderView(a.Name, a.Handle),
                Discussion = a.ShortId is null ? null : new DiscussionLink(VeilleAddress.Find(groupSlug, a.ShortId, a.Title), a.Comments ?? 0),
            }))),
        };
    }

    private static async Task<(int, string)?> AnsweredAsync(AppDbContext db, Guid itemId, int number, CancellationToken cancellation)
    {
        var author = await db.Comments.Where(c => c.ItemId == itemId && c.Number == number && c.Kind == CommentKind.Message).Select(c => c.Author!.Name).FirstOrDefaultAsync(cancellation);
        return author is null ? null : (number, author);
    }

    private async Task MarkAsync(Viewer viewer, Head head, CommentPage shown, CancellationToken cancellation)
    {
        var last = shown.Page == shown.PageCount ? head.Item.LastCommentNumber : shown.Comments.Count == 0 ? 0 : shown.Comments[^1].RootNumber;
        if (viewer.IsMember && (head.Read is null || head.Read < last)) await marks.ExecuteAsync(viewer, head.Item.Id, last, cancellation);
        if (head.HasNews) await notifications.AboutAsync(viewer, head.Item.Id, cancellation);
    }

    private sealed record Head
    {
        public required PublishedIssue Issue { get; init; }
        public required ContentItem Item { get; init; }
        public required string AuthorName { get; init; }
        public required string AuthorHandle { get; init; }
        public string? OrganisationName { get; init; }
        public string? RevueName { get; init; }
        public bool ServesTerritory { get; init; }
        public int? Previous { get; init; }
        public int? Next { get; init; }
        public int? Read { get; init; }
        public bool HasNews { get; init; }
        public string? Draft { get; init; }
    }
}
