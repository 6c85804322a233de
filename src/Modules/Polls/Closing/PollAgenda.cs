using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Closing;

/// <summary>Where a date that was found becomes an event: the form of the agenda, at its address, where the group has one and the viewer may announce in it.</summary>
internal sealed class PollAgenda(AppDb database, Rights rights, ModuleCatalog modules, Dates dates)
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

    private static string Text(DateTime local) => Uri.EscapeDataString(local.ToString(Moment, CultureInfo.InvariantCulture));
}
