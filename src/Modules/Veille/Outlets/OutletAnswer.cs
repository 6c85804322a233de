namespace TerritoireCollab.Veille.Outlets;

/// <summary>What is to be done after an outlet was asked.</summary>
internal enum OutletVerdict
{
    /// <summary>It is done.</summary>
    Done = 0,
    /// <summary>It is certainly not done: try again.</summary>
    Later = 1,
    /// <summary>It may be done: try again while the other side still knows the key.</summary>
    Uncertain = 2,
    /// <summary>It will not be done.</summary>
    Refused = 3,
}

/// <summary>What is wrong, of which the animators read a sentence.</summary>
internal enum OutletFault
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>The token is not valid, or may not post.</summary>
    Token = 1,
    /// <summary>It is not Mastodon that answers there.</summary>
    NotMastodon = 2,
    /// <summary>It does not want this text.</summary>
    Rejected = 3,
    /// <summary>It asks to be left alone for a while.</summary>
    Busy = 4,
    /// <summary>It answers by another status.</summary>
    Status = 5,
    /// <summary>No connection.</summary>
    Unreachable = 6,
    /// <summary>The platform does not ask such an address.</summary>
    NotAllowed = 7,
    /// <summary>No answer in time, or none that can be understood.</summary>
    Silent = 8,
    /// <summary>It may have been published; trying again could publish it twice.</summary>
    MaybeSent = 9,
    /// <summary>It can no longer be read by everybody.</summary>
    Withdrawn = 10,
    /// <summary>The address leads elsewhere.</summary>
    Moved = 11,
    /// <summary>The other side says that it is gone for good.</summary>
    Gone = 12,
    /// <summary>The secret cannot be opened any more.</summary>
    SecretLost = 13,
}

/// <summary>What came of asking an outlet.</summary>
/// <param name="Verdict">What is to be done.</param>
/// <param name="Fault">What is wrong.</param>
internal sealed record OutletAnswer(OutletVerdict Verdict, OutletFault Fault = OutletFault.None)
{
    /// <summary>Status of the answer, or null.</summary>
    public int? Status { get; init; }

    /// <summary>What the other side says, in its words, or null.</summary>
    public string? Remark { get; init; }

    /// <summary>Before when it wishes not to be asked.</summary>
    public DateTime? RetryAfter { get; init; }

    /// <summary>Where it can be read, or null.</summary>
    public string? RemoteAddress { get; init; }
}
