using System.Linq.Expressions;
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
/// such mails an hour and account, and to one address. Notices of what was done with a password are never held back.
/// </summary>
internal sealed class AccountMails(MailOutbox outbox, MailWriter writer, MailFoot foot, PlatformOptions platform, PlatformSettings settings, TimeProvider clock) : IDisposable
{
    /// <summary>Mails that forms may send to one account in an hour.</summary>
    public const int MostPerHour = 3;

    /// <summary>Kinds of these mails.</summary>
    public static readonly string[] Kinds =
    [
        "compte.confirmation", "compte.connexion", "compte.mot-de-passe", "compte.deja-membre", "compte.adresse", "compte.adresse-voulue",
        "avis.mot-de-passe", "avis.adresse", "avis.demande.adresse", "avis.attente.compte",
    ];

    private readonly SemaphoreSlim _gate = new(1);

    private const string Requested = "compte.";
    private const string Asked = "avis.demande.";
    private const string Awaiting = "avis.attente.";
    private const int MostTold = 20;

    /// <summary>Sends what <paramref name="make"/> writes unless that account got too many mails; saves <paramref name="db"/> in any case.</summary>
    public Task RequestedAsync(AppDbContext db, Member member, Func<AccountMail> make, CancellationToken cancellation) =>
        BoundedAsync(db, Requested, m => m.MemberId == member.Id, () => Task.FromResult(make()), cancellation);

    /// <summary>Sends what <paramref name="make"/> writes to an address that is not the account's yet, unless the account or that address got too many mails.</summary>
    public Task ToNewAddressAsync(AppDbContext db, Member member, string to, Func<Task<AccountMail>> make, CancellationToken cancellation)
    {
        // In whatever case it was typed, it is the same mailbox.
        var folded = to.ToUpperInvariant();
#pragma warning disable CA1304, CA1311, CA1862 // The database compares, and knows no cultures.
        return BoundedAsync(db, Requested, m => m.MemberId == member.Id || m.ToAddress.ToUpper() == folded, make, cancellation);
#pragma warning restore CA1304, CA1311, CA1862
    }

    /// <summary>Sends a notice of something that was only asked for. Bounded too, and counted apart: whoever used up the mails of a form must not thereby silence it.</summary>
    public Task AskedAsync(AppDbContext db, AccountMail notice, CancellationToken cancellation) =>
        BoundedAsync(db, Asked, m => m.MemberId == notice.Member.Id, () => Task.FromResult(notice), cancellation);

    /// <summary>Tells the administrators that an account waits for them. Bounded like the rest: many newcomers are one reason to look. Not within a transaction.</summary>
    public async Task AwaitingAsync(AppDbContext db, Member newcomer, CancellationToken cancellation)
    {
        var page = platform.Absolute("/administration/membres?etat=attente");
        var admins = await db.Members.Where(m => m.IsAdmin && m.State == MemberState.Active).OrderBy(m => m.CreatedAt).Take(MostTold).ToListAsync(cancellation);
        foreach (var admin in admins)
            await BoundedAsync(db, Awaiting, m => m.MemberId == admin.Id, () => Task.FromResult(AccountNotices.Awaiting(admin, newcomer, page)), cancellation);
    }

    // Not within a transaction: whoever waits for the gate must hold nothing that its holder waits for.
    private async Task BoundedAsync(AppDbContext db, string prefix, Expression<Func<MailRow, bool>> counted, Func<Task<AccountMail>> make, CancellationToken cancellation)
    {
        // One at a time, so that requests in parallel are counted too.
        await _gate.WaitAsync(cancellation);
        try
        {
            var since = clock.GetUtcNow().UtcDateTime - TimeSpan.FromHours(1);
            var sent = await db.Mails.Where(counted).CountAsync(m => m.Kind.StartsWith(prefix) && m.CreatedAt > since, cancellation);
            if (sent >= MostPerHour) await db.SaveChangesAsync(cancellation);
            else await outbox.AddAsync(db, [await RowAsync(await make(), prefix, cancellation)], cancellation);
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

    // Whoever has the link to the settings changes them: it goes to no address that is not shown to be the member's, nor to one that is so no more.
    private static bool IsOwn(AccountMail mail) => mail.Member.State == MemberState.Active && string.Equals(mail.To, mail.Member.Email, StringComparison.OrdinalIgnoreCase);

    private async Task<MailRow> RowAsync(AccountMail mail, string prefix, CancellationToken cancellation)
    {
        var choices = await settings.ReadAsync(cancellation);
        var content = new MailContent
        {
            Preheader = mail.Before[0],
            Context = choices.Name,
            Title = mail.Subject,
            Blocks = [new MailParagraph(MembersTexts.MailGreeting.With(mail.Member.Name)), .. mail.Before.Select(p => new MailParagraph(p)), .. mail.Button is { } b ? [new MailButton(b.Text, b.Address.AbsoluteUri)] : Array.Empty<MailBlock>(), .. mail.After.Select(p => new MailParagraph(p))],
            Reason = MembersTexts.MailReason.With(choices.Name),
            FooterLinks = IsOwn(mail) ? foot.OfMember(mail.Member.Id) : [MailFoot.Help],
        };
        return await writer.WriteAsync(new()
        {
            UniqueKey = $"{prefix}{mail.Kind}.{mail.Id:N}",
            Kind = prefix + mail.Kind,
            MessageId = writer.IdOf($"{prefix}{mail.Id:N}"),
            To = new(mail.Member.Id, mail.To, mail.Member.Name),
            Content = content,
            Sorting = new() { Reason = "compte", ListName = choices.Name, ListKey = "compte", Archive = platform.Absolute("/moi/compte") },
        });
    }
}
