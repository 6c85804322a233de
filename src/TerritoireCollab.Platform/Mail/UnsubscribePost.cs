using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace TerritoireCollab.Platform.Mail;

/// <summary>
/// A post to an address of List-Unsubscribe: one click in a mail program (RFC 8058), which has no form of ours and so no antiforgery token, or
/// a form of the page at that address, which has one.
/// </summary>
/// <param name="IsOneClick">Whether a mail program posted it: what is asked for is what the mail offered to stop.</param>
/// <param name="Form">The fields; none where none came.</param>
public sealed record UnsubscribePost(bool IsOneClick, IFormCollection Form)
{
    /// <summary>Reads the post, which is the one click or carries a token.</summary>
    /// <exception cref="AntiforgeryValidationException">It is neither.</exception>
    public static async Task<UnsubscribePost> ReadAsync(HttpContext http, CancellationToken cancellation)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(cancellation) : FormCollection.Empty;
        var isOneClick = form.Count == 1 && form["List-Unsubscribe"] == "One-Click";
        if (!isOneClick) await http.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(http);
        return new(isOneClick, form);
    }

    /// <summary>What answers it: nothing to read for a mail program, the page for a person.</summary>
    public IResult Answer(string page) => IsOneClick ? Results.Ok() : Results.LocalRedirect(page);
}

/// <summary>Endpoints that take what is posted to addresses of List-Unsubscribe.</summary>
public static class UnsubscribeEndpoints
{
    /// <summary>
    /// Lets the endpoint take the posts to its address before the page of that address, which answers GET. Its handler begins with
    /// <see cref="UnsubscribePost.ReadAsync"/>: the framework's own check would refuse mail programs.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="longest">Longest body, in bytes.</param>
    public static void TakesUnsubscribing(this RouteHandlerBuilder endpoint, long longest) =>
        endpoint.WithOrder(-1).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(longest));
}
