using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Files.Folders;

/// <summary>What was ticked in a list.</summary>
/// <param name="Files">Short identifiers of the files.</param>
/// <param name="Folders">Short identifiers of the folders.</param>
public sealed record FileSelection(IReadOnlyList<string> Files, IReadOnlyList<string> Folders)
{
    /// <summary>Whether nothing was.</summary>
    public bool IsEmpty => Files.Count + Folders.Count == 0;
}

/// <summary>What came of a gesture on what was ticked.</summary>
/// <param name="Files">To how many files it was done, those of folders not counted where these went whole.</param>
/// <param name="Folders">To how many folders.</param>
/// <param name="Kept">How many it was not done to.</param>
public sealed record SelectionTreated(int Files, int Folders, int Kept);

/// <summary>Moves or removes what was ticked: a folder goes whole, and what is not the viewer's stays where it is.</summary>
internal sealed class TreatSelection(MoveFiles move, ArrangeFolder arrange, RemoveContent remove, RemoveFolder removeFolder)
{
    /// <summary>Puts it into another folder.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no files, or there is no such folder to put it into.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group.</exception>
    public async Task<SelectionTreated> MoveAsync(Viewer viewer, string groupSlug, FileSelection chosen, string? to, CancellationToken cancellation)
    {
        var files = await move.ExecuteAsync(viewer, groupSlug, chosen.Files, to, cancellation);
        var (folders, kept) = await EachAsync(chosen.Folders, folder => arrange.MoveAsync(viewer, groupSlug, folder, to, cancellation));
        return new(files, folders, kept);
    }

    /// <summary>Puts it into the trash.</summary>
    public async Task<SelectionTreated> RemoveAsync(Viewer viewer, string groupSlug, FileSelection chosen, CancellationToken cancellation)
    {
        var (files, kept) = await EachAsync(chosen.Files, file => remove.ExecuteAsync(viewer, FilesModule.FileKind, file, cancellation));
        var (folders, keptFolders) = await EachAsync(chosen.Folders, folder => removeFolder.ExecuteAsync(viewer, groupSlug, folder, cancellation));
        return new(files, folders, kept + keptFolders);
    }

    private static async Task<(int Done, int Kept)> EachAsync(IReadOnlyList<string> chosen, Func<string, Task> gesture)
    {
        var done = 0;
        foreach (var one in chosen)
        {
            try
            {
                await gesture(one);
                done++;
            }
            catch (Exception refused) when (refused is ForbiddenException or NotFoundException or InvalidInputException)
            {
                // Counted: the page says how many stayed.
                continue;
            }
        }

        return (done, chosen.Count - done);
    }
}
