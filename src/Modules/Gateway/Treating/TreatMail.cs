using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Gateway.Taking;
using TerritoireCollab.Mime.Classifying;
using TerritoireCollab.Mime.Reading;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Gateway.Treating;

/// <summary>A mail being treated.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Mail">The mail as read.</param>
/// <param name="Verdict">What it is.</param>
/// <param name="Address">Which of our addresses it was sent to.</param>
internal sealed record Treated(ReceivedMail Row, IncomingMail Mail, MailVerdict Verdict, OurAddress Address)
{
    /// <summary>Whether the sender has confirmed from the site that the mail is from him.</summary>
    public bool IsConfirmed { get; init; }
}

/// <summary>Decides what becomes of a mail, by what it is and by where it was sent. Treating it again comes to the same end.</summary>
internal sealed class TreatMail(AppDb database, FileStore store, OurAddresses addresses, TakeReport reports, StopByMail stops, PublishAnswer answers, DeliverMail deliveries, SenderTrust trust)
{
    /// <summary>What becomes of it.</summary>
    public Task<Settlement> ExecuteAsync(ReceivedMail row, CancellationToken cancellation) => ExecuteAsync(row, isConfirmed: false, cancellation);

    /// <summary>What becomes of it, once its sender has confirmed that it is from him.</summary>
    public async Task<Settlement> ExecuteAsync(ReceivedMail row, bool isConfirmed, CancellationToken cancellation)
    {
        if (await ReadAsync(row, cancellation) is not { } mail) return Settlement.Refused((MailRefusal)(row.Cause ?? (int)MailRefusal.Unreadable));

        var treated = new Treated(row, mail, MailClassifier.Classify(mail), OurAddress.Of(row.Recipient)) { IsConfirmed = isConfirmed };
        if (await IsOursAsync(mail, treated.Verdict, cancellation)) return Settlement.Counted("a mail of ours came back");

        var end = await DecideAsync(treated, cancellation);
        // Nothing is written back to whom our server says did not write.
        return end with { Original = OriginalOf(mail), IsSilent = end.IsSilent || (end.Outcome == ReceivedOutcome.Refused && !isConfirmed && (mail.ReturnPath is "" || addresses.IsOurs(row.FromAddress) || row.FromAddress.Length == 0 || trust.IsDoubtful(mail))) };
    }

    private Task<Settlement> DecideAsync(Treated treated, CancellationToken cancellation) => (treated.Verdict.Kind, treated.Address.Kind) switch
    {
        // Calendars mark their answers in many ways as written by a program.
        (MailKind.AutoReply or MailKind.Other or MailKind.Unsubscribe, OurAddressKind.Other) when IsCalendarAnswer(treated) => deliveries.ExecuteAsync(treated, cancellation),
        (MailKind.Bounce or MailKind.Complaint or MailKind.AutoReply, _) => reports.ExecuteAsync(treated, cancellation),
        (MailKind.Other, _) when !IsLetter(treated.Mail) => Task.FromResult(Settlement.Counted(treated.Verdict.Cause)),
        (_, OurAddressKind.Unsubscribe) => stops.ByAddressAsync(treated, cancellation),
        (MailKind.Unsubscribe, _) => stops.ByWordsAsync(treated, cancellation),
        (_, OurAddressKind.Answer) => answers.ExecuteAsync(treated, cancellation),
        (_, OurAddressKind.Returns) => Task.FromResult(Settlement.Refused(MailRefusal.TakesNone)),
        _ => deliveries.ExecuteAsync(treated, cancellation),
    };

    private bool IsCalendarAnswer(Treated treated) => addresses.DestinationOf(treated.Address.LocalPart) is { TakesCalendars: true }
        && treated.Mail.Parts.Any(p => p.Type == "text/calendar" && string.Equals(p.Parameters.GetValueOrDefault("method"), "REPLY", StringComparison.OrdinalIgnoreCase));

    private static string? OriginalOf(IncomingMail mail)
    {
        var text = string.IsNullOrWhiteSpace(mail.Text) && mail.Html is { } html ? PlainText.FromHtml(html) : mail.Text;
        return string.IsNullOrWhiteSpace(text) ? null : text.ReplaceLineEndings("\n");
    }

    // Somebody who sent nothing but a signature, or nothing at all, is told so.
    private static bool IsLetter(IncomingMail mail) => mail.From is not null && mail.Parts.All(p => p.Within != "multipart/report");

    /// <summary>The mail of a row; null when its bytes are not there any more.</summary>
    public async Task<IncomingMail?> ReadAsync(ReceivedMail row, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var sha = row.RawFileId is null ? null : await db.Files.Where(f => f.Id == row.RawFileId).Select(f => f.Sha256).FirstOrDefaultAsync(cancellation);
        if (sha is null) return null;

        await using var bytes = await store.OpenKeptAsync(sha, cancellation) ?? throw new NotFoundException();
        using var raw = new MemoryStream();
        await bytes.CopyToAsync(raw, cancellation);
        return MailReader.Read(raw.ToArray());
    }

    // A report on a mail of ours holds our mail, but is not ours.
    private async Task<bool> IsOursAsync(IncomingMail mail, MailVerdict verdict, CancellationToken cancellation)
    {
        if (verdict.Kind is MailKind.Bounce or MailKind.Complaint) return false;
        if (mail.Header("X-Territoire-Raison") is not null || (mail.From is { } from && addresses.IsOurs(from.Address))) return true;
        if (mail.MessageId is not { Length: > 0 and <= 900 } id) return false;

        await using var db = database.Open(Viewer.System);
        // Our copies of what came by mail keep the Message-ID that their author's program gave.
        return await db.Mails.AnyAsync(m => m.MessageId == id, cancellation) && !await db.PostedByMail.AnyAsync(p => p.MessageId == id, cancellation);
    }
}
