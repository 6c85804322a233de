using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests.Conformance;

/// <summary>What every kind of content owes its readers, through the front door: the API, the pages, the feeds, the search.</summary>
public sealed class KindConformanceTests(Stage house) : IClassFixture<Stage>
{
    [Fact]
    public void Drivers_EveryRegisteredKind_HasOne() =>
        Assert.Equal(new ModuleCatalog(Rooms.All()).Kinds.Select(k => k.Key).Order(StringComparer.Ordinal), KindDriver.All.Select(d => d.Data.Kind).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(KindDriver.All), MemberType = typeof(KindDriver))]
    public async Task Create_ByMember_FoundWhereverHeMayLook(KindDriver kind)
    {
        var stage = await Place.SetAsync(house, kind);
        var id = await stage.CreateAsync(kind, "Bornes de recharge sur la place", "Qui a déjà **installé** des bornes ?");
        await stage.Instance.SettleAsync();
        using var member = await stage.Instance.ProgramAsync(stage.Member.Id);
        using var browser = await stage.Instance.SignedInAsync(stage.Member.Id);

        var read = await member.GetFromJsonAsync<JsonElement>($"{kind.Collection}/{id}");
        Assert.Equal("Bornes de recharge sur la place", read.GetProperty("title").GetString());
        Assert.Equal("Qui a déjà **installé** des bornes ?", read.GetProperty("body").GetString());
        Assert.Contains("<strong>installé</strong>", read.GetProperty("bodyHtml").GetString(), StringComparison.Ordinal);

        Assert.Contains(id, await member.GetStringAsync($"groups/{stage.Group.Slug}/{kind.Collection}"), StringComparison.Ordinal);
        Assert.Contains("Bornes de recharge", await browser.GetStringAsync($"/groupes/{stage.Group.Slug}/{kind.Page}"), StringComparison.Ordinal);
        Assert.Contains("<strong>installé</strong>", await stage.PageAsync(browser, id), StringComparison.Ordinal);
        Assert.Contains(id, await browser.GetStringAsync("/recherche?q=borne+recharge"), StringComparison.Ordinal);
        Assert.Contains(id, await member.GetStringAsync("search?q=bornes"), StringComparison.Ordinal);

        var key = await stage.Instance.Services.GetRequiredService<AccessKeys>().CreateAsync(stage.Member.Id, AccessKeyScope.Feeds, "lecteur", default);
        using var reader = stage.Instance.Browser();
        foreach (var extension in new[] { "rss", "rdf", "atom", "json" })
        {
            Assert.Contains("Bornes de recharge", await reader.GetStringAsync($"/groupes/{stage.Group.Slug}/flux.{extension}?cle={key}"), StringComparison.Ordinal);
            Assert.Contains("Bornes de recharge", await reader.GetStringAsync($"/groupes/{stage.Group.Slug}/{kind.Tool}/flux.{extension}?cle={key}"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(KindDriver.All), MemberType = typeof(KindDriver))]
    public async Task Read_ByOutsider_NotFoundAndSameAsAbsent(KindDriver kind)
    {
        var stage = await Place.SetAsync(house, kind);
        var id = await stage.CreateAsync(kind, "Un sujet réservé", "Texte");
        await stage.Instance.SettleAsync();
        using var outsider = await stage.Instance.ProgramAsync(stage.Outsider.Id);
        using var browser = await stage.Instance.SignedInAsync(stage.Outsider.Id);

        foreach (var address in new[] { $"{kind.Collection}/{id}", $"{kind.Collection}/{id}/comments" })
        {
            using var hidden = await outsider.GetAsync(address);
            using var absent = await outsider.GetAsync(address.Replace(id, "00000000", StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
            Assert.Equal(await absent.Content.ReadAsStringAsync(), await hidden.Content.ReadAsStringAsync());
        }

        using var write = await outsider.PostAsJsonAsync($"{kind.Collection}/{id}/comments", new { body = "coucou" });
        Assert.Equal(HttpStatusCode.NotFound, write.StatusCode);
        using var remove = await outsider.DeleteAsync($"{kind.Collection}/{id}");
        Assert.Equal(HttpStatusCode.NotFound, remove.StatusCode);
        using var permanent = await browser.GetAsync($"/c/{id}");
        Assert.Equal(HttpStatusCode.NotFound, permanent.StatusCode);
        Assert.DoesNotContain(id, await browser.GetStringAsync("/recherche?q=sujet"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(KindDriver.All), MemberType = typeof(KindDriver))]
    public async Task Comment_ByMember_InTheApiThePageAndTheSearch(KindDriver kind)
    {
        var stage = await Place.SetAsync(house, kind);
        var id = await stage.CreateAsync(kind, "Un sujet", "Texte");
        using var member = await stage.Instance.ProgramAsync(stage.Member.Id);
        using var browser = await stage.Instance.SignedInAsync(stage.Member.Id);

        using var made = await member.PostAsJsonAsync($"{kind.Collection}/{id}/comments", new { body = "Notre commune a **testé** le parapheur" });
        await stage.Instance.SettleAsync();

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var comments = await member.GetFromJsonAsync<JsonElement>($"{kind.Collection}/{id}/comments");
        Assert.Contains("<strong>testé</strong>", comments.GetProperty("items")[0].GetProperty("bodyHtml").GetString(), StringComparison.Ordinal);
        Assert.Contains("<strong>testé</strong>", await stage.PageAsync(browser, id), StringComparison.Ordinal);
        Assert.Contains(id, await browser.GetStringAsync("/recherche?q=parapheurs"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(KindDriver.All), MemberType = typeof(KindDriver))]
    public async Task Delete_ByAuthor_GoneEverywhere(KindDriver kind)
    {
        var stage = await Place.SetAsync(house, kind);
        var id = await stage.CreateAsync(kind, "Un sujet éphémère", "Texte");
        await stage.Instance.SettleAsync();
        using var author = await stage.Instance.ProgramAsync(stage.Author.Id);
        using var browser = await stage.Instance.SignedInAsync(stage.Author.Id);
        Assert.Contains(id, await browser.GetStringAsync("/recherche?q=éphémère"), StringComparison.Ordinal);

        using var removed = await author.DeleteAsync($"{kind.Collection}/{id}");
        await stage.Instance.SettleAsync();

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var read = await author.GetAsync($"{kind.Collection}/{id}");
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        using var page = await browser.GetAsync($"/c/{id}");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.DoesNotContain(id, await browser.GetStringAsync("/recherche?q=éphémère"), StringComparison.Ordinal);
        Assert.DoesNotContain("éphémère", await browser.GetStringAsync($"/groupes/{stage.Group.Slug}/flux.rss"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(KindDriver.All), MemberType = typeof(KindDriver))]
    public async Task Create_BadInput_SentenceAtTheField(KindDriver kind)
    {
        var stage = await Place.SetAsync(house, kind);
        using var author = await stage.Instance.ProgramAsync(stage.Author.Id);

        using var empty = await author.PostAsync($"groups/{stage.Group.Slug}/{kind.Collection}", kind.Sent("", "Texte"));
        using var huge = await author.PostAsync($"groups/{stage.Group.Slug}/{kind.Collection}", kind.Sent("Titre", new string('a', 100_001)));
        using var wide = await author.PostAsync($"groups/{stage.Hidden.Slug}/{kind.Collection}", kind.Sent("Titre", "Texte", "public"));

        Assert.Equal("Ce champ est nécessaire.", await ErrorAsync(empty, "title"));
        Assert.Contains("100001", (await ErrorAsync(huge, "body")).Replace("\u202f", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("Ce groupe ne permet pas une audience aussi large.", await ErrorAsync(wide, "audience"));
    }

    [Theory]
    [MemberData(nameof(KindDriver.All), MemberType = typeof(KindDriver))]
    public async Task Create_ReadKeyOrNoKey_Refused(KindDriver kind)
    {
        var stage = await Place.SetAsync(house, kind);
        using var readOnly = await stage.Instance.ProgramAsync(stage.Author.Id, AccessKeyScope.ApiRead);
        using var nobody = stage.Instance.Browser();

        using var forbidden = await readOnly.PostAsync($"groups/{stage.Group.Slug}/{kind.Collection}", kind.Sent("Titre", "Texte"));
        using var unknown = await nobody.PostAsync($"/api/v1/groups/{stage.Group.Slug}/{kind.Collection}", kind.Sent("Titre", "Texte"));

        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
    }

    [Theory]
    [MemberData(nameof(KindDriver.All), MemberType = typeof(KindDriver))]
    public async Task Create_HostileTexts_KeptAndInert(KindDriver kind)
    {
        var stage = await Place.SetAsync(house, kind);
        using var author = await stage.Instance.ProgramAsync(stage.Author.Id);
        using var browser = await stage.Instance.SignedInAsync(stage.Author.Id);
        string[] texts = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "'; DROP TABLE Items; --", "{{7*7}} ${7*7}", "\u202Etxet\u202C", "𝕬𝖈𝖈𝖊𝖓𝖙𝖘 é œ 👩‍👩‍👧", "=cmd|' /C calc'!A0"];

        foreach (var text in texts)
        {
            var id = await stage.CreateAsync(kind, text, text);
            var read = await author.GetFromJsonAsync<JsonElement>($"{kind.Collection}/{id}");
            Assert.Equal(text, read.GetProperty("body").GetString());
            var page = await stage.PageAsync(browser, id);
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
            Assert.DoesNotContain("href=\"javascript:", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(SharedGestures))]
    public async Task Gestures_OfAnAnimator_ShownAndUndone(KindDriver kind)
    {
        var stage = await Place.SetAsync(house, kind);
        var id = await stage.CreateAsync(kind, "Un contenu de passage", "Texte");
        using var browser = await stage.Instance.SignedInAsync(stage.Author.Id);
        using var member = await stage.Instance.ProgramAsync(stage.Member.Id);
        var home = $"/groupes/{stage.Group.Slug}";

        await ActAsync(browser, id, "epingler");
        Assert.Contains("Un contenu de passage", (await new Visitor(browser).OpenAsync(home)).Document.QuerySelectorAll("main section").First(s => s.QuerySelector("h2")?.TextContent == "Épinglé").TextContent, StringComparison.Ordinal);

        await ActAsync(browser, id, "fermer");
        using (var refused = await member.PostAsJsonAsync($"{kind.Collection}/{id}/comments", new { body = "trop tard" })) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await ActAsync(browser, id, "rouvrir");
        using (var taken = await member.PostAsJsonAsync($"{kind.Collection}/{id}/comments", new { body = "à temps" })) Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        Assert.Contains("a fermé aux réponses", await stage.PageAsync(browser, id), StringComparison.Ordinal);

        var list = await ActAsync(browser, id, "retirer");
        Assert.StartsWith($"{home}/{kind.Tool}", list.OriginalString, StringComparison.Ordinal);
        Assert.NotNull((await new Visitor(browser).OpenAsync(list.OriginalString)).Document.QuerySelector($"form[action='contenus/{id}/gestes'] button[value=retablir]"));
        Assert.Contains("Un contenu de passage", await browser.GetStringAsync($"{home}/corbeille/{kind.Tool}"), StringComparison.Ordinal);
        using (var gone = await browser.GetAsync($"/c/{id}")) Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        await ActAsync(browser, id, "retablir");
        Assert.Contains("à temps", await stage.PageAsync(browser, id), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(SharedGestures))]
    public async Task Move_ToAnotherGroup_LinksFollowAndFormerReadersDoNot(KindDriver kind)
    {
        var stage = await Place.SetAsync(house, kind);
        var id = await stage.CreateAsync(kind, "Un contenu qui déménage", "Texte");
        using var browser = await stage.Instance.SignedInAsync(stage.Author.Id);
        using var member = await stage.Instance.SignedInAsync(stage.Member.Id);
        using var before = await browser.GetAsync($"/c/{id}");

        var page = await new Visitor(browser).OpenAsync($"/contenus/{id}/deplacer");
        Assert.Contains("Un contenu qui déménage", (await new Visitor(browser).SendAsync(page, "select[name=To]", ("To", stage.Hidden.Slug))).Text, StringComparison.Ordinal);

        using var old = await browser.GetAsync(before.Headers.Location);
        Assert.Equal(HttpStatusCode.MovedPermanently, old.StatusCode);
        Assert.StartsWith($"/groupes/{stage.Hidden.Slug}/{kind.Tool}/", old.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("Un contenu qui déménage", await browser.GetStringAsync(old.Headers.Location), StringComparison.Ordinal);
        foreach (var address in new[] { $"/c/{id}", before.Headers.Location!.OriginalString, old.Headers.Location.OriginalString })
        {
            using var hidden = await member.GetAsync(address);
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        }
    }

    [Theory]
    [MemberData(nameof(SharedGestures))]
    public async Task Change_OfTheText_FormerTextInItsHistoryAndOldVersionRefused(KindDriver kind)
    {
        var stage = await Place.SetAsync(house, kind);
        var id = await stage.CreateAsync(kind, "Un contenu repris", "Avant la reprise");
        using var author = await stage.Instance.ProgramAsync(stage.Author.Id);
        using var member = await stage.Instance.SignedInAsync(stage.Member.Id);
        var version = (await author.GetFromJsonAsync<JsonElement>($"{kind.Collection}/{id}")).GetProperty("version").GetInt32();

        using var changed = await author.PatchAsJsonAsync($"{kind.Collection}/{id}", new { body = "Après la reprise", version });
        using var late = await author.PatchAsJsonAsync($"{kind.Collection}/{id}", new { body = "Sans l’avoir lu", version });

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Matches("modifié|changé", await ErrorAsync(late, "body"));
        using var permanent = await member.GetAsync($"/c/{id}");
        var history = await new Visitor(member).OpenAsync($"{permanent.Headers.Location!.OriginalString}/{kind.Changes}");
        Assert.Contains("Avant", history.Text, StringComparison.Ordinal);
        Assert.Contains("Après", history.Text, StringComparison.Ordinal);
    }

    /// <summary>Kinds whose gestures are those of the platform.</summary>
    public static TheoryData<KindDriver> SharedGestures() =>
        [.. KindDriver.All.Select(d => d.Data).Where(d => !new ModuleCatalog(Rooms.All()).Kind(d.Kind).HasOwnGestures)];

    private static async Task<Uri> ActAsync(HttpClient browser, string id, string gesture)
    {
        using var answer = await browser.GestureAsync("/groupes", $"/contenus/{id}/gestes", ("geste", gesture));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!;
    }

    private static async Task<string> ErrorAsync(HttpResponseMessage response, string field)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        return problem.GetProperty("errors").GetProperty(field)[0].GetString()!;
    }

    private sealed class Place
    {
        public required Instance Instance { get; init; }
        public required Member Author { get; init; }
        public required Member Member { get; init; }
        public required Member Outsider { get; init; }
        public required Group Group { get; init; }
        public required Group Hidden { get; init; }

        public static async Task<Place> SetAsync(Stage house, KindDriver kind)
        {
            var scene = house.Scene;
            var (author, member, outsider) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"), await scene.MemberAsync("Zoé Essai"));
            var place = new Place
            {
                Instance = house.Instance, Author = author, Member = member, Outsider = outsider,
                Group = await scene.GroupAsync("Groupe d’essai", author, members: member),
                Hidden = await scene.GroupAsync("Groupe masqué", author, GroupVisibility.Hidden),
            };
            foreach (var group in new[] { place.Group, place.Hidden }) await kind.PrepareAsync(scene, group);
            return place;
        }

        public async Task<string> CreateAsync(KindDriver kind, string title, string body)
        {
            using var author = await Instance.ProgramAsync(Author.Id);
            using var made = await author.PostAsync($"groups/{Group.Slug}/{kind.Collection}", kind.Sent(title, body));
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
            return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        }

        public async Task<string> PageAsync(HttpClient browser, string id)
        {
            using var permanent = await browser.GetAsync($"/c/{id}");
            Assert.Equal(HttpStatusCode.Redirect, permanent.StatusCode);
            return await browser.GetStringAsync(permanent.Headers.Location);
        }
    }
}
