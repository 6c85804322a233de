using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Veille.Fetching;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Hubs;

/// <summary>Keeps, for each source that was read, the subscription to the hub that it names; who asks the hub is <see cref="AskHubs"/>.</summary>
internal sealed class NoteOffers(HubSecrets secrets)
{
    /// <summary>Notes what <paramref name="answers"/> offer, to be saved by the caller.</summary>
    public async Task ExecuteAsync(AppDbContext db, IEnumerable<SourceAnswer> answers, CancellationToken cancellation)
    {
        var read = answers.Where(a => a.Reading is not null).ToList();
        if (read.Count == 0) return;

        var ids = read.ConvertAll(a => a.SourceId);
        var known = await db.Set<SourceHub>().Where(h => ids.Contains(h.SourceId)).ToDictionaryAsync(h => h.SourceId, cancellation);
        foreach (var answer in read)
        {
            var hub = known.GetValueOrDefault(answer.SourceId);
            if (answer.Offer is null) Leave(hub, answer.At);
            else if (hub is null) db.Add(Wanted(answer.SourceId, answer.Offer, answer.At));
            else Keep(hub, answer.Offer, answer.At);
        }
    }

    private static void Leave(SourceHub? hub, DateTime at)
    {
        if (hub is null or { State: HubState.Leaving }) return;

        (hub.State, hub.NextAskAt, hub.Failures) = (HubState.Leaving, at, 0);
    }

    // At another hub, or under another name, it is another subscription: the old one is told of a callback that is there no more, and ends.
    private void Keep(SourceHub hub, HubOffer offer, DateTime at)
    {
        var isSame = hub.Hub == offer.Hub && hub.Topic == offer.Topic;
        if (isSame && hub.State != HubState.Leaving) return;
        if (!isSame) (hub.Hub, hub.Topic, hub.Token, hub.Secret) = (offer.Hub, offer.Topic, SecretTokens.New(), secrets.New().Sealed);

        (hub.State, hub.NextAskAt, hub.LeaseUntil, hub.Failures) = (HubState.Wanted, at, null, 0);
    }

    private SourceHub Wanted(Guid source, HubOffer offer, DateTime at) =>
        new() { SourceId = source, Hub = offer.Hub, Topic = offer.Topic, Token = SecretTokens.New(), Secret = secrets.New().Sealed, NextAskAt = at };
}
