using System.Net;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;
using TerritoireCollab.Testing.Fetching;
using TerritoireCollab.Veille.Hubs;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Sources that name a hub (WebSub): asked for, verified, told, renewed, left; the hub is a small server of the test's.</summary>
public sealed class HubTests : FetchTest
{
    private readonly RawServer _hub;
    private readonly List<string> _titles = ["Le marché revient sur la place"];
    private string _hubAnswer = "202 Accepted";

    public HubTests()
    {
        _hub = new RawServer(e => e.WriteAsync(_hubAnswer, []));
        Answer = e => e.WriteAsync("200 OK\nContent-Type: application/rss+xml", Encoding.UTF8.GetBytes(Rss($"""<atom:link rel="hub" href="{Hub}"/><atom:link rel="self" href="{Topic}"/>""")));
    }

    private string Hub => $"http://127.0.0.1:{_hub.Port}/hub";

    private string Topic => $"{Root}/flux.xml?soi";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Source_ThatNamesAHub_AskedAtOnceWhenTheHubTells(bool byHeaders)
    {
        if (byHeaders) Answer = e => e.WriteAsync($"200 OK\nLink: <{Hub}>; rel=\"hub\", <{Topic}>; rel=\"self\"", Encoding.UTF8.GetBytes(Rss("")));
        var (group, animator) = await SubscribedAsync();
        var form = Assert.Single(Forms);
        Assert.Equal(("subscribe", Topic, "864000"), (form["hub.mode"], form["hub.topic"], form["hub.lease_seconds"]));
        Assert.InRange(form["hub.secret"].Length, 32, 199);
        Assert.Equal((HubState.Active, Now.AddDays(10)), ((await RowAsync())!.State, (await RowAsync())!.LeaseUntil));

        _titles.Add("La fibre arrive aux Granges");
        Instance.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, await FetchAsync());
        Assert.Equal(HttpStatusCode.Accepted, await PushAsync(form, "sha256", Rss("").Replace("La fibre", "Un intrus", StringComparison.Ordinal)));
        Assert.Equal(1, await FetchAsync());

        var pool = await animator.OpenAsync($"/groupes/{group.Slug}/veille");
        Assert.Contains("La fibre arrive aux Granges", pool.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Un intrus", pool.Text, StringComparison.Ordinal);
        Assert.Equal(Now, (await RowAsync())!.LastPushAt);
    }

    [Theory]
    [InlineData("sha1", true)]
    [InlineData("sha512", true)]
    [InlineData("sha256 d’un autre", false)]
    [InlineData("sha256 faux", false)]
    [InlineData("md5", false)]
    [InlineData("", false)]
    public async Task Push_CountsOnlyWhenRightlySigned_AnsweredAlike(string signature, bool counts)
    {
        await SubscribedAsync();
        Instance.Clock.Advance(TimeSpan.FromMinutes(2));

        var answer = await PushAsync(Forms[0], signature, "<rss/>");

        Assert.Equal(HttpStatusCode.Accepted, answer);
        Assert.Equal(counts ? 1 : 0, await FetchAsync());
        Assert.Equal(counts ? Now : (DateTime?)null, (await RowAsync())!.LastPushAt);
    }

