namespace TerritoireCollab.Mime.Imap;

/// <summary>In which phase a mailbox failed.</summary>
public enum ImapPhase
{
    /// <summary>Connecting, TLS included.</summary>
    Connect,

    /// <summary>Signing in.</summary>
    Authentication,

    /// <summary>Opening the folder.</summary>
    Select,

    /// <summary>Searching and fetching.</summary>
    Fetch,

    /// <summary>Marking, moving, deleting.</summary>
    Store,

    /// <summary>Waiting for mail.</summary>
    Idle,
}

/// <summary>The mailbox could not be used; after it, open another one. The message is for an administrator and holds no secret.</summary>
/// <param name="phase">Where it failed.</param>
/// <param name="isPermanent">Whether trying again without a change of the settings is of no use.</param>
/// <param name="message">What happened, in English.</param>
/// <param name="inner">What was caught, or null where it may hold a secret.</param>
public sealed class ImapMailboxException(ImapPhase phase, bool isPermanent, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Where it failed.</summary>
    public ImapPhase Phase { get; } = phase;

    /// <summary>Whether trying again without a change of the settings is of no use.</summary>
    public bool IsPermanent { get; } = isPermanent;
}
