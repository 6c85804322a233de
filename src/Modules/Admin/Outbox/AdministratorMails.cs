using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Admin.Outbox;

/// <summary>Mails to administrators about mail: a trial, an alarm.</summary>
public sealed class AdministratorMails(MailWriter writer, MailFoot foot, PlatformOptions platform, PlatformSettings settings)
{
    /// <summary>Kind of a trial.</summary>
    public const string TrialKind = "administration.essai";

    /// <summary>Kind of an alarm.</summary>
    public const string AlarmKind = "administration.alerte";

    /// <summary>A trial.</summary>
    public Task<MailRow> TrialAsync(Member member, CancellationToken cancellation) =>
        MailAsync(member, TrialKind, Guid.CreateVersion7().ToString("N"), AdminTexts.TrialSubject, AdminTexts.TrialText, cancellation);

    /// <summary>Alarms that have just come up. <paramref name="key"/> makes the mail unique.</summary>
    public Task<MailRow> AlarmAsync(Member member, string key, IReadOnlyList<MailAlarm> alarms, CancellationToken cancellation) =>
        MailAsync(member, AlarmKind, key, AdminTexts.AlarmSubject, string.Join("\n", alarms.Select(Words.Of)), cancellation);

    private async Task<MailRow> MailAsync(Member member, string kind, string key, string subject, string text, CancellationToken cancellation)
    {
        var choices = await settings.ReadAsync(cancellation);
        var title = subject.With(choices.Name);
        var content = new MailContent
        {
            Preheader = title,
            Context = choices.Name,
            Title = title,
            Blocks = [.. text.Split('\n').Select(line => new MailParagraph(line)), new MailButton(AdminTexts.MailsPage, platform.Absolute("/administration/courriels").AbsoluteUri)],
            Reason = AdminTexts.AdministratorReason.With(choices.Name),
            FooterLinks = foot.OfMember(member.Id),
        };
        return await writer.WriteAsync(new()
        {
            UniqueKey = $"{kind}/{key}/{member.Id:N}",
            Kind = kind,
            MessageId = writer.IdOf($"{kind}.{key}.{member.Id:N}"),
            To = Addressee.Of(member),
            Content = content,
            Sorting = new() { Reason = "administration", ListName = choices.Name, ListKey = "administration", Archive = platform.Absolute("/administration/courriels") },
        });
    }
}
