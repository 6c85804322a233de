using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Gateway.Answering;
using TerritoireCollab.Gateway.Treating;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Confirming;

/// <summary>A mail that waits for its sender.</summary>
/// <param name="Subject">Subject.</param>
/// <param name="Body">What it says: plain text.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Outcome">Where it stands.</param>
/// <param name="Refusal">Why it was not published after all.</param>
/// <param name="Address">Where it stands on the site, once published.</param>
internal sealed record ConfirmView(string Subject, string Body, DateTime ReceivedAt, ReceivedOutcome Outcome, (string Title, string Text)? Refusal, string? Address);

/// <summary>
/// Publishes a mail once the member in whose name it came says that it is from him. The sealed link, which went to that member's mailbox, is the
/// right to; looking at it changes nothing.
/// </summary>
internal sealed class ConfirmMail(AppDb database, ConfirmTokens tokens, TreatMail treat, SettleMail settle, MailWords words, TimeProvider clock)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>What the mail says.</summary>
    /// <exception cref="NotFoundException">Not a link of ours, too old, or its mail is gone.</exception>
    public async Task<ConfirmView> ReadAsync(string token, CancellationToken cancellation)
    {
        var row = await RowAsync(token, cancellation);
        var mail = await treat.ReadAsync(row, cancellation) ?? throw new NotFoundException();
        var refusal = row is { Outcome: ReceivedOutcome.Refused, Cause: { } cause } ? RefusalWords.Of((MailRefusal)cause, row.Detail) : ((string, string)?)null;
        return new(row.Subject, words.Read(mail).Body, row.ReceivedAt, row.Outcome, refusal, await AddressAsync(row, cancellation));
    }

    /// <summary>Publishes it, or refuses it like any other. Doing it again changes nothing.</summary>
    /// <exception cref="NotFoundException">Not a link of ours, too old, or its mail is gone.</exception>
    public async Task ExecuteAsync(string token, CancellationToken cancellation)
    {
        var row = await RowAsync(token, cancellation);
        if (!await ClaimAsync(row.Id, cancellation)) return;

        await settle.ExecuteAsync(row, await treat.ExecuteAsync(row, isConfirmed: true, cancellation), cancellation);
    }

    private async Task<bool> ClaimAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var until = clock.GetUtcNow().UtcDateTime + Lease;
        return await db.ReceivedMails.Where(m => m.Id == id && m.Outcome == ReceivedOutcome.ToConfirm)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Outcome, ReceivedOutcome.Waiting).SetProperty(m => m.LeaseUntil, until).SetProperty(m => m.Attempts, m => m.Attempts + 1), cancellation) == 1;
    }

    private async Task<ReceivedMail> RowAsync(string token, CancellationToken cancellation)
    {
        var id = tokens.Read(token) ?? throw new NotFoundException();
        await using var db = database.Open(Viewer.System);
        return await db.ReceivedMails.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id, cancellation) ?? throw new NotFoundException();
    }

    private async Task<string?> AddressAsync(ReceivedMail row, CancellationToken cancellation)
    {
        if (row is not { Outcome: ReceivedOutcome.Published, ItemId: { } item, MemberId: { } member }) return null;

        await using var db = database.Open(Viewer.Member(member));
        return await db.Items.Where(i => i.Id == item).Select(i => "/c/" + i.ShortId).FirstOrDefaultAsync(cancellation);
    }
}
