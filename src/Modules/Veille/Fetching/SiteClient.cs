using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Veille.Demo;

namespace TerritoireCollab.Veille.Fetching;

/// <summary>Asks a site: of the web, or of the demo territory's own folder.</summary>
internal sealed class SiteClient(OutgoingClient client, DemoShelf shelf)
{
    /// <summary>Asks, and follows where it leads.</summary>
    public async Task<FetchResult> FetchAsync(FetchRequest request, CancellationToken cancellation) =>
        shelf.Knows(request.Address) ? shelf.Fetch(request) : await client.FetchAsync(request, cancellation);
}
