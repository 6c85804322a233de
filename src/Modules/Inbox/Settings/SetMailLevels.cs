using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Inbox.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Inbox.Settings;

/// <summary>Sets what is mailed to the viewer from each of the groups named.</summary>
internal sealed class SetMailLevels(AppDb database)
{
    /// <summary>Prefix of a form's fields: the address of the group follows.</summary>
    public const string Prefix = "niveau-";

    /// <summary>Sets the levels; a group that the viewer is not in is passed over.</summary>
    /// <exception cref="InvalidInputException">A level that does not exist.</exception>
    public async Task ExecuteAsync(Viewer viewer, IReadOnlyDictionary<string, MailLevel> chosen, CancellationToken cancellation)
    {
        Demand(chosen);

        await using var db = database.Open(viewer);
        var slugs = chosen.Keys.ToList();
        var mine = await db.Memberships.Include(m => m.Group)
            .Where(m => m.MemberId == viewer.MemberId && m.State == MembershipState.Active && slugs.Contains(m.Group!.Slug)).ToListAsync(cancellation);
        foreach (var membership in mine) membership.MailLevel = chosen[membership.Group!.Slug];
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Refuses a level that does not exist.</summary>
    /// <exception cref="InvalidInputException">There is one.</exception>
    public static void Demand(IReadOnlyDictionary<string, MailLevel> chosen) => new Rules().Check(chosen.Values.All(Enum.IsDefined), "Groups", InboxTexts.UnknownLevel).Demand();

    /// <summary>The levels of a posted form.</summary>
    public static Dictionary<string, MailLevel> Read(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> form) => form
        .Where(f => f.Key.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(f => f.Key[Prefix.Length..], f => Enum.TryParse<MailLevel>(f.Value.ToString(), out var level) ? level : (MailLevel)(-1));
}
