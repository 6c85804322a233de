using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Polls.Voting;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Polls;

/// <summary>Votes through the front door: one each, as was promised, until the end.</summary>
public sealed class VotingTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private const int Crowd = 50;

    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Vote_FiftyAtOnceByOneMember_OneRow()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.PollAsync(group, author, "Cinquante fois");
        var visitor = await stage.Instance.VisitorAsync(people[0]);
        var page = await visitor.OpenAsync($"/c/{id}");

        var answers = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(n => visitor.SendAsync(page, "input[name='Vote']", ("Choix", n % 2 == 0 ? "1" : "2"))));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(1, await db.Set<PollVoter>().CountAsync(v => v.Item.ShortId == id));
        Assert.Equal(1, await db.Set<PollBallot>().CountAsync(b => b.Item.ShortId == id));
        Assert.Contains("1 vote sur 2 membres", InboxStage.Plain((await visitor.OpenAsync($"/c/{id}")).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vote_ChangedThenWithdrawn_CountsOnceThenNot()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.PollAsync(group, author, "Changer d’avis", options: ["Le pont", "Le bac"]);

        var first = await VoteAsync(people[0], id, ("Choix", "1"));
        var second = await VoteAsync(people[0], id, ("Choix", "2"));
        var visitor = await stage.Instance.VisitorAsync(people[0]);
        var none = await visitor.SendAsync(await visitor.OpenAsync($"/c/{id}"), "button[name='Withdraw']");

        Assert.Contains("Votre vote est enregistré.", first.Text, StringComparison.Ordinal);
        Assert.Contains("Le pont en tête votre choix 1 (100 %)", InboxStage.Plain(first.Text), StringComparison.Ordinal);
        Assert.Contains("Le bac en tête votre choix 1 (100 %)", InboxStage.Plain(second.Text), StringComparison.Ordinal);
        Assert.Contains("Votre vote est retiré.", none.Text, StringComparison.Ordinal);
        Assert.Contains("0 votes sur 2 membres", InboxStage.Plain(none.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_UntilOneHasVoted_HiddenFromThePageAndTheProgramThenShown()
    {
        var (group, author, people) = await GroupAsync(2);
        var id = await Scene.PollAsync(group, author, "Caché", options: ["Le pont", "Le bac"]);
        await Scene.VoteAsync(id, people[0], 2);

        var before = await (await stage.Instance.VisitorAsync(people[1])).OpenAsync($"/c/{id}");
        var asked = await JsonAsync(people[1], $"polls/{id}");
        var after = await VoteAsync(people[1], id, ("Choix", "1"));

        Assert.Null(before.Document.QuerySelector(".resultats"));
        Assert.Contains("dès que vous aurez voté", before.Text, StringComparison.Ordinal);
        Assert.False(asked.GetProperty("resultsShown").GetBoolean());
        Assert.Equal(JsonValueKind.Null, asked.GetProperty("options")[0].GetProperty("count").ValueKind);
        Assert.Equal(2, after.Document.QuerySelectorAll(".resultats > li").Length);
        Assert.True((await JsonAsync(people[1], $"polls/{id}")).GetProperty("resultsShown").GetBoolean());
    }

    [Fact]
    public async Task Results_AtTheEnd_HiddenFromTheAuthorAndInTheTableUntilThen()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.PollAsync(group, author, "À la fin", with: d => d with { Showing = Showing.AtEnd });
        await Scene.VoteAsync(id, people[0]);
        await Scene.VoteAsync(id, author);
        var visitor = await stage.Instance.VisitorAsync(author);

        var open = await visitor.OpenAsync($"/c/{id}");
        using var refused = await visitor.Browser.GetAsync($"/groupes/{group.Slug}/sondages/{id}/resultats.csv");
        var closed = await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/{id}/clore"), "main form");

        Assert.Null(open.Document.QuerySelector(".resultats"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.NotNull(closed.Document.QuerySelector(".resultats"));
    }

    [Fact]
    public async Task Secret_WhileOpenAndOnceClosed_NoNameBesideAVoteAnywhere()
    {
        var (group, author, people) = await GroupAsync(2);
        var id = await Scene.PollAsync(group, author, "Secret", with: d => d with { Secrecy = Secrecy.Secret, Showing = Showing.Always });
        await Scene.VoteAsync(id, people[0], 1, "Parce que oui.");
        await Scene.VoteAsync(id, people[1], 2);
        var animator = await stage.Instance.VisitorAsync(author);

        var page = await animator.OpenAsync($"/c/{id}");
        var csv = await animator.Browser.GetStringAsync($"/groupes/{group.Slug}/sondages/{id}/resultats.csv");

        Assert.Contains("personne ne verra ce que vous avez voté, pas même les animateurs", page.Text, StringComparison.Ordinal);
        Assert.Contains("Parce que oui.", page.Text, StringComparison.Ordinal);
        foreach (var person in people)
        {
            Assert.DoesNotContain(person.Name, page.Document.QuerySelector("section[aria-labelledby='resultats']")!.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain(person.Name, csv, StringComparison.Ordinal);
        }

        await using var db = stage.Instance.Open(Viewer.System);
        var ballots = await db.Set<PollBallot>().AsNoTracking().Where(b => b.Item.ShortId == id).ToListAsync();
        Assert.All(ballots, b => Assert.DoesNotContain(b.Tag, people.Select(p => p.Id.ToString("N"))));
        Assert.DoesNotContain(await db.Activities.Where(a => a.Kind == "item.edited").Select(a => a.ActorId).ToListAsync(), a => people.Any(p => p.Id == a));
    }

    [Fact]
    public async Task Named_ForAnimators_NamesToThemAlone()
    {
        var (group, author, people) = await GroupAsync(2);
        var id = await Scene.PollAsync(group, people[1], "Nommé", with: d => d with { Secrecy = Secrecy.NamedForAnimators, Showing = Showing.Always });
        await Scene.VoteAsync(id, people[0]);

        var animator = await (await stage.Instance.VisitorAsync(author)).OpenAsync($"/c/{id}");
        var member = await (await stage.Instance.VisitorAsync(people[1])).OpenAsync($"/c/{id}");

        Assert.Contains(people[0].Name, animator.Document.QuerySelector("section[aria-labelledby='resultats']")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(people[0].Name, member.Document.QuerySelector("section[aria-labelledby='resultats']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("et eux seuls", member.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Named_MovedToAnotherGroup_NamesAreShownNoMore()
    {
        var (group, author, people) = await GroupAsync(1);
        var other = await Scene.GroupAsync("Ailleurs", author);
        var id = await Scene.PollAsync(group, author, "Emporté", with: d => d with { Secrecy = Secrecy.Named, Showing = Showing.Always });
        await Scene.VoteAsync(id, people[0]);
        var visitor = await stage.Instance.VisitorAsync(author);

        var moved = await visitor.SendAsync(await visitor.OpenAsync($"/contenus/{id}/deplacer"), "main form", ("To", other.Slug));

        Assert.Contains("/sondages/", moved.Address, StringComparison.Ordinal);
        Assert.DoesNotContain(people[0].Name, moved.Document.QuerySelector("section[aria-labelledby='resultats']")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consent_ObjectionWithoutReason_AskedForOne()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.PollAsync(group, author, "Adopter", PollKind.Consent);

        var refused = await VoteAsync(people[0], id, ("Choix", "3"));
        var kept = await VoteAsync(people[0], id, ("Choix", "3"), ("Reason", "Trop cher."));

        Assert.True(refused.Refuses("Reason"));
        Assert.Contains("1 objection.", InboxStage.Plain(kept.Text), StringComparison.Ordinal);
        Assert.Contains("Trop cher.", kept.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PollKind.Multiple, "Choix=1", false)]
    [InlineData(PollKind.Multiple, "Choix=1&Choix=2", true)]
    [InlineData(PollKind.Multiple, "Choix=1&Choix=2&Choix=3", false)]
    [InlineData(PollKind.Approval, "", false)]
    [InlineData(PollKind.Approval, "Choix=1&Choix=3", true)]
    [InlineData(PollKind.Ranking, "Option1=1&Option2=1", false)]
    [InlineData(PollKind.Ranking, "Option1=2&Option2=3", false)]
    [InlineData(PollKind.Ranking, "Option1=2&Option3=1", true)]
    [InlineData(PollKind.Points, "Option1=7&Option2=4", false)]
    [InlineData(PollKind.Points, "Option1=-1&Option2=4", false)]
    [InlineData(PollKind.Points, "Option1=7&Option2=3", true)]
    [InlineData(PollKind.OneChoice, "Choix=9", false)]
    public async Task Vote_EachKind_TakenWithinItsLimitsAlone(PollKind kind, string fields, bool isTaken)
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.PollAsync(group, author, "Limites", kind, ["Un", "Deux", "Trois"], with: d => d with { Least = "2", Most = "2" });
        var choices = fields.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('=')).ToList();
        using var program = await stage.Instance.ProgramAsync(people[0].Id);
        object vote = kind is PollKind.Ranking or PollKind.Points
            ? new { marks = choices.ToDictionary(c => c[0]["Option".Length..], c => int.Parse(c[1], System.Globalization.CultureInfo.InvariantCulture)) }
            : new { choices = choices.Select(c => int.Parse(c[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray() };

        using var answer = await program.PostAsJsonAsync($"polls/{id}/votes", vote);

        Assert.Equal(isTaken ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(isTaken, await db.Set<PollBallot>().AnyAsync(b => b.Item.ShortId == id));
    }

    [Fact]
    public async Task Vote_OncePerOrganisation_AColleagueReplacesItKnowingly()
    {
        var (group, author, people) = await GroupAsync(3);
        var organisation = await Scene.OrganisationAsync("Mairie de Die", people[0]);
        await using (var db = stage.Instance.Open(Viewer.System))
        {
            db.Affiliations.Add(new Affiliation { MemberId = people[1].Id, OrganisationId = organisation.Id, IsPrincipal = true });
            await db.SaveChangesAsync();
        }

        var id = await Scene.PollAsync(group, author, "Par organisation", with: d => d with { PerOrganisation = true, Secrecy = Secrecy.Named, Showing = Showing.Always });

        var first = await VoteAsync(people[0], id, ("Choix", "1"));
        var colleague = await stage.Instance.VisitorAsync(people[1]);
        var told = await colleague.OpenAsync($"/c/{id}");
        using var program = await stage.Instance.ProgramAsync(people[1].Id);
        using var unknowing = await program.PostAsJsonAsync($"polls/{id}/votes", new { choices = new[] { 2 } });
        var replaced = await colleague.SendAsync(told, "input[name='Vote']", ("Choix", "2"));
        var without = await (await stage.Instance.VisitorAsync(people[2])).OpenAsync($"/c/{id}");

        Assert.Contains("1 organisation sur 1 a voté", InboxStage.Plain(first.Text), StringComparison.Ordinal);
        Assert.Contains($"{people[0].Name} a déjà voté pour votre organisation", told.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknowing.StatusCode);
        Assert.Contains("1 organisation sur 1 a voté", InboxStage.Plain(replaced.Text), StringComparison.Ordinal);
        Assert.Contains($"{people[1].Name}, pour Mairie de Die", InboxStage.Plain(replaced.Text), StringComparison.Ordinal);
        Assert.Null(without.Document.QuerySelector("input[name='Vote']"));
    }

    [Fact]
    public async Task Vote_ByWhoMayNot_Refused()
    {
        var (group, author, people) = await GroupAsync(1);
        var (reader, stranger) = (await Scene.MemberAsync("Lectrice"), await Scene.MemberAsync("Dehors"));
        await Scene.JoinAsync(group, reader, GroupRole.Reader);
        var (id, closed) = (await Scene.PollAsync(group, author, "Ouvert", audience: Audience.Platform), await Scene.PollAsync(group, author, "Fermé"));
        var leader = await stage.Instance.VisitorAsync(author);
        await leader.SendAsync(await leader.OpenAsync($"/groupes/{group.Slug}/sondages/{closed}/clore"), "main form");

        foreach (var (who, poll, expected) in new[] { (reader, id, HttpStatusCode.Forbidden), (stranger, id, HttpStatusCode.Forbidden), (stranger, closed, HttpStatusCode.NotFound), (people[0], closed, HttpStatusCode.Forbidden) })
        {
            using var program = await stage.Instance.ProgramAsync(who.Id);
            using var answer = await program.PostAsJsonAsync($"polls/{poll}/votes", new { choices = new[] { 1 } });
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Options_AfterAVote_StayAndTheFormSaysSo()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.PollAsync(group, author, "Figé", with: d => d with { Secrecy = Secrecy.Named });
        var visitor = await stage.Instance.VisitorAsync(author);
        var form = await visitor.OpenAsync((await visitor.OpenAsync($"/c/{id}")).Address.Split('?')[0] + "/modifier");
        var changed = await visitor.SendAsync(form, "[name='Input.Options']", ("Input.Options", "Le pont\nLe bac"));
        // Options that take the place of others have numbers of their own, so that a form left open votes for none of them.
        await Scene.VoteAsync(id, people[0], 3);

        var frozen = await visitor.OpenAsync(changed.Address.Split('?')[0] + "/modifier");
        var widened = await visitor.SendAsync(frozen, "[name='Input.Title']", ("Input.Title", "Autre titre"), ("Input.Audience", "Platform"));
        using var program = await stage.Instance.ProgramAsync(author.Id);
        using var patched = await program.PatchAsJsonAsync($"polls/{id}", new { options = new[] { "Autre", "Chose" } });

        Assert.Contains("Le bac", changed.Text, StringComparison.Ordinal);
        Assert.Null(frozen.Document.QuerySelector("textarea[name='Input.Options']"));
        Assert.Contains("Quelqu’un a déjà voté", frozen.Text, StringComparison.Ordinal);
        Assert.Contains("ce sondage ne peut plus être montré à davantage de monde", widened.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, patched.StatusCode);
    }

    [Fact]
    public async Task Option_AddedByAVoter_OnlyWhereTheAuthorLetsThem()
    {
        var (group, author, people) = await GroupAsync(1);
        var (open, closed) = (await Scene.PollAsync(group, author, "Libre", with: d => d with { TakesOptions = true }), await Scene.PollAsync(group, author, "Fermé aux options"));
        var visitor = await stage.Instance.VisitorAsync(people[0]);

        var added = await visitor.SendAsync(await visitor.OpenAsync($"/c/{open}"), "[name='NewOption']", ("NewOption", "Le tunnel"));
        var again = await visitor.SendAsync(await visitor.OpenAsync($"/c/{open}"), "[name='NewOption']", ("NewOption", "le TUNNEL"));

        Assert.Contains("Le tunnel", added.Text, StringComparison.Ordinal);
        Assert.True(again.Refuses("NewOption"));
        Assert.Null((await visitor.OpenAsync($"/c/{closed}")).Document.QuerySelector("[name='NewOption']"));
    }

    [Fact]
    public async Task Csv_WhatBeginsLikeAFormula_IsText()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.PollAsync(group, author, "Table", options: ["=1+1", "Non"], with: d => d with { Secrecy = Secrecy.Named, Showing = Showing.Always });
        await Scene.VoteAsync(id, people[0], 1, "@SUM(A1)");
        using var leader = await stage.Instance.SignedInAsync(author.Id);

        var csv = await leader.GetStringAsync($"/groupes/{group.Slug}/sondages/{id}/resultats.csv");
        using var member = await stage.Instance.SignedInAsync(people[0].Id);
        using var no = await member.GetAsync($"/groupes/{group.Slug}/sondages/{id}/resultats.csv");

        Assert.Contains("\"'=1+1\"", csv, StringComparison.Ordinal);
        Assert.Contains("\"'@SUM(A1)\"", csv, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, no.StatusCode);
    }

    [Fact]
    public async Task NewPoll_QuestionAndOptions_PublishedInOneForm()
    {
        var (group, author, _) = await GroupAsync(0);
        var visitor = await stage.Instance.VisitorAsync(author);

        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/nouveau");
        var poll = await visitor.SendAsync(form, "[name='Input.Title']", ("Input.Title", "Où aller ?"), ("Input.Options", "Die\nCrest"));

        Assert.Contains("Où aller ?", poll.Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, poll.Document.QuerySelectorAll("input[name='Choix']").Length);
        Assert.Contains("Se termine ", poll.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dates_MoreFieldsThenConfirmed_BeginsTheEventOfTheAgenda()
    {
        var (group, author, people) = await GroupAsync(1);
        var visitor = await stage.Instance.VisitorAsync(author);
        var day = Scene.Now.AddDays(20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/nouveau?sorte=dates");
        var more = await visitor.SendAsync(form, "button[name='Input.MoreDates']", ("Input.Title", "Quand ?"), ("Input.Dates[0].Day", day), ("Input.Dates[0].From", "18:30"));
        Assert.True(more.Document.QuerySelectorAll("[name$='.Day'][name*='Dates']").Length > 4);

        var poll = await visitor.SendAsync(more, "form:has([name='Input.Title']) button:not([name])", ("Input.Dates[1].Day", day), ("Input.Dates[1].From", "09:00"), ("Input.Dates[1].To", "10:30"));
        var voted = await VoteAsync(people[0], poll.Address.Split('/')[^1][..8], ("Option1", "0"), ("Option2", "2"));
        var announced = await visitor.SendAsync(await visitor.OpenAsync(poll.Address.Split('?')[0]), "select[name='date']", ("date", "2"));

        Assert.Contains("18 h 30", InboxStage.Plain(voted.Text), StringComparison.Ordinal);
        Assert.Contains("/agenda/nouveau?depuis=", announced.Address, StringComparison.Ordinal);
        Assert.Equal((day, "18:30", "20:30"), (announced.ValueOf("Input.Day"), announced.ValueOf("Input.From"), announced.ValueOf("Input.To")));
        Assert.Equal("Quand ?", announced.ValueOf("Input.Title"));
    }

    private async Task<VisitedPage> VoteAsync(Member person, string id, params (string, string?)[] fields)
    {
        var visitor = await stage.Instance.VisitorAsync(person);
        return await visitor.SendAsync(await visitor.OpenAsync($"/c/{id}"), "form:has([name='Vote']) button:not([name])", fields);
    }

    private async Task<JsonElement> JsonAsync(Member person, string address)
    {
        using var program = await stage.Instance.ProgramAsync(person.Id);
        return await program.GetFromJsonAsync<JsonElement>(address);
    }

    private async Task<(Group Group, Member Author, Member[] People)> GroupAsync(int count)
    {
        var author = await Scene.MemberAsync("Anne Essai");
        var people = new Member[count];
        for (var n = 0; n < count; n++) people[n] = await Scene.MemberAsync($"Votante {(char)('A' + n)}");
        return (await Scene.GroupAsync("Groupe qui vote", author, members: people), author, people);
    }
}
