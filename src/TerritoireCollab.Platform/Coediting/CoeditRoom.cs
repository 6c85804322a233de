using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Coediting;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Platform.Coediting;

/// <summary>
/// The editors of one text in this process. Changes that come while others are being written down are written together; nobody is told of a change,
/// nor its writer that it is saved, before the database has it.
/// </summary>
internal sealed partial class CoeditRoom(CoeditRight place, CoeditStore store, IHubContext<CoeditHub> hub, TimeProvider clock, ILogger log)
{
    /// <summary>Most editors of one text.</summary>
    public const int MostPeople = 100;

    private const int MostTries = 8;
    private const int MostAtOnce = 200;
    private const int LongestTail = 4_000;
    private const string Added = "ajouts";
    private const string Present = "presents";

    private readonly Dictionary<string, CoeditPerson> _people = [];
    private readonly Lock _peopleTurn = new();
    private readonly Queue<Push> _waiting = new();
    private readonly Lock _waitingTurn = new();
    // Holds one token, which whoever works with the text has taken out: a lock that is waited for, and owns nothing to dispose of.
    private readonly Channel<bool> _turn = OneToken();
    private bool _isBusy;
    // Null before the first and after a failure: what the database has is what holds.
    private Authority? _authority;
    // The version that the editors were told of last; null until the text was read once.
    private int? _told;
    private DateTime? _unsavedSince;
    private DateTime _lastChange;

    public CoeditRight Place => place;

    public IReadOnlyList<CoeditPerson> People
    {
        get
        {
            lock (_peopleTurn) return [.. _people.Values];
        }
    }

    /// <summary>Lets somebody in who has the right to.</summary>
    /// <param name="person">Who.</param>
    /// <param name="version">The version that the editor has, or null for one that begins.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Welcome> JoinAsync(CoeditPerson person, int? version, CancellationToken cancellation)
    {
        await _turn.Reader.ReadAsync(cancellation);
        try
        {
            var authority = await AuthorityAsync(cancellation);
            lock (_peopleTurn) _people[person.ConnectionId] = person;
            TellPresent();
            var since = version is { } known ? authority.Since(known) : null;
            return new(authority.Version, since is null ? authority.Text : null, SentUpdate.Of(since ?? []), person.MayWrite, IsFar: version is not null && since is null, SentPeople());
        }
        finally
        {
            _turn.Writer.TryWrite(true);
        }
    }

    /// <summary>Somebody has left.</summary>
    public void Leave(CoeditPerson person)
    {
        lock (_peopleTurn) _people.Remove(person.ConnectionId);
        TellPresent();
    }

    /// <summary>Takes changes. Accepted means that the database has them.</summary>
    public Task<PushState> PushAsync(CoeditPerson person, int version, IReadOnlyList<ClientUpdate> updates) => EnqueueAsync(new(person.MemberId, authority => authority.Prepare(version, updates)));

    /// <summary>Puts a text into this one whose writer was away too long for its changes to be followed. Under one name it is done once.</summary>
    public async Task<PushState> MergeAsync(CoeditPerson person, string name, string original, string mine, CancellationToken cancellation)
    {
        if (await store.HasAsync(place.ItemId, name, 1, cancellation)) return PushState.Accepted;

        return await EnqueueAsync(new(person.MemberId, authority =>
        {
            var merged = ThreeWayMerge.Merge(original, mine, authority.Text).KeepBoth();
            return authority.Prepare(authority.Version, [new(name, 1, TextChange.Between(authority.Text, merged))]);
        }));
    }

    /// <summary>Passes a cursor on to the others.</summary>
    public void Point(CoeditPerson person, int version, int anchor, int head) =>
        Send(hub.Clients.Clients(Others(person)), "curseur", person.ClientId, version, anchor, head);

