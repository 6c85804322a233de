using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Gateway.Answering;
using TerritoireCollab.Gateway.Confirming;
using TerritoireCollab.Gateway.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Gateway.Treating;

/// <summary>
/// Has the member confirm a mail that may not be from him: the link goes to his own address, whoever wrote. Whoever writes in his name fills his
/// mailbox with a few such links an hour at most.
/// </summary>
internal sealed class AskSender(AppDb database, ConfirmTokens tokens, TimeProvider clock)
{
    /// <summary>Links within an hour.</summary>
    public const int MostPerHour = 3;

    /// <summary>Asks.</summary>
    public async Task<Settlement> ExecuteAsync(ReceivedMail row, Member member, CancellationToken cancellation)
    {
        var end = new Settlement(ReceivedOutcome.ToConfirm) { MemberId = member.Id, Detail = "dmarc=fail" };
        await using var db = database.Open(Viewer.System);
        var since = clock.GetUtcNow().UtcDateTime - TimeSpan.FromHours(1);
        if (await db.ReceivedMails.CountAsync(m => m.MemberId == member.Id && m.Outcome == ReceivedOutcome.ToConfirm && m.AnsweredAt > since, cancellation) >= MostPerHour) return end with { IsSilent = true };

        return end with
        {
            Back = new MailBack(MailBackKind.Confirm, member.Email!, member.Name)
            {
                MemberId = member.Id,
                IsToMember = true,
                Button = (GatewayTexts.ConfirmButton, ConfirmTokens.Path + tokens.Of(row.Id)),
            },
        };
    }
}
