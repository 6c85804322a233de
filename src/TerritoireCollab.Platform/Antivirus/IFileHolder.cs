using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Antivirus;

/// <summary>A place that holds a file.</summary>
/// <param name="GroupId">The group that it stands in.</param>
/// <param name="SenderId">Who put it there, if that is known.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Title">Title of what holds it.</param>
public sealed record FilePlace(Guid GroupId, Guid? SenderId, string Name, string Title);

/// <summary>
/// Says where a module holds a file, so that those whom it concerns learn that the antivirus has put it aside. One class for each module that names
/// files in its model, found by injection.
/// </summary>
public interface IFileHolder
{
    /// <summary>The places that hold a file, those in the trash among them.</summary>
    /// <param name="db">The context, open for the system.</param>
    /// <param name="fileId">The file.</param>
    /// <param name="cancellation">Stops the reading.</param>
    Task<IReadOnlyList<FilePlace>> PlacesAsync(AppDbContext db, Guid fileId, CancellationToken cancellation);
}
