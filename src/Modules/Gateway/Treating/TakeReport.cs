using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Mime.Classifying;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Treating;

/// <summary>
/// Takes what machines send: mail that did not arrive, complaints, notices of absence. It counts for the mail whose key stands in the address,
/// which nobody else knows: a report that anybody could have written stops no address.
/// </summary>
internal sealed class TakeReport(AppDb database, Bounces bounces, ListAddresses lists, TimeProvider clock)
{
    /// <summary>Takes it.</summary>
    public async Task<Settlement> ExecuteAsync(Treated treated, CancellationToken cancellation)
    {
        var verdict = treated.Verdict;
        if (await MailOfAsync(treated.Address.Key, cancellation) is not { } mail) return Settlement.Counted(verdict.Cause);

        var counted = Settlement.Counted(verdict.Cause) with { MemberId = mail.MemberId, GroupId = mail.GroupId };
        switch (verdict.Kind)
        {
            case MailKind.Complaint:
                await RecordAsync(mail, BounceKind.Complaint, null, verdict.Cause, cancellation);
                await lists.StopAsync(mail, cancellation);
                return counted;
            case MailKind.AutoReply:
                await RecordAsync(mail, BounceKind.AutoReply, null, verdict.Cause, cancellation);
                return counted;
            default:
                // « Still trying » is no failure yet: the server says so again when it gives up.
                if (verdict is { IsDelayOnly: false, Bounces: [var first, ..] })
                    await RecordAsync(mail, first.IsHard ? BounceKind.Hard : BounceKind.Soft, first.Status, first.Diagnostic, cancellation);
                return counted;
        }
    }

    private Task RecordAsync(MailRow mail, BounceKind kind, string? status, string? diagnostic, CancellationToken cancellation) => bounces.RecordAsync(
        new Bounce { Address = mail.ToAddress.ToUpperInvariant(), MailId = mail.Id, MemberId = mail.MemberId, At = clock.GetUtcNow().UtcDateTime, Kind = kind, Status = status, Diagnostic = diagnostic }, cancellation);

    /// <summary>The mail of ours of that key, or null.</summary>
    public async Task<MailRow?> MailOfAsync(string? key, CancellationToken cancellation)
    {
        if (key is null) return null;

        await using var db = database.Open(Viewer.System);
        return await db.Mails.AsNoTracking().FirstOrDefaultAsync(m => m.Key == key, cancellation);
    }
}
