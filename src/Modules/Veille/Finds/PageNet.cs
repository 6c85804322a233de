using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Veille.Demo;

namespace TerritoireCollab.Veille.Finds;

/// <summary>Asks pages and pictures of the web: the sites of the demo territory answer from their folder, all others by the one client.</summary>
internal sealed class PageNet(OutgoingClient client, DemoShelf shelf)
{
    /// <summary>Asks.</summary>
    public async Task<FetchResult> FetchAsync(FetchRequest request, CancellationToken cancellation) => shelf.Knows(request.Address) ? shelf.Fetch(request) : await client.FetchAsync(request, cancellation);
}
