using System.Net;
using System.Text;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>The cover of a revue: put, seen by the readers of the revue and by them alone, corrected, taken away.</summary>
public sealed class IssueCoverTests(Stage stage) : IClassFixture<Stage>, IAsyncLifetime
{
    private const string Form = ".revue-preparation";

    private Member _anne = null!;
    private Member _luc = null!;
    private Group _group = null!;
    private Visitor _byAnne = null!;

    private string Prepare => $"/groupes/{_group.Slug}/veille/revue";

    public async ValueTask InitializeAsync()
    {
        (_anne, _luc) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        _group = await stage.Scene.VeilleAsync(_anne, members: _luc);
        await stage.Scene.PlaceAsync(_group, _anne, new("La rivière remonte"));
        _byAnne = await stage.AsAsync(_anne);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("png", "image/png")]
    [InlineData("jpeg", "image/jpeg")]
    [InlineData("webp", "image/webp")]
    public async Task Cover_WithPlaceAndDevice_ShownInThePreviewWithout(string format, string type)
    {
        var saved = await SaveAsync(format switch { "png" => Pictures.Png(secrets: true), "jpeg" => Pictures.Jpeg(), _ => Pictures.WebP() }, ("Input.CoverText", "Le pont sur la Drôme"));

        var picture = saved.Document.QuerySelector(".revue-feuille img.revue-couverture")!;
        using var browser = await stage.Instance.SignedInAsync(_anne.Id);
        using var answer = await browser.GetAsync("/" + picture.GetAttribute("src"));
        var bytes = Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("Le pont sur la Drôme", picture.GetAttribute("alt"));
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.InRange(bytes.Length, 20, 400);
        foreach (var secret in (string[])["GPS", "secret", "script"]) Assert.DoesNotContain(secret, bytes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cover_NotAPicture_SentenceAtTheFieldAndNothingLost()
    {
        var refused = await SaveAsync(Encoding.UTF8.GetBytes("<script>alert(1)</script>"), ("Input.Title", "Eaux vives"), ("Input.Introduction", "Un mot."), ("Input.CoverText", "Le pont"));

        Assert.True(refused.Refuses("Input.Cover"));
        Assert.Contains("Ce fichier n’est pas une image PNG, JPEG, WebP ou GIF.", refused.Text, StringComparison.Ordinal);
        Assert.Equal(("Eaux vives", "Un mot.", "Le pont"), (refused.ValueOf("Input.Title"), refused.ValueOf("Input.Introduction"), refused.ValueOf("Input.CoverText")));
        Assert.Null((await _byAnne.OpenAsync(Prepare)).Document.QuerySelector("img.revue-couverture"));
    }

    [Fact]
    public async Task Cover_OfADraft_ForAnimatorsAlone()
    {
        var saved = await SaveAsync(Pictures.Png());

        Assert.NotNull(saved.Document.QuerySelector("img.revue-couverture"));
        using var luc = await stage.Instance.SignedInAsync(_luc.Id);
        using var anne = await stage.Instance.SignedInAsync(_anne.Id);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (await StatusAsync(anne, Prepare + "/couverture"), await StatusAsync(luc, Prepare + "/couverture")));
    }

    [Theory]
    [InlineData(Audience.Group, false, false)]
    [InlineData(Audience.Platform, true, false)]
    [InlineData(Audience.Public, true, true)]
    public async Task Cover_OfAPublishedRevue_SeenByItsReadersAlone(Audience audience, bool isSeenByMembers, bool isSeenByAll)
    {
        await stage.Scene.SetVeilleAsync(_group, p => p.Audience = audience);
        await SaveAsync(Pictures.Png());
        var address = Path(await PublishAsync());
        var zoe = await stage.Scene.MemberAsync("Zoé Essai");
        using var everybody = stage.Instance.Browser();
        using var members = await stage.Instance.SignedInAsync(zoe.Id);
        using var group = await stage.Instance.SignedInAsync(_luc.Id);

        var seen = new List<bool>();
        foreach (var browser in (HttpClient[])[group, members, everybody]) seen.Add(await StatusAsync(browser, address + "/couverture") == HttpStatusCode.OK);

        Assert.Equal([true, isSeenByMembers, isSeenByAll], seen);
    }

    [Fact]
    public async Task Cover_Corrected_AnotherThenNone()
    {
        await SaveAsync(Pictures.Png(), ("Input.CoverText", "Le pont"));
        var address = Path(await PublishAsync());

        var other = await _byAnne.SendAsync(await _byAnne.OpenAsync(address + "/corriger"), "form.formulaire", [("Input.Cover", "rive.webp", Pictures.WebP())], ("Input.CoverText", "La rive"));
        using var luc = await stage.Instance.SignedInAsync(_luc.Id);
        using var answer = await luc.GetAsync(address + "/couverture");
        var none = await _byAnne.SendAsync(await _byAnne.OpenAsync(address + "/corriger"), "form.formulaire", ("Input.RemovesCover", "true"));

        Assert.Equal("La rive", other.Document.QuerySelector("img.revue-couverture")?.GetAttribute("alt"));
        Assert.Equal("image/webp", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("corrigée le 23 novembre", other.Text, StringComparison.Ordinal);
        Assert.Null(none.Document.QuerySelector("img.revue-couverture"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(luc, address + "/couverture"));
    }

    [Fact]
    public async Task Cover_OfTheTerritorysPublicRevue_InItsPagesAndFeed()
    {
        await stage.Scene.SetVeilleAsync(_group, p => (p.ServesTerritory, p.Audience) = (true, Audience.Public));
        await SaveAsync(Pictures.Png(), ("Input.CoverText", "Le pont & la rive"));
        await PublishAsync();
        using var everybody = stage.Instance.Browser();

        var page = await new Visitor(everybody).OpenAsync("/veille/revues/1");
        var feed = await everybody.GetStringAsync("/veille/revues.atom");

        var picture = page.Document.QuerySelector("img.revue-couverture")!;
        Assert.Equal("Le pont & la rive", picture.GetAttribute("alt"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(everybody, "/" + picture.GetAttribute("src")));
        Assert.Contains("/veille/revues/1/couverture", WebUtility.HtmlDecode(feed), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(everybody, "/veille/revues/1/couverture"));
    }

    private async Task<VisitedPage> SaveAsync(byte[] picture, params (string, string?)[] fields) =>
        await _byAnne.SendAsync(await _byAnne.OpenAsync(Prepare), Form, [("Input.Cover", "IMG_44.9333_4.8917.jpg", picture)], [.. fields, ("Input.Gesture", "enregistrer")]);

    private async Task<VisitedPage> PublishAsync() =>
        await _byAnne.SendAsync(await _byAnne.SendAsync(await _byAnne.OpenAsync(Prepare), Form, ("Input.Gesture", "confirmer")), "form:has([name='Confirmed'])");

    private static string Path(VisitedPage page) => page.Address.Split('?')[0];

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(address);
        return answer.StatusCode;
    }
}
