using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Links;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Platform.Content;

/// <summary>Which page of the discussion of a content.</summary>
/// <param name="Page">Page, from 1; null for the first.</param>
/// <param name="Number">Comment to show, which decides the page.</param>
/// <param name="ReplyTo">Number of the comment to answer.</param>
public sealed record DiscussionPlace(int? Page, int? Number, int? ReplyTo);

/// <summary>
/// Reads what the page of any content shows, and marks it as read as far as the page shows, its notifications with it. The tool reads its own
/// entity in the same context and gives its row.
/// </summary>
public sealed class ReadContent(Rights rights, ModuleCatalog modules, Faces faces, ListComments comments, LinkContents links, MarkRead marks, MarkNotificationsRead notifications)
{
    /// <summary>The content at a page of its discussion.</summary>
    /// <param name="db">The context, open for the viewer.</param>
    /// <param name="item">The row of the content, as <paramref name="db"/> read it.</param>
    /// <param name="place">Where in the discussion.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<ContentView> ExecuteAsync(AppDbContext db, ContentItem item, DiscussionPlace place, CancellationToken cancellation) =>
        await ExecuteAsync(db, item, await rights.StandingAsync(db, item.GroupId, cancellation), place, cancellation);

    /// <inheritdoc cref="ExecuteAsync(AppDbContext, ContentItem, DiscussionPlace, CancellationToken)"/>
    /// <param name="db">The context, open for the viewer.</param>
    /// <param name="item">The row of the content, as <paramref name="db"/> read it.</param>
    /// <param name="standing">The group, where the tool has read it already.</param>
    /// <param name="place">Where in the discussion.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<ContentView> ExecuteAsync(AppDbContext db, ContentItem item, Standing standing, DiscussionPlace place, CancellationToken cancellation)
    {
        var viewer = db.Viewer;
        var head = await HeadAsync(db, item, cancellation);
        var at = place.Number is { } wanted ? await ListComments.PageOfAsync(db, item.Id, wanted, cancellation) : place.Page ?? 1;
        var shown = await comments.ExecuteAsync(db, item, at, cancellation);
        var mayAnswer = rights.Allows(GroupPermissions.Comment, standing, isLocked: item.LockedAt is not null);
        var answered = mayAnswer && place.ReplyTo is { } number ? shown.Comments.FirstOrDefault(c => c.Number == number && c.Kind == CommentKind.Message) : null;

        var coAuthors = await CoAuthors.OfAsync(db, item, cancellation);

        await MarkAsync(viewer, item, head, shown, cancellation);
        return new()
        {
            Comments = new()
            {
                Standing = standing,
                Item = item,
                Address = faces.Address(standing.Slug, item).TrimStart('/'),
                Home = $"groupes/{standing.Slug}",
                Comments = shown,
                Draft = head.Draft,
                Answered = answered is null ? null : (answered.Number, answered.Author.Name),
                Editable = shown.Comments.Where(c => rights.Allows(GroupPermissions.RemoveComment, standing, c.Author.Id)).Select(c => c.Number).ToHashSet(),
                MayAnswer = mayAnswer,
                MayReact = rights.Allows(GroupPermissions.React, standing),
            },
            Author = new(item.AuthorId, head.AuthorName, head.AuthorHandle, head.OrganisationName),
            CoAuthors = coAuthors,
            Tags = await TagsAsync(db, item.Id, cancellation),
            Links = await links.OfAsync(db, item, cancellation),
            Following = head.Following,
            ReadBefore = head.Read,
            MayEdit = rights.Allows(GroupPermissions.EditItem, standing, coAuthors.Any(a => a.Id == viewer.MemberId) ? viewer.MemberId : item.AuthorId),
            MayRemove = rights.Allows(GroupPermissions.RemoveItem, standing, item.AuthorId),
            MayModerate = rights.Allows(GroupPermissions.Moderate, standing),
            MayFeature = viewer is { IsMember: true, IsAdmin: true } && modules.Kind(item.Kind).Can(Capability.Featured) && (item.FeaturedAt is not null || FeatureContent.MayBe(item, standing.Visibility)),
        };
    }

    /// <summary>
    /// Answers by the address where the content stands now, when the one that was asked for is older than its group or its title.
    /// </summary>
    /// <returns>Whether it did: the page then shows nothing.</returns>
    public static bool LeadsOn(HttpContext http, ContentView view)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || http.Request.Path.Value == "/" + view.Address) return false;

        http.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        http.Response.Headers.Location = $"/{view.Address}{http.Request.QueryString}";
        // It may come back to where it was: a browser that remembered the way there would turn in circles.
        http.Response.Headers.CacheControl = "no-store";
        return true;
    }

    // Apart from the rest: joined to it, SQLite would read the tags of every content.
    private static async Task<IReadOnlyList<(string Slug, string Name)>> TagsAsync(AppDbContext db, Guid itemId, CancellationToken cancellation)
    {
        var tags = await db.Tags.Where(t => t.ItemId == itemId).OrderBy(t => t.Slug).Select(t => new { t.Slug, t.Name }).ToListAsync(cancellation);
        return [.. tags.Select(t => (t.Slug, t.Name))];
    }

    private static Task<Head> HeadAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        var (me, id, draftKey) = (db.Viewer.MemberId, item.Id, CommentsView.DraftKey(item.ShortId));
        return db.Items.AsNoTracking().Where(i => i.Id == id).Select(i => new Head
        {
            AuthorName = i.Author!.Name,
            AuthorHandle = i.Author.Handle,
            OrganisationName = i.Organisation!.Name,
            Read = db.OwnReadMarks.Where(r => r.ItemId == id && r.MemberId == me).Select(r => (int?)r.Number).FirstOrDefault(),
            Following = db.Subscriptions.Where(s => s.ItemId == id && s.MemberId == me).Select(s => (Following?)s.Following).FirstOrDefault(),
            HasNews = db.Notifications.Any(n => n.MemberId == me && n.ItemId == id && n.ReadAt == null),
            Draft = db.Drafts.Where(d => d.MemberId == me && d.Key == draftKey).Select(d => d.Text).FirstOrDefault(),
        }).FirstAsync(cancellation);
    }

    private async Task MarkAsync(Viewer viewer, ContentItem item, Head head, CommentPage shown, CancellationToken cancellation)
    {
        // A late answer to an early comment stands on an early page: before the last page only what comes up to its last first-level comment is all seen.
        var last = shown.Page == shown.PageCount ? item.LastCommentNumber : shown.Comments.Count == 0 ? 0 : shown.Comments[^1].RootNumber;
        if (viewer.IsMember && (head.Read is null || head.Read < last)) await marks.ExecuteAsync(viewer, item.Id, last, cancellation);
        if (head.HasNews) await notifications.AboutAsync(viewer, item.Id, cancellation);
    }

    private sealed record Head
    {
        public required string AuthorName { get; init; }
        public required string AuthorHandle { get; init; }
        public string? OrganisationName { get; init; }
        public int? Read { get; init; }
        public Following? Following { get; init; }
        public bool HasNews { get; init; }
        public string? Draft { get; init; }
    }
}
