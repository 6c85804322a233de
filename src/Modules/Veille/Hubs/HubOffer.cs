using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Veille.Fetching;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Hubs;

/// <summary>A hub that a feed names, and the feed as it names itself there.</summary>
/// <param name="Hub">Address of the hub.</param>
/// <param name="Topic">Address of the feed.</param>
internal sealed record HubOffer(string Hub, string Topic)
{
    /// <summary>
    /// What an answer offers; null when it names no hub that may be trusted, or not itself. Headers go before the document, each for both
    /// (WebSub, section 4): a hub of one with the topic of the other would be a subscription that nobody meant.
    /// </summary>
    public static HubOffer? Of(FetchResult answer, SourceReading feed, bool allowPrivate) =>
        Of(answer.Hubs, answer.Self, allowPrivate) ?? Of(feed.Hubs, feed.Self, allowPrivate);

    private static HubOffer? Of(IEnumerable<Uri> hubs, Uri? self, bool allowPrivate) =>
        self is { AbsoluteUri.Length: <= Source.AddressLength, Scheme: "http" or "https" } && hubs.FirstOrDefault(h => WebSub.IsUsable(h, allowPrivate) && h.AbsoluteUri.Length <= Source.AddressLength) is { } hub
            ? new(hub.AbsoluteUri, self.AbsoluteUri)
            : null;
}
