using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Mime.Classifying;
using TerritoireCollab.Mime.Reading;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Gateway.Taking;

/// <summary>
/// Stores a mail before anything is done with it: its bytes, and one row for each of our addresses that it was sent to. A server that hands it
/// over again finds the rows there.
/// </summary>
internal sealed class KeepMail(AppDb database, FileStore store, OurAddresses addresses, TimeProvider clock)
{
    private const int LongestId = 900;
    private const int LongestAddress = 254;
    private const int LongestName = 200;
    private const int LongestSubject = 400;

    /// <summary>Stores it.</summary>
    /// <returns>Whether it is a mail at all.</returns>
    public async Task<bool> ExecuteAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellation)
    {
        var mail = MailReader.Read(raw);
        if (mail.Fields.Count == 0) return false;

        var stored = await StoreAsync(raw, cancellation);
        var (kind, recipients) = ((int)MailClassifier.Classify(mail).Kind, addresses.RecipientsOf(mail));
        var isTooMany = recipients.Count > OurAddresses.Most;
        foreach (var recipient in recipients.Take(isTooMany ? 1 : OurAddresses.Most)) await AddAsync(mail, kind, recipient, isTooMany, raw, stored, cancellation);
        return true;
    }

    // Larger than any file may be: the row tells of it, without the bytes.
    private async Task<StoredBytes?> StoreAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellation)
    {
        try
        {
            await using var bytes = new MemoryStream(raw.ToArray(), writable: false);
            return await store.AddAsync(bytes, "courriel.eml", cancellation);
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }

    private async Task AddAsync(IncomingMail mail, int kind, string recipient, bool isToTooMany, ReadOnlyMemory<byte> raw, StoredBytes? stored, CancellationToken cancellation)
    {
        var from = Emails.Normalize(mail.From?.Address);
        var key = UniqueKeyOf(mail.MessageId, from, recipient, raw);
        try
        {
            await database.TransactAsync(Viewer.System, async (db, token) =>
            {
                if (await db.ReceivedMails.AnyAsync(m => m.UniqueKey == key, token)) return false;

                var now = clock.GetUtcNow().UtcDateTime;
                var file = stored is null ? null : await AttachmentWriter.StoredFileAsync(db, stored, now, token);
                db.ReceivedMails.Add(new ReceivedMail
                {
                    UniqueKey = key,
                    MessageId = mail.MessageId is { Length: > 0 and <= LongestId } id ? id : null,
                    ReceivedAt = now,
                    FromAddress = Cut(from, LongestAddress),
                    FromName = mail.From?.Name is { Length: > 0 } name ? Cut(MailSorting.OneLine(name), LongestName) : null,
                    Recipient = Cut(recipient, LongestAddress),
                    Subject = Excerpt.Cut(MailSorting.OneLine(mail.Subject), LongestSubject),
                    Kind = kind,
                    Cause = stored is null ? (int)MailRefusal.TooLong : isToTooMany ? (int)MailRefusal.TooManyRecipients : null,
                    RawFileId = file?.Id,
                });
                await db.SaveChangesAsync(token);
                return true;
            }, cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // Another process stored it at the same moment.
        }
    }

    private static string UniqueKeyOf(string? messageId, string from, string recipient, ReadOnlyMemory<byte> raw) => Convert.ToHexStringLower(string.IsNullOrEmpty(messageId)
        ? SHA256.HashData([.. Encoding.UTF8.GetBytes(recipient + "\n"), .. raw.Span])
        : SHA256.HashData(Encoding.UTF8.GetBytes($"{messageId}\n{from}\n{recipient}")));

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
