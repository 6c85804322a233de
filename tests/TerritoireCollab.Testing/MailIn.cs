using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using Incoming = TerritoireCollab.Platform.Mail.ReceivedMail;

namespace TerritoireCollab.Testing;

/// <summary>Mails as people and machines send them to a running instance, through the folder that it watches.</summary>
public static class MailIn
{
    /// <summary>Settings of an instance to which mail comes in.</summary>
    public static readonly (string Key, string Value)[] Settings =
    [
        ("Territoire:Mail:Inbox", "Folder"), ("Territoire:Mail:From", "espace@essai.invalid"), ("Territoire:Mail:ReplyDomain", "essai.invalid"), ("Territoire:Mail:AuthServId", "mx.essai.invalid"),
    ];

    private static int _count;

    /// <summary>Folder that mails are put into.</summary>
    public static string InboxOf(this Instance instance) => Path.Combine(instance.Folder, "mail-in");

    /// <summary>Puts a mail into the folder whole, as a mail server does.</summary>
    public static async Task DropAsync(this Instance instance, byte[] raw)
    {
        Directory.CreateDirectory(instance.InboxOf());
        var path = Path.Combine(instance.InboxOf(), $"{Interlocked.Increment(ref _count):D6}.tmp");
        await File.WriteAllBytesAsync(path, raw);
        File.Move(path, Path.ChangeExtension(path, ".eml"));
    }

    /// <summary>Takes and treats all that is there, as the workers do, and lets leave what was decided.</summary>
    public static async Task TakeMailAsync(this Instance instance)
    {
        await instance.TreatMailAsync();
        await instance.SettleAsync();
    }

    /// <summary>Takes and treats all that is there; nothing leaves.</summary>
    public static async Task TreatMailAsync(this Instance instance)
    {
        foreach (var worker in instance.Services.GetService<IEnumerable<IWorker>>().Where(w => w.GetType().Namespace!.StartsWith("TerritoireCollab.Gateway", StringComparison.Ordinal))) await worker.RunOnceAsync(default);
    }

    /// <summary>Sends a mail, has it treated, and gives what became of it.</summary>
    public static async Task<Incoming> SendAsync(this Instance instance, SentMail mail)
    {
        await instance.DropAsync(mail.ToBytes());
        await instance.TakeMailAsync();
        return await instance.ReceivedAsync(mail);
    }

    /// <summary>What became of a mail.</summary>
    public static async Task<Incoming> ReceivedAsync(this Instance instance, SentMail mail)
    {
        await using var db = instance.Open(Viewer.System);
        return await db.ReceivedMails.AsNoTracking().SingleAsync(m => m.MessageId == mail.MessageId);
    }

    /// <summary>The last mail decided on for a member.</summary>
    public static async Task<MailRow> LastMailAsync(this Instance instance, Member member) => (await instance.LettersAsync(member.Email))[^1];

    /// <summary>Where answers to a mail of ours go.</summary>
    public static string AnswerTo(this MailRow mail) => $"reponse+{mail.Key}@essai.invalid";
}

/// <summary>A mail that somebody sends; what is not said is what an ordinary mail program writes.</summary>
public sealed record SentMail
{
    private static int _count;

    /// <summary>Address of the sender.</summary>
    public required string From { get; init; }

    /// <summary>Name of the sender.</summary>
    public string Name { get; init; } = "";

    /// <summary>Address it is sent to.</summary>
    public required string To { get; init; }

    /// <summary>Subject.</summary>
    public string Subject { get; init; } = "Re: Un fil";

    /// <summary>Text.</summary>
    public string Text { get; init; } = "";

    /// <summary>HTML; the mail then has two parts, or this one alone when there is no text.</summary>
    public string? Html { get; init; }

    /// <summary>Files: name, type, content.</summary>
    public IReadOnlyList<(string Name, string Type, byte[] Content)> Files { get; init; } = [];

    /// <summary>Further header fields, written first.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Identifier of the mail that is answered.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Identifier.</summary>
    public string MessageId { get; init; } = $"{Interlocked.Increment(ref _count)}.{Guid.NewGuid():N}@poste.invalid";

    /// <summary>The mail as it goes over the wire.</summary>
    public byte[] ToBytes()
    {
        var head = new StringBuilder();
        foreach (var header in Headers) head.Append(header).Append("\r\n");
        head.Append(Name.Length == 0 ? $"From: {From}\r\n" : $"From: =?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(Name))}?= <{From}>\r\n").Append("To: ").Append(To).Append("\r\nSubject: =?utf-8?B?").Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(Subject)))
            .Append("?=\r\nDate: Sat, 28 Nov 2026 10:00:00 +0100\r\nMessage-ID: <").Append(MessageId).Append(">\r\nMIME-Version: 1.0\r\n");
        if (InReplyTo is not null) head.Append("In-Reply-To: <").Append(InReplyTo).Append(">\r\nReferences: <").Append(InReplyTo).Append(">\r\n");
        return Encoding.UTF8.GetBytes(head + Body());
    }

    private string Body()
    {
        var text = Part("text/plain; charset=utf-8", Encoding.UTF8.GetBytes(Text));
        var main = Html is null ? text : Text.Length == 0 ? Part("text/html; charset=utf-8", Encoding.UTF8.GetBytes(Html)) : Multipart("alternative", [text, Part("text/html; charset=utf-8", Encoding.UTF8.GetBytes(Html))]);
        return Files.Count == 0 ? main : Multipart("mixed", [main, .. Files.Select(f => Part($"{f.Type}; name*=utf-8''{Uri.EscapeDataString(f.Name)}", f.Content, $"Content-Disposition: attachment; filename*=utf-8''{Uri.EscapeDataString(f.Name)}\r\n"))]);
    }

    private static string Part(string type, byte[] content, string more = "") =>
        $"Content-Type: {type}\r\n{more}Content-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)}\r\n";

    private static string Multipart(string kind, IEnumerable<string> parts)
    {
        var boundary = $"limite-{kind}";
        return $"Content-Type: multipart/{kind}; boundary=\"{boundary}\"\r\n\r\n" + string.Concat(parts.Select(p => $"--{boundary}\r\n{p}")) + $"--{boundary}--\r\n";
    }
}
