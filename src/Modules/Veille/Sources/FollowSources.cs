using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Veille.Fetching;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Sources;

/// <summary>A source to follow.</summary>
/// <param name="Address">Its address, as typed or read in a list.</param>
/// <param name="Name">What the group calls it, or null.</param>
/// <param name="Folder">Where it is filed, or null.</param>
/// <param name="SiteAddress">Address of its site, where a list says so.</param>
public sealed record SourceInput(string? Address, string? Name, string? Folder, string? SiteAddress = null)
{
    /// <summary>How the page is read; null for a feed.</summary>
    public PageSelectors? Selectors { get; init; }
}

/// <summary>What became of sources to follow.</summary>
/// <param name="Added">How many the group follows from now on.</param>
/// <param name="Known">How many it followed before.</param>
/// <param name="Refused">Addresses that cannot be asked, as they were written.</param>
public sealed record FollowedSources(int Added, int Known, IReadOnlyList<string> Refused);

/// <summary>Adds sources to a group. A source that another group follows already is not asked twice: its news come to both.</summary>
internal sealed class FollowSources(AppDb database, Rights rights, FetchWake wake, TimeProvider clock)
{
    /// <summary>Sources that a group may follow.</summary>
    public const int Most = 2_000;

    /// <summary>Follows one, and returns its address as it is known.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no veille.</exception>
    /// <exception cref="ForbiddenException">No animator.</exception>
    /// <exception cref="InvalidInputException">The address cannot be asked, or the group follows it already.</exception>
    public async Task<string> ExecuteAsync(Viewer viewer, string groupSlug, SourceInput input, CancellationToken cancellation)
    {
        var isUsable = SourceAddress.TryParse(input.Address, out var address);
        if (input.Selectors is { } selectors) PreviewPage.Check(input.Address, selectors);
        new Rules()
            .Check(isUsable, nameof(input.Address), SourceTexts.AddressNotUsable)
            .Text(input.Name, nameof(input.Name), GroupSource.NameLength, required: false)
            .Text(input.Folder, nameof(input.Folder), GroupSource.NameLength, required: false)
            .Demand();
        var followed = await AddAsync(viewer, groupSlug, [input], cancellation);
        return followed.Added > 0 ? address!.AbsoluteUri : throw new InvalidInputException(nameof(input.Address), SourceTexts.FollowedAlready);
    }

    /// <summary>Follows those of a list; what cannot be asked is told and does not stop the others.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no veille.</exception>
    /// <exception cref="ForbiddenException">No animator.</exception>
    /// <exception cref="InvalidInputException">The group would follow more than <see cref="Most"/>.</exception>
    public async Task<FollowedSources> AddAsync(Viewer viewer, string groupSlug, IReadOnlyList<SourceInput> inputs, CancellationToken cancellation)
    {
        var followed = await database.TransactAsync(viewer, (db, token) => WriteAsync(db, groupSlug, inputs, token), cancellation);
        if (followed.Added > 0) wake.Wake();
        return followed;
    }

    private async Task<FollowedSources> WriteAsync(AppDbContext db, string groupSlug, IReadOnlyList<SourceInput> inputs, CancellationToken cancellation)
    {
        var standing = await rights.RequireAsync(db, VeilleModule.Curate, groupSlug, cancellation);
        var wanted = new Dictionary<SourceKey, SourceInput>();
        List<string> refused = [];
        foreach (var input in inputs)
        {
            if (SourceAddress.TryParse(input.Address, out var address)) wanted.TryAdd(SourceKey.Of(address, input.Selectors), input);
            else refused.Add(input.Address ?? "");
        }

        var sources = await SourcesAsync(db, wanted, cancellation);
        var ids = sources.Values.Select(s => s.Id).ToList();
        var mine = await db.Set<GroupSource>().Where(s => s.GroupId == standing.GroupId).Select(s => s.SourceId).ToHashSetAsync(cancellation);
        var added = wanted.Where(w => !mine.Contains(sources[w.Key].Id)).ToList();
        if (mine.Count + added.Count > Most) throw new InvalidInputException("", SourceTexts.TooManySources.With(Most));

        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var (source, input) in added)
            db.Add(new GroupSource
            {
                GroupId = standing.GroupId,
                SourceId = sources[source].Id,
                Name = Short(input.Name),
                Folder = Short(input.Folder),
                AddedById = db.Viewer.MemberId,
                AddedAt = now,
            });
        await db.SaveChangesAsync(cancellation);
        return new(added.Count, wanted.Count - added.Count, refused);
    }

    private async Task<Dictionary<SourceKey, Source>> SourcesAsync(AppDbContext db, Dictionary<SourceKey, SourceInput> wanted, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var known = new Dictionary<SourceKey, Source>();
        foreach (var some in wanted.Keys.Select(k => k.Address).Distinct().Chunk(500))
            foreach (var source in await db.Set<Source>().Where(s => some.Contains(s.Address)).ToListAsync(cancellation)) known[new(source.Address, source.SelectorsKey)] = source;

        foreach (var (key, input) in wanted.Where(w => !known.ContainsKey(w.Key)))
        {
            var source = new Source
            {
                Address = key.Address,
                Selectors = SourceSelectors.Write(input.Selectors),
                SelectorsKey = key.Selectors,
                Title = Short(input.Name) ?? new Uri(key.Address).IdnHost,
                SiteAddress = SourceAddress.TryParse(input.SiteAddress, out var site) ? site.AbsoluteUri : null,
                NextFetchAt = now,
                Fault = SourceFault.NeverAsked,
            };
            db.Add(source);
            known[key] = source;
        }

        await db.SaveChangesAsync(cancellation);
        return known;
    }

    private static string? Short(string? text) => string.IsNullOrWhiteSpace(text) ? null : Pool.EnterPool.Cut(text.Trim(), GroupSource.NameLength);

    // One page may be read in several ways, and be a feed besides.
    private readonly record struct SourceKey(string Address, string Selectors)
    {
        public static SourceKey Of(Uri address, PageSelectors? selectors) => new(address.AbsoluteUri, SourceSelectors.KeyOf(SourceSelectors.Write(selectors)));
    }
}
