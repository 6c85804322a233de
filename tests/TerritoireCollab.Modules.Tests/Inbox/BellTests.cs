using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Live;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>The bell of open pages: whom it lets in, what it says, when it falls silent.</summary>
public sealed class BellTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private const int MostPerMember = 10;

    [Fact]
    public async Task Connection_WithoutASession_Refused()
    {
        var suspended = await stage.Scene.MemberAsync("Suspendue");
        var session = await stage.Instance.SessionAsync(suspended.Id);
        await using (var db = stage.Instance.Open(Viewer.System))
            await db.Members.Where(m => m.Id == suspended.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MemberState.Suspended));

        Assert.Equal(HttpStatusCode.Unauthorized, await RefusalAsync(null, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusalAsync(SecretTokens.New(), null));
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusalAsync(session, null));
    }

    [Theory]
    [InlineData("https://ailleurs.invalid")]
    [InlineData("http://127.0.0.1.ailleurs.invalid")]
    [InlineData("null")]
    public async Task Connection_FromAnotherSite_Refused(string origin)
    {
        var member = await stage.Scene.MemberAsync("Anne Essai");

        Assert.Equal(HttpStatusCode.Forbidden, await RefusalAsync(await stage.Instance.SessionAsync(member.Id), origin));
    }

    [Fact]
    public async Task Bell_ThreadAnsweredThenSeen_RisesThenFalls()
    {
        var (owner, member) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await GroupAsync(owner, member);
        var topic = await stage.Scene.TopicAsync(group, owner, "Un fil");
        using var bell = await OpenAsync(await stage.Instance.SessionAsync(member.Id), stage.Instance.Address.GetLeftPart(UriPartial.Authority));

        Assert.Equal(0, await bell.NextAsync());
        await stage.DecideAsync();
        Assert.Equal(1, await bell.NextAsync());
        await stage.Scene.AnswerAsync(topic, owner, "Une réponse.");
        await stage.DecideAsync();
        Assert.Equal(2, await bell.NextAsync());
        using var browser = await stage.Instance.SignedInAsync(member.Id);
        await new Visitor(browser).OpenAsync($"/c/{topic}");
        Assert.Equal(0, await bell.NextAsync());
    }

    [Fact]
    public async Task Bell_NewsOfSomebodyElse_NotHeard()
    {
        var (owner, member, other) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"), await stage.Scene.MemberAsync("Zoé Essai"));
        var group = await GroupAsync(owner, member);
        using var bell = await OpenAsync(await stage.Instance.SessionAsync(other.Id));
        Assert.Equal(0, await bell.NextAsync());

        await stage.Scene.TopicAsync(group, owner, "Un fil");
        await stage.DecideAsync();
        await stage.Scene.TopicAsync(await GroupAsync(owner, other), owner, "Un autre fil");
        await stage.DecideAsync();

        // The first thing it hears is its own.
        Assert.Equal(1, await bell.NextAsync());
    }

    [Theory]
    [InlineData("fermée")]
    [InlineData("suspendue")]
    public async Task Bell_SessionOver_EndsWithoutAWord(string change)
    {
        var (owner, member) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await GroupAsync(owner, member);
        var session = await stage.Instance.SessionAsync(member.Id);
        using var bell = await OpenAsync(session);
        Assert.Equal(0, await bell.NextAsync());

        await using (var db = stage.Instance.Open(Viewer.System))
        {
            var now = stage.Instance.Clock.GetUtcNow().UtcDateTime;
            if (change == "fermée") await db.Sessions.Where(s => s.MemberId == member.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.ClosedAt, now));
            else await db.Members.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MemberState.Suspended));
        }

        await stage.Scene.TopicAsync(group, owner, "Un fil", $"@{member.Handle}");
        await stage.DecideAsync();
        // Who is suspended is told of nothing: a late signal comes all the same.
        await stage.Instance.Services.GetRequiredService<LiveTopics>().SignalAsync(LiveTopics.Member(member.Id));

        Assert.Null(await bell.NextAsync());
    }

    [Fact]
    public async Task Bells_OneTooMany_ThatOneEndsAndTheOthersRing()
    {
        var member = await stage.Scene.MemberAsync("Anne Essai");
        var session = await stage.Instance.SessionAsync(member.Id);
        var bells = new List<Bell>();
        for (var i = 0; i < MostPerMember; i++)
        {
            bells.Add(await OpenAsync(session));
            Assert.Equal(0, await bells[^1].NextAsync());
        }

        using var oneTooMany = await OpenAsync(session);
        Assert.Null(await oneTooMany.NextAsync());
        await bells[0].CloseAsync();
        using var instead = await OpenUntilHeardAsync(session);

        bells.ForEach(b => b.Dispose());
    }

    [Theory]
    [InlineData("""{"type":1,"target":"OnConnectedAsync","arguments":[]}""")]
    [InlineData("""{"type":1,"target":"nouveautes","arguments":[7],"invocationId":"1"}""")]
    public async Task Bell_CalledByItsPage_DoesNothing(string record)
    {
        var member = await stage.Scene.MemberAsync("Anne Essai");
        using var bell = await OpenAsync(await stage.Instance.SessionAsync(member.Id));
        Assert.Equal(0, await bell.NextAsync());

        await bell.SendAsync(record);
        await bell.SendAsync($$"""{"type":6,"mot":"{{new string('x', 5000)}}"}""");

        // A sign of life, but longer than a bell has to say: the line is cut, and nothing was called.
        Assert.Null(await bell.NextAsync());
    }

    private async Task<Group> GroupAsync(Member owner, Member member)
    {
        var group = await stage.Scene.GroupAsync("Groupe", owner);
        await stage.Scene.JoinAsync(group, member, level: MailLevel.Everything);
        return group;
    }

    private async Task<Bell> OpenAsync(string? session, string? origin = null)
    {
        var bell = new Bell(session, origin);
        try
        {
            await bell.ConnectAsync(stage.Instance.Address);
            return bell;
        }
        catch
        {
            bell.Dispose();
            throw;
        }
    }

    // The server notices that a page was left a moment later.
    private async Task<Bell> OpenUntilHeardAsync(string session)
    {
        for (var i = 0; i < 100; i++)
        {
            var bell = await OpenAsync(session);
            if (await bell.NextAsync() is not null) return bell;
            bell.Dispose();
        }

        throw new InvalidOperationException("No room became free.");
    }

    private async Task<HttpStatusCode> RefusalAsync(string? session, string? origin)
    {
        using var bell = new Bell(session, origin);
        await Assert.ThrowsAsync<WebSocketException>(() => bell.ConnectAsync(stage.Instance.Address));
        return bell.Status;
    }

    // What the script of a page does, in C#.
    private sealed class Bell : IDisposable
    {
        private const char End = '\u001e';
        private readonly ClientWebSocket _socket = new();
        private readonly StringBuilder _unread = new();
        private readonly CancellationTokenSource _timeout = new(TimeSpan.FromSeconds(20));

        public Bell(string? session, string? origin)
        {
            _socket.Options.CollectHttpResponseDetails = true;
            if (session is not null) _socket.Options.SetRequestHeader("Cookie", $"session={session}");
            if (origin is not null) _socket.Options.SetRequestHeader("Origin", origin);
        }

        public HttpStatusCode Status => _socket.HttpStatusCode;

        public async Task ConnectAsync(Uri site)
        {
            await _socket.ConnectAsync(new UriBuilder(site) { Scheme = "ws", Path = "/signaux" }.Uri, _timeout.Token);
            await SendAsync("""{"protocol":"json","version":1}""");
        }

        public Task SendAsync(string record) => _socket.SendAsync(Encoding.UTF8.GetBytes(record + End), WebSocketMessageType.Text, true, _timeout.Token);

        public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, _timeout.Token);

        /// <summary>The next count; null when the line ends before one comes.</summary>
        public async Task<int?> NextAsync()
        {
            while (await RecordAsync() is { } record)
            {
                using var message = JsonDocument.Parse(record);
                if (message.RootElement.TryGetProperty("type", out var type) && type.GetInt32() == 1) return message.RootElement.GetProperty("arguments")[0].GetInt32();
            }

            return null;
        }

        public void Dispose()
        {
            _socket.Dispose();
            _timeout.Dispose();
        }

        private async Task<string?> RecordAsync()
        {
            var buffer = new byte[4096];
            while (true)
            {
                var text = _unread.ToString();
                if (text.IndexOf(End, StringComparison.Ordinal) is >= 0 and var at)
                {
                    _unread.Remove(0, at + 1);
                    return text[..at];
                }

                try
                {
                    var got = await _socket.ReceiveAsync(buffer, _timeout.Token);
                    if (got.MessageType == WebSocketMessageType.Close) return null;
                    _unread.Append(Encoding.UTF8.GetString(buffer, 0, got.Count));
                }
                catch (WebSocketException)
                {
                    return null;
                }
            }
        }
    }
}
