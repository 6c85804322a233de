using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Revisions;
using TerritoireCollab.Wiki.Resources;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Wiki.Versions;

/// <summary>Gives a version a name: « Version votée le 12 mars ».</summary>
internal sealed class NameVersion(AppDb database, Rights rights)
{
    /// <summary>Names it; an empty name takes the name off.</summary>
    /// <exception cref="NotFoundException">No such page or version.</exception>
    /// <exception cref="ForbiddenException">Not the viewer's to write.</exception>
    /// <exception cref="InvalidInputException">Too long.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, int number, string? name, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (page, _) = await rights.RequireWriterAsync(db, shortId, token);
        new Rules().Text(name, "Name", Revision.NameLength, required: false).Demand();
        var given = string.IsNullOrWhiteSpace(name) ? null : name.Trim();
        if (number == 1) page.FirstName = given;
        else
        {
            var edit = number < 1 ? null : await ReadVersions.EditOf(db, page.Id, number).FirstOrDefaultAsync(token);
            (edit ?? throw new NotFoundException()).Name = given;
        }

        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}

/// <summary>Puts an older version back. It becomes the newest one: nothing is undone, and it can be undone.</summary>
internal sealed class RestoreVersion(AppDb database, ReadVersions versions, EditPage edit, Dates dates)
{
    /// <summary>Puts the version back.</summary>
    /// <exception cref="NotFoundException">No such page or version.</exception>
    /// <exception cref="ForbiddenException">Not the viewer's to write.</exception>
    /// <exception cref="InvalidInputException">Its title is another page's by now, or somebody saved at this moment.</exception>
    public async Task ExecuteAsync(Viewer viewer, string shortId, int number, CancellationToken cancellation)
    {
        var pair = await versions.OneAsync(viewer, shortId, number, cancellation);
        await using var db = database.Open(viewer);
        var now = await db.Items.AsNoTracking().Where(i => i.ShortId == shortId).Select(i => new { i.Id, i.Version }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        var tags = await db.Tags.Where(t => t.ItemId == now.Id).Select(t => t.Name).ToListAsync(cancellation);
        await edit.ExecuteAsync(viewer, shortId, new EditPageInput
        {
            Content = new ContentInput { Title = pair.Older.Title, Body = pair.Older.Body, Tags = string.Join(", ", tags) },
            Version = now.Version,
            Comment = WikiTexts.RestoredComment.With(number, dates.Exact(pair.Older.Row.At)),
        }, cancellation);
    }
}
