using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Platform.Guests;

/// <summary>What is posted to the link by which an address is written to no more: by a mail program, or by the page of that link.</summary>
public static class GuestEndpoints
{
    private const int LongestPost = 10_000;

    /// <summary>Maps it.</summary>
    public static void MapGuests(this IEndpointRouteBuilder endpoints) => endpoints.MapPost(GuestLinks.StopPath + "{token}", StopAsync).TakesUnsubscribing(LongestPost);

    private static async Task<IResult> StopAsync(string token, HttpContext http, StopWriting stops, CancellationToken cancellation)
    {
        var post = await UnsubscribePost.ReadAsync(http, cancellation);
        if (!post.IsOneClick && post.Form["geste"] == "reprendre") await stops.ResumeAsync(token, cancellation);
        else await stops.StopAsync(token, cancellation);
        return post.Answer(GuestLinks.StopPath + token);
    }
}
