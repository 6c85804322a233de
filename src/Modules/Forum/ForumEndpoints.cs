using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Forum.Faces;
using TerritoireCollab.Forum.Pages;
using TerritoireCollab.Forum.Topics;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Reactions;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Forum;

/// <summary>What the forum answers besides its pages: gestures of one button, and titles that resemble the one being typed.</summary>
internal static class ForumEndpoints
{
    private const int LongestTitle = 200;

    public static void MapForum(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/groupes/{slug}/forum/{shortId}/gestes", ActAsync);
        endpoints.MapGet("/groupes/{slug}/forum/proches", SuggestAsync);
    }

    private static async Task<IResult> ActAsync(
        string slug, string shortId, [FromForm] string geste, [FromForm] string? retour, [AsParameters] Handlers handlers, CurrentViewer current, CancellationToken cancellation)
    {
        var (verb, number) = geste.Split(':') is [var name, var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? (name, n) : (geste, 0);
        var viewer = current.Viewer;
        switch (verb)
        {
            case Gestures.Thanks or Gestures.TakeThanksBack:
                await handlers.React.ExecuteAsync(viewer, shortId, number, ReactionKind.Thanks, verb == Gestures.Thanks, cancellation);
                return ContentEndpoints.Back(retour, shortId, $"r{number}");
            case Gestures.Useful or Gestures.TakeUsefulBack:
                await handlers.React.ExecuteAsync(viewer, shortId, number, ReactionKind.Useful, verb == Gestures.Useful, cancellation);
                return ContentEndpoints.Back(retour, shortId, $"r{number}");
            case Gestures.Accept:
                await handlers.Accept.ExecuteAsync(viewer, shortId, number, cancellation);
                break;
            case Gestures.Unaccept:
                await handlers.Accept.ExecuteAsync(viewer, shortId, null, cancellation);
                break;
            case Gestures.Pin or Gestures.Unpin:
                await handlers.Pin.ExecuteAsync(viewer, shortId, verb == Gestures.Pin, cancellation);
                break;
            case Gestures.Close or Gestures.Reopen:
                await handlers.Lock.ExecuteAsync(viewer, shortId, verb == Gestures.Close, cancellation);
                break;
            case Gestures.Follow or Gestures.Mute or Gestures.Default:
                await handlers.Follow.ExecuteAsync(viewer, shortId, verb switch { Gestures.Follow => Following.Followed, Gestures.Mute => Following.Muted, _ => null }, cancellation);
                break;
            case Gestures.Remove:
                var from = await handlers.Remove.ExecuteAsync(viewer, shortId, cancellation);
                return Results.LocalRedirect($"/groupes/{from.GroupSlug}/forum?fait={Gestures.Remove}&contenu={shortId}");
            case Gestures.Restore:
                await handlers.Remove.UndoAsync(viewer, shortId, cancellation);
                break;
            case Gestures.RemoveAnswer:
                await handlers.RemoveComment.ExecuteAsync(viewer, shortId, number, cancellation);
                return ContentEndpoints.Back(TopicAddress.Short(slug, shortId), shortId, null, $"fait={Flash.AnswerRemoved}&numero={number}");
            case Gestures.RestoreAnswer:
                await handlers.RemoveComment.UndoAsync(viewer, shortId, number, cancellation);
                return ContentEndpoints.Back(TopicAddress.Short(slug, shortId), shortId, $"r{number}", $"reponse={number}&fait={verb}");
            default:
                return Results.BadRequest();
        }

        return ContentEndpoints.Back(retour ?? TopicAddress.Short(slug, shortId), shortId, null, "fait=" + verb);
    }

    private static async Task<IResult> SuggestAsync(string slug, string? q, FindSimilar similar, CurrentViewer current, CancellationToken cancellation)
    {
        var title = q ?? "";
        var found = await similar.ExecuteAsync(current.Viewer, slug, title.Length > LongestTitle ? title[..LongestTitle] : title, cancellation);
        return Results.Json(found.Select(t => new { texte = t.Title, href = TopicAddress.Of(slug, t.ShortId, t.Title).TrimStart('/') }));
    }

    /// <summary>What the gestures need, taken from the services.</summary>
    internal sealed record Handlers(React React, AcceptAnswer Accept, PinContent Pin, LockContent Lock, Follow Follow, RemoveContent Remove, RemoveComment RemoveComment);
}
