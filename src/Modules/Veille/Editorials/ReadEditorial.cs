using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Ui.Components;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Editorials;

/// <summary>Which édito, and which page of its comments.</summary>
/// <param name="GroupSlug">The group; null for the one that serves the territory.</param>
/// <param name="Segment">Its part of the address at the territory's, or its short identifier.</param>
/// <param name="Page">Page of the comments, from 1; null for the first.</param>
/// <param name="Number">Comment to show, which decides the page.</param>
/// <param name="Answered">Number of the comment to answer.</param>
public sealed record ReadEditorialInput(string? GroupSlug, string Segment, int? Page, int? Number, int? Answered);

/// <summary>An édito with its comments.</summary>
public sealed record EditorialView
{
    /// <summary>The édito.</summary>
    public required Editorial Editorial { get; init; }
    /// <summary>The text, sanitised HTML.</summary>
    public required string Html { get; init; }
    /// <summary>Who wrote it.</summary>
    public required AuthorView Author { get; init; }
    /// <summary>Its comments, with its row and its group.</summary>
    public required CommentsView Comments { get; init; }
    /// <summary>Name of the revue.</summary>
    public required string RevueName { get; init; }
    /// <summary>Whether the group serves the territory: whoever may read it there does so at <c>/veille</c>.</summary>
    public required bool ServesTerritory { get; init; }
    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
    /// <summary>Other éditos, the latest first.</summary>
    public required IReadOnlyList<EditorialRow> Others { get; init; }
    /// <summary>What the viewer chose for it.</summary>
    public Following? Following { get; init; }
    /// <summary>Whether the viewer may correct it.</summary>
    public required bool MayCorrect { get; init; }
    /// <summary>Whether the viewer may put it into the trash.</summary>
    public required bool MayRemove { get; init; }

    /// <summary>The group.</summary>
    public Standing Standing => Comments.Standing;

    /// <summary>The shared row.</summary>
    public ContentItem Item => Comments.Item;
}

/// <summary>Reads an édito: whoever may read its content row reads it, signed in or not.</summary>
internal sealed partial class ReadEditorial(AppDb database, Rights rights, ModuleCatalog modules, ListComments comments, MarkRead marks, MarkNotificationsRead notifications)
{
    private const int MostOthers = 5;

