using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Members.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Members.Mail;

/// <summary>What an account mail says.</summary>
internal sealed record AccountMail
{
    /// <summary>Such as <c>compte.lien</c>.</summary>
    public required string Kind { get; init; }
    /// <summary>What makes it unique.</summary>
    public required Guid Id { get; init; }
    /// <summary>The member.</summary>
    public required Member Member { get; init; }
    /// <summary>Where it goes: the member's address, or the one to confirm.</summary>
    public required string To { get; init; }
    /// <summary>Subject.</summary>
    public required string Subject { get; init; }
    /// <summary>Paragraphs before the button.</summary>
    public required IReadOnlyList<string> Before { get; init; }
    /// <summary>The button: words and address.</summary>
    public (string Text, Uri Address)? Button { get; init; }
    /// <summary>Paragraphs after it.</summary>
    public IReadOnlyList<string> After { get; init; } = [];
}

/// <summary>
/// Sends the mails of accounts: links and notices. Whoever types an address into a form makes us write to somebody else: at most three
/// such mails an hour and account. Notices of what was done with a password are never held back.
/// </summary>
internal sealed class AccountMails(MailOutbox outbox, MailOptions options, PlatformSettings settings, MailRenderer renderer, TimeProvider clock) : IDisposable
{
    /// <summary>Mails that forms may send to one account in an hour.</summary>
    public const int MostPerHour = 3;

    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Sends what <paramref name="make"/> writes unless that account got too many mails; saves <paramref name="db"/> in any case.</summary>
    public async Task RequestedAsync(AppDbContext db, Member member, Func<AccountMail> make, CancellationToken cancellation)
    {
        // One at a time, so that requests in parallel are counted too.
        await _gate.WaitAsync(cancellation);
        try
        {
            var since = clock.GetUtcNow().UtcDateTime - TimeSpan.FromHours(1);
            var sent = await db.Mails.CountAsync(m => m.MemberId == member.Id && m.Kind.StartsWith("compte.") && m.CreatedAt > since, cancellation);
            if (sent >= MostPerHour) await db.SaveChangesAsync(cancellation);
            else await outbox.AddAsync(db, [await RowAsync(make(), "compte.", cancellation)], cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Sends a notice; saves <paramref name="db"/>.</summary>
    public async Task NoticeAsync(AppDbContext db, AccountMail mail, CancellationToken cancellation) =>
        await outbox.AddAsync(db, [await RowAsync(mail, "avis.", cancellation)], cancellation);

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    private async Task<MailRow> RowAsync(AccountMail mail, string prefix, CancellationToken cancellation)
    {
        var choices = await settings.ReadAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var rendered = await renderer.RenderAsync(new MailContent
        {
            Preheader = mail.Before[0],
            Context = choices.Name,
            Title = mail.Subject,
            Blocks = [new MailParagraph(MembersTexts.MailGreeting.With(mail.Member.Name)), .. mail.Before.Select(p => new MailParagraph(p)), .. mail.Button is { } b ? [new MailButton(b.Text, b.Address.AbsoluteUri)] : Array.Empty<MailBlock>(), .. mail.After.Select(p => new MailParagraph(p))],
            Reason = MembersTexts.MailReason.With(choices.Name),
        });
        return new MailRow
        {
            UniqueKey = $"{prefix}{mail.Kind}.{mail.Id:N}",
            Kind = prefix + mail.Kind,
            MemberId = mail.Member.Id,
            Optional = false,
            Priority = 0,
            FromName = choices.Name,
            ToAddress = mail.To,
            ToName = mail.Member.Name,
            Subject = mail.Subject,
            TextBody = rendered.Text,
            HtmlBody = rendered.Html,
            MessageId = $"{prefix}{mail.Id:N}@{options.ReplyDomain}",
            // RFC 3834, section 5: vacation notices do not answer.
            Headers = "Auto-Submitted: auto-generated",
            CreatedAt = now,
            NextAttemptAt = now,
        };
    }
}
