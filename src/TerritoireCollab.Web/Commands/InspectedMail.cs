using TerritoireCollab.Mime.Classifying;
using TerritoireCollab.Mime.Reading;
using TerritoireCollab.Mime.Trimming;

namespace TerritoireCollab.Web.Commands;

/// <summary>What is printed of a mail. Its HTML is never published, so that it is never printed either.</summary>
internal sealed record InspectedMail(string Input, bool Ok, string? Error)
{
    public string? Kind { get; init; }

    public string? From { get; init; }

    public IReadOnlyList<string> To { get; init; } = [];

    public string? Subject { get; init; }

    public string? MessageId { get; init; }

    public string? InReplyTo { get; init; }

    public IReadOnlyList<string> References { get; init; } = [];

    public DateTime? Date { get; init; }

    public string? Text { get; init; }

    public string? Elided { get; init; }

    public string? Html { get; init; }

    public IReadOnlyList<InspectedAttachment> Attachments { get; init; } = [];

    public InspectedBounce? Bounce { get; init; }

    public static InspectedMail Refused(string input, string error) => new(input, false, error);

    /// <summary>A body that came without its mail is an answer to be trimmed.</summary>
    public static InspectedMail OfBody(string input, TrimmedReply reply) => new(input, true, null) { Kind = KindOf(MailKind.Reply), Text = reply.Text, Elided = reply.Elided };

    public static InspectedMail Of(string input, IncomingMail mail, MailVerdict verdict, TrimmedReply reply) => new(input, true, null)
    {
        Kind = KindOf(verdict.Kind),
        From = mail.From?.Address,
        To = [.. mail.To.Select(a => a.Address)],
        Subject = mail.Subject,
        MessageId = mail.MessageId,
        InReplyTo = mail.InReplyTo,
        References = mail.References,
        Date = mail.Date?.UtcDateTime,
        Text = reply.Text,
        Elided = reply.Elided,
        Attachments = [.. mail.Attachments.Select(a => new InspectedAttachment(a.Name, a.Type, a.Length))],
        // Of several recipients the one who is to get no more mail comes first.
        Bounce = verdict.Bounces.OrderByDescending(b => b.IsHard).FirstOrDefault() is { } bounce ? InspectedBounce.Of(bounce) : null,
    };

    private static string KindOf(MailKind kind) => kind switch
    {
        MailKind.AutoReply => "auto-reply",
        _ => kind.ToString().ToLowerInvariant(),
    };
}

/// <summary>What is printed of a file.</summary>
internal sealed record InspectedAttachment(string Name, string Type, long Length);

/// <summary>What is printed of a mail that was not delivered.</summary>
internal sealed record InspectedBounce(string? Recipient, string? Status, string? Diagnostic, bool Hard, string Reason)
{
    public static InspectedBounce Of(BouncedRecipient bounce) => new(bounce.Recipient, bounce.Status, bounce.Diagnostic, bounce.IsHard, bounce.Reason.ToString());
}
