using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using TerritoireCollab.Coediting;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Platform.Coediting;

/// <summary>
/// The socket of an editor: one text a connection. What a member may do is read from the database as they join, and every two seconds
/// after that by <see cref="CoeditRooms"/>; who sends more than a person can is cut off.
/// </summary>
internal sealed class CoeditHub(CoeditRooms rooms, CoeditAccess access, TimeProvider clock) : Hub
{
    /// <summary>Its address.</summary>
    public const string Address = "/coedition";

    /// <summary>Longest message, in bytes: a text taken along from a day without network, with what it came from.</summary>
    public const int LongestMessage = 1_500_000;

    private const int MostUpdates = 150;

    private CoeditPerson? Person => Context.Items.TryGetValue(typeof(CoeditPerson), out var person) ? (CoeditPerson?)person : null;

    /// <inheritdoc />
    public override Task OnConnectedAsync()
    {
        if (Context.GetHttpContext()?.Features.Get<SignedIn>() is { } member) Context.Items[typeof(CoeditPerson)] = new CoeditPerson(Context, member, clock);
        else Context.Abort();
        return base.OnConnectedAsync();
    }

    /// <inheritdoc />
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Person is { Room: { } room } person) room.Leave(person);
        return base.OnDisconnectedAsync(exception);
    }

    /// <summary>Opens a text.</summary>
    /// <param name="shortId">The content.</param>
    /// <param name="client">The editor's own name, made at random.</param>
    /// <param name="version">The version that it has, or null.</param>
    /// <returns>What it begins with; null where this member may not read, or there is no such text.</returns>
    public async Task<Welcome?> Rejoindre(string? shortId, string? client, int? version)
    {
        if (shortId is null || client is null) return null;
        if (Sender(shortId.Length + client.Length) is not { Room: null } person || client.Length is 0 or > ClientUpdate.ClientIdLength || client == CoeditStore.Elsewhere) return null;
        if (await access.ReadAsync(person.MemberId, person.SessionId, shortId, Context.ConnectionAborted) is not { } right) return null;

        person.ClientId = client;
        return await rooms.JoinAsync(person, right, version, Context.ConnectionAborted);
    }

    /// <summary>Sends changes made at <paramref name="version"/>, numbered from <paramref name="first"/> on.</summary>
    /// <returns>A <see cref="PushState"/> as a number; -1 where this member may not write.</returns>
    public async Task<int> Pousser(int version, int first, JsonElement changes)
    {
        if (Sender(changes.GetRawText().Length) is not { Room: { } room, ClientId: { } client } person || !person.MayWrite) return -1;
        if (changes.ValueKind != JsonValueKind.Array || changes.GetArrayLength() > MostUpdates || first < 1 || first > int.MaxValue - MostUpdates) return (int)PushState.DoNotFit;

        var updates = new List<ClientUpdate>(changes.GetArrayLength());
        foreach (var change in changes.EnumerateArray())
        {
            if (ChangeSetJson.Read(change) is not { } read) return (int)PushState.DoNotFit;
            updates.Add(new(client, first + updates.Count, read));
        }

        return (int)await room.PushAsync(person, version, updates);
    }

    /// <summary>Puts a text into the shared one, whose writer was away too long for its changes to be followed.</summary>
    /// <returns>As <see cref="Pousser"/>.</returns>
    public async Task<int> Fusionner(string? original, string? mine)
    {
        if (original is null || mine is null) return (int)PushState.DoNotFit;
        if (Sender(original.Length + mine.Length) is not { Room: { } room, ClientId: { } client } person || !person.MayWrite) return -1;

        return (int)await room.MergeAsync(person, $"f-{client}"[..Math.Min(client.Length + 2, ClientUpdate.ClientIdLength)], NormalText.Of(original), NormalText.Of(mine), Context.ConnectionAborted);
    }

    /// <summary>Where this person's cursor stands; the others see it.</summary>
    public void Curseur(int version, int anchor, int head)
    {
        if (Sender(0) is { Room: { } room } person) room.Point(person, version, anchor, head);
    }

    private CoeditPerson? Sender(int length)
    {
        if (Person is not { } person) return null;
        if (person.TakesIn(length)) return person;

        Context.Abort();
        return null;
    }
}
