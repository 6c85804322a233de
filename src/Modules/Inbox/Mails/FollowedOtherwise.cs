using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Inbox.Mails;

/// <summary>Tells why mails come to those who follow a content by what it stands in.</summary>
internal sealed class FollowedOtherwise(IEnumerable<IMoreFollowers> more)
{
    /// <summary>The last line of the mails of those who do not follow the content itself.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> WhyAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        if (more.FirstOrDefault(m => m.Kind == item.Kind) is not { } kind) return new Dictionary<Guid, string>();

        var own = await db.Subscriptions.Where(s => s.ItemId == item.Id && s.Following == Following.Followed).Select(s => s.MemberId).ToHashSetAsync(cancellation);
        return (await kind.OfAsync(db, item, cancellation)).Where(w => !own.Contains(w.Key)).ToDictionary(w => w.Key, w => w.Value);
    }
}
