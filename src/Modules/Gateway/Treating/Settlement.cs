using TerritoireCollab.Gateway.Answering;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Treating;

/// <summary>What became of a mail, and what is written back.</summary>
/// <param name="Outcome">What became of it.</param>
internal sealed record Settlement(ReceivedOutcome Outcome)
{
    /// <summary>Why it was refused, in whole or in part.</summary>
    public MailRefusal? Cause { get; init; }
    /// <summary>What a person should know besides.</summary>
    public string? Detail { get; init; }
    /// <summary>The member who sent it.</summary>
    public Guid? MemberId { get; init; }
    /// <summary>The group it is about.</summary>
    public Guid? GroupId { get; init; }
    /// <summary>The content.</summary>
    public Guid? ItemId { get; init; }
    /// <summary>The comment.</summary>
    public Guid? CommentId { get; init; }
    /// <summary>What its author wrote, for a refusal that gives it back.</summary>
    public string? Written { get; init; }
    /// <summary>All the text that came, as it came, quotes and signature too; null where there was none. A refusal gives it back.</summary>
    public string? Original { get; init; }
    /// <summary>What is written back; a refusal is, unless it must not be.</summary>
    public MailBack? Back { get; init; }
    /// <summary>Whether nothing may be written back: a machine sent it, or somebody under another's name.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Refused.</summary>
    public static Settlement Refused(MailRefusal cause, string? written = null) => new(ReceivedOutcome.Refused) { Cause = cause, Written = written };

    /// <summary>Counted and left.</summary>
    public static Settlement Counted(string detail) => new(ReceivedOutcome.Counted) { Detail = detail, IsSilent = true };
}
