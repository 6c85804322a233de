namespace TerritoireCollab.Platform.Mail;

/// <summary>Whether mail may go to an address.</summary>
public enum AddressState
{
    /// <summary>It may.</summary>
    Good = 0,
    /// <summary>Not before <see cref="AddressStanding.Until"/>: a full mailbox, a server in trouble.</summary>
    Paused = 1,
    /// <summary>No more: it does not exist.</summary>
    Stopped = 2,
    /// <summary>No more: its holder told his provider that our mail is unwanted.</summary>
    Complained = 3,
}

/// <summary>An address that did not take mail as it should, a member's or a reader's without an account.</summary>
public sealed class AddressStanding
{
    /// <summary>The address in capitals.</summary>
    public required string Address { get; init; }

    /// <summary>Whether mail may go to it.</summary>
    public AddressState State { get; set; }

    /// <summary>Since when.</summary>
    public required DateTime Since { get; set; }

    /// <summary>Until when it is paused.</summary>
    public DateTime? Until { get; set; }

    /// <summary>What its server said: an enhanced status code (RFC 3463) such as <c>5.1.1</c>.</summary>
    public string? Status { get; set; }

    /// <summary>What its server said, in its own words.</summary>
    public string? Diagnostic { get; set; }
}

/// <summary>What came back.</summary>
public enum BounceKind
{
    /// <summary>Refused for good.</summary>
    Hard = 0,
    /// <summary>Refused for now.</summary>
    Soft = 1,
    /// <summary>Told unwanted to the provider (RFC 5965).</summary>
    Complaint = 2,
    /// <summary>A machine answered, such as a notice of absence.</summary>
    AutoReply = 3,
}

/// <summary>A mail of ours that came back, refused at once or by a report later.</summary>
public sealed class Bounce
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The address in capitals.</summary>
    public required string Address { get; init; }

    /// <summary>The mail, when it is known.</summary>
    public Guid? MailId { get; init; }

    /// <summary>The member it was for, when it was one.</summary>
    public Guid? MemberId { get; init; }

    /// <summary>When we learned of it.</summary>
    public required DateTime At { get; init; }

    /// <summary>What came back.</summary>
    public required BounceKind Kind { get; init; }

    /// <summary>Enhanced status code (RFC 3463).</summary>
    public string? Status { get; init; }

    /// <summary>The words of the other side.</summary>
    public string? Diagnostic { get; init; }
}
