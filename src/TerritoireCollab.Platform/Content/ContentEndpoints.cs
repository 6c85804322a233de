using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Drafts;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Reactions;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Platform.Content;

/// <summary>
/// The gestures that every content has, as plain form posts that lead back to the page they came from: react, follow, remove, undo;
/// with permanent links, attachments and drafts.
/// </summary>
public static class ContentEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapContent(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/c/{shortId}", RedirectAsync);
        endpoints.MapGet("/pieces/{id:guid}/{name?}", DownloadAsync);
        endpoints.MapPost("/brouillons", SaveDraftAsync);
        endpoints.MapPost("/contenus/{shortId}/gestes", ActAsync);
        endpoints.MapPost("/contenus/{shortId}/reactions", ReactAsync);
        endpoints.MapPost("/contenus/{shortId}/suivi", FollowAsync);
        endpoints.MapPost("/contenus/{shortId}/reponses/{number:int}/corbeille", RemoveCommentAsync);
        endpoints.MapPost("/contenus/{shortId}/reponses/{number:int}/retablir", RestoreCommentAsync);
    }

    /// <summary>The address of a content from its short identifier alone: what « #7k3m9q2x » links to, and what survives a move.</summary>
    private static async Task<IResult> RedirectAsync(string shortId, string? reponse, AppDb database, CurrentViewer current, Faces faces, CancellationToken cancellation)
    {
        await using var db = database.Open(current.Viewer);
        // What was merged into another content is in the trash with a trace that says so: its page leads on to the other one.
        var item = await db.Items.IgnoreQueryFilters([AppDbContext.DeletedFilter]).AsNoTracking().Include(i => i.Group)
            .FirstOrDefaultAsync(i => i.ShortId == shortId && (i.DeletedAt == null || db.Comments.Any(c => c.ItemId == i.Id && c.Kind == CommentKind.Trace && c.Body.StartsWith(Comment.MergedInto))), cancellation);
        if (item?.Group is not { } group) throw new NotFoundException();

        var face = faces.Of(item.Kind);
        return Results.LocalRedirect(int.TryParse(reponse, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? face.CommentAddress(group.Slug, item, number) : face.Address(group.Slug, item));
    }

    // Only pictures that hold no script are shown in the page; all else is a download, whatever it claims to be.
    private static async Task<IResult> DownloadAsync(Guid id, AppDb database, FileStore store, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        await using var db = database.Open(current.Viewer);
        var file = await db.Attachments.AsNoTracking()
            .Where(a => a.Id == id && (a.CommentId == null || db.Comments.Any(c => c.Id == a.CommentId)))
            .Select(a => new { a.Name, a.File!.Sha256, a.File.ContentType }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, no-cache";
        var isImage = FileTypes.IsInlineImage(file.ContentType);
        return Results.File(await store.OpenAsync(file.Sha256, cancellation), isImage ? file.ContentType : FileTypes.Unknown, isImage ? null : file.Name,
            entityTag: new($"\"{file.Sha256}\""), enableRangeProcessing: true);
    }

    private static async Task<IResult> SaveDraftAsync([FromForm] string cle, [FromForm] string? texte, KeepDrafts drafts, CurrentViewer current, Dates dates, CancellationToken cancellation)
    {
        var at = await drafts.SaveAsync(current.Viewer, cle, texte, cancellation);
        return Results.Json(new { enregistreA = dates.HourOf(at) });
    }

    // The buttons of a whole thread in one form: a gesture is « merci:3 ».
    private static async Task<IResult> ActAsync(string shortId, [FromForm] string geste, [FromForm] string? retour, [AsParameters] Handlers handlers, CurrentViewer current, CancellationToken cancellation)
    {
        var (verb, number) = geste.Split(':') is [var name, var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? (name, n) : (geste, 0);
        switch (verb)
        {
            case ThreadGestures.Thanks or ThreadGestures.TakeThanksBack:
                await handlers.React.ExecuteAsync(current.Viewer, shortId, number, ReactionKind.Thanks, verb == ThreadGestures.Thanks, cancellation);
                break;
            case ThreadGestures.Useful or ThreadGestures.TakeUsefulBack:
                await handlers.React.ExecuteAsync(current.Viewer, shortId, number, ReactionKind.Useful, verb == ThreadGestures.Useful, cancellation);
                break;
            case ThreadGestures.Follow or ThreadGestures.Mute or ThreadGestures.Default:
                await handlers.Follow.ExecuteAsync(current.Viewer, shortId, verb switch { ThreadGestures.Follow => Following.Followed, ThreadGestures.Mute => Following.Muted, _ => null }, cancellation);
                return Back(retour, shortId, null, "fait=" + verb);
            case ThreadGestures.RemoveAnswer:
                await handlers.RemoveComment.ExecuteAsync(current.Viewer, shortId, number, cancellation);
                return Back(retour, shortId, "commentaires", $"fait=reponse-retiree&numero={number}");
            case ThreadGestures.RestoreAnswer:
                await handlers.RemoveComment.UndoAsync(current.Viewer, shortId, number, cancellation);
                return Back(retour, shortId, $"r{number}", "fait=reponse-retablie");
            case ThreadGestures.Settle or ThreadGestures.Unsettle:
                var isSettled = verb == ThreadGestures.Settle;
                await handlers.Settle.ExecuteAsync(current.Viewer, shortId, number, isSettled, cancellation);
                return Back(retour, shortId, $"r{number}", $"fait={(isSettled ? CommentsView.Settled : CommentsView.Unsettled)}");
            case ThreadGestures.Pin or ThreadGestures.Unpin:
                await handlers.Pin.ExecuteAsync(current.Viewer, shortId, verb == ThreadGestures.Pin, cancellation);
                return Back(retour, shortId, null, "fait=" + verb);
            case ThreadGestures.Feature or ThreadGestures.Unfeature:
                await handlers.Feature.ExecuteAsync(current.Viewer, shortId, verb == ThreadGestures.Feature, cancellation);
                return Back(retour, shortId, null, "fait=" + verb);
            case ThreadGestures.Close or ThreadGestures.Reopen:
                await handlers.Lock.ExecuteAsync(current.Viewer, shortId, verb == ThreadGestures.Close, cancellation);
                return Back(retour, shortId, null, "fait=" + verb);
            case ThreadGestures.Remove:
                var from = await handlers.Remove.ExecuteAsync(current.Viewer, shortId, cancellation);
                return Results.LocalRedirect($"/groupes/{from.GroupSlug}/{from.Tool}?fait={verb}&contenu={shortId}");
            case ThreadGestures.Restore:
                await handlers.Remove.UndoAsync(current.Viewer, shortId, cancellation);
                return Back(null, shortId, null);
            default:
                return Results.BadRequest();
        }

        return Back(retour, shortId, number == 0 ? null : $"r{number}");
    }

    private static async Task<IResult> ReactAsync(string shortId, [FromForm] int numero, [FromForm] ReactionKind reaction, [FromForm] bool donnee, [FromForm] string? retour, React react, CurrentViewer current, CancellationToken cancellation)
    {
        await react.ExecuteAsync(current.Viewer, shortId, numero, reaction, donnee, cancellation);
        return Back(retour, shortId, numero == 0 ? null : $"r{numero}");
    }

    private static async Task<IResult> FollowAsync(string shortId, [FromForm] Following? suivi, [FromForm] string? retour, Follow follow, CurrentViewer current, CancellationToken cancellation)
    {
        await follow.ExecuteAsync(current.Viewer, shortId, suivi, cancellation);
        return Back(retour, shortId, null);
    }

    private static async Task<IResult> RemoveCommentAsync(string shortId, int number, [FromForm] string? retour, RemoveComment remove, CurrentViewer current, CancellationToken cancellation)
    {
        await remove.ExecuteAsync(current.Viewer, shortId, number, cancellation);
        return Back(retour, shortId, null, $"fait=reponse-retiree&numero={number}");
    }

    private static async Task<IResult> RestoreCommentAsync(string shortId, int number, [FromForm] string? retour, RemoveComment remove, CurrentViewer current, CancellationToken cancellation)
    {
        await remove.UndoAsync(current.Viewer, shortId, number, cancellation);
        return Back(retour, shortId, $"r{number}");
    }

    /// <summary>Leads back to the page the form was on, never to another site.</summary>
    public static IResult Back(string? address, string shortId, string? anchor, string? query = null)
    {
        var target = LocalAddress.OrNull(address) ?? $"/c/{shortId}";
        if (query is not null) target += (target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query;
        return Results.LocalRedirect(anchor is null ? target : $"{target}#{anchor}");
    }

    /// <summary>What the gestures need, taken from the services.</summary>
    internal sealed record Handlers(React React, Follow Follow, RemoveComment RemoveComment, SettleComment Settle, RemoveContent Remove, PinContent Pin, LockContent Lock, FeatureContent Feature);
}
