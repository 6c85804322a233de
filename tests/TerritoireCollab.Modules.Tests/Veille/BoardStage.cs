using System.Net;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>One instance for the tests of the board; each makes a group of its own.</summary>
public sealed class BoardStage : IAsyncLifetime
{
    /// <summary>What it asked its database.</summary>
    public CommandCounter Commands { get; } = new();

    /// <summary>The instance.</summary>
    public Instance Instance { get; private set; } = null!;

    /// <summary>Makes people and groups.</summary>
    public Scene Scene { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Instance = await Instance.StartAsync(manualClock: true, adjust: Commands.Watch);
        Scene = new Scene(Instance);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Instance.DisposeAsync();

    /// <summary>A board and its animator at a browser.</summary>
    public async Task<(VeilleBoard Board, Visitor Hands, Member Owner)> BoardAsync(params string[] rubrics)
    {
        var owner = await Scene.MemberAsync("Claire Montélier");
        return (await VeilleBoard.CreateAsync(Scene, owner, rubrics: rubrics), await HandsAsync(owner), owner);
    }

    /// <summary>That member at a browser.</summary>
    public async Task<Visitor> HandsAsync(Member member) => new(await Instance.SignedInAsync(member.Id));

    /// <summary>Somebody in the group, with that role.</summary>
    public async Task<Member> MemberAsync(VeilleBoard board, string name, GroupRole role)
    {
        var member = await Scene.MemberAsync(name);
        await Scene.JoinAsync(board.Group, member, role);
        return member;
    }
}

/// <summary>Gestures of the board by their address, for what a test repeats.</summary>
internal static class BoardGestures
{
    /// <summary>Does a gesture to cards and comes back to the board.</summary>
    public static Task<VisitedPage> ActAsync(this Visitor hands, VeilleBoard board, string gesture, Guid[] cards, params (string Name, string Value)[] fields) =>
        hands.PostAsync(board.Gestures, [("geste", gesture), .. cards.Select(c => ("carte", c.ToString("N"))), .. fields]);

    /// <summary>The same, and it must succeed.</summary>
    public static async Task<VisitedPage> DoAsync(this Visitor hands, VeilleBoard board, string gesture, Guid[] cards, params (string Name, string Value)[] fields)
    {
        var page = await hands.ActAsync(board, gesture, cards, fields);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.StartsWith(board.Address, page.Address, StringComparison.Ordinal);
        return page;
    }
}
