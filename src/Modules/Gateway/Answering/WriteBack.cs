using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Gateway.Resources;
using TerritoireCollab.Gateway.Treating;
using TerritoireCollab.Mime;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Resources;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Gateway.Answering;

/// <summary>Writes the mails that go back: what the sender wrote, and nothing of anybody else.</summary>
internal sealed class WriteBack(AppDb database, FileStore store, MailWriter writer, MailFoot foot, PlatformSettings settings, PlatformOptions platform, TimeProvider clock)
{
    /// <summary>Kind of the mails that refuse.</summary>
    public const string RefusalKind = "reception.refus";

    /// <summary>Kind of the mails that ask whether a mail is from its sender.</summary>
    public const string ConfirmKind = "reception.confirmation";

    /// <summary>Kind of the mails that give the link to get no more.</summary>
    public const string UnsubscribeKind = "reception.desabonnement";

    /// <summary>Kind of the mails that say what became of what was sent.</summary>
    public const string ReplyKind = "reception.accuse";

    // Programs cut long mails: what is quoted is cut before, since the whole goes with it as a file.
    private const int LongestWritten = 20_000;
    private const int ShownOfSubject = 120;

    /// <summary>The refusal of a mail; null when there is nobody to write to.</summary>
    public MailBack? Refusal(ReceivedMail mail, MailRefusal cause, Settlement end) => !Emails.IsUsable(mail.FromAddress) ? null
        : new(MailBackKind.Refusal, mail.FromAddress.ToLowerInvariant(), mail.FromName) { MemberId = end.MemberId, Words = RefusalWords.Of(cause, end.Detail), Written = end.Written };

    /// <summary>The row of the outbox.</summary>
    public async Task<MailRow> RowAsync(ReceivedMail mail, MailBack back, Settlement end, CancellationToken cancellation)
    {
        var name = (await settings.ReadAsync(cancellation)).Name;
        var (kind, title) = KindOf(back);
        var content = new MailContent
        {
            Preheader = FirstLine(back.Words?.Text ?? title),
            Context = name,
            Title = title,
            Blocks = [.. Blocks(mail, back, end)],
            Reason = GatewayTexts.BackReason.With(name),
            FooterLinks = [MailFoot.Help, .. await SettingsAsync(back.To, cancellation)],
        };
        var parent = mail.MessageId is { Length: <= MailOrigin.LongestId } id && MessageIds.IsUsable(id) && back.Kind != MailBackKind.Confirm ? id : null;
        return await writer.WriteAsync(new()
        {
            UniqueKey = $"{kind}:{mail.Id:N}:{mail.Attempts}",
            Kind = kind,
            MessageId = writer.IdOf($"reception.{mail.Id:N}.{mail.Attempts}"),
            References = parent is null ? [] : [parent],
            Priority = 1,
            // No member's: whoever wrote is told what became of it, though he wants no mail, or his account is suspended.
            To = new(null, back.To, back.Name ?? ""),
            Content = content,
            Sorting = new() { Reason = "reception", ListName = name, ListKey = "reception", Archive = platform.Absolute("/aide/courriel"), IsAnswer = true },
            Files = GivesBack(back, end) ? [await StoreAsync(end.Original!, cancellation)] : [],
        });
    }

    private static bool GivesBack(MailBack back, Settlement end) => back.Kind == MailBackKind.Refusal && end is { Outcome: not ReceivedOutcome.Published, Original: { } text } && Encoding.UTF8.GetByteCount(text) <= MailAssembler.MostFileBytes;

    // To whose mailbox it goes, whoever wrote: the link changes that member's settings.
    private async Task<IReadOnlyList<MailLink>> SettingsAsync(string to, CancellationToken cancellation)
    {
        var address = Emails.Normalize(to);
        await using var db = database.Open(Viewer.System);
        return await db.Members.Where(m => m.NormalizedEmail == address && m.State == MemberState.Active).Select(m => (Guid?)m.Id).FirstOrDefaultAsync(cancellation) is { } member ? foot.OfMember(member) : [];
    }

    private async Task<Guid> StoreAsync(string text, CancellationToken cancellation)
    {
        await using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false);
        var stored = await store.AddAsync(bytes, PlatformTexts.MailFileText, cancellation);
        await using var db = database.Open(Viewer.System);
        var file = await AttachmentWriter.StoredFileAsync(db, stored, clock.GetUtcNow().UtcDateTime, cancellation);
        await db.SaveChangesAsync(cancellation);
        return file.Id;
    }

    private static (string Kind, string Title) KindOf(MailBack back) => back.Kind switch
    {
        MailBackKind.Confirm => (ConfirmKind, GatewayTexts.ConfirmMailTitle),
        MailBackKind.Unsubscribe => (UnsubscribeKind, GatewayTexts.StopMailTitle),
        MailBackKind.Reply => (ReplyKind, back.Words!.Value.Title),
        _ => (RefusalKind, back.Words!.Value.Title),
    };

    private static IEnumerable<MailBlock> Blocks(ReceivedMail mail, MailBack back, Settlement end)
    {
        yield return new MailParagraph(back.Kind switch
        {
            MailBackKind.Confirm => GatewayTexts.ConfirmMailText,
            MailBackKind.Unsubscribe => GatewayTexts.StopMailText,
            _ => back.Words!.Value.Text,
        });
        foreach (var block in back.More) yield return block;
        if (back.Button is var (label, address)) yield return new MailButton(label, address);
        if (back.Kind == MailBackKind.Confirm) yield return new MailParagraph(GatewayTexts.ConfirmMailElse);
        // The words of somebody else, when he writes in the member's name, are shown on the page alone.
        if (back.Kind is MailBackKind.Confirm or MailBackKind.Unsubscribe) yield break;

        if (mail.Subject.Length > 0) yield return new MailParagraph(GatewayTexts.YourSubject.With(Excerpt.Cut(mail.Subject, ShownOfSubject)));
        if (end.Outcome != ReceivedOutcome.Published && back.Written is { Length: > 0 } written)
        {
            yield return new MailHeading(GatewayTexts.YourText);
            yield return new MailQuote(Excerpt.Cut(written, LongestWritten));
        }

        if (GivesBack(back, end)) yield return new MailParagraph(GatewayTexts.WholeAttached);
    }

    private static string FirstLine(string text) => Excerpt.Cut(text.Split('\n')[0], 120);
}
