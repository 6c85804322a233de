using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Gateway.Settings;

/// <summary>A group that a member can write to.</summary>
/// <param name="Name">Name of the group.</param>
/// <param name="Slug">Its part of the address.</param>
/// <param name="Address">Where a mail opens a thread; null when the forum is off.</param>
/// <param name="VeilleAddress">Where a mail brings finds; null when the veille is off.</param>
internal sealed record GroupAddresses(string Name, string Slug, string? Address, string? VeilleAddress);

/// <summary>The addresses that a member can write to.</summary>
/// <param name="TakesMail">Whether mail comes in at all.</param>
/// <param name="Domain">Domain of the addresses.</param>
/// <param name="Groups">One line a group.</param>
internal sealed record MemberAddresses(bool TakesMail, string Domain, IReadOnlyList<GroupAddresses> Groups);

/// <summary>Lists the addresses that a member can write to.</summary>
internal sealed class ListAddressesOfMember(AppDb database, ModuleCatalog modules, IEnumerable<IMailDestination> destinations, MailOptions options)
{
    private const string Forum = "forum";
    private const string Veille = "veille";

    private readonly IMailDestination[] _destinations = [.. destinations];

    /// <summary>The list; without any group for somebody who is not signed in.</summary>
    public async Task<MemberAddresses> ExecuteAsync(Viewer viewer, CancellationToken cancellation)
    {
        if (!options.TakesMail || !viewer.IsMember) return new(options.TakesMail, options.ReplyDomain, []);

        await using var db = database.Open(viewer);
        var groups = await db.Memberships.AsNoTracking().Where(m => m.MemberId == viewer.MemberId && m.State == MembershipState.Active && m.Role > GroupRole.Reader && m.Group!.ArchivedAt == null)
            .OrderBy(m => m.Group!.FoldedName).Select(m => new { m.Group!.Name, m.Group.Slug, Tools = db.GroupTools.Where(t => t.GroupId == m.GroupId).ToList() }).ToListAsync(cancellation);
        return new(true, options.ReplyDomain, [.. groups.Select(g => new GroupAddresses(g.Name, g.Slug, Of("groupe-", g.Slug, Forum, g.Tools), Of("veille-", g.Slug, Veille, g.Tools)))]);
    }

    private string? Of(string first, string slug, string tool, IReadOnlyList<GroupTool> settings)
    {
        if (modules.Tool(tool) is not { } known || !_destinations.Any(d => d.Takes(first + slug))) return null;

        var isOn = settings.FirstOrDefault(s => s.ToolKey == tool)?.Enabled ?? known.EnabledByDefault;
        return isOn ? $"{first}{slug}@{options.ReplyDomain}" : null;
    }
}
