namespace TerritoireCollab.Coediting;

/// <summary>
/// Holds the one text that several people write at the same time, and the changes that led to it. It never waits and never keeps anything itself:
/// <see cref="Prepare"/> says what a change becomes at the present version, whoever owns the authority keeps it, then hands it to
/// <see cref="Receive"/>. Changes made on an older version are moved over what came since, as <c>rebaseUpdates</c> of @codemirror/collab does for
/// each, so that nobody is kept waiting by those who type faster. Not for several threads at once.
/// </summary>
public sealed class Authority
{
    // Moving each of many changes over each of many others takes time in which nobody else is answered.
    private const int MostMoves = 20_000;

    private readonly List<AcceptedUpdate> _tail;
    private readonly int _mostText;

    /// <param name="text">The text before <paramref name="tail"/>.</param>
    /// <param name="version">Its version.</param>
    /// <param name="tail">The changes after it, in order.</param>
    /// <param name="mostText">Most code units of the text.</param>
    /// <exception cref="ArgumentException">A change does not follow the one before.</exception>
    public Authority(string text, int version, IEnumerable<AcceptedUpdate> tail, int mostText = ChangeSetJson.MostInserted)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(tail);
        (Text, Version, TailStart, _mostText, _tail) = (text, version, version, mostText, []);
        Receive(tail);
    }

    /// <summary>The text.</summary>
    public string Text { get; private set; }

    /// <summary>How many changes it has seen.</summary>
    public int Version { get; private set; }

    /// <summary>The oldest version that an editor may be at and still be followed up.</summary>
    public int TailStart { get; private set; }

    /// <summary>Adds changes that came before the tail, so that editors that were away longer are followed up too. Those that do not join it are left out.</summary>
    public void Remember(IEnumerable<AcceptedUpdate> older)
    {
        ArgumentNullException.ThrowIfNull(older);
        foreach (var update in older.OrderByDescending(u => u.Version))
        {
            if (update.Version != TailStart) continue;
            if (update.Changes.NewLength != (_tail.Count == 0 ? Text.Length : _tail[0].Changes.Length)) return;
            _tail.Insert(0, update);
            TailStart--;
        }
    }

    /// <summary>The changes after <paramref name="version"/>, or null when they are kept no more, or the version is not one of this text.</summary>
    public IReadOnlyList<AcceptedUpdate>? Since(int version) =>
        version < TailStart || version > Version ? null : _tail.GetRange(version - TailStart, Version - version);

    /// <summary>What changes made at <paramref name="version"/> by one editor become at the present version. Nothing is changed by asking.</summary>
    public PushAnswer Prepare(int version, IReadOnlyList<ClientUpdate> updates)
    {
        ArgumentNullException.ThrowIfNull(updates);
        if (version > Version || version < 0 || !AreInOrder(updates)) return new(PushState.DoNotFit, []);
        if (Since(version) is not { } over) return new(PushState.TailIsGone, []);
        if (updates.Count == 0) return new(PushState.Accepted, []);
        if ((long)updates.Count * over.Count > MostMoves) return new(PushState.Behind, []);

        return Rebase(updates, over, LengthAt(version)) is { } rebased ? Check(rebased) : new(PushState.DoNotFit, []);
    }

    /// <summary>Takes changes that are kept. Those that it has already are passed over.</summary>
    /// <exception cref="ArgumentException">One does not follow the present version.</exception>
    public void Receive(IEnumerable<AcceptedUpdate> updates)
    {
        ArgumentNullException.ThrowIfNull(updates);
        foreach (var update in updates)
        {
            if (update.Version <= Version) continue;
            if (update.Version != Version + 1 || update.Changes.Length != Text.Length) throw new ArgumentException($"Change {update.Version} does not follow version {Version}.", nameof(updates));

            Text = update.Changes.Apply(Text);
            Version++;
            _tail.Add(update);
        }
    }

    /// <summary>Forgets the oldest changes but the last <paramref name="count"/>.</summary>
    public void KeepTail(int count)
    {
        var gone = Math.Max(0, _tail.Count - count);
        _tail.RemoveRange(0, gone);
        TailStart += gone;
    }

    private int LengthAt(int version) => version == Version ? Text.Length : _tail[version - TailStart].Changes.Length;

    private static bool AreInOrder(IReadOnlyList<ClientUpdate> updates)
    {
        for (var i = 0; i < updates.Count; i++)
        {
            var update = updates[i];
            if (update.ClientId.Length is 0 or > ClientUpdate.ClientIdLength || update.Sequence < 1) return false;
            if (i > 0 && (update.ClientId != updates[0].ClientId || update.Sequence != updates[i - 1].Sequence + 1)) return false;
        }

        return true;
    }

    // Null when they do not follow one another, or what this editor sent before.
    private List<ClientUpdate>? Rebase(IReadOnlyList<ClientUpdate> updates, IReadOnlyList<AcceptedUpdate> over, int length)
    {
        if (!FitTogether(updates, length) || !FollowsOwn(updates, over)) return null;

        // Over one change after the other, never over several put together: with an insertion where another's deletion begins, the two give
        // different texts, and an editor hears of the others' changes in portions of its own.
        var rebased = updates.ToList();
        foreach (var update in over)
        {
            if (rebased.Count == 0) break;
            // An editor that sends another change under a number that it has used makes no sense of what follows.
            if (rebased[0].Changes.Length != update.Changes.Length && update.ClientId != rebased[0].ClientId) return null;
            if (update.ClientId == rebased[0].ClientId) rebased.RemoveAt(0);
            else Move(rebased, update.Changes);
        }

        return rebased.Count == 0 || rebased[0].Changes.Length == Text.Length ? rebased : null;
    }

    private static void Move(List<ClientUpdate> updates, ChangeSet over)
    {
        for (var i = 0; i < updates.Count; i++)
        {
            var moved = updates[i].Changes.Map(over);
            over = over.Map(updates[i].Changes, before: true);
            updates[i] = updates[i] with { Changes = moved };
        }
    }

    private static bool FitTogether(IReadOnlyList<ClientUpdate> updates, int length)
    {
        foreach (var update in updates)
        {
            if (update.Changes.Length != length) return false;
            length = update.Changes.NewLength;
        }

        return true;
    }

    // What this editor sent since its version comes first again, under the same numbers; what it sent before does not come at all.
    private bool FollowsOwn(IReadOnlyList<ClientUpdate> updates, IReadOnlyList<AcceptedUpdate> over)
    {
        var (client, first) = (updates[0].ClientId, updates[0].Sequence);
        var own = over.Where(u => u.ClientId == client).Select(u => u.Sequence).ToList();
        if (own.Count > 0) return own[0] == first;

        var before = _tail.Take(_tail.Count - over.Count).LastOrDefault(u => u.ClientId == client);
        return before is null || before.Sequence + 1 == first;
    }

    private PushAnswer Check(List<ClientUpdate> rebased)
    {
        var text = Text;
        var accepted = new List<AcceptedUpdate>(rebased.Count);
        foreach (var update in rebased)
        {
            if (update.Changes.BreaksCharacters(text)) return new(PushState.DoNotFit, []);
            text = update.Changes.Apply(text);
            accepted.Add(new(Version + accepted.Count + 1, update.ClientId, update.Sequence, update.Changes));
        }

        // A text that is too long already may become shorter.
        return text.Length > _mostText && text.Length > Text.Length ? new(PushState.TooLong, []) : new(PushState.Accepted, accepted);
    }
}
