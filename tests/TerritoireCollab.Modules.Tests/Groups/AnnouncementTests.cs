using System.Net;
using System.Text.Json;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Groups;

/// <summary>What animators put on top of the home page of their group: an announcement, and its emblem.</summary>
public sealed class AnnouncementTests(Stage stage) : IClassFixture<Stage>, IAsyncLifetime
{
    private const string Settings = "form:has([name='Form.Announcement'])";

    // The smallest PNG there is: one pixel.
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private Member _luc = null!;
    private Group _group = null!;
    private Visitor _byAnne = null!;
    private Visitor _byLuc = null!;
    private Visitor _byPassant = null!;

    private string Home => $"/groupes/{_group.Slug}";

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        var anne = await stage.Scene.MemberAsync("Anne Essai");
        _luc = await stage.Scene.MemberAsync("Luc Essai");
        _group = await stage.Scene.GroupAsync("Annonces", anne, members: _luc);
        (_byAnne, _byLuc, _byPassant) = (await stage.AsAsync(anne), await stage.AsAsync(_luc), await stage.AsAsync(await stage.Scene.MemberAsync("Pia Passante")));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Announcement_Written_MembersReadItAndOthersDoNot()
    {
        await SaveAsync(("Form.Announcement", "La salle **change** ce mois-ci."));

        var member = await _byLuc.OpenAsync(Home);
        var passer = await _byPassant.OpenAsync(Home);
        var (api, apiOfPasser) = (await ApiAsync(_luc.Id), await ApiAsync((await stage.Scene.MemberAsync("Rémi Essai")).Id));

        Assert.Equal("change", member.Document.QuerySelector("main .carte--douce strong")?.TextContent);
        Assert.Equal(HttpStatusCode.OK, passer.Status);
        Assert.DoesNotContain("La salle", passer.Text, StringComparison.Ordinal);
        Assert.Equal("La salle **change** ce mois-ci.", api.GetProperty("announcement").GetString());
        Assert.Equal(JsonValueKind.Null, apiOfPasser.GetProperty("announcement").ValueKind);
    }

    [Fact]
    public async Task Announcement_LastDayOver_GoneByItself()
    {
        var today = DateOnly.FromDateTime(stage.Scene.Now);
        await SaveAsync(("Form.Announcement", "Inscriptions ouvertes."), ("Form.AnnouncementUntil", today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));

        var onTheDay = await _byLuc.OpenAsync(Home);
        stage.Instance.Clock.Advance(TimeSpan.FromDays(1));
        var after = await _byLuc.OpenAsync(Home);

        Assert.Contains("Inscriptions ouvertes.", onTheDay.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Inscriptions ouvertes.", after.Text, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await ApiAsync(_luc.Id)).GetProperty("announcement").ValueKind);
        Assert.Equal("Inscriptions ouvertes.", (await _byAnne.OpenAsync(Home + "/reglages")).ValueOf("Form.Announcement"));
    }

    [Theory]
    [InlineData("Form.AnnouncementUntil", "demain", "Ce n’est pas une date")]
    [InlineData("Form.Announcement", "", "500")]
    public async Task Announcement_BadInput_SentenceAtTheFieldAndTextsKept(string field, string value, string sentence)
    {
        var written = value.Length > 0 ? value : new string('a', 501);

        var refused = await SaveAsync((field, written), ("Form.Summary", "Phrase changée."));

        Assert.True(refused.Refuses(field));
        Assert.Contains(sentence, refused.Text, StringComparison.Ordinal);
        Assert.Equal(written, refused.ValueOf(field));
        Assert.Equal("Phrase changée.", refused.ValueOf("Form.Summary"));
        Assert.DoesNotContain("Phrase changée.", (await _byLuc.OpenAsync(Home)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logo_Uploaded_BesideTheNameOnTheHomePageAndInTheDirectory()
    {
        var saved = await _byAnne.SendAsync(await _byAnne.OpenAsync(Home + "/reglages"), Settings, [("Form.Logo", "logo.png", Picture)]);
        var home = await _byPassant.OpenAsync(Home);
        var address = home.Document.QuerySelector("header.banniere > img.embleme")?.GetAttribute("src");
        using var browser = await stage.Instance.SignedInAsync(_luc.Id);
        using var picture = await browser.GetAsync("/" + address);
        var directory = await _byPassant.OpenAsync("/groupes");
        var removed = await _byAnne.SendAsync(saved, Settings, ("Form.RemovesLogo", "true"));

        Assert.Equal(Picture, await picture.Content.ReadAsByteArrayAsync());
        Assert.NotNull(directory.Document.QuerySelector($"img.embleme[src='{address}']"));
        Assert.Null(removed.Document.QuerySelector("img.embleme"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(Home + "/logo")).StatusCode);
    }

    [Fact]
    public async Task Logo_NotAPicture_SentenceAtItsOwnField()
    {
        var refused = await _byAnne.SendAsync(await _byAnne.OpenAsync(Home + "/reglages"), Settings, [("Form.Logo", "logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray())]);

        Assert.True(refused.Refuses("Form.Logo"));
        Assert.False(refused.Refuses("Form.Cover"));
    }

    private async Task<VisitedPage> SaveAsync(params (string Name, string? Value)[] fields) =>
        await _byAnne.SendAsync(await _byAnne.OpenAsync(Home + "/reglages"), Settings, fields);

    private async Task<JsonElement> ApiAsync(Guid member)
    {
        using var program = await stage.Instance.SignedInAsync(member);
        using var answer = await program.GetAsync($"/api/v1/groups/{_group.Slug}");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone();
    }
}
