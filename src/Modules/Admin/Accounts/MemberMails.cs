using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Admin.Accounts;

/// <summary>Tells people what was decided of their account.</summary>
internal sealed class MemberMails(MailOutbox outbox, MailWriter writer, MailFoot foot, PlatformOptions platform, PlatformSettings settings)
{
    /// <summary>The account is open.</summary>
    public Task ApprovedAsync(AppDbContext db, Member member, CancellationToken cancellation) => SendAsync(db, member, "compte.approuve", Guid.CreateVersion7(),
        AdminTexts.MailApprovedSubject, [new MailParagraph(AdminTexts.MailApprovedText), new MailButton(AdminTexts.MailApprovedButton, "/connexion")], cancellation);

    /// <summary>The account was not opened, and is erased.</summary>
    public Task RefusedAsync(AppDbContext db, Member member, CancellationToken cancellation) => SendAsync(db, member, "compte.refuse", Guid.CreateVersion7(),
        AdminTexts.MailRefusedSubject, [new MailParagraph(AdminTexts.MailRefusedText)], cancellation);

    /// <summary>The link that confirms the address.</summary>
    public Task ConfirmAsync(AppDbContext db, Member member, IssuedLink link, CancellationToken cancellation) => SendAsync(db, member, "compte.confirmation", link.Row.Id,
        AdminTexts.MailConfirmSubject, [new MailParagraph(AdminTexts.MailConfirmText), new MailButton(AdminTexts.MailConfirmButton, link.Address.AbsoluteUri)], cancellation);

    private async Task SendAsync(AppDbContext db, Member member, string kind, Guid key, string subject, IReadOnlyList<MailBlock> blocks, CancellationToken cancellation)
    {
        var choices = await settings.ReadAsync(cancellation);
        var title = subject.With(choices.Name);
        var content = new MailContent
        {
            Preheader = title,
            Context = choices.Name,
            Title = title,
            Blocks = [new MailParagraph(AdminTexts.MailGreeting.With(member.Name)), .. blocks],
            Reason = AdminTexts.MailReason.With(choices.Name),
            // An account that is not open has no settings yet, or none any more.
            FooterLinks = member.State == MemberState.Active ? foot.OfMember(member.Id) : [MailFoot.Help],
        };
        var mail = await writer.WriteAsync(new()
        {
            UniqueKey = $"{kind}.{key:N}",
            Kind = kind,
            MessageId = writer.IdOf($"compte.{key:N}"),
            To = Addressee.Of(member),
            Content = content,
            Sorting = new() { Reason = "compte", ListName = choices.Name, ListKey = "compte", Archive = platform.Absolute("/moi/compte") },
        });
        await outbox.AddAsync(db, [mail], cancellation);
    }
}