    /// <summary>The édito.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<EditorialView> ExecuteAsync(Viewer viewer, ReadEditorialInput input, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var slug = input.GroupSlug ?? (await TerritoryVeille.FindAsync(db, cancellation))?.GroupSlug ?? throw new NotFoundException();
        var standing = await rights.VeilleOfAsync(db, modules, slug, cancellation);
        var head = await HeadAsync(db, standing.GroupId, input.Segment, cancellation) ?? throw new NotFoundException();
        var item = head.Item;
        var at = input.Number is { } wanted ? await ListComments.PageOfAsync(db, item.Id, wanted, cancellation) : input.Page ?? 1;
        var shown = await comments.ExecuteAsync(db, item, at, cancellation);
        var others = await ListEditorials.LatestAsync(db, standing.GroupId, MostOthers + 1, cancellation);
        await MarkAsync(viewer, head, shown, cancellation);
        return new()
        {
            Editorial = head.Editorial,
            Html = UnderTheTitle(head.Editorial.BodyRenderer == Bodies.Renderer ? head.Editorial.BodyHtml : RichText.Render(head.Editorial.Body, RichTextContext.Empty)),
            Author = new(item.AuthorId, head.AuthorName, head.AuthorHandle, head.OrganisationName),
            Comments = CommentsOf(standing, head, shown, input),
            RevueName = head.RevueName ?? standing.Name,
            ServesTerritory = head.ServesTerritory,
            Tags = await db.Tags.Where(t => t.ItemId == item.Id).OrderBy(t => t.Slug).Select(t => t.Name).ToListAsync(cancellation),
            Others = [.. others.Where(o => o.ShortId != item.ShortId).Take(MostOthers)],
            Following = head.Following,
            MayCorrect = rights.Allows(GroupPermissions.EditItem, standing, item.AuthorId),
            MayRemove = rights.Allows(GroupPermissions.RemoveItem, standing, item.AuthorId),
        };
    }

    // The text is the page here, not a part of it: its widest headings stand right under the title.
    private static string UnderTheTitle(string html)
    {
        var headings = Headings().Matches(html);
        if (headings.Count == 0) return html;

        var widest = headings.Min(h => h.Groups[2].ValueSpan[0] - '0');
        return Headings().Replace(html, h => $"<{h.Groups[1].Value}h{h.Groups[2].ValueSpan[0] - '0' - widest + 2}");
    }

    [GeneratedRegex("<(/?)h([1-6])(?=[ >])")]
    private static partial Regex Headings();

    private CommentsView CommentsOf(Standing standing, Head head, CommentPage shown, ReadEditorialInput input)
    {
        var (item, isTerritory) = (head.Item, input.GroupSlug is null);
        var mayAnswer = rights.Allows(GroupPermissions.Comment, standing, isLocked: item.LockedAt is not null);
        var answered = mayAnswer && input.Answered is { } number ? shown.Comments.FirstOrDefault(c => c.Number == number && c.Kind == CommentKind.Message) : null;
        return new()
        {
            Standing = standing,
            Item = item,
            Address = (isTerritory ? VeilleAddress.TerritoryEditorial(head.Editorial.Slug) : VeilleAddress.Editorial(standing.Slug, item.ShortId, item.Title))[1..],
            Home = isTerritory ? "veille" : $"groupes/{standing.Slug}",
            Comments = shown,
            Draft = head.Draft,
            Answered = answered is null ? null : (answered.Number, answered.Author.Name),
            Editable = shown.Comments.Where(c => rights.Allows(GroupPermissions.RemoveComment, standing, c.Author.Id)).Select(c => c.Number).ToHashSet(),
            MayAnswer = mayAnswer,
            MayReact = rights.Allows(GroupPermissions.React, standing),
        };
    }

    private static Task<Head?> HeadAsync(AppDbContext db, Guid groupId, string segment, CancellationToken cancellation)
    {
        var editorials = db.Set<Editorial>().AsNoTracking().Where(e => e.Item.GroupId == groupId);
        // No slug begins like a short identifier: its fifth sign is a hyphen.
        editorials = ShortIds.FromSegment(segment) is { } shortId ? editorials.Where(e => e.Item.ShortId == shortId) : editorials.Where(e => e.Slug == segment);
        var me = db.Viewer.MemberId;
        return editorials.Select(e => new Head
        {
            Editorial = e,
            Item = e.Item,
            AuthorName = e.Item.Author!.Name,
            AuthorHandle = e.Item.Author.Handle,
            OrganisationName = e.Item.Organisation!.Name,
            RevueName = db.Set<VeilleProfile>().Where(p => p.GroupId == groupId).Select(p => p.Name).FirstOrDefault(),
            ServesTerritory = db.Set<VeilleProfile>().Any(p => p.GroupId == groupId && p.ServesTerritory),
            Read = db.OwnReadMarks.Where(r => r.ItemId == e.Id && r.MemberId == me).Select(r => (int?)r.Number).FirstOrDefault(),
            Following = db.Subscriptions.Where(s => s.ItemId == e.Id && s.MemberId == me).Select(s => (Following?)s.Following).FirstOrDefault(),
            HasNews = db.Notifications.Any(n => n.MemberId == me && n.ItemId == e.Id && n.ReadAt == null),
            Draft = db.Drafts.Where(d => d.MemberId == me && d.Key == "fil/" + e.Item.ShortId).Select(d => d.Text).FirstOrDefault(),
        }).FirstOrDefaultAsync(cancellation);
    }

    private async Task MarkAsync(Viewer viewer, Head head, CommentPage shown, CancellationToken cancellation)
    {
        var last = shown.Page == shown.PageCount ? head.Item.LastCommentNumber : shown.Comments.Count == 0 ? 0 : shown.Comments[^1].RootNumber;
        if (viewer.IsMember && (head.Read is null || head.Read < last)) await marks.ExecuteAsync(viewer, head.Item.Id, last, cancellation);
        if (head.HasNews) await notifications.AboutAsync(viewer, head.Item.Id, cancellation);
    }

    private sealed record Head
    {
        public required Editorial Editorial { get; init; }
        public required ContentItem Item { get; init; }
        public required string AuthorName { get; init; }
        public required string AuthorHandle { get; init; }
        public string? OrganisationName { get; init; }
        public string? RevueName { get; init; }
        public bool ServesTerritory { get; init; }
        public int? Read { get; init; }
        public Following? Following { get; init; }
        public bool HasNews { get; init; }
        public string? Draft { get; init; }
    }
}
