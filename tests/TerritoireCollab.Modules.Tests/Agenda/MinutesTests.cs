using System.Net;
using System.Text.Json;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Agenda;

/// <summary>Each date of an event has minutes of its own, and what they were before they were corrected is not lost.</summary>
public sealed class MinutesTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private Group? _group;
    private Member? _author;

    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Minutes_TwoDatesOfASeries_EachShowsItsOwnAndTheLaterListsTheEarlier()
    {
        var (visitor, id, address) = await SeriesAsync("Comité hebdomadaire");

        await WriteAsync(visitor, address, Key(-21), "Le premier soir.", "Louer la salle");
        var form = await visitor.OpenAsync($"{address}/compte-rendu?date={Key(-14)}");
        await visitor.SendAsync(form, "[name='Text']", ("Text", "Le deuxième soir."), ("Text1", "Vendre les chaises"));

        Assert.Equal("", form.ValueOf("Text"));
        Assert.Equal("", form.ValueOf("Text1") ?? "");
        var (first, second, coming) = (await visitor.OpenAsync($"{address}?date={Key(-21)}"), await visitor.OpenAsync($"{address}?date={Key(-14)}"), await visitor.OpenAsync($"{address}?date={Key(7)}"));
        Assert.Contains("Le premier soir.", Minutes(first), StringComparison.Ordinal);
        Assert.Contains("Louer la salle", Minutes(first), StringComparison.Ordinal);
        Assert.DoesNotContain("deuxième", Minutes(first), StringComparison.Ordinal);
        Assert.Contains("Le deuxième soir.", Minutes(second), StringComparison.Ordinal);
        Assert.DoesNotContain("Louer", Minutes(second), StringComparison.Ordinal);
        Assert.Null(coming.Document.QuerySelector("#compte-rendu"));
        Assert.Equal([Key(-14), Key(-21)], Listed(coming));
        Assert.Equal([Key(-21)], Listed(second));
    }

    [Fact]
    public async Task Minutes_Corrected_TheFormerTextAndDecisionsStayForThoseWhoMayCorrectThem()
    {
        var (visitor, id, address) = await SeriesAsync("Comité corrigé");
        await WriteAsync(visitor, address, Key(-7), "Douze voix pour.", "Prévenir la mairie");

        await WriteAsync(visitor, address, Key(-7), "Onze voix pour.", "Prévenir le préfet");
        await WriteAsync(visitor, address, Key(-7), "Onze voix pour.", "Prévenir le préfet");

        var page = await visitor.OpenAsync($"{address}?date={Key(-7)}");
        var form = await visitor.OpenAsync($"{address}/compte-rendu?date={Key(-7)}");
        Assert.Contains("Onze voix pour.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Douze voix", page.Text, StringComparison.Ordinal);
        var former = Assert.Single(form.Document.QuerySelectorAll("details section"), s => s.TextContent.Contains("Anne Essai", StringComparison.Ordinal)).TextContent;
        Assert.Contains("Douze voix pour.", former, StringComparison.Ordinal);
        Assert.Contains("Prévenir la mairie", former, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Minutes_HourOfTheSeriesChanged_StayWithTheirDate()
    {
        var (visitor, id, address) = await SeriesAsync("Comité plus tôt");
        await WriteAsync(visitor, address, Key(-7), "Ce soir-là.", "Venir plus tôt");

        await visitor.SendAsync(await visitor.OpenAsync(address + "/modifier"), "[name='Input.Title']", ("Input.From", "09:00"), ("Input.To", "10:00"));

        var page = await visitor.OpenAsync($"{address}?date={Scene.Now.AddDays(-7):yyyyMMdd}-0900");
        Assert.Contains("Ce soir-là.", Minutes(page), StringComparison.Ordinal);
        Assert.Contains("Venir plus tôt", Minutes(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Minutes_SentAndReadByAProgram_ThoseOfThatDateAlone()
    {
        var (visitor, id, address) = await SeriesAsync("Comité envoyé");
        var member = await Scene.MemberAsync("Vera");
        await Scene.JoinAsync(_group!, member);
        await Scene.ComeAsync(id, member);
        await WriteAsync(visitor, address, Key(-14), "Il y a deux semaines.", "Ancienne décision");
        var next = (await visitor.OpenAsync($"/c/{id}")).Document.QuerySelector("a[href*='/compte-rendu?']")!.GetAttribute("href")!;

        await visitor.SendAsync(await visitor.OpenAsync("/" + next), "[name='Text']", ("Text", "Aujourd’hui même."), ("Text1", "Nouvelle décision"), ("Send", "true"));
        await stage.SendAsync();

        var mail = Assert.Single(stage.MailsTo(member), m => m.Text.Contains("Voici le compte rendu", StringComparison.Ordinal)).Text;
        Assert.Contains("Nouvelle décision", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("Ancienne décision", mail, StringComparison.Ordinal);
        using var program = await stage.Instance.SignedInAsync(_author!.Id);
        var json = JsonDocument.Parse(await program.GetStringAsync($"/api/v1/events/{id}")).RootElement;
        Assert.Equal("Aujourd’hui même.", json.GetProperty("minutes").GetString());
        var dates = json.GetProperty("minutesOfDates").EnumerateArray().ToList();
        Assert.Equal(["Aujourd’hui même.", "Il y a deux semaines."], dates.Select(d => d.GetProperty("minutes").GetString()));
        Assert.Equal("Ancienne décision", dates[1].GetProperty("decisions")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task CameToo_OrganisationAndNumber_CountedAmongThoseWhoWereThere()
    {
        var (visitor, id, address) = await SeriesAsync("Comité ouvert");
        var path = $"{address}/compte-rendu?date={Key(-7)}";

        var refused = await visitor.SendAsync(await visitor.OpenAsync(path), "[name='Text']", ("Organisation1", "Mairie de Crest"), ("Count1", "0"), ("Count2", "2"));
        await visitor.SendAsync(await visitor.OpenAsync(path), "[name='Text']", ("Organisation1", "Mairie de Crest"), ("Count1", "3"), ("Organisation2", "Office de tourisme"), ("Count2", "1"));

        Assert.True(refused.Refuses("Count1"));
        Assert.True(refused.Refuses("Organisation2"));
        Assert.Equal("Mairie de Crest", refused.ValueOf("Organisation1"));
        var page = await visitor.OpenAsync($"{address}?date={Key(-7)}");
        Assert.Contains("Organisations présentes (2) : Mairie de Crest (3), Office de tourisme (1).", InboxStage.Plain(Minutes(page)), StringComparison.Ordinal);
        Assert.Equal("3", (await visitor.OpenAsync(path)).ValueOf("Count1"));
    }

    private string Key(int inDays) => $"{Scene.Now.AddDays(inDays):yyyyMMdd}-1830";

    private static string Minutes(VisitedPage page) => page.Document.QuerySelector("section[aria-labelledby='compte-rendu']")!.TextContent;

    private static IEnumerable<string> Listed(VisitedPage page) =>
        page.Document.QuerySelectorAll("a[href$='#compte-rendu']").Select(a => a.GetAttribute("href")!.Split("date=")[1].Split('#')[0]);

    private static async Task WriteAsync(Visitor visitor, string address, string key, string text, string decision)
    {
        var written = await visitor.SendAsync(await visitor.OpenAsync($"{address}/compte-rendu?date={key}"), "[name='Text']", ("Text", text), ("Text1", decision));
        Assert.Equal(HttpStatusCode.OK, written.Status);
    }

    // Weekly, since three weeks ago.
    private async Task<(Visitor Visitor, string Id, string Address)> SeriesAsync(string title)
    {
        _author = await Scene.MemberAsync("Anne Essai");
        _group = await Scene.GroupAsync("Groupe des comptes rendus", _author);
        var id = await Scene.EventAsync(_group, _author, title, inDays: -21, with: d => d with { Repetition = new() { Frequency = Frequency.Weekly } });
        return (await stage.Instance.VisitorAsync(_author), id, $"/groupes/{_group.Slug}/agenda/{id}");
    }
}
