using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests;

/// <summary>What holds for every address: headers, refusals, validators, sessions, forms.</summary>
public sealed partial class FrontDoorTests
{
    [Fact]
    public async Task AnyAnswer_Headers_NothingForeignRuns()
    {
        await using var instance = await Instance.StartAsync();
        using var browser = instance.Browser();

        foreach (var address in new[] { "/", "/connexion", "/nulle-part", "/health/live" })
        {
            using var answer = await browser.GetAsync(address);
            var policy = string.Join(" ", answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Null(answer.Headers.Server.FirstOrDefault());
        }
    }

    [Fact]
    public async Task UnknownAddress_AnyMethod_SamePageIn404()
    {
        await using var instance = await Instance.StartAsync();
        using var browser = instance.Browser();

        using var get = await browser.GetAsync("/nulle-part");
        using var post = await browser.PostAsync("/nulle-part", new FormUrlEncodedContent([]));
        using var api = await browser.GetAsync("/api/v1/nulle-part");

        Assert.Equal(HttpStatusCode.NotFound, get.StatusCode);
        Assert.Contains("Cette page n’existe pas, ou vous n’y avez pas accès", WebUtility.HtmlDecode(await get.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, post.StatusCode);
        Assert.Equal("application/problem+json", api.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task UnchangedPage_SignedInMember_NotModified()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var member = await scene.MemberAsync("Anne Essai");
        await scene.GroupAsync("Groupe", member);
        using var browser = await instance.SignedInAsync(member.Id);

        using var first = await browser.GetAsync("/groupes");
        var tag = first.Headers.ETag!;
        using var again = new HttpRequestMessage(HttpMethod.Get, "/groupes");
        again.Headers.IfNoneMatch.Add(tag);
        using var second = await browser.SendAsync(again);
        await scene.GroupAsync("Un groupe de plus", member);
        using var changed = new HttpRequestMessage(HttpMethod.Get, "/groupes");
        changed.Headers.IfNoneMatch.Add(tag);
        using var third = await browser.SendAsync(changed);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task UnchangedPage_AnotherMemberWithTheSameTag_ReadsHisOwn()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var (one, other) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"));
        using var first = await instance.SignedInAsync(one.Id);
        using var second = await instance.SignedInAsync(other.Id);

        using var mine = await first.GetAsync("/groupes");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/groupes");
        request.Headers.IfNoneMatch.Add(mine.Headers.ETag!);
        using var his = await second.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, his.StatusCode);
        Assert.Contains("Luc Essai", await his.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("private, no-cache", his.Headers.CacheControl?.ToString() is "no-cache, private" ? "private, no-cache" : his.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Session_Closed_OldCookieIsNobody()
    {
        await using var instance = await Instance.StartAsync();
        var member = await new Scene(instance).MemberAsync("Anne Essai");
        var token = await instance.SessionAsync(member.Id);
        using var browser = instance.Browser(token);
        Assert.Contains("Anne Essai", await browser.GetStringAsync("/groupes"), StringComparison.Ordinal);

        using var left = await PostAsync(browser, "/groupes", "/deconnexion");
        using var replayed = instance.Browser(token);
        using var answer = await replayed.GetAsync("/groupes");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/connexion", answer.Headers.Location!.ToString().Replace(instance.Address.GetLeftPart(UriPartial.Authority), "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Member_Suspended_OutAtTheNextRequest()
    {
        await using var instance = await Instance.StartAsync();
        var member = await new Scene(instance).MemberAsync("Anne Essai");
        using var browser = await instance.SignedInAsync(member.Id);
        Assert.Contains("Anne Essai", await browser.GetStringAsync("/groupes"), StringComparison.Ordinal);

        await using (var db = instance.Open(Viewer.System))
            await db.Members.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MemberState.Suspended));
        using var answer = await browser.GetAsync("/groupes");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task Post_WithoutToken_RefusedWithASentence()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var member = await scene.MemberAsync("Anne Essai");
        var group = await scene.GroupAsync("Groupe", member);
        var topic = await scene.TopicAsync(group, member, "Un fil");
        using var browser = await instance.SignedInAsync(member.Id);

        using var answer = await browser.PostAsync($"/contenus/{topic}/reactions", new FormUrlEncodedContent([new("numero", "0"), new("reaction", "Thanks"), new("donnee", "true")]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await using var db = instance.Open(Viewer.Member(member.Id));
        Assert.Equal(0, await db.Reactions.CountAsync());
    }

    [Fact]
    public async Task Attachment_Hostile_DownloadedNeverShown()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var member = await scene.MemberAsync("Anne Essai");
        var group = await scene.GroupAsync("Groupe", member);
        await scene.TopicAsync(group, member, "Un fil", files: [await scene.FileAsync("page.html", "<script>alert(1)</script>"), await scene.FileAsync("dessin.svg", "<svg onload=alert(1)>"), await scene.FileAsync("image.png", "<script>alert(1)</script>")]);
        using var browser = await instance.SignedInAsync(member.Id);
        await using var db = instance.Open(Viewer.Member(member.Id));

        foreach (var attachment in await db.Attachments.ToListAsync())
        {
            using var answer = await browser.GetAsync($"/pieces/{attachment.Id:N}/{attachment.Name}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
            Assert.Contains("sandbox", string.Join(" ", answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Feed_Unchanged_NotModifiedByTagAndByDate()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var member = await scene.MemberAsync("Anne Essai");
        var group = await scene.GroupAsync("Groupe", member);
        await scene.TopicAsync(group, member, "Un fil public", audience: Platform.Content.Audience.Public);
        using var reader = instance.Browser();

        using var first = await reader.GetAsync($"/groupes/{group.Slug}/flux.atom");
        using var byTag = new HttpRequestMessage(HttpMethod.Get, $"/groupes/{group.Slug}/flux.atom");
        byTag.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var byDate = new HttpRequestMessage(HttpMethod.Get, $"/groupes/{group.Slug}/flux.atom");
        byDate.Headers.IfModifiedSince = first.Content.Headers.LastModified;

        Assert.Equal("application/atom+xml", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, (await reader.SendAsync(byTag)).StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, (await reader.SendAsync(byDate)).StatusCode);
    }

    [Fact]
    public async Task Feed_KeyRevokedOrMemberGone_NotFound()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var (owner, member) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"));
        var group = await scene.GroupAsync("Groupe", owner, GroupVisibility.Hidden, members: member);
        await scene.TopicAsync(group, owner, "Un fil");
        var key = await instance.Services.GetRequiredService<Platform.Feeds.AccessKeys>().CreateAsync(member.Id, AccessKeyScope.Feeds, "lecteur", default);
        using var reader = instance.Browser();
        var address = $"/groupes/{group.Slug}/flux.rss?cle={key}";
        Assert.Contains("Un fil", await reader.GetStringAsync(address), StringComparison.Ordinal);

        await scene.JoinAsync(group, member, state: MembershipState.Left);

        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"/groupes/{group.Slug}/flux.rss?cle=inconnue")).StatusCode);
    }

    [Theory]
    [InlineData("/\\evil.test")]
    [InlineData("//evil.test")]
    [InlineData("https://evil.test")]
    [InlineData("/\u0009/evil.test")]
    [InlineData("javascript:alert(1)")]
    public void LocalAddress_Foreign_Refused(string address) => Assert.Null(LocalAddress.OrNull(address));

    [Fact]
    public void LocalAddress_OwnPage_KeptWithoutFragment() => Assert.Equal("/groupes?page=2", LocalAddress.OrNull("/groupes?page=2#r4"));

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string page, string action, params KeyValuePair<string, string>[] fields)
    {
        var token = Token().Match(await browser.GetStringAsync(page)).Groups[1].Value;
        return await browser.PostAsync(action, new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", token)]));
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
