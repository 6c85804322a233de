using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Mime;
using TerritoireCollab.Mime.Dkim;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Platform.Mail;

/// <summary>A message with its envelope.</summary>
/// <param name="Sender">Where bounces go.</param>
/// <param name="Recipient">Who gets it.</param>
/// <param name="Bytes">The message.</param>
public sealed record AssembledMail(Mailbox Sender, Mailbox Recipient, byte[] Bytes);

/// <summary>Makes the message of a frozen row: same row, same bytes.</summary>
public sealed class MailAssembler(MailOptions options, TimeZoneInfo zone, AppDb database, FileStore store) : IDisposable
{
    /// <summary>Most bytes of files that go with one mail.</summary>
    public const long MostFileBytes = 2 * 1024 * 1024;

    private readonly DkimSigner? _signer = options.Dkim is { } dkim ? new DkimSigner(dkim.Domain, dkim.Selector, File.ReadAllText(dkim.KeyFile)) : null;

    private const string UnsubscribeField = "List-Unsubscribe";
    private const string Text = "text/plain";

    /// <summary>The message of <paramref name="mail"/>.</summary>
    /// <exception cref="ArgumentException">An address or a header cannot be written.</exception>
    public async Task<AssembledMail> AssembleAsync(MailRow mail, CancellationToken cancellation)
    {
        var message = Message(mail) with { Attachments = mail.Files is { Length: > 0 } keys ? await FilesAsync(mail, keys, cancellation) : [] };
        var bytes = MimeWriter.ToBytes(message);
        return new(Own(MailAddresses.Bounces, mail) ?? new Mailbox(options.From), message.To, _signer?.Sign(bytes, message.Date) ?? bytes);
    }

    /// <inheritdoc />
    public void Dispose() => _signer?.Dispose();

    private OutgoingMail Message(MailRow mail) => new()
    {
        From = new Mailbox(options.From, mail.FromName),
        To = new Mailbox(mail.ToAddress, mail.ToName),
        ReplyTo = Own(MailAddresses.Answers, mail),
        Subject = mail.Subject,
        Date = TimeZoneInfo.ConvertTime(new DateTimeOffset(mail.CreatedAt, TimeSpan.Zero), zone),
        MessageId = mail.MessageId,
        InReplyTo = mail.InReplyTo,
        References = mail.References?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        Headers = [.. mail.Headers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Header(line, mail))],
        TextBody = mail.TextBody,
        HtmlBody = mail.HtmlBody,
        Calendar = mail.Calendar is { Length: > 0 } calendar ? new MailCalendar(calendar) : null,
    };

    // Only where mail comes in: elsewhere such an address would lead nowhere.
    private Mailbox? Own(string first, MailRow mail) => options.TakesMail && mail.Key is { } key ? new Mailbox(MailAddresses.Of(first, key, options)) : null;

    // List-Id keeps its phrase and its identifier apart, since only the phrase may hold accents: « phrase|identifier ».
    private MailHeader Header(string line, MailRow mail)
    {
        var (name, value) = (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        if (name == "List-Id" && value.Split('|') is [var phrase, var id]) return MailHeader.ListId(phrase, id);
        return name == UnsubscribeField && Own(MailAddresses.Unsubscriptions, mail) is { } leave
            ? new MailHeader(name, $"{value}, <mailto:{Uri.EscapeDataString(leave.LocalPart)}@{leave.Domain}>")
            : new MailHeader(name, value);
    }

    // Read as the recipient: a file whose content he may not read any more is left out, as is one that is gone.
    private async Task<IReadOnlyList<MailAttachment>> FilesAsync(MailRow mail, string keys, CancellationToken cancellation)
    {
        var ids = keys.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(k => Guid.TryParse(k, out var id) ? id : Guid.Empty).ToList();
        await using var db = database.Open(mail.MemberId is { } member ? Viewer.Member(member) : Viewer.Anonymous);
        var found = await db.Attachments.Where(a => ids.Contains(a.FileId)).OrderBy(a => a.CreatedAt)
            .Select(a => new { a.FileId, a.Name, a.File!.Sha256, a.File.Length, a.File.ContentType }).ToListAsync(cancellation);
        var files = found.DistinctBy(f => f.FileId).Select(f => new Enclosed(f.FileId, f.Name, f.Sha256, f.Length, f.ContentType)).Concat(await LooseAsync(ids, cancellation));
        var (attachments, left) = (new List<MailAttachment>(), MostFileBytes);
        foreach (var file in files.OrderBy(f => ids.IndexOf(f.Id)))
        {
            if (file.Length > left || await ContentAsync(file.Sha256, cancellation) is not { } content) continue;

            left -= file.Length;
            attachments.Add(new MailAttachment(file.Name, Carried(file.ContentType), content));
        }

        return attachments;
    }

    // Files that hang on no content, such as the mail that a refusal gives back: whoever queued the mail chose them for that recipient.
    private async Task<IReadOnlyList<Enclosed>> LooseAsync(List<Guid> ids, CancellationToken cancellation)
    {
        string[] trash = [AppDbContext.DeletedFilter];
        await using var db = database.Open(Viewer.System);
        var loose = await db.Files.Where(f => ids.Contains(f.Id) && !db.Attachments.IgnoreQueryFilters(trash).Any(a => a.FileId == f.Id)).ToListAsync(cancellation);
        return [.. loose.Select(f => new Enclosed(f.Id, LooseName(f.ContentType), f.Sha256, f.Length, f.ContentType == Text ? Text + "; charset=utf-8" : f.ContentType))];
    }

    private static string LooseName(string type) => type switch
    {
        "message/rfc822" => PlatformTexts.MailFileOriginal,
        Text => PlatformTexts.MailFileText,
        _ => PlatformTexts.MailFileOther,
    };

    private async Task<byte[]?> ContentAsync(string hash, CancellationToken cancellation)
    {
        try
        {
            await using var stream = await store.OpenAsync(hash, cancellation);
            var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, cancellation);
            return bytes.ToArray();
        }
        catch (Exception failure) when (failure is NotFoundException or FileHeldException)
        {
            return null;
        }
    }

    // A message inside a message must not be in base64 (RFC 2045, 6.4); a file is always.
    private static string Carried(string type) => type.StartsWith("message/", StringComparison.Ordinal) || type.StartsWith("multipart/", StringComparison.Ordinal) ? "application/octet-stream" : type;

    private sealed record Enclosed(Guid Id, string Name, string Sha256, long Length, string ContentType);
}
