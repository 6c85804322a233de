using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Veille.Readers;

/// <summary>How far somebody is with getting the revue by mail.</summary>
public enum ReaderState
{
    /// <summary>The form was filled in; the mail to confirm was sent.</summary>
    Asked = 0,
    /// <summary>Confirmed from that mailbox: gets the revue.</summary>
    Confirmed = 1,
    /// <summary>Left.</summary>
    Left = 2,
}

/// <summary>Somebody without an account who gets a public revue by mail. Nothing is kept but the address, and nothing of what is read.</summary>
public sealed class RevueReader : IMembersOnly
{
    /// <summary>Longest address, in characters (RFC 5321, section 4.5.3.1).</summary>
    public const int EmailLength = 254;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <inheritdoc />
    public required Guid GroupId { get; init; }

    /// <summary>Address, as typed.</summary>
    public required string Email { get; set; }

    /// <summary>Address in capitals, by which it is known again.</summary>
    public required string NormalizedEmail { get; init; }

    /// <summary>How far it is.</summary>
    public ReaderState State { get; set; }

    /// <summary>When it was asked last.</summary>
    public required DateTime AskedAt { get; set; }

    /// <summary>When it was confirmed.</summary>
    public DateTime? ConfirmedAt { get; set; }

    /// <summary>When it left.</summary>
    public DateTime? LeftAt { get; set; }
}
