using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Tags;

namespace TerritoireCollab.Files.Shelf;

/// <summary>What is said of a file, rewritten.</summary>
/// <param name="Content">Title, description, audience, tags.</param>
/// <param name="Accessible">Whether everybody can read it; null leaves what was answered.</param>
/// <param name="Version">The version that was read; another one means that somebody has edited since.</param>
public sealed record EditFileInput(ContentInput Content, Accessibility? Accessible, int Version);

/// <summary>What the form of a file shows.</summary>
/// <param name="Standing">The group.</param>
/// <param name="PlatformMembers">Active members of the platform, for the sentence on who will read.</param>
/// <param name="ShortId">Short identifier.</param>
/// <param name="Title">Title.</param>
/// <param name="Body">Description, in Markdown.</param>
/// <param name="Tags">Tags separated by commas.</param>
/// <param name="Audience">Who may read it.</param>
/// <param name="Accessible">Whether everybody can read it.</param>
/// <param name="Version">Its version.</param>
/// <param name="UsualTags">The group's dictionary.</param>
public sealed record EditFileForm(
    Standing Standing, int PlatformMembers, string ShortId, string Title, string Body, string Tags, Audience Audience, Accessibility Accessible, int Version, IReadOnlyList<string> UsualTags);

/// <summary>Rewrites what is said of a file; its bytes are replaced by a new version.</summary>
internal sealed class EditFile(AppDb database, EditContent edit)
{
    /// <summary>The file as it stands, to fill the form.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<EditFileForm> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (standing, file, tags, members) = await edit.ReadAsync<GroupFile>(db, GroupPermissions.EditItem, shortId, cancellation);
        return new(standing, members, shortId, file.Item.Title, file.Body, tags, file.Item.Audience, file.Accessible, file.Item.Version,
            await UsualTags.OfAsync(db, standing.GroupId, FilesModule.FileKind, cancellation));
    }

    /// <summary>Saves it.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, the audience too wide, or it was edited meanwhile.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, EditFileInput input, CancellationToken cancellation) => edit.ExecuteAsync(viewer, shortId, new Rewriting<GroupFile>
    {
        Content = input.Content with { IsBodyOptional = true },
        Version = input.Version,
        With = (_, file) =>
        {
            file.Accessible = input.Accessible ?? file.Accessible;
            return Task.CompletedTask;
        },
    }, cancellation);
}
