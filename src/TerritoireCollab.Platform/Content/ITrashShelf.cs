using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Content;

/// <summary>What a tool has in its trash that is no content: the folders of files. One class a tool at most, found by injection.</summary>
public interface ITrashShelf
{
    /// <summary>Key of the tool.</summary>
    string Tool { get; }

    /// <summary>What of it the viewer may take out, the last removed first: in a fixed number of questions.</summary>
    Task<IReadOnlyList<TrashRow>> ListAsync(AppDbContext db, Standing standing, CancellationToken cancellation);

    /// <summary>Erases what went in before <paramref name="removed"/>, once nothing names it any more. The contents of the trash are erased already.</summary>
    Task PurgeAsync(AppDbContext db, DateTime removed, CancellationToken cancellation);
}