    [Fact]
    public async Task Pushes_OneAfterTheOther_AskTheSourceOnceAMinute()
    {
        await SubscribedAsync();
        Instance.Clock.Advance(TimeSpan.FromMinutes(2));

        var asked = 0;
        for (var second = 0; second < 120; second += 10)
        {
            await PushAsync(Forms[0], "sha256", $"{second}");
            asked += await FetchAsync();
            Instance.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Question_OfAHub_RepeatedAsTextWhenItIsOurWishAlone()
    {
        await FollowedAsync();
        var form = Forms[0];
        Assert.Equal(HttpStatusCode.NotFound, (await AskBackAsync(form, mode: "unsubscribe")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskBackAsync(form, topic: Root + "/autre.xml")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskBackAsync(form, challenge: new string('a', 513))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskBackAsync(form, challenge: "")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskBackAsync(new(form) { ["hub.callback"] = "http://127.0.0.1/veille/hub/" + new string('a', 32) })).Status);
        Assert.Equal(HubState.Asked, (await RowAsync())!.State);

        var (status, body, type) = await AskBackAsync(form, challenge: "<script>défi</script>");

        Assert.Equal((HttpStatusCode.OK, "<script>défi</script>", "text/plain"), (status, body, type));
        Assert.Equal(HubState.Active, (await RowAsync())!.State);
    }

    [Fact]
    public async Task Lease_NearItsEnd_AskedForAgain()
    {
        await SubscribedAsync();
        await DaysAsync(8);
        Assert.Single(Forms);

        await DaysAsync(1);

        Assert.Equal(2, Forms.Count);
        Assert.Equal((Forms[0]["hub.callback"], Forms[0]["hub.secret"]), (Forms[1]["hub.callback"], Forms[1]["hub.secret"]));
        await AskBackAsync(Forms[1], lease: 3600);
        Assert.Equal(Now.AddHours(1), (await RowAsync())!.LeaseUntil);
    }

    [Fact]
    public async Task Hub_ThatFails_AskedLessAndLessAndTheSourcePolled()
    {
        _hubAnswer = "503 Service Unavailable";
        await FollowedAsync();
        await DaysAsync(30);

        Assert.InRange(Forms.Count, 10, 22);
        Assert.InRange(Server.Exchanges.Count, 25, 40);
        Assert.Equal((HubState.Wanted, SourceFault.None), ((await RowAsync())!.State, (await SourceAsync()).Fault));
    }

    [Fact]
    public async Task Hub_ThatNeverAsksBack_AskedLessAndLess()
    {
        await FollowedAsync();
        await DaysAsync(30);

        Assert.InRange(Forms.Count, 10, 22);
        Assert.Equal(HubState.Asked, (await RowAsync())!.State);
    }

    [Fact]
    public async Task Hub_ThatRefuses_LeftInPeaceForAMonth()
    {
        await FollowedAsync();
        var refused = await AskBackAsync(Forms[0], mode: "denied");
        await DaysAsync(29);

        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.Equal(HubState.Denied, (await RowAsync())!.State);
        Assert.Single(Forms);
        await DaysAsync(1);
        Assert.Equal(2, Forms.Count);
    }

    [Fact]
    public async Task Source_ThatNobodyFollows_TheHubToldAndForgotten()
    {
        var (group, animator) = await SubscribedAsync();
        var secret = Forms[0];
        await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/veille/sources"), "button[value='couper']");

        await AskHubsAsync();

        Assert.Equal(("unsubscribe", Topic, false), (Forms[1]["hub.mode"], Forms[1]["hub.topic"], Forms[1].ContainsKey("hub.secret")));
        Assert.Equal(HttpStatusCode.NotFound, (await AskBackAsync(Forms[1], mode: "subscribe")).Status);
        Assert.Equal((HttpStatusCode.OK, "défi", "text/plain"), await AskBackAsync(Forms[1]));
        Assert.Null(await RowAsync());
        Assert.Equal(HttpStatusCode.Gone, await PushAsync(secret, "sha256", "<rss/>"));
    }

    [Fact]
    public async Task Feed_ThatNamesItsHubNoMore_Left()
    {
        await SubscribedAsync();
        Say("200 OK", Rss(""));
        Instance.Clock.Advance(TimeSpan.FromDays(1.2));
        await FetchAsync();
        await AskHubsAsync();

        Assert.Equal(["subscribe", "unsubscribe"], Forms.Select(f => f["hub.mode"]));
        // It answers no question of ours any more: after three farewells we go.
        _hubAnswer = "404 Not Found";
        await DaysAsync(3);
        Assert.Equal(4, Forms.Count);
        Assert.Null(await RowAsync());
    }

    [Fact]
    public async Task Feed_ThatNamesAnotherHub_AskedThereUnderAnotherAddressAndSecret()
    {
        await SubscribedAsync();
        Say("200 OK", Rss($"""<atom:link rel="hub" href="{Hub}/deux"/><atom:link rel="self" href="{Topic}"/>"""));
        Instance.Clock.Advance(TimeSpan.FromDays(1.2));
        await FetchAsync();
        await AskHubsAsync();

        Assert.Equal(["/hub", "/hub/deux"], _hub.Paths);
        Assert.NotEqual(Forms[0]["hub.callback"], Forms[1]["hub.callback"]);
        Assert.NotEqual(Forms[0]["hub.secret"], Forms[1]["hub.secret"]);
        Assert.Equal(HttpStatusCode.NotFound, (await AskBackAsync(Forms[0])).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskBackAsync(Forms[1])).Status);
    }

    [Fact]
    public async Task Hubs_WithoutTlsOrOfAFeedWithoutName_NotAsked()
    {
        Answer = e => e.WriteAsync("200 OK", Encoding.UTF8.GetBytes(Rss(e.Path switch
        {
            "/clair.xml" => $"""<atom:link rel="hub" href="http://hub.invalid/"/><atom:link rel="self" href="{Topic}"/>""",
            "/sans-nom.xml" => $"""<atom:link rel="hub" href="{Hub}"/>""",
            _ => $"""<atom:link rel="hub" href="http://hub.invalid/"/><atom:link rel="hub" href="{Hub}"/><atom:link rel="self" href="{Topic}"/>""",
        })));
        var (group, animator) = await SetAsync();
        await FollowAsync(group, animator, "/clair.xml", "/sans-nom.xml", "/bon.xml");
        await FetchAsync();

        await AskHubsAsync();

        Assert.Equal((await SourceAsync("/bon.xml")).Id, (await RowAsync())!.SourceId);
        Assert.Single(Forms);
    }

    private List<Dictionary<string, string>> Forms => [.. _hub.Exchanges.Select(e => QueryHelpers.ParseQuery(e.Body).ToDictionary(p => p.Key, p => p.Value.ToString()))];

    private string Rss(string links) =>
        $"""<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Ville</title>{links}{string.Concat(_titles.Select(t => $"<item><title>{t}</title><link>https://ville.invalid/{Uri.EscapeDataString(t)}</link></item>"))}</channel></rss>""";

    private Task<int> AskHubsAsync() => Instance.Services.GetRequiredService<AskHubs>().RunOnceAsync(TestContext.Current.CancellationToken);

    private async Task DaysAsync(int days)
    {
        for (var day = 0; day < days; day++)
        {
            await LiveAsync(1);
            await AskHubsAsync();
        }
    }

    private async Task<(Group Group, Visitor Animator)> FollowedAsync()
    {
        var (group, animator) = await SetAsync();
        await FollowAsync(group, animator);
        await FetchAsync();
        await AskHubsAsync();
        return (group, animator);
    }

    private async Task<(Group Group, Visitor Animator)> SubscribedAsync()
    {
        var followed = await FollowedAsync();
        Assert.Equal((HttpStatusCode.OK, "défi", "text/plain"), await AskBackAsync(Forms[0]));
        return followed;
    }

    // As a hub does: at the callback that it was given, which in these tests is not known by its port.
    private async Task<(HttpStatusCode Status, string Body, string? Type)> AskBackAsync(Dictionary<string, string> form, string? mode = null, string? topic = null, string challenge = "défi", int lease = 864_000)
    {
        using var hub = Instance.Browser();
        using var answer = await hub.GetAsync(QueryHelpers.AddQueryString(new Uri(form["hub.callback"]).AbsolutePath, new Dictionary<string, string?>
        {
            ["hub.mode"] = mode ?? form["hub.mode"],
            ["hub.topic"] = topic ?? form["hub.topic"],
            ["hub.challenge"] = challenge,
            ["hub.lease_seconds"] = $"{lease}",
        }));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Content.Headers.ContentType?.MediaType);
    }

    private async Task<HttpStatusCode> PushAsync(Dictionary<string, string> form, string signature, string body)
    {
        using var hub = Instance.Browser();
        using var content = new StringContent(body, Encoding.UTF8, "application/rss+xml");
        var bytes = Encoding.UTF8.GetBytes(body);
        var header = signature switch
        {
            "" => null,
            "md5" => "md5=" + new string('0', 32),
            "sha256 faux" => "sha256=" + new string('0', 64),
            "sha256 d’un autre" => WebSub.Sign("sha256", "le secret d’un autre", bytes),
            _ => WebSub.Sign(signature, form["hub.secret"], bytes),
        };
        if (header is not null) content.Headers.Add("X-Hub-Signature", header);
        using var answer = await hub.PostAsync(new Uri(form["hub.callback"]).AbsolutePath, content);
        return answer.StatusCode;
    }

    private async Task<SourceHub?> RowAsync()
    {
        await using var db = Instance.Open(Viewer.System);
        return await db.Set<SourceHub>().SingleOrDefaultAsync();
    }
}
