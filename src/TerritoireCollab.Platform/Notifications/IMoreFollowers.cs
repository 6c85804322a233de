using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Notifications;

/// <summary>Who follows a content besides those who chose that content itself: a page by the page that it stands under. One class a kind, found by injection.</summary>
public interface IMoreFollowers
{
    /// <summary>Key of the kind.</summary>
    string Kind { get; }

    /// <summary>Those who follow it so. <paramref name="db"/> sees everything: only who may read the content at that moment is told.</summary>
    Task<IReadOnlyCollection<Guid>> OfAsync(AppDbContext db, ContentItem item, CancellationToken cancellation);
}
