using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Sources;

/// <summary>A source in the list of a group.</summary>
public sealed record SourceRow
{
    /// <summary>Key of the group's own row.</summary>
    public required Guid Id { get; init; }
    /// <summary>What the group calls it, or its own title.</summary>
    public required string Name { get; init; }
    /// <summary>Its address.</summary>
    public required string Address { get; init; }
    /// <summary>Address of its site, or null.</summary>
    public string? SiteAddress { get; init; }
    /// <summary>How its page is read; null for a feed.</summary>
    public PageSelectors? Selectors { get; init; }
    /// <summary>Where it is filed, or null.</summary>
    public string? Folder { get; init; }
    /// <summary>Whether its news stay out of the pool.</summary>
    public required bool IsMuted { get; init; }
    /// <summary>How it does.</summary>
    public required SourceHealth Health { get; init; }
    /// <summary>Where it says, for three days at least, that it moved for good.</summary>
    public string? MovedTo { get; init; }
    /// <summary>What had to be mended to read it, or null.</summary>
    public string? Repairs { get; init; }
    /// <summary>News that it brought to the group first.</summary>
    public required int Received { get; init; }
    /// <summary>Of these, those that were published.</summary>
    public required int Published { get; init; }
}

/// <summary>The sources of a group.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Rows">By folder, then by name; sources without a folder last.</param>
/// <param name="FailingCount">How many fail.</param>
/// <param name="MayCurate">Whether the viewer may add and change.</param>
public sealed record SourceListView(Standing Standing, IReadOnlyList<SourceRow> Rows, int FailingCount, bool MayCurate)
{
    /// <summary>Folders in use.</summary>
    public IReadOnlyList<string> Folders => [.. Rows.Select(r => r.Folder).OfType<string>().Distinct()];
}

/// <summary>Lists the sources of a group, with how each does.</summary>
internal sealed class ListSources(AppDb database, Rights rights, ModuleCatalog modules, Dates dates, TimeProvider clock)
{
    // A site that is down for a day may send its readers elsewhere meanwhile.
    private static readonly TimeSpan MoveIsBelieved = TimeSpan.FromDays(3);

    /// <summary>The list.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no veille, or the viewer is no member.</exception>
    public async Task<SourceListView> ExecuteAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.PoolOfAsync(db, modules, groupSlug, cancellation);
        var followed = await db.Set<GroupSource>().AsNoTracking().Where(s => s.GroupId == standing.GroupId).Include(s => s.Source).ToListAsync(cancellation);
        var counts = await db.Set<PoolEntry>().Where(e => e.GroupId == standing.GroupId && e.SourceId != null).GroupBy(e => e.SourceId!.Value)
            .Select(g => new { g.Key, Received = g.Count(), Published = g.Count(e => e.State == PoolState.Published) }).ToDictionaryAsync(g => g.Key, cancellation);
        var believed = clock.GetUtcNow().UtcDateTime - MoveIsBelieved;
        var rows = followed.Select(s => new SourceRow
        {
            Id = s.Id,
            Name = s.Name ?? s.Source!.Title,
            Address = s.Source!.Address,
            SiteAddress = s.Source.SiteAddress,
            Selectors = SourceSelectors.Read(s.Source.Selectors),
            Folder = s.Folder,
            IsMuted = s.IsMuted,
            Health = SourceHealth.Of(s.Source, dates),
            MovedTo = s.Source.MovedSince <= believed ? s.Source.MovedTo : null,
            Repairs = s.Source.Repairs,
            Received = counts.GetValueOrDefault(s.SourceId)?.Received ?? 0,
            Published = counts.GetValueOrDefault(s.SourceId)?.Published ?? 0,
        }).OrderBy(r => r.Folder is null).ThenBy(r => r.Folder, StringComparer.CurrentCultureIgnoreCase).ThenBy(r => r.Name, StringComparer.CurrentCultureIgnoreCase).ToList();
        return new(standing, rows, rows.Count(r => r.Health.IsFailing && !r.IsMuted), rights.Allows(VeilleModule.Curate, standing));
    }
}
