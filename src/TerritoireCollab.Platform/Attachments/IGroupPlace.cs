using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Platform.Attachments;

/// <summary>Bounds the place that the files of a group take: the room that keeps count of it says when there is none left.</summary>
public interface IGroupPlace
{
    /// <summary>Refuses files for which there is no place in a group; in the transaction that adds them, before it does.</summary>
    /// <exception cref="InvalidInputException">No place is left.</exception>
    Task RequireAsync(AppDbContext db, Guid groupId, IReadOnlyList<StoredBytes> added, CancellationToken cancellation);
}
