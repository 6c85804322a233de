using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Polls.Faces;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Closing;

/// <summary>Where a date that was found becomes an event: the form of the agenda, at its address, where the group has one and the viewer may announce in it.</summary>
internal sealed class PollAgenda(AppDb database, Rights rights, ModuleCatalog modules, Platform.Modules.Faces faces, Dates dates)
{
    private const string AgendaTool = "agenda";
    private const string Moment = "yyyy-MM-dd'T'HH:mm";

    /// <summary>The address from the root; null where there is none.</summary>
    public async Task<string?> AddressAsync(Viewer viewer, string shortId, PollOption date, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var group = await db.Items.Where(i => i.ShortId == shortId).Select(i => i.GroupId).FirstOrDefaultAsync(cancellation);
        return group == Guid.Empty ? null : Address(await rights.StandingAsync(db, group, cancellation), shortId, date);
    }

    /// <summary>The address from the root; null where there is none.</summary>
    public string? Address(Standing standing, string shortId, PollOption date)
    {
        if (modules.Tool(AgendaTool) is not { FromSource: not null } tool || !standing.Has(tool) || standing.Role < standing.CreatorsOf(tool)) return null;

        var (start, end) = (dates.Local(date.StartUtc!.Value), dates.Local(date.EndUtc!.Value));
        return $"/groupes/{standing.Slug}/{AgendaTool}/nouveau?depuis={shortId}&debut={Text(start)}&fin={Text(end)}";
    }

    /// <summary>The address that leads to the event of the date that was confirmed, from the root: what is mailed before there is one.</summary>
    public static string EventOf(string groupSlug, string shortId) => PollAddress.Short(groupSlug, shortId) + "/evenement";

    /// <summary>Where that leads, from the root: to the latest event made from the poll that the viewer may read, or to the poll as long as there is none.</summary>
    /// <exception cref="NotFoundException">The poll is absent, invisible or in the trash.</exception>
    public async Task<string> EventAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var poll = await db.Items.AsNoTracking().Include(i => i.Group).FirstOrDefaultAsync(i => i.ShortId == shortId && i.Kind == PollsModule.PollKindKey, cancellation);
        if (poll?.Group is not { } group) throw new NotFoundException();

        var (id, kinds) = (poll.Id, modules.Kinds.Where(k => k.Tool == AgendaTool).Select(k => k.Key).ToList());
        var made = await db.ContentLinks.AsNoTracking().Where(l => l.SourceId == id).Join(db.Items.Where(i => kinds.Contains(i.Kind)), l => l.ItemId, i => i.Id, (l, i) => new { l.At, Item = i, i.Group!.Slug })
            .OrderByDescending(l => l.At).FirstOrDefaultAsync(cancellation);
        return made is null ? PollAddress.Of(group.Slug, poll.ShortId, poll.Title) : faces.Of(made.Item.Kind).Address(made.Slug, made.Item);
    }

    private static string Text(DateTime local) => Uri.EscapeDataString(local.ToString(Moment, CultureInfo.InvariantCulture));
}
