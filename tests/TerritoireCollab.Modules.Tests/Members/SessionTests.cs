using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Members;

/// <summary>Open sessions: seen, closed by their member or by an administrator, and what a visit remembers of the one before.</summary>
public sealed class SessionTests(Stage stage) : IClassFixture<Stage>
{
    private const string Page = "/moi/compte";

    private Instance Instance => stage.Instance;

    [Fact]
    public async Task Sessions_TwoDevices_ListedAndOneClosed()
    {
        var member = await MemberAsync();
        var desk = await SignedInAsync(member, "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0");
        var phone = await SignedInAsync(member, "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1");

        var page = await desk.OpenAsync(Page);
        var closed = await desk.SendAsync(page, "[aria-label$='Safari, iPhone']");

        Assert.Contains("Firefox, Windows Cet appareil", page.Text, StringComparison.Ordinal);
        Assert.Contains("Session fermée.", closed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Safari, iPhone", closed.Text, StringComparison.Ordinal);
        Assert.Contains("Firefox, Windows", closed.Text, StringComparison.Ordinal);
        Assert.StartsWith("/connexion", (await phone.OpenAsync(Page)).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_CloseOthers_OnlyThisOneStays()
    {
        var member = await MemberAsync();
        var (one, two, three) = (await Instance.VisitorAsync(member), await Instance.VisitorAsync(member), await Instance.VisitorAsync(member));

        var page = await one.SendAsync(await one.OpenAsync(Page), "form[action='moi/compte/sessions/autres/fermer']");

        Assert.Equal("/moi/compte?fait=sessions", page.Address);
        foreach (var other in new[] { two, three }) Assert.StartsWith("/connexion", (await other.OpenAsync(Page)).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_CloseOthers_TheirOpenPagesFindOutAtOnce()
    {
        var member = await MemberAsync();
        var visitor = await Instance.VisitorAsync(member);
        using var bell = await BellAsync(await Instance.SessionAsync(member.Id));

        await visitor.SendAsync(await visitor.OpenAsync(Page), "form[action='moi/compte/sessions/autres/fermer']");

        Assert.True(await HungUpAsync(bell));
        Assert.Equal(Page, (await visitor.OpenAsync(Page)).Address);
    }

    [Fact]
    public async Task Sessions_OfSomebodyElse_CannotBeClosed()
    {
        var (member, other) = (await MemberAsync(), await MemberAsync());
        var (victim, attacker) = (await Instance.VisitorAsync(member), await Instance.VisitorAsync(other));
        await Instance.VisitorAsync(other);
        await using var db = Instance.Open(Viewer.System);
        var session = await db.Sessions.Where(s => s.MemberId == member.Id).Select(s => s.Id).SingleAsync();
        var page = await attacker.OpenAsync(Page);
        page.Document.QuerySelector("[formaction*='/sessions/']")!.SetAttribute("formaction", $"moi/compte/sessions/{session}/fermer");

        await attacker.SendAsync(page, "[formaction*='/sessions/']");

        Assert.Equal(Page, (await victim.OpenAsync(Page)).Address);
    }

    [Fact]
    public async Task SignOut_CookieReplayed_Nobody()
    {
        var member = await MemberAsync();
        var token = await Instance.SessionAsync(member.Id);
        var visitor = new Visitor(Instance.Browser(token));

        var left = await visitor.SendAsync(await visitor.OpenAsync(Page), "form[action='deconnexion']");

        Assert.Equal("/connexion?fait=deconnexion", left.Address);
        Assert.StartsWith("/connexion", (await new Visitor(Instance.Browser(token)).OpenAsync(Page)).Address, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(13, 1, true)]
    [InlineData(15, 1, false)]
    [InlineData(13, 7, false)]
    public async Task Session_IdleOrOld_ClosesByItself(int days, int times, bool stays)
    {
        var visitor = await Instance.VisitorAsync(await MemberAsync());

        VisitedPage? page = null;
        for (var i = 0; i < times; i++)
        {
            Instance.Clock.Advance(TimeSpan.FromDays(days));
            page = await visitor.OpenAsync(Page);
        }

        Assert.Equal(stays, page!.Address == Page);
    }

    [Fact]
    public async Task Administrator_ClosesEverything_EveryDeviceOut()
    {
        var member = await MemberAsync();
        var devices = new[] { await Instance.VisitorAsync(member), await Instance.VisitorAsync(member) };
        var admin = await Instance.VisitorAsync(await stage.Scene.MemberAsync("Ada Admin", admin: true));

        var done = await admin.SendAsync(await admin.OpenAsync($"/administration/membres/{member.Id}"), "[formaction$='/sessions']");

        Assert.Contains("Toutes les connexions sont fermées.", done.Text, StringComparison.Ordinal);
        foreach (var device in devices) Assert.StartsWith("/connexion", (await device.OpenAsync(Page)).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Member_Suspended_OutAtOnceByEveryDoor()
    {
        var member = await MemberAsync();
        var group = await stage.Scene.GroupAsync("Groupe", member);
        await stage.Scene.TopicAsync(group, member, "Un fil réservé", audience: Audience.Group);
        var token = await Instance.SessionAsync(member.Id);
        var visitor = new Visitor(Instance.Browser(token));
        using var program = await Instance.ProgramAsync(member.Id);
        using var reader = Instance.Browser();
        var key = await Instance.Services.GetRequiredService<AccessKeys>().CreateAsync(member.Id, AccessKeyScope.Feeds, "lecteur", default);
        var feed = $"/groupes/{group.Slug}/flux.rss?cle={key}";
        using var bell = await BellAsync(token);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("me")).StatusCode);
        Assert.Contains("Un fil réservé", await reader.GetStringAsync(feed), StringComparison.Ordinal);
        var admin = await Instance.VisitorAsync(await stage.Scene.MemberAsync("Ada Admin", admin: true));

        await admin.SendAsync(await admin.OpenAsync($"/administration/membres/{member.Id}"), "[name='Reason']", ("Reason", "Essai"));

        Assert.StartsWith("/connexion", (await visitor.OpenAsync(Page)).Address, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("me")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync(feed)).StatusCode);
        Assert.True(await HungUpAsync(bell));
    }

    [Fact]
    public async Task Home_FirstPageAfterHours_SinceTheVisitBefore()
    {
        var (member, author) = (await MemberAsync(), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.Scene.GroupAsync("Groupe", author, members: member);
        var visitor = await SignedInAsync(member, "essai");
        await visitor.OpenAsync("/");
        var visit = Instance.Clock.GetUtcNow().UtcDateTime;
        Instance.Clock.Advance(TimeSpan.FromHours(1));
        await stage.Scene.TopicAsync(group, author, "Un fil de la nuit");
        Instance.Clock.Advance(TimeSpan.FromHours(2));

        var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => visitor.OpenAsync("/")));
        Instance.Clock.Advance(TimeSpan.FromMinutes(20));
        var later = await visitor.OpenAsync("/");

        // On the first pages and on those that follow, it is the same visit before.
        Assert.Equal(visit, (await Instance.MemberAsync(member.Email))!.PreviousVisitAt);
        foreach (var page in pages.Append(later))
        {
            Assert.Contains("Depuis votre dernière visite", page.Text, StringComparison.Ordinal);
            Assert.Contains("Un fil de la nuit", page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Home_SignedInAnewAfterDays_SinceTheVisitBefore()
    {
        var (member, author) = (await MemberAsync(), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.Scene.GroupAsync("Groupe", author, members: member);
        await (await SignedInAsync(member, "essai")).OpenAsync("/");
        Instance.Clock.Advance(TimeSpan.FromHours(2));
        await stage.Scene.TopicAsync(group, author, "Un fil de la semaine");
        Instance.Clock.Advance(TimeSpan.FromDays(10));

        var home = await Instance.Stranger().SignInAsync(member.Email!);

        Assert.Equal("/", home.Address);
        Assert.Contains("Depuis votre dernière visite", home.Text, StringComparison.Ordinal);
        Assert.Contains("Un fil de la semaine", home.Text, StringComparison.Ordinal);
    }

    private async Task<Member> MemberAsync()
    {
        var member = await stage.Scene.MemberAsync("Anne Essai");
        await Instance.PasswordAsync(member);
        return member;
    }

    private async Task<Visitor> SignedInAsync(Member member, string agent)
    {
        var browser = Instance.Browser();
        browser.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent);
        var visitor = new Visitor(browser);
        Assert.Equal("/", (await visitor.SignInAsync(member.Email!)).Address);
        return visitor;
    }

    private async Task<ClientWebSocket> BellAsync(string token)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", "session=" + token);
        await socket.ConnectAsync(new UriBuilder(new Uri(Instance.Address, "signaux")) { Scheme = "ws" }.Uri, default);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, default);
        var heard = new StringBuilder();
        while (!heard.ToString().Contains("nouveautes", StringComparison.Ordinal)) heard.Append(await HearAsync(socket));
        return socket;
    }

    private static async Task<string> HearAsync(ClientWebSocket socket)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var buffer = new byte[4096];
        var message = await socket.ReceiveAsync(buffer.AsMemory(), enough.Token);
        return Encoding.UTF8.GetString(buffer, 0, message.Count);
    }

    private static async Task<bool> HungUpAsync(ClientWebSocket socket)
    {
        try
        {
            while (socket.State == WebSocketState.Open) await HearAsync(socket);
            return true;
        }
        catch (WebSocketException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
