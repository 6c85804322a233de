using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Voting;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Polls;

/// <summary>Options with places: as many votes as there are places, whoever comes how.</summary>
public sealed class PlacesTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private const int Crowd = 50;

    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    private Scene Scene => stage.Scene;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Places_FiftyMembersAtOnce_AsManyVotesAsPlaces(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var scene = new Scene(instance);
        var author = await scene.MemberAsync("Anne Essai");
        var people = new Member[Crowd];
        for (var n = 0; n < Crowd; n++) people[n] = await scene.MemberAsync($"Votante {n}");
        var group = await scene.GroupAsync("Foule", author, members: people);
        var id = await scene.PollAsync(group, author, "Trois places", options: ["La barque", "La rive"], with: d => d with { Places = [new("La barque", "3")] });
        var visitors = await Task.WhenAll(people.Select(async p => { var visitor = await instance.VisitorAsync(p); return (Visitor: visitor, Page: await visitor.OpenAsync($"/c/{id}")); }));

        var answers = await Task.WhenAll(visitors.Select(v => v.Visitor.SendAsync(v.Page, "form:has([name='Vote']) button:not([name])", ("Choix", "1"))));

        Assert.Equal(3, answers.Count(a => a.Text.Contains("Votre vote est enregistré.", StringComparison.Ordinal)));
        Assert.Equal(Crowd - 3, answers.Count(a => InboxStage.Plain(a.Text).Contains("« La barque » est complet", StringComparison.Ordinal)));
        await using var db = instance.Open(Viewer.System);
        Assert.Equal((3, 3), (await db.Set<PollBallot>().CountAsync(b => b.Item.ShortId == id), await db.Set<PollVoter>().CountAsync(v => v.Item.ShortId == id)));
    }

    [Fact]
    public async Task Places_Taken_SaidBeforeTheVoteRefusedAtTheFieldAndFreedAgain()
    {
        var (group, author, people) = await GroupAsync(3);
        var id = await Scene.PollAsync(group, author, "Une place", options: ["La barque", "La rive"], with: d => d with { Showing = Showing.Always, Places = [new("La barque", "2"), new("La rive", "")] });
        await Scene.VoteAsync(id, people[0]);
        var (second, third) = (await stage.Instance.VisitorAsync(people[1]), await stage.Instance.VisitorAsync(people[2]));
        var early = await third.OpenAsync($"/c/{id}");

        var taken = await second.SendAsync(await second.OpenAsync($"/c/{id}"), Form, ("Choix", "1"));
        var late = await third.SendAsync(early, Form, ("Choix", "1"), ("Reason", "J’aime ramer."));
        var first = await stage.Instance.VisitorAsync(people[0]);
        await first.SendAsync(await first.OpenAsync($"/c/{id}"), "button[name='Withdraw']");
        var free = await third.SendAsync(late, Form, ("Choix", "1"));

        Assert.Contains("1 place sur 2", InboxStage.Plain(early.Text), StringComparison.Ordinal);
        Assert.Contains("Complet, avec votre place", InboxStage.Plain(taken.Text), StringComparison.Ordinal);
        Assert.Contains("Complet", Option(late, 1).ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.True(Option(late, 1).HasAttribute("disabled"));
        Assert.False(Option(late, 2).HasAttribute("disabled"));
        Assert.Contains("« La barque » est complet : il n’y a plus de place.", InboxStage.Plain(late.Document.QuerySelector("#champ-choix .champ-erreur")!.TextContent), StringComparison.Ordinal);
        Assert.Equal("J’aime ramer.", late.Document.QuerySelector("[name='Reason']")!.TextContent);
        Assert.Contains("Votre vote est enregistré.", free.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Places_ResultsHidden_OnlyThatItIsFullIsSaidOnThePageToProgramsAndByLink()
    {
        var (group, author, people) = await GroupAsync(2);
        var id = await Scene.PollAsync(group, author, "Caché", options: ["La barque", "La rive"], with: d => d with { Showing = Showing.AtEnd, Places = [new("La barque", "1"), new("La rive", "5")] });
        await Scene.VoteAsync(id, people[0]);
        using var program = await stage.Instance.ProgramAsync(people[1].Id);

        var page = await (await stage.Instance.VisitorAsync(people[1])).OpenAsync($"/c/{id}");
        var linked = await stage.Instance.Stranger().OpenAsync(await Scene.VoteLinkAsync(id, people[1]));
        var options = (await program.GetFromJsonAsync<JsonElement>($"polls/{id}")).GetProperty("options");
        using var refused = await program.PostAsJsonAsync($"polls/{id}/votes", new { choices = new[] { 1 } });

        foreach (var seen in (VisitedPage[])[page, linked])
        {
            Assert.Contains("Complet", seen.Text, StringComparison.Ordinal);
            Assert.Contains("5 places", InboxStage.Plain(seen.Text), StringComparison.Ordinal);
            Assert.DoesNotContain("places sur", InboxStage.Plain(seen.Text), StringComparison.Ordinal);
        }

        Assert.Equal((true, false), (options[0].GetProperty("isFull").GetBoolean(), options[1].GetProperty("isFull").GetBoolean()));
        Assert.Equal((1, JsonValueKind.Null), (options[0].GetProperty("places").GetInt32(), options[0].GetProperty("count").ValueKind));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task Places_OfDates_AYesTakesOneAndIfNeedBeNone()
    {
        var (group, author, people) = await GroupAsync(2);
        var id = await Scene.PollAsync(group, author, "Quand ?", PollKind.Dates, with: d => d with { Showing = Showing.Always, Dates = [new(Day(20), "18:30", null, "1"), new(Day(21), "18:30", null)] });
        await Scene.VoteAsync(id, people[0], new Dictionary<int, int> { [1] = Marks.Yes, [2] = 0 });
        var visitor = await stage.Instance.VisitorAsync(people[1]);
        var page = await visitor.OpenAsync($"/c/{id}");

        var refused = await visitor.SendAsync(page, Form, ("Option1", "2"), ("Option2", "2"));
        var taken = await visitor.SendAsync(refused, Form, ("Option1", "1"), ("Option2", "2"));

        Assert.True(page.Document.QuerySelector("[name='Option1'][value='2']")!.HasAttribute("disabled"));
        Assert.False(page.Document.QuerySelector("[name='Option1'][value='1']")!.HasAttribute("disabled"));
        Assert.Contains("est complet", refused.Document.QuerySelector("#champ-choix .champ-erreur")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(refused.Document.QuerySelector("[name='Option2'][value='2'][checked]"));
        Assert.Contains("Votre vote est enregistré.", taken.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Places_AGuestByLink_IsHeldToThemToo()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.PollAsync(group, author, "Avec des invités", options: ["La barque", "La rive"], with: d => d with { Places = [new("La barque", "1")] });
        var guest = stage.Instance.Stranger();
        var asked = await guest.OpenAsync(await stage.InviteAsync(await stage.Instance.VisitorAsync(author), id, "rameur@exterieur.invalid"));
        await Scene.VoteAsync(id, people[0]);

        var refused = await guest.SendAsync(asked, "form:has([name='Choix'])", ("Choix", "1"));
        var taken = await guest.SendAsync(refused, "form:has([name='Choix'])", ("Choix", "2"));

        Assert.Contains("est complet", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Votre vote est enregistré.", taken.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Places_TypedInTheFormThenChanged_NeverBelowTheVotesNorTriedOutWhileHidden()
    {
        var (group, author, people) = await GroupAsync(2);
        var visitor = await stage.Instance.VisitorAsync(author);
        var form = await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/nouveau"), "button[name='Input.WithPlaces']", ("Input.Title", "Les places"), ("Input.Options", "La barque\nLa rive"));
        var wrong = await visitor.SendAsync(form, "[name='Input.Title']", ("Input.Places[0].Most", "zéro"), ("Input.Showing", "Always"));
        var poll = await visitor.SendAsync(wrong, "[name='Input.Title']", ("Input.Places[0].Most", "3"));
        var id = poll.Address.Split('/')[^1][..8];
        foreach (var person in people) await Scene.VoteAsync(id, person);
        var edit = await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/{id}/modifier");

        var below = await visitor.SendAsync(edit, "[name='Input.Title']", ("Input.Places[0].Most", "1"));
        var saved = await visitor.SendAsync(below, "[name='Input.Title']", ("Input.Places[0].Most", "2"));
        var csv = await visitor.Browser.GetStringAsync($"/groupes/{group.Slug}/sondages/{id}/resultats.csv");
        var hidden = await Scene.PollAsync(group, author, "Caché", options: ["La barque", "La rive"], with: d => d with { Showing = Showing.AtEnd, Places = [new("La barque", "5")] });
        await Scene.VoteAsync(hidden, people[0]);
        var less = await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/{hidden}/modifier"), "[name='Input.Title']", ("Input.Places[0].Most", "4"));
        var more = await visitor.SendAsync(less, "[name='Input.Title']", ("Input.Places[0].Most", "6"));

        Assert.Equal("La barque", form.ValueOf("Input.Places[0].Option"));
        Assert.NotNull(wrong.Document.QuerySelector("#champ-input-places .champ-erreur"));
        Assert.Contains("« La barque » a déjà 2 votes", InboxStage.Plain(below.Text), StringComparison.Ordinal);
        Assert.Contains("Complet", saved.Document.QuerySelector("section[aria-labelledby='voter']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("\"Places\"", csv, StringComparison.Ordinal);
        Assert.Contains("les places ne peuvent qu’augmenter", less.Text, StringComparison.Ordinal);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal((2, 6), (await PlacesAsync(db, id), await PlacesAsync(db, hidden)));
        Assert.Equal(HttpStatusCode.OK, more.Status);
    }

    private const string Form = "form:has([name='Vote']) button:not([name])";

    private static AngleSharp.Dom.IElement Option(VisitedPage page, int number) => page.Document.QuerySelector($"[name='Choix'][value='{number}']")!;

    private static Task<int?> PlacesAsync(AppDbContext db, string id) => db.Set<PollOption>().Where(o => o.Item.ShortId == id && o.Number == 1).Select(o => o.Places).SingleAsync();

    private string Day(int ahead) => PollDetails.Typed(DateOnly.FromDateTime(Scene.Now.AddDays(ahead)));

    private async Task<(Group Group, Member Author, Member[] People)> GroupAsync(int count)
    {
        var author = await Scene.MemberAsync("Anne Essai");
        var people = new Member[count];
        for (var n = 0; n < count; n++) people[n] = await Scene.MemberAsync($"Votante {(char)('A' + n)}");
        return (await Scene.GroupAsync("Groupe qui rame", author, members: people), author, people);
    }
}
