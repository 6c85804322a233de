using System.Net;
using System.Net.ServerSentEvents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Live;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Board;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>What an open board hears of the others, in this process and in another one.</summary>
public sealed class BoardSignalsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private Instance _instance = null!;
    private Scene _scene = null!;
    private Member _claire = null!;
    private Member _yves = null!;
    private VeilleBoard _board = null!;

    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync(manualClock: true);
        _scene = new Scene(_instance);
        (_claire, _yves) = (await _scene.MemberAsync("Claire Montélier"), await _scene.MemberAsync("Yves Combelle"));
        _board = await VeilleBoard.CreateAsync(_scene, _claire);
        await _scene.JoinAsync(_board.Group, _yves, GroupRole.Animator);
    }

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Fact]
    public async Task Board_Moved_HeardByTheOthersOnceItIsDispatched()
    {
        using var browser = await _instance.SignedInAsync(_yves.Id);
        await using var heard = await ListenAsync(browser);
        Assert.Equal(("presence", "[]"), await heard.NextAsync());
        Assert.Equal("bouge", (await heard.NextAsync()).Kind);
        var hands = new Visitor(await _instance.SignedInAsync(_claire.Id));

        await hands.DoAsync(_board, "retenir", [await _board.CardAsync("A")]);
        await _instance.SettleAsync();

        Assert.Equal(("bouge", ""), await heard.NextButAsync("calme"));
    }

    [Fact]
    public async Task Animators_AtTheSameBoard_AreNamedToEachOtherUntilTheyLeave()
    {
        using var clairesBrowser = await _instance.SignedInAsync(_claire.Id);
        using var yvesBrowser = await _instance.SignedInAsync(_yves.Id);
        await using var claires = await ListenAsync(clairesBrowser);
        Assert.Equal(("presence", "[]"), await claires.NextAsync());
        await claires.NextAsync();

        await using (await ListenAsync(yvesBrowser, untilHeard: true))
        {
            await _instance.SettleAsync();
            Assert.Equal(("presence", "[\"Yves Combelle\"]"), await claires.NextButAsync("calme", "bouge"));
        }

        await LeftAsync(_yves);
        await _instance.SettleAsync();
        Assert.Equal(("presence", "[]"), await claires.NextButAsync("calme", "bouge"));
    }

    [Fact]
    public async Task Board_MovedInAnotherProcess_HeardThroughTheDatabase()
    {
        await using var other = await _instance.SecondAsync();
        using var browser = await _instance.SignedInAsync(_yves.Id);
        await using var heard = await ListenAsync(browser);
        await heard.NextAsync();
        await heard.NextAsync();
        var before = _instance.Clock.GetUtcNow().UtcDateTime.AddSeconds(-1);
        var hands = new Visitor(await other.SignedInAsync(_claire.Id));

        await hands.DoAsync(_board, "retenir", [await _board.CardAsync("A")]);
        await other.SettleAsync();
        await _instance.Services.GetRequiredService<LiveRelay>().RelayAsync(before, default);

        Assert.Equal(("bouge", ""), await heard.NextButAsync("calme"));
    }

    [Fact]
    public async Task Animator_WhoLosesTheRight_IsSentAway()
    {
        using var browser = await _instance.SignedInAsync(_yves.Id);
        await using var heard = await ListenAsync(browser);
        await heard.NextAsync();
        await heard.NextAsync();

        await _scene.JoinAsync(_board.Group, _yves, GroupRole.Member);
        await SomethingHappensAsync();

        Assert.Equal(("parti", $"groupes/{_board.Group.Slug}"), await heard.NextButAsync("calme"));
        await Assert.ThrowsAsync<EndOfStreamException>(async () => await heard.NextAsync());
    }

    [Fact]
    public async Task Animator_WhoseSessionIsClosed_IsSentToSignIn()
    {
        using var browser = await _instance.SignedInAsync(_yves.Id);
        await using var heard = await ListenAsync(browser);
        await heard.NextAsync();
        await heard.NextAsync();

        await using var db = _instance.Open(Viewer.System);
        var now = _instance.Clock.GetUtcNow().UtcDateTime;
        await db.Sessions.Where(s => s.MemberId == _yves.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.ClosedAt, now));
        await SomethingHappensAsync();

        var (kind, data) = await heard.NextButAsync("calme");
        Assert.Equal("parti", kind);
        Assert.StartsWith("connexion?retour=", data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_ToWhoeverDoesNotCurate_IsNotThere()
    {
        var member = await _scene.MemberAsync("Un membre");
        await _scene.JoinAsync(_board.Group, member);
        foreach (var browser in new[] { await _instance.SignedInAsync(member.Id), await _instance.SignedInAsync((await _scene.MemberAsync("Une autre")).Id), _instance.Browser() })
        {
            using var answer = await browser.GetAsync(_board.Address + "/signaux", HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            browser.Dispose();
        }
    }

    [Fact]
    public async Task Presence_OfAQuarterOfAnHour_LeavesAFewRows()
    {
        using var browser = await _instance.SignedInAsync(_yves.Id);
        await using var heard = await ListenAsync(browser);
        await heard.NextAsync();
        await heard.NextAsync();

        for (var minute = 0; minute < 15; minute++)
        {
            await _instance.SettleAsync();
            _instance.Clock.Advance(WatchBoard.Beat);
            await SomethingHappensAsync();
            await heard.NextAsync();
        }

        await using var db = _instance.Open(Viewer.System);
        Assert.InRange(await db.Activities.CountAsync(a => a.ActorId == _yves.Id && a.Kind == BoardActivities.Watched), 1, 5);
    }

    // What the stream does once its page is left is seen in the database.
    private async Task LeftAsync(Member member)
    {
        await using var db = _instance.Open(Viewer.System);
        using var patience = new CancellationTokenSource(Patience);
        while (!await db.Activities.AnyAsync(a => a.ActorId == member.Id && a.Kind == BoardActivities.Left, patience.Token)) await Task.Yield();
    }

    // A signal of whatever kind: session and rights are read at each.
    private Task SomethingHappensAsync() => _instance.Services.GetRequiredService<LiveTopics>().SignalAsync(LiveTopics.Group(_board.Group.Id));

    private async Task<Stream> ListenAsync(HttpClient browser, bool untilHeard = false)
    {
        var answer = await browser.GetAsync(_board.Address + "/signaux", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var stream = new Stream(answer, SseParser.Create(await answer.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator());
        if (untilHeard) await stream.NextAsync();
        return stream;
    }

    private sealed class Stream(HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> events) : IAsyncDisposable
    {
        public async Task<(string Kind, string Data)> NextAsync() =>
            await events.MoveNextAsync().AsTask().WaitAsync(Patience) ? (events.Current.EventType, events.Current.Data) : throw new EndOfStreamException();

        /// <summary>The next event of another kind than those.</summary>
        public async Task<(string Kind, string Data)> NextButAsync(params string[] kinds)
        {
            while (true)
            {
                var next = await NextAsync();
                if (!kinds.Contains(next.Kind)) return next;
            }
        }

        public async ValueTask DisposeAsync()
        {
            answer.Dispose();
            try
            {
                await events.DisposeAsync();
            }
            catch (Exception failure) when (failure is IOException or NotSupportedException or OperationCanceledException)
            {
                // Left in the middle of a line.
            }
        }
    }
}
