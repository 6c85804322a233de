using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Gateway.Answering;
using TerritoireCollab.Gateway.Taking;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Gateway.Treating;

/// <summary>Gives a mail to the tool that takes mail at its address, in the name of the member who wrote it.</summary>
internal sealed class DeliverMail(AppDb database, OurAddresses addresses, MailWords words, MailFiles files, SenderPace pace, SenderTrust trust, AskSender ask)
{
    /// <summary>Delivers it.</summary>
    public async Task<Settlement> ExecuteAsync(Treated treated, CancellationToken cancellation)
    {
        var (row, mail, local) = (treated.Row, treated.Mail, treated.Address.LocalPart);
        var written = words.Read(mail);
        var refused = Settlement.Refused(MailRefusal.UnknownAddress, written.Body);
        if (addresses.DestinationOf(local) is not { } destination) return refused with { Cause = addresses.IsOurs(row.Recipient) ? MailRefusal.TakesNone : MailRefusal.UnknownAddress };

        await using var all = database.Open(Viewer.System);
        var member = await all.Members.AsNoTracking().FirstOrDefaultAsync(m => m.NormalizedEmail == row.FromAddress, cancellation);
        if (member is null or { State: not (MemberState.Active or MemberState.Suspended) })
        {
            if (!destination.TakesCalendars) return refused with { Cause = MailRefusal.UnknownSender };
            // Nobody can be asked to confirm: what is held for forged is left.
            return row.FromAddress.Length == 0 || trust.IsDoubtful(mail) ? Settlement.Counted("dmarc=fail") : await GiveAsync(treated, destination, null, written, refused, cancellation);
        }

        refused = refused with { MemberId = member.Id };
        if (member.State == MemberState.Suspended) return refused with { Cause = MailRefusal.Suspended };
        if (row.Cause is { } known) return refused with { Cause = (MailRefusal)known };
        if (await pace.IsTooFastAsync(all, member.Id, cancellation)) return refused with { Cause = MailRefusal.TooMany };
        if (!treated.IsConfirmed && trust.IsDoubtful(mail)) return await ask.ExecuteAsync(row, member, cancellation);
        if (written.Body.Length > Bodies.MaxLength && !destination.TakesWithoutWords) return refused with { Cause = MailRefusal.TooLong };
        if (written.Body.Length == 0 && !destination.TakesWithoutWords) return refused with { Cause = MailRefusal.Empty };

        return await GiveAsync(treated, destination, member, written, refused, cancellation);
    }

    private async Task<Settlement> GiveAsync(Treated treated, IMailDestination destination, Member? member, WrittenWords written, Settlement refused, CancellationToken cancellation)
    {
        var mail = treated.Mail;
        var taken = destination.TakesWithoutWords ? new([], []) : await files.ExecuteAsync(mail, cancellation);
        try
        {
            var delivered = await destination.DeliverAsync(new ArrivedMail
            {
                Id = treated.Row.Id,
                Sender = member is null ? Viewer.Anonymous : Viewer.Member(member.Id, member.IsAdmin),
                SenderAddress = mail.From?.Address ?? "",
                SenderName = mail.From?.Name,
                Calendars = destination.TakesCalendars ? [.. mail.Parts.Where(p => p.Type is "text/calendar" or "application/ics").Select(p => p.Content)] : [],
                LocalPart = treated.Address.LocalPart,
                Title = MailWords.Title(mail.Subject, written.Body),
                Body = written.Body,
                Subject = mail.Subject,
                Text = mail.Text,
                Html = mail.Html,
                Origin = MailWords.Origin(mail, written.Elided),
                Files = taken.Taken,
            }, cancellation);
            var end = new Settlement(ReceivedOutcome.Published)
            {
                MemberId = member?.Id,
                GroupId = delivered.GroupId,
                ItemId = delivered.ItemId,
                Back = delivered.Reply is { } reply ? MailBack.Reply(member?.Email ?? mail.From!.Address, member?.Name ?? mail.From?.Name, member?.Id, reply) : null,
            };
            return taken.Refused.Count == 0 ? end : end with { Cause = MailRefusal.FilesRefused, Detail = MailBack.FilesOf(taken) };
        }
        catch (MailRefusedException refusal)
        {
            return refused with { Cause = refusal.Cause };
        }
        catch (InvalidInputException invalid)
        {
            return refused with { Cause = MailRefusal.Rule, Detail = invalid.Rules[0].Message };
        }
    }
}
