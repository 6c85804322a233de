using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Platform.Live;

namespace TerritoireCollab.Platform.Coediting;

/// <summary>
/// The texts that are open in this process. Every two seconds it asks again what each of those who are here may do, and hands texts to their tools
/// when nobody types any more; more often, where several processes share the database, what the others have accepted.
/// </summary>
internal sealed partial class CoeditRooms(CoeditStore store, CoeditAccess access, IHubContext<CoeditHub> hub, LiveTopics live, PlatformSetup setup, TimeProvider clock, ILogger<CoeditRooms> log) : BackgroundService
{
    /// <summary>Most open editors of one member.</summary>
    public const int MostPerMember = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Revalidation = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Guid, (CoeditRoom Room, IDisposable Signals)> _rooms = [];
    private readonly Lock _turn = new();

    /// <summary>Lets somebody into the room of a text, which is opened if it is not.</summary>
    /// <returns>What the editor begins with; null when there is no place.</returns>
    public async Task<Welcome?> JoinAsync(CoeditPerson person, CoeditRight place, int? version, CancellationToken cancellation)
    {
        if (Open(person, place) is not { } room) return null;

        person.MayWrite = place.MayWrite;
        person.Room = room;
        try
        {
            return await room.JoinAsync(person, version, cancellation);
        }
        finally
        {
            lock (_turn) room.Awaited--;
        }
    }

    private CoeditRoom? Open(CoeditPerson person, CoeditRight place)
    {
        lock (_turn)
        {
            if (_rooms.Values.Sum(r => r.Room.People.Count(p => p.MemberId == person.MemberId)) >= MostPerMember) return null;
            if (!_rooms.TryGetValue(place.ItemId, out var open))
            {
                var room = new CoeditRoom(place, store, hub, clock, log);
                open = (room, live.Subscribe(LiveTopics.Item(place.ItemId), () => room.LookOutsideAsync(default)));
                _rooms[place.ItemId] = open;
            }

            if (open.Room.People.Count >= CoeditRoom.MostPeople) return null;
            open.Room.Awaited++;
            return open.Room;
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var checkedAt = clock.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested || Rooms() is not { Count: > 0 } rooms) continue;

            if (setup.SharesDatabase) await TryAsync(() => CatchUpAsync(rooms, stoppingToken));
            if (clock.GetUtcNow() - checkedAt < Revalidation) continue;

            checkedAt = clock.GetUtcNow();
            foreach (var room in rooms) await TryAsync(() => LookAfterAsync(room, stoppingToken));
        }
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var room in Rooms()) await TryAsync(() => room.HandOverAsync(cancellationToken));
    }

    private async Task CatchUpAsync(List<CoeditRoom> rooms, CancellationToken cancellation)
    {
        var versions = await store.VersionsAsync(rooms.ConvertAll(r => r.Place.ItemId), cancellation);
        foreach (var room in rooms.Where(r => r.IsBehind(versions.GetValueOrDefault(r.Place.ItemId)))) await room.CatchUpAsync(cancellation);
    }

    private async Task LookAfterAsync(CoeditRoom room, CancellationToken cancellation)
    {
        foreach (var of in room.People.GroupBy(p => (p.MemberId, p.SessionId))) await CheckAsync([.. of], room, cancellation);
        if (room.IsDue(Quiet, Longest)) await room.HandOverAsync(cancellation);
        lock (_turn)
        {
            if (!room.IsIdle || !_rooms.Remove(room.Place.ItemId, out var closed)) return;
            closed.Signals.Dispose();
        }
    }

    private async Task CheckAsync(List<CoeditPerson> people, CoeditRoom room, CancellationToken cancellation)
    {
        var right = await access.ReadAsync(people[0].MemberId, people[0].SessionId, room.Place.ShortId, cancellation);
        foreach (var person in people)
        {
            if (right is null)
            {
                await hub.Clients.Client(person.ConnectionId).SendAsync("ferme", cancellation);
                room.Leave(person);
                person.Close();
            }
            else if (person.MayWrite != right.MayWrite)
            {
                person.MayWrite = right.MayWrite;
                await hub.Clients.Client(person.ConnectionId).SendAsync("droits", right.MayWrite, cancellation);
            }
        }
    }

    private List<CoeditRoom> Rooms()
    {
        lock (_turn) return [.. _rooms.Values.Select(r => r.Room)];
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogFailed(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A shared text could not be looked after; tried again.")]
    private partial void LogFailed(Exception failure);
}
