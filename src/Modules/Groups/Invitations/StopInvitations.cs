using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Groups.Invitations;

/// <summary>
/// Lets the holder of an address say that no group may invite it any more, and take that back. The link of the mail is the right to, and does not
/// end; it stands for a hash of the address alone.
/// </summary>
internal sealed class StopInvitations(AppDb database, LinkSeals seals, TimeProvider clock) : IUnsubscriber
{
    /// <summary>Where the links lead.</summary>
    public const string Address = "/invitations/arret/";

    private const string Purpose = "groupes.invitations";
    private const int HashLength = 32;

    /// <inheritdoc />
    public string Path => Address;

    /// <summary>The link of that address, from the root.</summary>
    public string LinkOf(string address) => Address + seals.Seal(Purpose, Convert.FromHexString(InvitationRefusal.HashOf(address)));

    /// <summary>Whether the address of that link wants no more invitations.</summary>
    /// <exception cref="NotFoundException">Not a link of ours.</exception>
    public async Task<bool> IsStoppedAsync(string token, CancellationToken cancellation)
    {
        var hash = Require(token);
        await using var db = database.Open(Viewer.System);
        return await db.InvitationRefusals.AnyAsync(r => r.AddressHash == hash, cancellation);
    }

    /// <inheritdoc />
    public async Task StopAsync(string token, CancellationToken cancellation)
    {
        if (await IsStoppedAsync(token, cancellation)) return;

        await using var db = database.Open(Viewer.System);
        db.InvitationRefusals.Add(new InvitationRefusal { AddressHash = Require(token), At = clock.GetUtcNow().UtcDateTime });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // The button was pressed twice at once.
        }
    }

    /// <summary>Takes it back: the address may be invited again.</summary>
    /// <exception cref="NotFoundException">Not a link of ours.</exception>
    public async Task ResumeAsync(string token, CancellationToken cancellation)
    {
        var hash = Require(token);
        await using var db = database.Open(Viewer.System);
        await db.InvitationRefusals.Where(r => r.AddressHash == hash).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Whether the holder of that address wants no more invitations.</summary>
    public static Task<bool> RefusesAsync(AppDbContext db, string address, CancellationToken cancellation)
    {
        var hash = InvitationRefusal.HashOf(address);
        return db.InvitationRefusals.AnyAsync(r => r.AddressHash == hash, cancellation);
    }

    /// <summary>Of those addresses, the ones whose holders want no more invitations.</summary>
    public static async Task<IReadOnlySet<string>> RefusingAsync(AppDbContext db, IReadOnlyCollection<string> addresses, CancellationToken cancellation)
    {
        var hashes = addresses.Distinct().ToDictionary(a => a, InvitationRefusal.HashOf);
        var asked = hashes.Values.ToList();
        var refusing = await db.InvitationRefusals.Where(r => asked.Contains(r.AddressHash)).Select(r => r.AddressHash).ToListAsync(cancellation);
        return hashes.Where(h => refusing.Contains(h.Value)).Select(h => h.Key).ToHashSet();
    }

    private string Require(string token) => seals.Open(Purpose, token) is { Length: HashLength } hash ? Convert.ToHexStringLower(hash) : throw new NotFoundException();
}
