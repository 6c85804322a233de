using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Modules;

/// <summary>
/// A kind of content of which some are urgent: they are mailed at once to those who get summaries too, never to those who chose to get
/// nothing. One class a kind, found by injection.
/// </summary>
public interface IUrgentContent
{
    /// <summary>Key of the kind.</summary>
    string Kind { get; }

    /// <summary>Those among <paramref name="ids"/> that are urgent.</summary>
    Task<IReadOnlySet<Guid>> UrgentAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation);
}

/// <summary>Says which contents are urgent, whatever tool made them.</summary>
public sealed class UrgentContents(IEnumerable<IUrgentContent> kinds)
{
    private readonly Dictionary<string, IUrgentContent> _kinds = kinds.ToDictionary(k => k.Kind);

    /// <summary>Whether what happened is that an urgent content was published.</summary>
    public async Task<bool> IsUrgentAsync(AppDbContext db, Activity activity, CancellationToken cancellation) =>
        activity is { Kind: ActivityKinds.ItemCreated, ItemId: { } id } && await db.Items.AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, cancellation) is { } item && await IsUrgentAsync(db, item, cancellation);

    /// <summary>Whether that content leaves at once to everybody who wants any mail at all.</summary>
    public async Task<bool> IsUrgentAsync(AppDbContext db, ContentItem item, CancellationToken cancellation) =>
        _kinds.TryGetValue(item.Kind, out var kind) && (await kind.UrgentAsync(db, [item.Id], cancellation)).Contains(item.Id);
}
