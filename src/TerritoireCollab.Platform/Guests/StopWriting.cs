using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Platform.Guests;

/// <summary>
/// Lets the holder of an address say that this platform writes to it no more, and take that back. The link of the mail is the right to, and does not end; it
/// stands for a hash of the address alone. What an account of that address is sent goes by the settings of the account.
/// </summary>
public sealed class StopWriting(AppDb database, GuestLinks links, TimeProvider clock) : IUnsubscriber
{
    /// <inheritdoc />
    public string Path => GuestLinks.StopPath;

    /// <summary>Whether the address of that link is written to no more.</summary>
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

    /// <summary>Takes it back: the address may be written to again.</summary>
    /// <exception cref="NotFoundException">Not a link of ours.</exception>
    public async Task ResumeAsync(string token, CancellationToken cancellation)
    {
        var hash = Require(token);
        await using var db = database.Open(Viewer.System);
        await db.InvitationRefusals.Where(r => r.AddressHash == hash).ExecuteDeleteAsync(cancellation);
    }

    private string Require(string token) => links.OpenStop(token) ?? throw new NotFoundException();
}
