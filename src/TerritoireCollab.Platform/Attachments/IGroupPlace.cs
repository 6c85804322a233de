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

/// <summary>Bytes that a group keeps, by the content that names them.</summary>
public sealed class GroupBytes
{
    /// <summary>The group.</summary>
    public required Guid GroupId { get; init; }

    /// <summary>Kind of the content.</summary>
    public required string Kind { get; init; }

    /// <summary>The bytes.</summary>
    public required Guid FileId { get; init; }

    /// <summary>Their size.</summary>
    public required long Length { get; init; }
}

/// <summary>Files that a room keeps besides attachments, so that they count for the place of their group. One class for each such room, found by injection.</summary>
public interface IGroupBytes
{
    /// <summary>Its files, those of contents in the trash too, which take their place until they are purged.</summary>
    IQueryable<GroupBytes> Kept(AppDbContext db);
}
