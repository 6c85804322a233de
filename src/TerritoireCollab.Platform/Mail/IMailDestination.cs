using System.Text;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;

namespace TerritoireCollab.Platform.Mail;

/// <summary>What a content or a comment keeps of the mail that it came by.</summary>
/// <param name="MessageId">Identifier of the mail without angle brackets, or null when no header of ours can hold it.</param>
/// <param name="Elided">Quotes and signature that were cut off, plain text; null when nothing was.</param>
public sealed record MailOrigin(string? MessageId, string? Elided)
{
    /// <summary>Longest identifier that is kept, in characters.</summary>
    public const int LongestId = 200;
}

/// <summary>A mail that a member wrote to an address of a tool.</summary>
public sealed record ArrivedMail
{
    /// <summary>Key of the mail: what is made of it takes the same, so that treating it twice publishes once.</summary>
    public required Guid Id { get; init; }

    /// <summary>The member.</summary>
    public required Viewer Sender { get; init; }

    /// <summary>What stands before the @ of our address, in lower case.</summary>
    public required string LocalPart { get; init; }

    /// <summary>Subject without the marks of mail programs and lists; never empty.</summary>
    public required string Title { get; init; }

    /// <summary>What its author wrote now, Markdown; quotes and signature are in <see cref="Origin"/>.</summary>
    public required string Body { get; init; }

    /// <summary>Subject as it came.</summary>
    public required string Subject { get; init; }

    /// <summary>The whole text part as it came, or null.</summary>
    public string? Text { get; init; }

    /// <summary>The whole HTML part as it came, or null: nothing of it may be shown as HTML.</summary>
    public string? Html { get; init; }

    /// <summary>What is kept of the mail.</summary>
    public required MailOrigin Origin { get; init; }

    /// <summary>The address that it came from, as the mail has it.</summary>
    public string SenderAddress { get; init; } = "";

    /// <summary>The name beside that address, or null.</summary>
    public string? SenderName { get; init; }

    /// <summary>Its iCalendar parts, octet for octet; only for a tool that takes them.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Calendars { get; init; } = [];

    /// <summary>Its files, stored.</summary>
    public IReadOnlyList<ReceivedFile> Files { get; init; } = [];
}

/// <summary>What became of a mail to a tool.</summary>
/// <param name="GroupId">The group.</param>
/// <param name="ItemId">The content made of it; null when there are several, or none.</param>
/// <param name="Reply">What to answer its author; null to answer nothing.</param>
public sealed record DeliveredMail(Guid GroupId, Guid? ItemId, MailReply? Reply = null);

/// <summary>What is answered to the author of a mail, in plain text.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="Lines">What became of each link of the mail, in their order.</param>
/// <param name="After">A last sentence, or null.</param>
public sealed record MailReply(string Text, IReadOnlyList<MailReplyLine> Lines, string? After = null)
{
    /// <summary>The same as one text, each address below its words.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Text);
        if (Lines.Count > 0) text.Append('\n');
        foreach (var line in Lines) text.Append("\n- ").Append(line.Words).Append("\n  ").Append(line.Address);
        if (After is not null) text.Append("\n\n").Append(After);
        return text.ToString();
    }
}

/// <summary>A line of it.</summary>
/// <param name="Words">What became of the link.</param>
/// <param name="Address">Where the link leads.</param>
public sealed record MailReplyLine(string Words, string Address);

/// <summary>A tool that takes mail at addresses of its own. Found by injection: the gateway knows no tool.</summary>
public interface IMailDestination
{
    /// <summary>Whether a mail to that address is for this tool, by its form alone: whether there is such a group is asked later, as the sender.</summary>
    bool Takes(string localPart);

    /// <summary>Whether an empty text may be delivered: a mail that is forwarded says nothing of its own.</summary>
    bool TakesWithoutWords => false;

    /// <summary>
    /// Whether it takes the answers of calendars: from people without an account too, whose <see cref="ArrivedMail.Sender"/> is nobody, and though a program
    /// wrote them. It sees to it itself that the sender is who may answer.
    /// </summary>
    bool TakesCalendars => false;

    /// <summary>Part of the address of the group where such mail goes, or null when the form of the address names none.</summary>
    string? GroupOf(string localPart);

    /// <summary>Makes of it what the tool makes of mails, with the sender's rights.</summary>
    /// <exception cref="MailRefusedException">It may not be, for a cause that the sender is told.</exception>
    /// <exception cref="InvalidInputException">It breaks a rule of the tool.</exception>
    Task<DeliveredMail> DeliverAsync(ArrivedMail mail, CancellationToken cancellation);
}
