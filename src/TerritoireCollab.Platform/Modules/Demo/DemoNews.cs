using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Platform.Modules.Demo;

/// <summary>Recent activities that the demo accounts are told of, as the notifier would have told them.</summary>
public sealed class DemoNews
{
    private const int MostUnread = 12;
    private const int MostRead = 20;

    private readonly List<(DemoMember Account, Activity Activity, NotificationReason Reason, bool IsUnread)> _told = [];

    /// <summary>Tells a demo account of an activity that is written besides.</summary>
    public void Tell(DemoMember account, Activity activity, NotificationReason reason, bool isUnread)
    {
        lock (_told) _told.Add((account, activity, reason, isUnread));
    }

    /// <summary>The rows: for each account the newest dozen unread, and some that were read.</summary>
    internal IEnumerable<Notification> Rows(DemoContext context)
    {
        foreach (var account in _told.GroupBy(t => t.Account).OrderBy(a => a.Key.Handle, StringComparer.Ordinal))
        {
            var newest = account.OrderByDescending(t => t.Activity.At).ThenBy(t => t.Activity.Kind, StringComparer.Ordinal).ToList();
            foreach (var told in newest.Where(t => t.IsUnread).Take(MostUnread).Concat(newest.Where(t => !t.IsUnread).Take(MostRead)))
                yield return new Notification
                {
                    Id = context.NewKey(),
                    MemberId = account.Key.Id,
                    ActivityId = told.Activity.Id,
                    ItemId = told.Activity.ItemId,
                    GroupId = told.Activity.GroupId,
                    Reason = told.Reason,
                    CreatedAt = told.Activity.At,
                    ReadAt = told.IsUnread ? null : context.Past(told.Activity.At.AddHours(3)),
                };
        }
    }
}
