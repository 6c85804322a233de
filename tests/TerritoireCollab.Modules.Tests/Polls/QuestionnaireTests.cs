using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Polls.Questionnaires;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Polls;

/// <summary>Questionnaires: built without script, answered once by each, summed up for those who were said to see it, and for nobody else.</summary>
public sealed class QuestionnaireTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private const int Crowd = 50;

    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Builder_PartsAddedMovedCopiedTakenOutAndPutBack_PublishedInThatOrder()
    {
        var (group, author, _) = await GroupAsync(0);
        var visitor = await stage.Instance.VisitorAsync(author);
        var page = await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/questionnaires/nouveau");
        page = await visitor.SendAsync(page, "button[value='ajouter']", ("Input.Title", "Vos besoins"), ("Input.P0.Text", "Votre commune"), ("Input.NewKind", "OneChoice"));
        page = await visitor.SendAsync(page, "button[value='section']", ("Input.P1.Text", "Quel jour ?"), ("Input.P1.Choices", "Lundi\nMardi"));
        page = await visitor.SendAsync(page, "button[value='monter:2']", ("Input.P2.Text", "Le jour"));
        Assert.Equal(("Votre commune", "Le jour", "Quel jour ?"), (page.ValueOf("Input.P0.Text"), page.ValueOf("Input.P1.Text"), page.ValueOf("Input.P2.Text")));
        page = await visitor.SendAsync(page, "button[value='dupliquer:0']");
        page = await visitor.SendAsync(page, "button[value='retirer:3']");
        Assert.Null(page.ValueOf("Input.P3.Text"));
        page = await visitor.SendAsync(page, "button[value='remettre']");
        Assert.Equal("Quel jour ?", page.ValueOf("Input.P3.Text"));
        page = await visitor.SendAsync(page, "button[value='apercu']");
        Assert.NotNull(page.Document.QuerySelector("fieldset[disabled] input[type=radio]"));

        var again = await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/questionnaires/nouveau");
        Assert.Equal("Vos besoins", again.ValueOf("Input.Title"));
        var refused = await visitor.SendAsync(again, "form.formulaire", ("Input.P1.Text", " "), ("Input.P3.Choices", "Lundi"));
        Assert.True(refused.Refuses("Input.P1.Text"));
        Assert.True(refused.Refuses("Input.P3.Choices"));
        var published = await visitor.SendAsync(again, "form.formulaire", ("Input.P1.Text", "Votre code postal"));

        Assert.Equal(HttpStatusCode.OK, published.Status);
        Assert.Contains("Votre commune Votre code postal Le jour Quel jour ?", string.Join(' ', published.Document.QuerySelectorAll("section[aria-labelledby='questions'] :is(h3, .champ > label, legend)").Select(e => e.TextContent.Replace("(facultatif)", "", StringComparison.Ordinal).Trim())), StringComparison.Ordinal);
        Assert.Null((await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/questionnaires/nouveau")).ValueOf("Input.P1.Text"));
    }

    [Fact]
    public async Task Answer_WhatIsMissingOrWrong_SaidAtItsFieldAndNothingLost()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.QuestionnaireAsync(group, author, "Tout", parts: QuestionnairesScene.EveryKind);
        var visitor = await stage.Instance.VisitorAsync(people[0]);
        var page = await visitor.OpenAsync($"/c/{id}");
        Assert.Contains("verront votre nom et vos réponses, et eux seuls", page.Text, StringComparison.Ordinal);

        var refused = await visitor.SendAsync(page, Form, ("Q2", "Die"), ("Q3", "autre"), ("Q6", "9"), ("Q7-1", "2"), ("Q9-1", "2"), ("Q10", "300"), ("Q11", "Bonjour"));

        Assert.Equal("Die", refused.ValueOf("Q2"));
        Assert.Equal("Bonjour", refused.ValueOf("Q11"));
        Assert.Equal(["champ-q3-autre", "champ-q6", "champ-q7", "champ-q9", "champ-q10"], refused.Document.QuerySelectorAll(".erreurs a").Select(a => a.GetAttribute("href")!.Split('#')[1]));
        Assert.All(refused.Document.QuerySelectorAll(".erreurs a").Select(a => a.GetAttribute("href")!.Split('#')[1]), anchor => Assert.NotNull(refused.Document.GetElementById(anchor)));

        var taken = await visitor.SendAsync(refused, Form, Good);
        Assert.Contains("Merci, vos réponses sont enregistrées.", taken.Text, StringComparison.Ordinal);
        Assert.Equal("Aouste", (await visitor.OpenAsync($"/c/{id}")).ValueOf("Q3-autre"));
        var changed = await visitor.SendAsync(taken, Form, ("Q2", "Crest"));
        Assert.Contains("Vos réponses sont changées.", changed.Text, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(id));
    }

    [Fact]
    public async Task Answer_FiftyAtOnceByOneMember_OneRow()
    {
        var (group, author, people) = await GroupAsync(1);
        foreach (var isAnonymous in new[] { false, true })
        {
            var id = await Scene.QuestionnaireAsync(group, author, "Une fois", with: d => d with { IsAnonymous = isAnonymous });
            var visitor = await stage.Instance.VisitorAsync(people[0]);
            var page = await visitor.OpenAsync($"/c/{id}");

            var answers = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(n => visitor.SendAsync(page, Form, ("Q1", $"Commune {n}"))));

            Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
            Assert.Equal(1, await CountAsync(id));
        }
    }

    [Fact]
    public async Task Anonymous_Answered_NothingLeadsFromTheAnswersToTheMember()
    {
        var (group, author, people) = await GroupAsync(2);
        var id = await Scene.QuestionnaireAsync(group, author, "Sans nom", with: d => d with { IsAnonymous = true, ResultsFor = ResultsFor.Members });
        var visitor = await stage.Instance.VisitorAsync(people[0]);
        var page = await visitor.OpenAsync($"/c/{id}");
        Assert.Contains("rien ne relie vos réponses à votre nom", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("[name='WantsMail']"));
        await visitor.SendAsync(page, Form, ("Q1", "Bourdeaux"));
        await visitor.SendAsync(page, Form, ("Q1", "Dieulefit"), ("WantsMail", "true"));

        await using (var db = stage.Instance.Open(Viewer.System))
        {
            var sheet = await db.Set<AnswerSheet>().SingleAsync(s => s.Item.ShortId == id);
            Assert.Null(sheet.PersonId);
            Assert.Null(sheet.AnsweredAt);
            Assert.Contains("Bourdeaux", sheet.Answers, StringComparison.Ordinal);
            Assert.False(await db.Mails.AnyAsync(m => m.MemberId == people[0].Id && m.TextBody.Contains("Dieulefit")));
        }

        var organiser = await stage.Instance.VisitorAsync(author);
        var results = await organiser.OpenAsync($"/groupes/{group.Slug}/sondages/questionnaires/{id}/resultats");
        Assert.Contains("Bourdeaux", results.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await organiser.OpenAsync($"/groupes/{group.Slug}/sondages/questionnaires/{id}/reponses")).Status);
        var csv = await organiser.Browser.GetStringAsync($"/groupes/{group.Slug}/sondages/questionnaires/{id}/reponses.csv");
        Assert.DoesNotContain("Membre 0", csv, StringComparison.Ordinal);
        Assert.Contains("Bourdeaux", csv, StringComparison.Ordinal);
        Assert.Contains("Vous avez déjà répondu.", (await visitor.OpenAsync($"/c/{id}")).Text, StringComparison.Ordinal);
        var other = await stage.Instance.VisitorAsync(people[1]);
        Assert.Contains("Bourdeaux", (await other.OpenAsync($"/groupes/{group.Slug}/sondages/questionnaires/{id}/resultats")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.OpenAsync($"/groupes/{group.Slug}/sondages/questionnaires/{id}/reponses.csv")).Status);
    }

    [Fact]
    public async Task Results_OfEveryKind_CountedAndTakenAlongByTheAuthorAlone()
    {
        var (group, author, people) = await GroupAsync(3);
        var id = await Scene.QuestionnaireAsync(group, author, "Tout compter", parts: QuestionnairesScene.EveryKind);
        for (var n = 0; n < 2; n++)
        {
            var visitor = await stage.Instance.VisitorAsync(people[n]);
            await visitor.SendAsync(await visitor.OpenAsync($"/c/{id}"), Form, [.. Good.Where(f => f.Name is not ("Q6" or "Q10" or "Q2")), ("Q6", n == 0 ? "2" : "5"), ("Q10", n == 0 ? "12,5" : "20"), ("Q2", n == 0 ? "=1+1" : "Die")]);
        }

        var organiser = await stage.Instance.VisitorAsync(author);
        var results = await organiser.OpenAsync($"/groupes/{group.Slug}/sondages/questionnaires/{id}/resultats");
        var text = InboxStage.Plain(results.Text);
        Assert.Contains("Moyenne 3,5, médiane 3,5.", text, StringComparison.Ordinal);
        Assert.Contains("Moyenne 16,25, médiane 16,25 ; de 12,5 à 20.", text, StringComparison.Ordinal);
        Assert.Contains("Aouste", text, StringComparison.Ordinal);
        Assert.True(results.Document.QuerySelectorAll("svg.barre-resultat").Length > 10);
        var sheet = await organiser.OpenAsync($"/groupes/{group.Slug}/sondages/questionnaires/{id}/reponses?page=2");
        Assert.Contains("Membre 1", sheet.Text, StringComparison.Ordinal);
        Assert.Contains("Le lieu : Bien", InboxStage.Plain(sheet.Text), StringComparison.Ordinal);

        var csv = await organiser.Browser.GetStringAsync($"/groupes/{group.Slug}/sondages/questionnaires/{id}/reponses.csv");
        Assert.Contains("\"Membre 0\"", csv, StringComparison.Ordinal);
        Assert.Contains("\"'=1+1\"", csv, StringComparison.Ordinal);
        var xlsx = await organiser.Browser.GetByteArrayAsync($"/groupes/{group.Slug}/sondages/questionnaires/{id}/reponses.xlsx");
        using (var zip = new ZipArchive(new MemoryStream(xlsx)))
        using (var reader = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open(), Encoding.UTF8))
            Assert.Contains(">12.5<", await reader.ReadToEndAsync(), StringComparison.Ordinal);

        var member = await stage.Instance.VisitorAsync(people[2]);
        foreach (var tail in new[] { "resultats", "reponses", "reponses.csv", "reponses.xlsx" })
            Assert.Equal(HttpStatusCode.Forbidden, (await member.OpenAsync($"/groupes/{group.Slug}/sondages/questionnaires/{id}/{tail}")).Status);
    }

    [Fact]
    public async Task Edit_OnceAnswered_QuestionsStayAndTheRestChanges()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.QuestionnaireAsync(group, author, "Figé");
        await Scene.AnswerQuestionnaireAsync(id, people[0], "Die");
        var visitor = await stage.Instance.VisitorAsync(author);
        var page = await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/questionnaires/{id}/modifier");
        Assert.Contains("Quelqu’un a déjà répondu", page.Text, StringComparison.Ordinal);
        Assert.Null(page.ValueOf("Input.P0.Text"));

        var saved = await visitor.SendAsync(page, "form.formulaire", ("Input.Title", "Figé, sauf le titre"), ("Input.P0.Kind", "ShortText"), ("Input.P0.Number", "1"), ("Input.P0.Text", "Votre âge"), ("Input.IsAnonymous", "true"));

        Assert.Contains("Figé, sauf le titre", saved.Text, StringComparison.Ordinal);
        Assert.Contains("Votre commune", saved.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Votre âge", saved.Text, StringComparison.Ordinal);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.False(await db.Set<Questionnaire>().Where(q => q.Item.ShortId == id).Select(q => q.IsAnonymous).SingleAsync());
    }

    [Fact]
    public async Task Answer_FullThenLater_ClosedToThoseWhoHaveNotAnswered()
    {
        var (group, author, people) = await GroupAsync(2);
        var id = await Scene.QuestionnaireAsync(group, author, "Une seule place", with: d => d with { MostAnswers = "1" });
        var (first, second) = (await stage.Instance.VisitorAsync(people[0]), await stage.Instance.VisitorAsync(people[1]));
        var late = await second.OpenAsync($"/c/{id}");

        var taken = await first.SendAsync(await first.OpenAsync($"/c/{id}"), Form, ("Q1", "Die"));
        var full = await second.SendAsync(late, Form, ("Q1", "Crest"));

        Assert.Contains("Merci", taken.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, full.Status);
        Assert.NotNull((await first.OpenAsync($"/c/{id}")).Document.QuerySelector("[name='Q1']"));
        Assert.Contains("Le nombre de réponses prévu est atteint.", (await second.OpenAsync($"/c/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_KeptWithoutSending_FoundAgainAndGoneOnceSent()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.QuestionnaireAsync(group, author, "Brouillon", parts: QuestionnairesScene.EveryKind);
        var visitor = await stage.Instance.VisitorAsync(people[0]);

        var kept = await visitor.SendAsync(await visitor.OpenAsync($"/c/{id}"), $"{Form} button[value='garder']", ("Q2", "Die"), ("Q11", "Plus tard"));
        Assert.Contains("Le brouillon est gardé.", kept.Text, StringComparison.Ordinal);
        var again = await visitor.OpenAsync($"/c/{id}");
        Assert.Equal(("Die", "Plus tard"), (again.ValueOf("Q2"), again.ValueOf("Q11")));
        Assert.Equal(0, await CountAsync(id));
        await visitor.SendAsync(again, Form, Good);
        var withdrawn = await visitor.SendAsync(await visitor.OpenAsync($"/c/{id}"), $"{Form} button[value='retirer']");

        Assert.Contains("Vos réponses sont retirées.", withdrawn.Text, StringComparison.Ordinal);
        Assert.Equal("", withdrawn.ValueOf("Q2"));
        Assert.Equal(0, await CountAsync(id));
    }

    [Fact]
    public async Task Mails_AnswersAskedForAndReminders_ToWhomTheyAreDueAndOnce()
    {
        await using var alone = await Instance.StartAsync(manualClock: true);
        var scene = new Scene(alone);
        var (author, answers, waits) = (await scene.MemberAsync("Anne"), await scene.MemberAsync("Vera"), await scene.MemberAsync("Nils"));
        var group = await scene.GroupAsync("Groupe", author, members: [answers, waits]);
        var id = await scene.QuestionnaireAsync(group, author, "À rappeler", inDays: 10);
        await alone.WorkAsync();
        var before = alone.Mails().Count;
        var visitor = await alone.VisitorAsync(answers);
        await visitor.SendAsync(await visitor.OpenAsync($"/c/{id}"), Form, ("Q1", "Bourdeaux"), ("WantsMail", "true"));
        var organiser = await alone.VisitorAsync(author);
        var results = $"/groupes/{group.Slug}/sondages/questionnaires/{id}/resultats";
        await organiser.SendAsync(await organiser.OpenAsync(results), "form[action$='relancer']");
        Assert.Null((await organiser.OpenAsync(results)).Document.QuerySelector("form[action$='relancer']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await organiser.PostAsync(results.Replace("resultats", "relancer", StringComparison.Ordinal))).Status);
        await alone.WorkAsync();
        var first = ReceivedMail.AllOf(alone).Skip(before).ToList();
        Assert.Single(first, m => m.To == answers.Email && m.Text.Contains("Bourdeaux", StringComparison.Ordinal));
        Assert.Single(first, m => m.To == waits.Email && m.Text.Contains("À rappeler", StringComparison.Ordinal));
        Assert.Equal(2, first.Count);

        await using (var db = alone.Open(Viewer.System))
            alone.Clock.Advance(await db.Set<Questionnaire>().Select(q => q.ClosesAt).SingleAsync() - alone.Clock.GetUtcNow().UtcDateTime - TimeSpan.FromHours(47));
        for (var n = 0; n < 2; n++)
        {
            await alone.Services.GetServices<IRecurringJob>().Single(j => j.Key == "sondages.questionnaires").RunAsync(default);
            await alone.WorkAsync();
        }

        var last = ReceivedMail.AllOf(alone).Skip(before + 2).Where(m => m.Text.Contains("pas encore répondu", StringComparison.Ordinal)).ToList();
        Assert.Equal(waits.Email, Assert.Single(last).To);
    }

    [Fact]
    public async Task Guest_InvitedByAddress_AnswersOnceWithANameAndSeesNoResult()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.QuestionnaireAsync(group, author, "Pour les voisins", with: d => d with { ResultsFor = ResultsFor.Members });
        await Scene.AnswerQuestionnaireAsync(id, people[0], "Bourdeaux");
        var organiser = await stage.Instance.VisitorAsync(author);
        await organiser.SendAsync(await organiser.OpenAsync($"/contenus/{id}/invites"), "[name='Addresses']", ("Addresses", "voisine@exterieur.invalid"));
        await stage.SendAsync();
        var link = Letter.Of(stage.Instance.Mails().Last(m => m.Contains("voisine@exterieur.invalid", StringComparison.Ordinal))).LinksTo("/invite/").First(l => !l.Contains("/arret/", StringComparison.Ordinal));
        var guest = stage.Instance.Stranger();

        var refused = await guest.SendAsync(await guest.OpenAsync(link), Form, ("Name", " "), ("Q1", "Aouste"));
        Assert.True(refused.Refuses("Name"));
        var taken = await guest.SendAsync(refused, Form, ("Name", "Zoé Voisine"), ("Q1", "Aouste"));
        var changed = await guest.SendAsync(taken, Form, ("Q1", "Piégros"));

        Assert.Contains("Merci, vos réponses sont enregistrées.", taken.Text, StringComparison.Ordinal);
        Assert.Contains("Vos réponses sont changées.", changed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bourdeaux", changed.Text, StringComparison.Ordinal);
        Assert.Equal(2, await CountAsync(id));
        var csv = await organiser.Browser.GetStringAsync($"/groupes/{group.Slug}/sondages/questionnaires/{id}/reponses.csv");
        Assert.Contains("\"Zoé Voisine\"", csv, StringComparison.Ordinal);
        Assert.Contains("\"Piégros\"", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_OnceAnswered_NoNameIsShownToOtherAnimators()
    {
        var (group, author, people) = await GroupAsync(1);
        var other = await Scene.GroupAsync("Autre groupe", author);
        var id = await Scene.QuestionnaireAsync(group, author, "Déménage");
        await Scene.AnswerQuestionnaireAsync(id, people[0], "Bourdeaux");
        var organiser = await stage.Instance.VisitorAsync(author);
        await organiser.SendAsync(await organiser.OpenAsync($"/contenus/{id}/deplacer"), "select[name=To]", ("To", other.Slug));

        var csv = await organiser.Browser.GetStringAsync($"/groupes/{other.Slug}/sondages/questionnaires/{id}/reponses.csv");

        Assert.Contains("Bourdeaux", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("Membre 0", csv, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await organiser.OpenAsync($"/groupes/{other.Slug}/sondages/questionnaires/{id}/reponses")).Status);
    }

    private const string Form = "section[aria-labelledby='questions'] form";

    private static readonly (string Name, string? Value)[] Good =
        [("Q2", "Die"), ("Q3", "autre"), ("Q3-autre", "Aouste"), ("Q4", "2"), ("Q6", "4"), ("Q7-1", "2"), ("Q7-2", "1"), ("Q8", "2031-05-12"), ("Q9-1", "2"), ("Q9-2", "1"), ("Q9-3", null), ("Q10", "12,5"), ("Q11", "Bonjour")];

    private async Task<int> CountAsync(string id)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        var (sheets, respondents) = (await db.Set<AnswerSheet>().CountAsync(s => s.Item.ShortId == id), await db.Set<Respondent>().CountAsync(r => r.Item.ShortId == id));
        Assert.Equal(respondents, sheets);
        return sheets;
    }

    private async Task<(Group Group, Member Author, Member[] People)> GroupAsync(int count)
    {
        var author = await Scene.MemberAsync("Anne Essai");
        var people = new Member[count];
        for (var n = 0; n < count; n++) people[n] = await Scene.MemberAsync($"Membre {n}");
        return (await Scene.GroupAsync("Groupe qui répond", author, members: people), author, people);
    }
}
