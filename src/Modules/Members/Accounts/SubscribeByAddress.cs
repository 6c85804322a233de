using TerritoireCollab.Members.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Members.Accounts;

/// <summary>Something that a feed reader or a calendar program may subscribe to.</summary>
/// <param name="Value">What the form sends.</param>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its address, from the root.</param>
/// <param name="IsCalendar">Whether it is a calendar (RFC 5545), and not a feed.</param>
internal sealed record Subscribable(string Value, string Name, string Path, bool IsCalendar);

/// <summary>What a group, or the whole territory, has to subscribe to.</summary>
/// <param name="Group">The group; null for the member's own calendar.</param>
/// <param name="Choices">What there is.</param>
internal sealed record SubscriptionView(Standing? Group, IReadOnlyList<Subscribable> Choices);

/// <summary>An address to give to a program.</summary>
/// <param name="Address">The address, with the member's key.</param>
/// <param name="Open">What opens the member's own program of that sort; the address itself for a feed.</param>
/// <param name="IsCalendar">Whether it is a calendar.</param>
internal sealed record Subscription(string Address, string Open, bool IsCalendar);

/// <summary>
/// Makes the address by which a program that knows no password reads what its member may read: it carries a key that opens feeds alone. Each has a
/// key of its own, so that one is revoked without the others.
/// </summary>
internal sealed class SubscribeByAddress(AppDb database, Rights rights, ModuleCatalog modules, CreateKey keys, PlatformOptions platform)
{
    private const int LabelLength = 100;

    /// <summary>What there is to choose from.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in, or the group is absent or hidden.</exception>
    public async Task<SubscriptionView> ReadAsync(Viewer viewer, string? groupSlug, CancellationToken cancellation)
    {
        if (!viewer.IsMember) throw new NotFoundException();

        if (string.IsNullOrEmpty(groupSlug)) return new(null, [.. modules.Tools.Where(t => t.HasCalendar).Select(t => new Subscribable($"{t.Key}.ics", MembersTexts.MyCalendar, $"/moi/{t.Key}.ics", true))]);

        await using var db = database.Open(viewer);
        var group = await rights.StandingAsync(db, groupSlug, cancellation);
        var tools = modules.Tools.Where(group.Has).ToList();
        var root = $"/groupes/{group.Slug}";
        return new(group,
        [
            new("flux", MembersTexts.WholeGroup, $"{root}/flux.atom", false),
            .. tools.Where(t => t.HasCalendar).Select(t => new Subscribable($"{t.Key}.ics", MembersTexts.AsCalendar.With(t.Name()), $"{root}/{t.Key}.ics", true)),
            .. tools.Where(t => t.HasFeed).Select(t => new Subscribable(t.Key, t.Name(), $"{root}/{t.Key}/flux.atom", false)),
        ]);
    }

    /// <summary>Makes an address.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in, or the group is absent or hidden.</exception>
    /// <exception cref="InvalidInputException">Nothing that the group has was chosen.</exception>
    public async Task<Subscription> ExecuteAsync(Viewer viewer, string? groupSlug, string? what, CancellationToken cancellation)
    {
        var view = await ReadAsync(viewer, groupSlug, cancellation);
        var chosen = view.Choices.FirstOrDefault(c => c.Value == what);
        new Rules().Check(chosen is not null, "What", MembersTexts.ChooseSubscription).Demand();
        var label = view.Group is { } group ? $"{chosen!.Name} · {group.Name}" : chosen!.Name;
        var key = await keys.ExecuteAsync(viewer, label.Length > LabelLength ? label[..LabelLength] : label, AccessKeyScope.Feeds, cancellation);
        var address = platform.Absolute($"{chosen.Path}?cle={key}");
        // webcal has no specification, but it is what calendar programs register for.
        return new(address.ToString(), chosen.IsCalendar ? $"webcal:{address.ToString()[(address.Scheme.Length + 1)..]}" : address.ToString(), chosen.IsCalendar);
    }
}
