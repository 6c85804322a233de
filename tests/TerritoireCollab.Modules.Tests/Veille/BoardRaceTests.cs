using System.Net;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Two animators at the same board at the same moment, on each database.</summary>
public sealed class BoardRaceTests
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Gestures_OfTwoAnimatorsAtOnce_LoseNothingAndKeepOneOrder(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider, manualClock: true);
        var scene = new Scene(instance);
        var (claire, yves) = (await scene.MemberAsync("Claire Montélier"), await scene.MemberAsync("Yves Combelle"));
        var board = await VeilleBoard.CreateAsync(scene, claire, rubrics: "Emploi");
        await scene.JoinAsync(board.Group, yves, GroupRole.Animator);
        Visitor[] hands = [new(await instance.SignedInAsync(claire.Id)), new(await instance.SignedInAsync(yves.Id))];
        var cards = new List<Guid>();
        for (var n = 0; n < 24; n++) cards.Add(await board.CardAsync($"{n}"));
        // The first post of each takes a token from a page.
        foreach (var one in hands) await one.DoAsync(board, "retenir", []);

        // None of these cards has an issue yet: of all that would open one, one does. Each is placed before the one that came before it.
        await Task.WhenAll(cards.Select((card, n) => hands[n % 2].DoAsync(board, "placer", [card], ("rubrique", "Emploi"), ("avant", $"{cards[Math.Max(0, n - 1)]:N}"))));
        var entries = await Task.WhenAll(cards.Select(board.EntryAsync));
        Assert.All(entries, e => Assert.Equal(PoolState.Placed, e.State));
        Assert.Single(entries.Select(e => e.IssueId).Distinct());
        Assert.Equal(24, entries.Select(e => e.Position).Distinct().Count());

        // The same cards by both, several at a time and in the other order: nobody waits for ever, and the cards stay together.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => hands[n % 2].DoAsync(board, n % 2 == 0 ? "retenir" : "ecarter", [.. n % 2 == 0 ? cards : cards.AsEnumerable().Reverse()])));
        var states = (await Task.WhenAll(cards.Select(board.EntryAsync))).Select(e => (e.State, e.IssueId)).Distinct().ToList();
        Assert.Single(states);
        Assert.Null(states[0].IssueId);
        Assert.Equal(HttpStatusCode.OK, (await hands[0].OpenAsync(board.Address)).Status);
    }
}
