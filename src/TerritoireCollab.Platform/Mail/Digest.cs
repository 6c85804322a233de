namespace TerritoireCollab.Platform.Mail;

/// <summary>How often a summary comes.</summary>
public enum DigestKind
{
    /// <summary>Each day that the member chose.</summary>
    Daily = 0,
    /// <summary>Once a week.</summary>
    Weekly = 1,
}

/// <summary>
/// A summary that was due to a member. The row is written in the transaction of its mail, and is unique for member, kind and period: that is
/// what makes a second one impossible. Where nothing was new it is written too, without a mail.
/// </summary>
public sealed class Digest
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>How often it comes.</summary>
    public required DigestKind Kind { get; init; }

    /// <summary>The day it was due, <c>yyyy-MM-dd</c> on the territory's calendar.</summary>
    public required string Period { get; init; }

    /// <summary>It tells of what happened after.</summary>
    public required DateTime From { get; init; }

    /// <summary>It tells of what happened until then; the next begins here.</summary>
    public required DateTime Until { get; init; }

    /// <summary>Its mail; null when there was nothing to tell.</summary>
    public Guid? MailId { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTime CreatedAt { get; init; }
}

/// <summary>A content that a summary told of.</summary>
public sealed class DigestLine
{
    /// <summary>The summary.</summary>
    public required Guid DigestId { get; init; }

    /// <summary>The summary.</summary>
    public Digest Digest { get; init; } = null!;

    /// <summary>The content. Kept without a foreign key: what was told was told.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>Place in the summary from 1: its answers go to <c>reponse+KEY-PLACE@</c>.</summary>
    public required int Place { get; init; }
}
