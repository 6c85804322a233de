using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Maintenance;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Demo;
using TerritoireCollab.Veille.Finds;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>One instance that may ask the sites of this machine, and one such site.</summary>
public sealed class PictureStage : IAsyncLifetime
{
    /// <summary>The instance.</summary>
    public Instance Instance { get; private set; } = null!;

    /// <summary>Makes people and groups.</summary>
    public Scene Scene { get; private set; } = null!;

    /// <summary>The site whose pages are brought.</summary>
    public WebSite Site { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Instance = await Instance.StartAsync(manualClock: true, settings: ("Territoire:Fetch:AllowPrivateNetworks", "true"));
        Scene = new Scene(Instance);
        Site = await WebSite.StartAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await Instance.DisposeAsync();
    }
}

/// <summary>The picture that the page of a find shows of itself: copied after the find is there, served by us to whoever reads the find, gone with it.</summary>
public sealed class FindPicturesTests(PictureStage stage) : IClassFixture<PictureStage>
{
    private const string Secret = "pris-au-45.18N-5.72E";

    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Proposed_PageWithAPicture_CopiedAfterwardsWithoutItsMetadata()
    {
        var set = await SetAsync();
        var (path, page) = PageWith(Picture(1));

        var proposed = await ProposeAsync(set, page);
        Assert.Equal((0, 0), (stage.Site.Asked(path), proposed.Document.QuerySelectorAll("main img[src*='/image']").Length));
        await FetchAsync();

        var shown = await set.Visitor.OpenAsync(proposed.Address);
        var img = shown.Document.QuerySelector("main img[src$='/image']")!;
        Assert.Equal(("", "320", "180", "lazy"), (img.GetAttribute("alt"), img.GetAttribute("width"), img.GetAttribute("height"), img.GetAttribute("loading")));
        using var browser = await stage.Instance.SignedInAsync(set.Member.Id);
        using var answer = await browser.GetAsync("/" + img.GetAttribute("src"));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal((HttpStatusCode.OK, "image/png"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal(("nosniff", true, 3600), (answer.Headers.GetValues("X-Content-Type-Options").Single(), answer.Headers.CacheControl!.Private, (int)answer.Headers.CacheControl.MaxAge!.Value.TotalSeconds));
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal((480, 270), PictureSize.Of(bytes));
        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal(1, stage.Site.Asked(path));
    }

    [Fact]
    public async Task Proposed_PageWithTwitterPictureAlone_Copied()
    {
        var set = await SetAsync();
        var name = Guid.CreateVersion7().ToString("N");
        stage.Site.Put($"/{name}.gif", Gif(100, 80), "image/gif");
        var page = stage.Site.Put($"/{name}", Encoding.UTF8.GetBytes($"<title>Une page</title><meta name=\"twitter:image\" content=\"/{name}.gif\">"), "text/html");

        var find = Id(await ProposeAsync(set, page));
        await FetchAsync();

        using var browser = await stage.Instance.SignedInAsync(set.Member.Id);
        using var answer = await browser.GetAsync(ImageOf(set, find));
        Assert.Equal((HttpStatusCode.OK, "image/gif"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
    }

    public static TheoryData<string> BadPictures => ["svg", "html", "point", "immense", "tronquee", "lourde", "absente", "aucune"];

    [Theory]
    [MemberData(nameof(BadPictures))]
    public async Task Proposed_PageWithABadPicture_AFindWithoutOneAndNotAskedAgain(string kind)
    {
        var set = await SetAsync();
        var (path, page) = PageWith(kind switch
        {
            "svg" => Encoding.UTF8.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\" height=\"200\"><script>alert(1)</script></svg>"),
            "html" => Encoding.UTF8.GetBytes("<html><body>Rien</body></html>"),
            "point" => PngPress.Write(1, 1, (_, _) => 0),
            "immense" => [.. PngPress.Write(60, 60, (_, _) => 0)[..16], 0, 0, 0x40, 0, 0, 0, 0x40, 0, .. PngPress.Write(60, 60, (_, _) => 0)[24..]],
            "tronquee" => Picture(2)[..40],
            "lourde" => [.. Picture(2), .. new byte[FetchPicture.MostBytes]],
            _ => [],
        }, kind switch { "absente" => "inconnue", "aucune" => null, _ => "" });

        var find = Id(await ProposeAsync(set, page));
        await FetchAsync();
        var asked = stage.Site.Asked(path) + stage.Site.Asked(page.AbsolutePath);
        await FetchAsync();

        var shown = await set.Visitor.OpenAsync($"/c/{find}");
        Assert.Equal("Une page", shown.Document.QuerySelector("h1")!.TextContent);
        Assert.Empty(shown.Document.QuerySelectorAll("main img[src*='/image']"));
        Assert.Equal(HttpStatusCode.NotFound, (await set.Visitor.OpenAsync(ImageOf(set, find))).Status);
        Assert.True(asked >= 1);
        Assert.Equal(asked, stage.Site.Asked(path) + stage.Site.Asked(page.AbsolutePath));
    }

    [Fact]
    public async Task Proposed_WithoutPicture_NothingAsked()
    {
        var set = await SetAsync();
        var (path, page) = PageWith(Picture(3));

        var find = Id(await ProposeAsync(set, page, ("Input.WithoutPicture", "true")));
        await FetchAsync();

        Assert.Equal((0, 0), (stage.Site.Asked(path), stage.Site.Asked(page.AbsolutePath)));
        Assert.Equal("Une page", (await set.Visitor.OpenAsync($"/c/{find}")).Document.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Picture_TakenOff_StaysAwayUntilItIsAskedFor()
    {
        var set = await SetAsync();
        var find = await FoundAsync(set, Picture(4));

        var removed = await set.Visitor.SendAsync(await set.Visitor.OpenAsync($"/c/{find}"), "button[value='sans-image']");
        await FetchAsync();
        var still = await set.Visitor.OpenAsync($"/c/{find}");
        var back = await set.Visitor.SendAsync(removed, "button[value='chercher-image']");

        Assert.Contains("L’image est retirée", removed.Text, StringComparison.Ordinal);
        Assert.Empty(still.Document.QuerySelectorAll("main img[src*='/image']"));
        Assert.Contains("L’image de la page est là", back.Text, StringComparison.Ordinal);
        Assert.Single(back.Document.QuerySelectorAll("main img[src$='/image']"));
    }

    [Fact]
    public async Task Picture_AskedOfAPageWithout_SaidInASentence()
    {
        var set = await SetAsync();
        var (_, page) = PageWith([], null);
        var find = Id(await ProposeAsync(set, page));
        await FetchAsync();

        var asked = await set.Visitor.SendAsync(await set.Visitor.OpenAsync($"/c/{find}"), "button[value='chercher-image']");

        Assert.Contains("ne montre pas d’image", asked.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_ByRole_TakenOffByItsFinderAndAnimators()
    {
        var set = await SetAsync();
        var find = await FoundAsync(set, Picture(5));
        var other = await Scene.MemberAsync("Léa Essai");
        await Scene.JoinAsync(set.Group, other);
        var (stranger, animator) = (new Visitor(await stage.Instance.SignedInAsync(other.Id)), new Visitor(await stage.Instance.SignedInAsync(set.Owner.Id)));
        var gestures = $"/groupes/{set.Group.Slug}/veille/trouvailles/{find}/gestes";

        Assert.Null((await stranger.OpenAsync($"/c/{find}")).Document.QuerySelector("button[value='sans-image']"));
        foreach (var gesture in new[] { "sans-image", "chercher-image" }) Assert.Equal(HttpStatusCode.Forbidden, (await stranger.PostAsync(gestures, ("geste", gesture))).Status);
        Assert.Equal(HttpStatusCode.OK, (await animator.PostAsync(gestures, ("geste", "sans-image"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await animator.OpenAsync(ImageOf(set, find))).Status);
    }

    [Fact]
    public async Task Picture_ByItsAddress_ToTheReadersOfTheFindAlone()
    {
        var (hidden, open) = (await SetAsync(GroupVisibility.Hidden), await SetAsync());
        var (reserved, common) = (await FoundAsync(hidden, Picture(6)), await FoundAsync(open, Picture(7), ("Input.Audience", "Public")));
        var (stranger, outsider) = (stage.Instance.Stranger(), new Visitor(await stage.Instance.SignedInAsync((await Scene.MemberAsync("Zoé Essai")).Id)));

        Assert.Equal(HttpStatusCode.OK, (await hidden.Visitor.OpenAsync(ImageOf(hidden, reserved))).Status);
        Assert.Equal(HttpStatusCode.OK, (await stranger.OpenAsync(ImageOf(open, common))).Status);
        foreach (var visitor in new[] { stranger, outsider }) Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(ImageOf(hidden, reserved))).Status);
        await hidden.Visitor.SendAsync(await hidden.Visitor.OpenAsync($"/c/{reserved}"), "button[value='retirer']");
        Assert.Equal(HttpStatusCode.NotFound, (await hidden.Visitor.OpenAsync(ImageOf(hidden, reserved))).Status);
    }

    [Fact]
    public async Task Purge_FindGoneForGood_ItsPictureTooUnlessAnotherShowsIt()
    {
        await using var instance = await Instance.StartAsync(manualClock: true, settings: ("Territoire:Fetch:AllowPrivateNetworks", "true"));
        var set = await SetAsync(scene: new Scene(instance));
        var (alone, shared) = (Picture(8), Picture(9));
        var first = await FoundAsync(set, alone);
        var second = await FoundAsync(set, shared);
        var third = await FoundAsync(set, shared);
        foreach (var find in new[] { first, second }) await set.Visitor.SendAsync(await set.Visitor.OpenAsync($"/c/{find}"), "button[value='retirer']");

        await PurgeAsync(instance);
        Assert.Equal(2, await FilesAsync(instance));
        instance.Clock.Advance(Retention.Trash + TimeSpan.FromDays(2));
        await PurgeAsync(instance);

        Assert.Equal(1, await FilesAsync(instance));
        Assert.Single(await instance.Services.GetRequiredService<FileStore>().AllAsync(default).ToListAsync());
        using var browser = await instance.SignedInAsync(set.Member.Id);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(ImageOf(set, third))).StatusCode);
        await instance.SettleAsync();
        Assert.All(await ActivatorUtilities.CreateInstance<CheckIntegrity>(instance.Services).ExecuteAsync(default), check => Assert.True(check.IsSound, check.Sentence));
    }

    private async Task<string> FoundAsync(Set set, byte[] picture, params (string, string?)[] fields)
    {
        var find = Id(await ProposeAsync(set, PageWith(picture).Page, fields));
        await FetchAsync(set.Scene.Instance);
        return find;
    }

    private static Task<VisitedPage> ProposeAsync(Set set, Uri page, params (string, string?)[] fields) => ProposeAsync(set.Visitor, set.Group, page, fields);

    private static async Task<VisitedPage> ProposeAsync(Visitor visitor, Group group, Uri page, (string, string?)[] fields) =>
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/veille/proposer"), "[name='Input.Address']",
            [("Input.Address", page.AbsoluteUri), ("Input.Title", "Une page"), ("Input.Body", "Pourquoi."), .. fields]);

    private Task FetchAsync() => FetchAsync(stage.Instance);

    private static Task FetchAsync(Instance instance) => instance.Services.GetServices<IWorker>().OfType<FetchPictures>().Single().RunOnceAsync(default);

    private static Task PurgeAsync(Instance instance) => instance.Services.GetServices<IRecurringJob>().Single(j => j.Key == "purge").RunAsync(default);

    private static async Task<int> FilesAsync(Instance instance)
    {
        await using var db = instance.Open(Viewer.System);
        return await db.Files.CountAsync();
    }

    private static string Id(VisitedPage page) => ShortIds.FromSegment(page.Address.Split('/')[^1].Split('?')[0])!;

    private static string ImageOf(Set set, string find) => $"/groupes/{set.Group.Slug}/veille/trouvailles/{find}/image";

    // A page that shows that picture; at a path that leads nowhere, or none at all.
    private (string Path, Uri Page) PageWith(byte[] picture, string? at = "")
    {
        var name = Guid.CreateVersion7().ToString("N");
        var path = at?.Length > 0 ? $"/{at}-{name}.png" : $"/{name}.png";
        if (at is "") stage.Site.Put(path, picture, "image/png");
        var meta = at is null ? "" : $"<meta property=\"og:image\" content=\"{new Uri(stage.Site.Address, path)}\">";
        return (path, stage.Site.Put($"/{name}", Encoding.UTF8.GetBytes($"<html><head><title>Une page</title>{meta}</head><body></body></html>"), "text/html"));
    }

    private static byte[] Picture(int number)
    {
        var picture = PngPress.Landscape(number);
        return [.. picture[..33], .. PngPress.Chunk("tEXt", Encoding.Latin1.GetBytes($"Comment\0{Secret}")), .. picture[33..]];
    }

    // A screen of two colours, a comment, one image of the smallest code.
    private static byte[] Gif(byte width, byte height) =>
        [.. "GIF89a"u8, width, 0, height, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x21, 0xFE, (byte)Secret.Length, .. Encoding.Latin1.GetBytes(Secret), 0, 0x2C, 0, 0, 0, 0, width, 0, height, 0, 0, 2, 2, 0x44, 1, 0, 0x3B];

    private async Task<Set> SetAsync(GroupVisibility visibility = GroupVisibility.AllMembers, Scene? scene = null)
    {
        scene ??= Scene;
        var (owner, member) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"));
        var group = await scene.VeilleAsync(owner, visibility: visibility, members: member);
        return new(scene, group, owner, member, new Visitor(await scene.Instance.SignedInAsync(member.Id)));
    }

    private sealed record Set(Scene Scene, Group Group, Member Owner, Member Member, Visitor Visitor);
}
