using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Admin.Outbox;

/// <summary>Mails to administrators about mail: a trial, an alarm.</summary>
public sealed class AdministratorMails(MailRenderer renderer, MailFoot foot, MailOptions options, PlatformOptions platform, PlatformSettings settings, TimeProvider clock)
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
        var parts = await renderer.RenderAsync(new MailContent
        {
            Preheader = title,
            Context = choices.Name,
            Title = title,
            Blocks = [.. text.Split('\n').Select(line => new MailParagraph(line)), new MailButton(AdminTexts.MailsPage, platform.Absolute("/administration/courriels").AbsoluteUri)],
            Reason = AdminTexts.AdministratorReason.With(choices.Name),
            FooterLinks = foot.OfMember(member.Id),
        });
        var now = clock.GetUtcNow().UtcDateTime;
        return new MailRow
        {
            UniqueKey = $"{kind}/{key}/{member.Id:N}",
            Kind = kind,
            MemberId = member.Id,
            Priority = 0,
            FromName = choices.Name,
            ToAddress = member.Email!,
            ToName = member.Name,
            Subject = title,
            TextBody = parts.Text,
            HtmlBody = parts.Html,
            MessageId = $"{kind}.{key}.{member.Id:N}@{options.ReplyDomain}",
            Headers = new MailSorting { Reason = "administration", ListName = choices.Name, ListKey = "administration", Archive = platform.Absolute("/administration/courriels") }.Write(options),
            CreatedAt = now,
            NextAttemptAt = now,
        };
    }
}
