using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Notifications;

/// <summary>Contents that a member follows together, those to come with them.</summary>
/// <param name="Key">What its tool knows it by, a colon in it.</param>
/// <param name="Title">Its name.</param>
/// <param name="Address">Its address, relative to the base.</param>
/// <param name="GroupName">Name of its group.</param>
public sealed record FollowedPlace(string Key, string Title, string Address, string GroupName);

/// <summary>Who follows a content besides those who chose that content itself: a page by the page that it stands under. One class a kind, found by injection.</summary>
public interface IMoreFollowers
{
    /// <summary>Key of the kind.</summary>
    string Kind { get; }

    /// <summary>Those who follow it so, each with why, as the last line of a mail says it. <paramref name="db"/> sees everything: only who may read the content at that moment is told.</summary>
    Task<IReadOnlyDictionary<Guid, string>> OfAsync(AppDbContext db, ContentItem item, CancellationToken cancellation);

    /// <summary>What the viewer of <paramref name="db"/> follows so.</summary>
    Task<IReadOnlyList<FollowedPlace>> OfViewerAsync(AppDbContext db, CancellationToken cancellation);

    /// <summary>The viewer of <paramref name="db"/> follows it no more, if <paramref name="key"/> is one of these places.</summary>
    Task LeaveAsync(AppDbContext db, string key, CancellationToken cancellation);
}
