namespace TerritoireCollab.Coediting;

/// <summary>A change that an editor made and sends.</summary>
/// <param name="ClientId">The editor: one open page, which numbers its own changes.</param>
/// <param name="Sequence">Its number among the editor's changes, from 1 on without a gap: a change sent twice is known by it.</param>
/// <param name="Changes">The change.</param>
public sealed record ClientUpdate(string ClientId, int Sequence, ChangeSet Changes)
{
    /// <summary>Longest <see cref="ClientId"/>.</summary>
    public const int ClientIdLength = 40;
}

/// <summary>A change that the authority has accepted.</summary>
/// <param name="Version">The version that it makes, from 1 on without a gap.</param>
/// <param name="ClientId">The editor it came from.</param>
/// <param name="Sequence">Its number among that editor's changes.</param>
/// <param name="Changes">The change, moved over all that was accepted before it.</param>
public sealed record AcceptedUpdate(int Version, string ClientId, int Sequence, ChangeSet Changes);

/// <summary>What the authority says of changes that were sent.</summary>
public enum PushState
{
    /// <summary>They can be accepted, or were already.</summary>
    Accepted = 0,

    /// <summary>The editor is so far behind that the changes since are kept no more: its text is to be merged.</summary>
    TailIsGone = 1,

    /// <summary>The text would be too long.</summary>
    TooLong = 2,

    /// <summary>They fit no version of the text, or are out of order: the editor is to begin anew from the true text.</summary>
    DoNotFit = 3,

    /// <summary>Too many changes on a version too old: the editor is to take what it has missed, and to send what its own changes become.</summary>
    Behind = 4,
}

/// <summary>An answer to changes that were sent.</summary>
/// <param name="State">Whether they are accepted.</param>
/// <param name="Updates">Those that are new, moved to the present version, to be kept and then given to <see cref="Authority.Receive"/>; none when all came before.</param>
public sealed record PushAnswer(PushState State, IReadOnlyList<AcceptedUpdate> Updates);
