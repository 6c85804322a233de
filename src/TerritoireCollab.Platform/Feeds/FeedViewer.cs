using Microsoft.AspNetCore.Http;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Feeds;

/// <summary>Finds out who asks for a feed: the member of the key in its address, or whoever is signed in.</summary>
public sealed class FeedViewer(AccessKeys keys)
{
    /// <summary>The reader.</summary>
    /// <exception cref="NotFoundException">The key is unknown, revoked, or none of a feed.</exception>
    public async Task<Viewer> ViewerAsync(HttpContext http, CancellationToken cancellation)
    {
        if (http.Request.Query["cle"].ToString() is not { Length: > 0 } key)
            return http.Features.Get<SignedIn>() is { } member ? Viewer.Member(member.Id, member.IsAdmin) : Viewer.Anonymous;

        // Addresses with a key get pasted where machines read them.
        http.Response.Headers["X-Robots-Tag"] = "noindex, noarchive";
        // A key of the API opens more than feeds, and addresses end up in logs: it is not taken here.
        return await keys.ResolveAsync(key, cancellation) is { Scope: AccessKeyScope.Feeds } found ? found.Viewer : throw new NotFoundException();
    }
}
