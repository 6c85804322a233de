using TerritoireCollab.Coediting;

namespace TerritoireCollab.Testing;

/// <summary>
/// An editor's copy of a shared text, with what the authority has not confirmed yet: the other half of the authority, as @codemirror/collab
/// does it in the browser (<c>receiveUpdates</c>, <c>sendableUpdates</c>), one change after the other.
/// </summary>
public sealed class EditorCopy(string clientId, string text, int version)
{
    private readonly List<ChangeSet> _unconfirmed = [];

    /// <summary>The name under which its changes are known.</summary>
    public string ClientId => clientId;

    /// <summary>The text as the person sees it.</summary>
    public string Text { get; private set; } = text;

    /// <summary>The version up to which it has seen the others' changes.</summary>
    public int Version { get; private set; } = version;

    /// <summary>Changes that were not confirmed.</summary>
    public int Waiting => _unconfirmed.Count;

    /// <summary>How many of its changes were confirmed.</summary>
    public int Confirmed { get; private set; }

    /// <summary>Types: the text changes at once.</summary>
    public void Type(ChangeSet change)
    {
        Text = change.Apply(Text);
        _unconfirmed.Add(change);
    }

    /// <summary>Replaces code units by others, as a person types.</summary>
    public void Type(int from, int deleted, string inserted) => Type(ChangeSet.Replace(Text.Length, from, deleted, inserted));

    /// <summary>What is to be sent.</summary>
    public IReadOnlyList<ClientUpdate> Sendable() => [.. _unconfirmed.Select((c, i) => new ClientUpdate(clientId, Confirmed + i + 1, c))];

    /// <summary>Takes changes that the authority has accepted, its own among them.</summary>
    public void Receive(IEnumerable<AcceptedUpdate> updates)
    {
        foreach (var update in updates)
        {
            if (update.Version <= Version) continue;
            if (update.Version != Version + 1) throw new InvalidOperationException($"Version {update.Version} came after {Version}.");

            Version++;
            if (update.ClientId == clientId) Confirm();
            else Move(update.Changes);
        }
    }

    private void Confirm()
    {
        _unconfirmed.RemoveAt(0);
        Confirmed++;
    }

    private void Move(ChangeSet changes)
    {
        for (var i = 0; i < _unconfirmed.Count; i++)
        {
            var moved = _unconfirmed[i].Map(changes);
            changes = changes.Map(_unconfirmed[i], before: true);
            _unconfirmed[i] = moved;
        }

        Text = changes.Apply(Text);
    }
}
