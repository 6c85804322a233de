using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Veille.Fetching;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Sources;

/// <summary>What the form of a source shows.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Id">Key of the group's row.</param>
/// <param name="Name">The group's name for it, or null.</param>
/// <param name="Title">Its own title.</param>
/// <param name="Folder">Where it is filed, or null.</param>
/// <param name="Address">Its address.</param>
/// <param name="Selectors">How its page is read; null for a feed.</param>
public sealed record SourceForm(Standing Standing, Guid Id, string? Name, string Title, string? Folder, string Address, PageSelectors? Selectors);

/// <summary>Changes what a group does with a source: its name, folder and address, whether its news come in, whether it is followed at all.</summary>
internal sealed class EditSource(AppDb database, Rights rights, PreviewPage preview, FetchWake wake, TimeProvider clock)
{
    /// <summary>The source, to fill the form.</summary>
    /// <exception cref="NotFoundException">No such source of the group.</exception>
    /// <exception cref="ForbiddenException">No animator.</exception>
    public async Task<SourceForm> ReadAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (followed, standing) = await RequireAsync(db, groupSlug, id, cancellation);
        return new(standing, followed.Id, followed.Name, followed.Source!.Title, followed.Folder, followed.Source.Address, SourceSelectors.Read(followed.Source.Selectors));
    }

    /// <summary>Saves the form. Another address, or another way to read the page, is another source; the news that came stay.</summary>
    /// <exception cref="NotFoundException">No such source of the group.</exception>
    /// <exception cref="ForbiddenException">No animator.</exception>
    /// <exception cref="InvalidInputException">The address cannot be asked or is followed already; a text is too long; other selectors than before cannot be used or find nothing.</exception>
    public async Task ExecuteAsync(Viewer viewer, string groupSlug, Guid id, SourceInput input, CancellationToken cancellation)
    {
        new Rules()
            .Check(SourceAddress.TryParse(input.Address, out _), nameof(input.Address), SourceTexts.AddressNotUsable)
            .Text(input.Name, nameof(input.Name), GroupSource.NameLength, required: false)
            .Text(input.Folder, nameof(input.Folder), GroupSource.NameLength, required: false)
            .Demand();
        // What is read as before needs no look at the page: its site may be down, and its name still be changed.
        if (input.Selectors is { } selectors && await IsAnotherAsync(viewer, groupSlug, id, input, cancellation)) await preview.ExecuteAsync(viewer, groupSlug, input.Address, selectors, cancellation);
        await database.TransactAsync(viewer, async (db, token) =>
        {
            var (followed, _) = await RequireAsync(db, groupSlug, id, token);
            (followed.Name, followed.Folder) = (OrNull(input.Name), OrNull(input.Folder));
            // A feed stays a feed, and a page a page.
            await PointAsync(db, followed, input.Address!, followed.Source!.Selectors is null ? null : SourceSelectors.Write(input.Selectors) ?? followed.Source.Selectors, token);
            await db.SaveChangesAsync(token);
            return true;
        }, cancellation);
        wake.Wake();
    }

    /// <summary>Follows the source to where it says it moved.</summary>
    /// <exception cref="NotFoundException">No such source of the group, or it did not move.</exception>
    /// <exception cref="ForbiddenException">No animator.</exception>
    /// <exception cref="InvalidInputException">The group follows the new address already.</exception>
    public async Task FollowMoveAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await database.TransactAsync(viewer, async (db, token) =>
        {
            var (followed, _) = await RequireAsync(db, groupSlug, id, token);
            await PointAsync(db, followed, followed.Source!.MovedTo ?? throw new NotFoundException(), followed.Source.Selectors, token);
            await db.SaveChangesAsync(token);
            return true;
        }, cancellation);
        wake.Wake();
    }

    /// <summary>Keeps its news out of the pool, or lets them in again.</summary>
    /// <exception cref="NotFoundException">No such source of the group.</exception>
    /// <exception cref="ForbiddenException">No animator.</exception>
    public async Task MuteAsync(Viewer viewer, string groupSlug, Guid id, bool muted, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (followed, _) = await RequireAsync(db, groupSlug, id, cancellation);
        followed.IsMuted = muted;
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Asks it at once.</summary>
    /// <exception cref="NotFoundException">No such source of the group.</exception>
    /// <exception cref="ForbiddenException">No animator.</exception>
    public async Task RetryAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (followed, _) = await RequireAsync(db, groupSlug, id, cancellation);
        (followed.Source!.NextFetchAt, followed.Source.State) = (clock.GetUtcNow().UtcDateTime, SourceState.Active);
        await db.SaveChangesAsync(cancellation);
        wake.Wake();
    }

    /// <summary>Stops following it. The news that it brought stay.</summary>
    /// <exception cref="NotFoundException">No such source of the group.</exception>
    /// <exception cref="ForbiddenException">No animator.</exception>
    public async Task RemoveAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (followed, _) = await RequireAsync(db, groupSlug, id, cancellation);
        db.Remove(followed);
        await db.SaveChangesAsync(cancellation);
    }

    private async Task<(GroupSource Followed, Standing Standing)> RequireAsync(AppDbContext db, string groupSlug, Guid id, CancellationToken cancellation)
    {
        var standing = await rights.RequireAsync(db, VeilleModule.Curate, groupSlug, cancellation);
        return (await db.Set<GroupSource>().Include(s => s.Source).FirstOrDefaultAsync(s => s.GroupId == standing.GroupId && s.Id == id, cancellation) ?? throw new NotFoundException(), standing);
    }

    private async Task<bool> IsAnotherAsync(Viewer viewer, string groupSlug, Guid id, SourceInput input, CancellationToken cancellation)
    {
        var before = await ReadAsync(viewer, groupSlug, id, cancellation);
        return before.Selectors is not null && (!SourceAddress.TryParse(input.Address, out var address) || address.AbsoluteUri != before.Address || SourceSelectors.Tidy(input.Selectors!) != before.Selectors);
    }

    // Other groups may follow the source that is left: it is not changed under them.
    private async Task PointAsync(AppDbContext db, GroupSource followed, string typed, string? selectors, CancellationToken cancellation)
    {
        if (!SourceAddress.TryParse(typed, out var parsed)) throw new InvalidInputException(nameof(SourceInput.Address), SourceTexts.AddressNotUsable);
        var address = parsed.AbsoluteUri;
        var key = SourceSelectors.KeyOf(selectors);
        if (address == followed.Source!.Address && key == followed.Source.SelectorsKey) return;

        var other = await db.Set<Source>().FirstOrDefaultAsync(s => s.Address == address && s.SelectorsKey == key, cancellation);
        if (other is not null && await db.Set<GroupSource>().AnyAsync(s => s.GroupId == followed.GroupId && s.SourceId == other.Id, cancellation))
            throw new InvalidInputException(nameof(SourceInput.Address), SourceTexts.FollowedAlready);

        if (other is null)
        {
            other = new Source { Address = address, Selectors = selectors, SelectorsKey = key, Title = followed.Source.Title, SiteAddress = followed.Source.SiteAddress, NextFetchAt = clock.GetUtcNow().UtcDateTime, Fault = SourceFault.NeverAsked };
            db.Add(other);
            await db.SaveChangesAsync(cancellation);
        }

        followed.SourceId = other.Id;
    }

    private static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
