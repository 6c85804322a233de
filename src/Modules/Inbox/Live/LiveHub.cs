using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Live;

namespace TerritoireCollab.Inbox.Live;

/// <summary>The socket of the bell. It only sends: a browser can call nothing on it.</summary>
internal sealed class LiveHub(LiveBells bells) : Hub
{
    /// <summary>Its address.</summary>
    public const string Address = "/signaux";

    /// <inheritdoc />
    public override Task OnConnectedAsync()
    {
        if (Context.GetHttpContext()?.Features.Get<SignedIn>() is not { } member || !bells.TryOpen(Context, member)) Context.Abort();
        return base.OnConnectedAsync();
    }
}

/// <summary>Maps the socket.</summary>
internal static class LiveEndpoint
{
    public static void MapLive(this IEndpointRouteBuilder endpoints) => endpoints
        .MapHub<LiveHub>(LiveHub.Address, o => o.Transports = HttpTransportType.WebSockets).ForOwnPages();
}
