using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Gateway.Answering;
using TerritoireCollab.Gateway.Resources;
using TerritoireCollab.Gateway.Taking;
using TerritoireCollab.Mime.Classifying;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Gateway.Treating;

/// <summary>
/// Getting no more mail, asked for by mail: at once by the address that mail programs write to, by a link to confirm for a bare word, and by a
/// person for a sentence. Nothing of it is ever published.
/// </summary>
internal sealed class StopByMail(AppDb database, TakeReport reports, ListAddresses lists, IMailSettingsLinks settings, OurAddresses addresses)
{
    /// <summary>By <c>desabonnement+KEY@</c>: the key was given to the recipient alone, and stops that list only.</summary>
    public async Task<Settlement> ByAddressAsync(Treated treated, CancellationToken cancellation)
    {
        if (await reports.MailOfAsync(treated.Address.Key, cancellation) is not { } mail) return Settlement.Refused(MailRefusal.UnknownKey);

        return await lists.StopAsync(mail, cancellation)
            ? new(ReceivedOutcome.Done) { MemberId = mail.MemberId, GroupId = mail.GroupId, IsSilent = true, Detail = "unsubscribed by mail" }
            : Settlement.Refused(MailRefusal.TakesNone) with { MemberId = mail.MemberId };
    }

    /// <summary>By a word or a sentence.</summary>
    public async Task<Settlement> ByWordsAsync(Treated treated, CancellationToken cancellation)
    {
        var answered = await reports.MailOfAsync(treated.Address.Key, cancellation);
        var sender = await SenderAsync(treated.Row.FromAddress, cancellation);
        if (treated.Verdict.Unsubscribe == UnsubscribeWording.Sentence)
        {
            var group = answered?.GroupId ?? await GroupOfAsync(treated.Address, sender, cancellation);
            return new(ReceivedOutcome.ForPerson) { MemberId = answered?.MemberId ?? sender?.Id, GroupId = group, IsSilent = true };
        }

        // The link goes to whom the mail went, or to the member of that address: never to whoever wrote.
        if (answered is not null && lists.Of(answered) is { } page)
            return Done(new MailBack(MailBackKind.Unsubscribe, answered.ToAddress, answered.ToName) { MemberId = answered.MemberId, Button = (GatewayTexts.StopButton, page) }, answered.GroupId);
        if (sender is { State: MemberState.Active, Email: { } email })
            return Done(new MailBack(MailBackKind.Unsubscribe, email, sender.Name) { MemberId = sender.Id, Button = (GatewayTexts.SettingsButton, settings.SettingsOf(sender.Id)) }, null);

        return Settlement.Refused(MailRefusal.UnknownSender);
    }

    private static Settlement Done(MailBack back, Guid? group) => new(ReceivedOutcome.Done) { MemberId = back.MemberId, GroupId = group, Back = back };

    private async Task<Member?> SenderAsync(string address, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await db.Members.AsNoTracking().FirstOrDefaultAsync(m => m.NormalizedEmail == address, cancellation);
    }

    // A sentence to the address of a group is for those who animate it, when its author is in it.
    private async Task<Guid?> GroupOfAsync(OurAddress address, Member? sender, CancellationToken cancellation)
    {
        if (sender is null || addresses.DestinationOf(address.LocalPart)?.GroupOf(address.LocalPart) is not { } slug) return null;

        await using var db = database.Open(Viewer.Member(sender.Id));
        return await db.Groups.Where(g => g.Slug == slug && db.Memberships.Any(m => m.GroupId == g.Id && m.MemberId == sender.Id)).Select(g => (Guid?)g.Id).FirstOrDefaultAsync(cancellation);
    }
}
