using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Tags;

namespace TerritoireCollab.Veille.Finds;

/// <summary>A find rewritten. Its address stays: another page is another find.</summary>
/// <param name="Content">Title, why it matters, audience, tags.</param>
/// <param name="Version">The version that was read; another one means that somebody has edited since.</param>
public sealed record EditFindInput(ContentInput Content, int Version);

/// <summary>Rewrites a find.</summary>
internal sealed class EditFind(AppDb database, EditContent edit)
{
    /// <summary>The find as it stands, to fill the form.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<FindForm> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (standing, find, tags, members) = await edit.ReadAsync<Find>(db, GroupPermissions.EditItem, shortId, cancellation);
        return new(standing, members, shortId, find.Address, find.Item.Title, find.Body, tags, find.Item.Audience, find.Item.Version)
        {
            UsualTags = await UsualTags.OfAsync(db, standing.GroupId, VeilleModule.FindKind, cancellation),
        };
    }

    /// <summary>Saves the find.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, the audience too wide, or it was edited meanwhile.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, EditFindInput input, CancellationToken cancellation) =>
        edit.ExecuteAsync(viewer, shortId, new Rewriting<Find> { Content = input.Content, Version = input.Version }, cancellation);
}
