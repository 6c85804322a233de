using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Mail;

/// <summary>
/// Counts what comes back, whether the server refused at once or a report came later, and decides what that means for the address: one refusal
/// for good stops it, four for a time within a fortnight pause it, a complaint ends everything but what the account needs.
/// </summary>
public sealed class Bounces(AppDb database)
{
    /// <summary>Soft bounces within <see cref="Window"/> that pause an address.</summary>
    public const int MostSoft = 4;

    /// <summary>How long a soft bounce counts, and how long a pause lasts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(14);

    private const int LongestStatus = 20;
    private const int LongestDiagnostic = 500;

    /// <summary>Writes the bounce down, unless the same was told of that mail already, and settles where the address stands.</summary>
    public Task RecordAsync(Bounce bounce, CancellationToken cancellation) => database.TransactAsync(Viewer.System, async (db, token) =>
    {
        if (bounce.MailId is { } mail && await db.Set<Bounce>().AnyAsync(b => b.MailId == mail && b.Kind == bounce.Kind, token)) return false;

        db.Add(new Bounce
        {
            Address = bounce.Address.ToUpperInvariant(),
            MailId = bounce.MailId,
            MemberId = bounce.MemberId,
            At = bounce.At,
            Kind = bounce.Kind,
            Status = Cut(bounce.Status, LongestStatus),
            Diagnostic = Cut(bounce.Diagnostic, LongestDiagnostic),
        });
        await db.SaveChangesAsync(token);
        await SettleAsync(db, bounce, token);
        return true;
    }, cancellation);

    private static async Task SettleAsync(AppDbContext db, Bounce bounce, CancellationToken cancellation)
    {
        if (await StateAfterAsync(db, bounce, cancellation) is not { } state) return;

        var address = bounce.Address.ToUpperInvariant();
        var standing = await db.Set<AddressStanding>().FirstOrDefaultAsync(a => a.Address == address, cancellation);
        // What stopped an address or made its holder complain is not undone by a lesser fault.
        if (standing is not null && standing.State > state) return;
        if (standing is null) db.Add(standing = new AddressStanding { Address = address, Since = bounce.At });
        else if (standing.State != state) standing.Since = bounce.At;

        standing.State = state;
        standing.Until = state == AddressState.Paused ? bounce.At + Window : null;
        standing.Status = Cut(bounce.Status, LongestStatus);
        standing.Diagnostic = Cut(bounce.Diagnostic, LongestDiagnostic);
        await db.SaveChangesAsync(cancellation);
    }

    private static async Task<AddressState?> StateAfterAsync(AppDbContext db, Bounce bounce, CancellationToken cancellation)
    {
        switch (bounce.Kind)
        {
            case BounceKind.Hard:
                return AddressState.Stopped;
            case BounceKind.Complaint:
                return AddressState.Complained;
            case BounceKind.Soft:
                var address = bounce.Address.ToUpperInvariant();
                // Of an address that was tried again, what came back before says nothing any more.
                var tried = await db.Set<AddressStanding>().Where(a => a.Address == address && a.State == AddressState.Good).Select(a => (DateTime?)a.Since).FirstOrDefaultAsync(cancellation);
                var since = tried > bounce.At - Window ? tried.Value : bounce.At - Window;
                return await db.Set<Bounce>().CountAsync(b => b.Address == address && b.Kind == BounceKind.Soft && b.At > since, cancellation) >= MostSoft ? AddressState.Paused : null;
            default:
                return null;
        }
    }

    private static string? Cut(string? text, int longest) => text?.Length > longest ? text[..longest] : text;
}
