using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Guests;

namespace TerritoireCollab.Platform.Modules;

/// <summary>A kind of content that takes place at some time: the mail that tells of a new one carries it for the reader's calendar. One class a kind, found by injection.</summary>
public interface ICalendarContent
{
    /// <summary>Key of the kind.</summary>
    string Kind { get; }

    /// <summary>The iCalendar document that goes with the mail that tells of a new content (RFC 6047), for each reader their own; null for none.</summary>
    /// <param name="db">Sees everything: the mail goes to those who may read the content.</param>
    /// <param name="item">The row of the content.</param>
    /// <param name="label">How its group is named to its members.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<Func<GuestAddress, string>?> AnnouncedAsync(AppDbContext db, ContentItem item, GroupLabel label, CancellationToken cancellation);
}