    /// <summary>Reads what another process has accepted, and tells it here.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        await _turn.Reader.ReadAsync(cancellation);
        try
        {
            if (_authority is not { } authority) return;

            authority.Receive(await store.SinceAsync(place.ItemId, authority.Version, cancellation));
            TellAdded(authority);
        }
        catch (Exception)
        {
            _authority = null;
            throw;
        }
        finally
        {
            _turn.Writer.TryWrite(true);
        }
    }

    /// <summary>Whether more than that was accepted here.</summary>
    public bool IsBehind(int version) => _told is { } told && told < version;

    /// <summary>Whether the text is to be handed to its tool: nobody has typed for a while, or it has waited long.</summary>
    public bool IsDue(TimeSpan quiet, TimeSpan longest)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return _unsavedSince is { } since && (now - _lastChange >= quiet || now - since >= longest || People.Count == 0);
    }

    /// <summary>Whether nobody is here, nor on the way in, and nothing waits.</summary>
    public bool IsIdle => _unsavedSince is null && People.Count == 0 && !_isBusy && Awaited == 0;

    /// <summary>How many were given this room and have not come in yet; changed under the turn of the rooms.</summary>
    public int Awaited { get; set; }

    /// <summary>Hands the text to its tool, and takes what was changed there meanwhile.</summary>
    public Task HandOverAsync(CancellationToken cancellation) => RenewAsync(store.HandOverAsync, isHandedOver: true, cancellation);

    /// <summary>Takes what was changed in the tool itself.</summary>
    public Task LookOutsideAsync(CancellationToken cancellation) => RenewAsync(store.OpenAsync, isHandedOver: false, cancellation);

    private async Task RenewAsync(Func<string, CancellationToken, Task<Authority>> read, bool isHandedOver, CancellationToken cancellation)
    {
        await _turn.Reader.ReadAsync(cancellation);
        try
        {
            if (!isHandedOver && _authority is null) return;

            _authority = await read(place.ShortId, cancellation);
            if (isHandedOver) _unsavedSince = null;
            TellAdded(_authority);
        }
        catch (NotFoundException)
        {
            // Thrown away meanwhile: there is nothing to hand over, and those who are here are led out.
            (_authority, _unsavedSince) = (null, null);
        }
        finally
        {
            _turn.Writer.TryWrite(true);
        }
    }

    private async Task<Authority> AuthorityAsync(CancellationToken cancellation)
    {
        if (_authority is { } known) return known;

        var authority = await store.OpenAsync(place.ShortId, cancellation);
        _told ??= authority.Version;
        _authority = authority;
        TellAdded(authority);
        return authority;
    }

    private static Channel<bool> OneToken()
    {
        var turn = Channel.CreateBounded<bool>(1);
        turn.Writer.TryWrite(true);
        return turn;
    }

    private Task<PushState> EnqueueAsync(Push push)
    {
        lock (_waitingTurn)
        {
            _waiting.Enqueue(push);
            if (_isBusy) return push.Answer.Task;
            _isBusy = true;
        }

        _ = Task.Run(TreatAllAsync);
        return push.Answer.Task;
    }

    private async Task TreatAllAsync()
    {
        while (Take() is { } pushes)
        {
            await _turn.Reader.ReadAsync();
            try
            {
                await TreatAsync(pushes);
            }
            catch (Exception failure)
            {
                LogFailed(failure, place.ShortId);
                _authority = null;
                // Their editors keep what they sent, and send it again.
                foreach (var push in pushes) push.Answer.TrySetException(new HubException(PlatformTexts.TryAgain));
            }
            finally
            {
                _turn.Writer.TryWrite(true);
            }
        }
    }

    private List<Push>? Take()
    {
        lock (_waitingTurn)
        {
            var taken = new List<Push>();
            while (taken.Count < MostAtOnce && _waiting.TryDequeue(out var push)) taken.Add(push);
            if (taken.Count == 0) _isBusy = false;
            return taken.Count == 0 ? null : taken;
        }
    }

    private async Task TreatAsync(List<Push> pushes)
    {
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            var authority = await AuthorityAsync(default);
            var states = new List<PushState>(pushes.Count);
            var written = new List<WrittenUpdate>();
            foreach (var push in pushes)
            {
                var (state, updates) = push.Prepare(authority);
                authority.Receive(updates);
                states.Add(state);
                written.AddRange(updates.Select(u => new WrittenUpdate(u, push.AuthorId)));
            }

            // What this process believes and the database does not have is forgotten.
            _authority = null;
            if (written.Count > 0 && !await store.AppendAsync(place.ItemId, written, default)) continue;

            _authority = authority;
            authority.KeepTail(LongestTail);
            if (written.Count > 0)
            {
                _lastChange = clock.GetUtcNow().UtcDateTime;
                _unsavedSince ??= _lastChange;
            }

            TellAdded(authority);
            for (var i = 0; i < pushes.Count; i++) pushes[i].Answer.TrySetResult(states[i]);
            return;
        }

        throw new InvalidOperationException("Other processes took every version that was tried.");
    }

    private void TellAdded(Authority authority)
    {
        if (_told is not { } told || authority.Version <= told) return;

        if (authority.Since(told) is { } updates) Send(hub.Clients.Clients(Ids()), Added, told, SentUpdate.Of(updates));
        _told = authority.Version;
    }

    private void TellPresent() => Send(hub.Clients.Clients(Ids()), Present, SentPeople());

    private List<SentPerson> SentPeople() => [.. People.Select(p => p.ToSent())];

    private List<string> Ids()
    {
        lock (_peopleTurn) return [.. _people.Keys];
    }

    private List<string> Others(CoeditPerson person)
    {
        lock (_peopleTurn) return [.. _people.Keys.Where(k => k != person.ConnectionId)];
    }

    // Begun in order and not awaited: a slow line must not make the others wait. SignalR drops one that takes nothing for half a minute.
    private void Send(IClientProxy clients, string message, params object?[] values) => _ = SendAsync(clients, message, values);

    private async Task SendAsync(IClientProxy clients, string message, object?[] values)
    {
        try
        {
            await clients.SendCoreAsync(message, values);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogFailed(failure, place.ShortId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The shared text {ShortId} could not be written or told; editors try again.")]
    private partial void LogFailed(Exception failure, string shortId);

    private sealed record Push(Guid AuthorId, Func<Authority, PushAnswer> Prepare)
    {
        public TaskCompletionSource<PushState> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
