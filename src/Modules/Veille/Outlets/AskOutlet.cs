using System.Globalization;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Outlets;

/// <summary>Asks one outlet, after its kind.</summary>
internal sealed class AskOutlet(OutgoingClient client, OutletSecrets secrets, TimeProvider clock)
{
    /// <summary>Announces a content there.</summary>
    /// <param name="outlet">Where.</param>
    /// <param name="key">The announcement: the same for each try.</param>
    /// <param name="text">What is told.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<OutletAnswer> AnnounceAsync(Outlet outlet, Guid key, AnnouncedText text, CancellationToken cancellation)
    {
        // The words of the platform, whoever published.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        return SendAsync(outlet, key, () => PostText.Of(text, outlet.Message), () => WebhookPost.Body(text), isTrial: false, cancellation);
    }

    /// <summary>Sends a trial: on Mastodon a post that the account alone sees.</summary>
    public Task<OutletAnswer> TryAsync(Outlet outlet, string publication, CancellationToken cancellation) => SendAsync(
        outlet, Guid.CreateVersion7(), () => OutletTexts.TrialPost.With(publication), () => WebhookPost.TrialBody(publication, clock.GetUtcNow().UtcDateTime), isTrial: true, cancellation);

    private async Task<OutletAnswer> SendAsync(Outlet outlet, Guid key, Func<string> post, Func<byte[]> document, bool isTrial, CancellationToken cancellation)
    {
        if (secrets.Open(outlet.Secret) is not { } secret) return new(OutletVerdict.Refused, OutletFault.SecretLost);
        if (outlet.Kind == OutletKind.Mastodon) return MastodonPost.Read(await client.FetchAsync(MastodonPost.Request(outlet.Address, secret, key, post(), isTrial), cancellation));
        if (OutletSecrets.KeyOf(secret) is not { } signing) return new(OutletVerdict.Refused, OutletFault.SecretLost);

        return WebhookPost.Read(await client.FetchAsync(WebhookPost.Request(outlet.Address, signing, key, clock.GetUtcNow(), document()), cancellation));
    }
}
