using TerritoireCollab.Inbox.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Inbox.News;

/// <summary>A line of the page: one notification, or several answers in one thread.</summary>
/// <param name="Id">Key, when the line is marked by hand; null when opening its content marks it.</param>
/// <param name="Text">In words.</param>
/// <param name="Address">From the root, without its slash.</param>
/// <param name="Group">Name of the group.</param>
/// <param name="At">When, the newest of several.</param>
/// <param name="IsUnread">Whether any is not read.</param>
internal sealed record NewsEntry(Guid? Id, string Text, string Address, string? Group, DateTime At, bool IsUnread);

/// <summary>A day.</summary>
internal sealed record NewsDay(DateOnly Day, IReadOnlyList<NewsEntry> Entries);

/// <summary>Gathers notifications by day, and the answers of a day in one thread into one line.</summary>
internal static class NewsDays
{
    public static IReadOnlyList<NewsDay> Of(IEnumerable<NewsLine> lines, Dates dates) =>
        [.. lines.GroupBy(l => DateOnly.FromDateTime(dates.Local(l.At))).Select(day => new NewsDay(day.Key, [.. Gathered(day)]))];

    private static IEnumerable<NewsEntry> Gathered(IEnumerable<NewsLine> lines) => lines
        .GroupBy(l => IsAnswer(l) ? (Guid?)l.ItemId : l.Id)
        .Select(g => g.Count() == 1 ? One(g.First()) : Several([.. g]));

    private static bool IsAnswer(NewsLine line) => line.Kind == ActivityKinds.CommentCreated && line.Reason != NotificationReason.Mention;

    private static NewsEntry One(NewsLine line) =>
        new(line.ItemId is null && line.ReadAt is null ? line.Id : null, line.Text, line.Address.TrimStart('/'), line.Group, line.At, line.ReadAt is null);

    // Leads to the first answer that was not read, where the reader goes on from.
    private static NewsEntry Several(IReadOnlyList<NewsLine> lines)
    {
        var newest = lines[0];
        var first = lines.LastOrDefault(l => l.ReadAt is null) ?? newest;
        return new(null, InboxTexts.NewsSeveral.With(lines.Count, newest.Title, newest.Actor), first.Address.TrimStart('/'), newest.Group, newest.At, first.ReadAt is null);
    }
}
