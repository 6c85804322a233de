using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Syndication;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Readers;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>The feeds of éditos, when an édito is to be written, and to whom it is not sent.</summary>
public sealed class EditorialFeedTests : IAsyncLifetime
{
    private static readonly string[] Extensions = ["rss", "rdf", "atom", "json"];

    private readonly CommandCounter _commands = new();
    private Instance _instance = null!;
    private Scene _scene = null!;
    private Member _anne = null!;
    private Member _luc = null!;
    private Group _group = null!;

    private string Veille => $"/groupes/{_group.Slug}/veille";

    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync(manualClock: true, adjust: _commands.Watch);
        _scene = new Scene(_instance);
        (_anne, _luc) = (await _scene.MemberAsync("Anne Essai"), await _scene.MemberAsync("Luc Essai"));
        _group = await _scene.VeilleAsync(_anne, members: _luc);
    }

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Fact]
    public async Task Feed_InEveryFormat_ReadBackWhole()
    {
        await _scene.ServeTerritoryAsync(_group);
        var id = await _scene.EditorialAsync(_group, _anne, "Le mois <de> l’eau", "Un **mot**, et [la revue](/veille/revues/1).", tags: "Eau");
        _instance.Clock.Advance(TimeSpan.FromMinutes(2));
        var late = await _scene.EditorialAsync(_group, _anne, "Un focus", "Texte.");
        using var reader = _instance.Browser();
        var site = _instance.Services.GetRequiredService<PlatformOptions>();

        foreach (var (path, page) in new[] { ("/veille/editos", "/veille/editos/2026-11-le-mois-de-l-eau"), ($"{Veille}/editos", $"{Veille}/editos/{id}-le-mois-de-l-eau") })
        {
            foreach (var extension in Extensions)
            {
                using var answer = await reader.GetAsync($"{path}.{extension}");
                var feed = FeedReader.Read(await answer.Content.ReadAsByteArrayAsync())!;
                Assert.Equal((extension, HttpStatusCode.OK, 2), (extension, answer.StatusCode, feed.Items.Count));
                Assert.Empty(feed.Repairs);
                Assert.Equal(["Un focus", "Le mois <de> l’eau"], feed.Items.Select(e => e.Title));
                var entry = feed.Items[1];
                Assert.EndsWith(page, entry.Link!.AbsoluteUri, StringComparison.Ordinal);
                Assert.Contains("<strong>mot</strong>", entry.Content, StringComparison.Ordinal);
                Assert.Contains(site.Absolute("/veille/revues/1").AbsoluteUri, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
                Assert.Contains("Anne Essai", Assert.Single(entry.Authors).Text, StringComparison.Ordinal);
                if (extension != "rdf") Assert.Equal(($"urn:territoire:{id}", $"urn:territoire:{late}"), (entry.Id, feed.Items[0].Id));
            }
        }
    }

    [Fact]
    public async Task Feed_AskedAgain_304UntilCorrected()
    {
        await _scene.ServeTerritoryAsync(_group);
        var id = await _scene.EditorialAsync(_group, _anne, "Le mois de l’eau");
        using var reader = _instance.Browser();
        var seen = new List<(string Address, EntityTagHeaderValue Tag, DateTimeOffset? Date)>();
        foreach (var address in Extensions.SelectMany(e => new[] { $"/veille/editos.{e}", $"{Veille}/editos.{e}" }))
        {
            using var first = await reader.GetAsync(address);
            seen.Add((address, first.Headers.ETag!, first.Content.Headers.LastModified));
            Assert.Equal((address, true, "utf-8"), (address, first.Headers.CacheControl!.Public, first.Content.Headers.ContentType!.CharSet));
        }

        Assert.All(await AgainAsync(reader, seen), s => Assert.Equal(HttpStatusCode.NotModified, s));
        _instance.Clock.Advance(TimeSpan.FromMinutes(2));
        var anne = new Visitor(await _instance.SignedInAsync(_anne.Id));
        await anne.SendAsync(await anne.OpenAsync($"{Veille}/editos/{id}/modifier"), "form.formulaire", ("Input.Body", "Corrigé."));

        Assert.All(await AgainAsync(reader, seen), s => Assert.Equal(HttpStatusCode.OK, s));
        Assert.Contains("Corrigé.", await reader.GetStringAsync("/veille/editos.rss"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feed_WithAKey_ReadAsItsMember()
    {
        await _scene.ServeTerritoryAsync(_group, Audience.Group);
        await _scene.EditorialAsync(_group, _anne, "Entre nous");
        var keys = _instance.Services.GetRequiredService<AccessKeys>();
        var (own, other) = (await keys.CreateAsync(_luc.Id, AccessKeyScope.Feeds, "lecteur", default), await keys.CreateAsync((await _scene.MemberAsync("Zoé Essai")).Id, AccessKeyScope.Feeds, "lecteur", default));
        using var reader = _instance.Browser();

        using var byOwn = await reader.GetAsync($"/veille/editos.atom?cle={own}");
        using var byNobody = await reader.GetAsync("/veille/editos.atom");
        using var byWrong = await reader.GetAsync("/veille/editos.atom?cle=00000000000000000000000000000000");

        Assert.Contains("Entre nous", await byOwn.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(own, await byOwn.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(byOwn.Headers.CacheControl!.Private);
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound], [byNobody.StatusCode, byWrong.StatusCode]);
        Assert.DoesNotContain("Entre nous", await reader.GetStringAsync($"/veille/editos.atom?cle={other}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feed_BeforeTheFirst_EmptyForWhoeverReadsTheRevue()
    {
        await _scene.ServeTerritoryAsync(_group);
        using var reader = _instance.Browser();

        using var empty = await reader.GetAsync("/veille/editos.json");
        using var unknown = await reader.GetAsync("/veille/editos.doc");

        Assert.Equal(0, JsonDocument.Parse(await empty.Content.ReadAsStringAsync()).RootElement.GetProperty("items").GetArrayLength());
        Assert.Contains("Pas encore d’édito", (await _instance.Stranger().OpenAsync("/veille/editos")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Due_AtTheEndOfTheMonth_ToldToTheAnimatorUntilWritten()
    {
        await _scene.PlaceAsync(_group, _anne, new("La rivière remonte"));
        await _scene.PublishAsync(_group, _anne, "Eaux vives", "Un mot.");
        Assert.Null(await DueAsync(_anne));

        _instance.Clock.Advance(TimeSpan.FromDays(5));
        var link = await DueAsync(_anne);
        Assert.Equal($"groupes/{_group.Slug}/veille/edito?mois=2026-11", link);
        Assert.Null(await DueAsync(_luc));
        _instance.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(link, await DueAsync(_anne));
        Assert.Contains("La rivière remonte", (await new Visitor(await _instance.SignedInAsync(_anne.Id)).OpenAsync($"{Veille}/edito")).ValueOf("Input.Body"), StringComparison.Ordinal);
        await _scene.EditorialAsync(_group, _anne, "Le mois de l’eau");

        Assert.Null(await DueAsync(_anne));
    }

    [Fact]
    public async Task Publish_PublicEdito_NotMailedToThoseWhoAskedForTheRevue()
    {
        await _scene.ServeTerritoryAsync(_group);
        await using (var db = _instance.Open(Viewer.System))
        {
            db.Add(new RevueReader { GroupId = _group.Id, Email = "lectrice@essai.invalid", NormalizedEmail = "LECTRICE@ESSAI.INVALID", State = ReaderState.Confirmed, AskedAt = DateTime.UnixEpoch });
            await db.SaveChangesAsync();
        }

        await _scene.EditorialAsync(_group, _anne, "Le mois de l’eau");
        await _scene.PlaceAsync(_group, _anne, new("Un article"));
        await _scene.PublishAsync(_group, _anne, "La revue d’après", "Un mot.");
        await _instance.SettleAsync();

        var letter = Assert.Single(_instance.Mails().Select(Letter.Of), l => l.To == "lectrice@essai.invalid");
        Assert.Contains("La revue d’après", letter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_LittleThenMuchToShow_AskTheDatabaseAsOften()
    {
        await _scene.ServeTerritoryAsync(_group);
        await _scene.PlaceAsync(_group, _anne, new("Un article"));
        await _scene.PublishAsync(_group, _anne, "Première", "Un mot.");
        var id = await _scene.EditorialAsync(_group, _anne, "Le mois de l’eau", tags: "eau");
        (string Page, int Most)[] pages = [("/veille/editos", 6), ("/veille/editos/2026-11-le-mois-de-l-eau", 10), ("/veille/editos.atom", 6), ($"{Veille}/edito?mois=2026-11", 9), (Veille, 6)];
        using var browser = await _instance.SignedInAsync(_anne.Id);
        var few = await AskedAsync(browser, pages);

        for (var n = 0; n < 12; n++)
        {
            await _scene.EditorialAsync(_group, _anne, $"Édito {n}", tags: "eau, air", month: 202601 + (n % 10));
            await _scene.AnswerAsync(id, n % 2 == 0 ? _anne : _luc, "Encore.");
            for (var article = 0; article < 4; article++) await _scene.PlaceAsync(_group, _anne, new($"Article {n} {article}") { Rubric = $"Rubrique {article}", Finder = _luc });
            await _scene.PublishAsync(_group, _anne, $"Numéro {n}", "Un mot.");
        }

        var many = await AskedAsync(browser, pages);
        Assert.All(few.Zip(many, pages), c => Assert.True(c.Second <= c.First + 1 && c.Second <= c.Third.Most, $"{c.Third.Page} asks {c.First} then {c.Second} times"));
    }

    // Asked twice: the first visit leaves marks, and reads what is kept in memory.
    private async Task<List<int>> AskedAsync(HttpClient browser, (string Page, int Most)[] pages)
    {
        var counts = new List<int>();
        foreach (var (page, _) in pages)
        {
            for (var visit = 0; visit < 2; visit++)
            {
                _commands.Clear();
                using var answer = await browser.GetAsync(page);
                Assert.Equal((page, HttpStatusCode.OK), (page, answer.StatusCode));
            }

            counts.Add(_commands.Commands.Count);
        }

        return counts;
    }

    private async Task<string?> DueAsync(Member member) =>
        (await new Visitor(await _instance.SignedInAsync(member.Id)).OpenAsync(Veille)).Document.QuerySelector(".encart a[href*='/veille/edito?mois=']")?.GetAttribute("href");

    private static async Task<List<HttpStatusCode>> AgainAsync(HttpClient reader, List<(string Address, EntityTagHeaderValue Tag, DateTimeOffset? Date)> seen)
    {
        var statuses = new List<HttpStatusCode>();
        foreach (var (address, tag, date) in seen)
        {
            using var byTag = new HttpRequestMessage(HttpMethod.Get, address);
            byTag.Headers.IfNoneMatch.Add(tag);
            using var byDate = new HttpRequestMessage(HttpMethod.Get, address);
            byDate.Headers.IfModifiedSince = date;
            foreach (var request in (HttpRequestMessage[])[byTag, byDate])
            {
                using var answer = await reader.SendAsync(request);
                statuses.Add(answer.StatusCode);
            }
        }

        return statuses;
    }
}
