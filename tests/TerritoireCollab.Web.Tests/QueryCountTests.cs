using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Polls.Questionnaires;
using TerritoireCollab.Polls.Voting;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests;

/// <summary>Each page asks the database a fixed small number of questions, however much there is to show.</summary>
public sealed class QueryCountTests
{
    // Signing in is one of them. A page that needs one more is looked at before its number is raised.
    private static readonly (string Page, int Most)[] Pages =
    [
        ("/", 13), ("/groupes", 5), ("/groupes/{group}", 10), ("/groupes/{group}/forum", 5), ("/c/{topic}", 3), ("{topic:page}", 9), ("/groupes/{group}/membres", 6),
        ("/recherche?q=borne", 9), ("/groupes/{group}/recherche?q=borne", 10), ("/annuaire", 5), ("/organisations", 4), ("/moi/nouveautes", 6), ("/moi/notifications", 5),
        ("/groupes/{group}/articles", 9), ("/groupes/{group}/articles/dossiers/des-bornes", 6), ("/groupes/{group}/articles/dossiers/des-bornes/flux.atom", 11), ("/c/{article}", 3), ("{article:page}", 10), ("/groupes/{group}/articles/nouveau", 6), ("/api/v1/groups/{group}/articles", 5), ("/groupes/{group}/flux.atom", 9), ("/api/v1/groups", 2), ("/api/v1/groups/{group}/discussions", 4), ("/api/v1/discussions/{topic}/comments", 3), ("/api/v1/groups/{group}/finds", 4), ("/groupes/{group}/veille", 5), ("/groupes/{group}/veille?tri=score", 7), ("/groupes/{group}/veille?q=borne", 7), ("/groupes/{group}/veille?filtre=trouvailles", 5),
        ("/groupes/{group}/favoris", 8), ("{bookmark:page}", 10), ("/groupes/{group}/favoris/nouveau", 6), ("/moi/favoris", 4), ("/moi/favoris/copies", 2), ("/moi/favoris?q=borne", 4), ("/moi/favoris/favoris.csv", 2), ("/api/v1/me/bookmarks", 3), ("/groupes/{group}/favoris/favoris.csv", 5), ("/api/v1/groups/{group}/bookmarks", 5),
        ("{find:page}", 7), ("/moi/trouvailles", 3), ("/groupes/{group}/veille/proposer", 6), ("/api/v1/notifications", 7), ("/api/v1/search?q=borne", 9),
        ("/agenda", 4), ("/agenda?mois=ce-mois", 7), ("/agenda?jour={today}", 3), ("/groupes/{group}/agenda", 5), ("/groupes/{group}/agenda?mois=ce-mois", 8), ("/groupes/{group}/agenda?jour={today}", 4), ("/groupes/{group}/agenda/calendriers", 5), ("{event:page}", 14), ("/groupes/{group}/agenda.ics", 6), ("/moi/agenda.ics", 4), ("/api/v1/groups/{group}/events", 5),
        ("/groupes/{group}/sondages", 6), ("/groupes/{group}/sondages?filtre=clos", 6), ("{poll:page}", 13), ("/groupes/{group}/sondages/nouveau", 5), ("/api/v1/groups/{group}/polls", 7),
        ("/groupes/{group}/fichiers", 8), ("{file:page}", 13), ("/groupes/{group}/fichiers/nouveau", 7), ("/groupes/{group}/fichiers/archive.zip", 6), ("/api/v1/groups/{group}/files", 6),
        ("{questionnaire:page}", 10), ("{questionnaire:page}/resultats", 5), ("{questionnaire:page}/resultats?question=2", 5), ("/groupes/{group}/sondages/questionnaires/nouveau", 6), ("/groupes/{group}/sondages?sorte=questionnaires", 6), ("/api/v1/groups/{group}/questionnaires", 7),
        ("/groupes/{group}/pages", 5), ("/groupes/{group}/pages/{page}", 12), ("/groupes/{group}/pages/{page}/historique", 5), ("/groupes/{group}/pages/{page}/comparer?de=1&a=2", 8), ("/groupes/{group}/pages/{page}/ranger", 5), ("/groupes/{group}/pages/{page}/export.zip", 6), ("/api/v1/groups/{group}/pages", 6),
    ];

    [Fact]
    public async Task EveryPage_LittleThenMuchToShow_FewQueries()
    {
        var counter = new CommandCounter();
        await using var instance = await Instance.StartAsync(adjust: counter.Watch);
        var scene = new Scene(instance);
        var (owner, reader) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"));
        var group = await scene.GroupAsync("Groupe", owner, members: reader);
        var topic = await ThreadAsync(scene, group, owner, reader, answers: 2);
        await scene.TurnOnAsync(group);
        var find = await scene.FindAsync(group, owner, "Une borne trouvée", tags: "énergie");
        await scene.AnswerAsync(find, owner, "Elle marche.");
        var source = await scene.SourceAsync(group, owner, "Gazette");
        await scene.NewsAsync(group, source, ["Une borne en ville"]);
        var article = await scene.ArticleAsync(group, owner, "Une borne racontée", "Un texte.", Audience.Public, "énergie", coAuthors: reader.Name, cover: Pictures.Png(), series: "Des bornes");
        await scene.ArticleAsync(group, owner, "Une borne racontée encore", series: "Des bornes");
        await using (var db = instance.Open(Platform.Access.Viewer.System)) await db.Items.Where(i => i.ShortId == article).ExecuteUpdateAsync(set => set.SetProperty(i => i.FeaturedAt, scene.Now));
        await scene.AnswerAsync(article, owner, "Elle tourne.");
        await scene.DraftAsync(group, reader, "Une borne à venir", coAuthors: owner.Name);
        var planned = await EventAsync(scene, group, owner, reader);
        var page = await scene.PageAsync(group, owner, "Une borne sur une page", "Voir [[Une autre borne]].", tags: "énergie");
        await scene.PageAsync(group, owner, "Une autre borne", "Voir [[Une borne sur une page]].", page);
        await scene.RewriteAsync(page, reader, "Voir [[Une autre borne]], et rien d’autre.");
        await scene.AnswerAsync(planned, owner, "Rendez-vous à la borne.");
        var bookmark = await scene.BookmarkAsync(group, owner, "Une borne gardée", tags: "énergie");
        await scene.AnswerAsync(bookmark, reader, "Merci.");
        await scene.QuotePassageAsync(bookmark, reader, "Une borne citée.");
        var poll = await scene.PollAsync(group, owner, "Une borne de plus ?", with: d => d with { Showing = Showing.Always, Secrecy = Secrecy.Named });
        await scene.VoteAsync(poll, reader, 1, "Une borne.");
        await OwnAsync(instance, reader, "gardée pour soi");
        var file = await scene.FileOfGroupAsync(group, owner, "borne.txt", "Une borne dans un fichier", tags: "énergie", folder: await scene.FolderAsync(group, owner, "Bornes"));
        await scene.FileOfGroupAsync(group, owner, "autre.txt", "Une autre borne dans un fichier");
        await scene.AnswerAsync(file, reader, "Merci.");
        var questionnaire = await scene.QuestionnaireAsync(group, owner, "Des bornes", parts: [new() { Kind = PartKind.ShortText, Text = "Où ?" }, new() { Kind = PartKind.LongText, Text = "Pourquoi ?" }], with: d => d with { ResultsFor = ResultsFor.Members });
        await scene.AnswerQuestionnaireAsync(questionnaire, reader, "Une borne.");
        await instance.SettleAsync();
        using var browser = await instance.SignedInAsync(reader.Id);
        (string Name, string Id)[] places = [("topic", topic), ("find", find), ("article", article), ("event", planned), ("page", page), ("bookmark", bookmark), ("poll", poll), ("file", file), ("questionnaire", questionnaire)];
        var few = await CountAsync(browser, counter, group.Slug, scene.Now, places);

        for (var n = 0; n < 30; n++)
        {
            await scene.BookmarkAsync(group, owner, $"Une borne gardée {n}", tags: $"borne {n}");
            var asked = await scene.PollAsync(group, owner, $"Une borne de plus {n} ?", options: [.. Enumerable.Range(1, 2 + n).Select(o => $"Borne {o}")]);
            var voter = await scene.MemberAsync($"Votant {n}");
            await scene.JoinAsync(group, voter);
            foreach (var voted in (string[])[asked, poll]) await scene.VoteAsync(voted, voter, 1, $"Une borne {n}.");
            await scene.AnswerAsync(poll, owner, $"Votez {n}.");
            await scene.AnswerQuestionnaireAsync(questionnaire, voter, $"Une borne {n}.");
            await scene.AnswerAsync(questionnaire, owner, $"Répondez {n}.");
            await scene.QuestionnaireAsync(group, owner, $"Des bornes {n}");
            await scene.AnswerAsync(bookmark, owner, $"Encore une borne {n}.");
            await scene.QuotePassageAsync(bookmark, reader, $"Une borne citée {n}.", isPrivate: n % 2 == 0);
            await scene.CopyAsync(reader, $"https://exemple.invalid/copie-{n}", $"Une borne copiée {n}", "<p>Une borne.</p>");
            await OwnAsync(instance, reader, $"gardée {n}");
            await scene.FileOfGroupAsync(group, owner, $"borne-{n}.txt", $"Une borne dans le fichier {n}", tags: $"borne {n}");
            await scene.FileOfGroupAsync(group, owner, $"borne-{n}.txt", $"Une borne rangée {n}", folder: await scene.FolderAsync(group, reader, $"Bornes {n}"));
            await scene.VersionAsync(file, reader, "borne.txt", $"Une borne changée {n}", $"Borne {n}");
            await scene.AnswerAsync(file, owner, $"Encore une borne {n}.");
        }

        for (var n = 0; n < 25; n++) await ThreadAsync(scene, group, owner, reader, answers: 1);
        for (var n = 0; n < 30; n++) await scene.AnswerAsync(topic, n % 2 == 0 ? owner : reader, $"Une borne de plus, @{reader.Handle}.", replyTo: n > 4 ? n - 3 : null, files: await scene.FileAsync($"note-{n}.txt", $"Note {n}"));
        for (var n = 0; n < 12; n++) await scene.GroupAsync($"Groupe borne {n}", owner, members: [reader, await scene.MemberAsync($"Membre {n}")]);
        for (var n = 0; n < 30; n++)
        {
            var brought = await scene.FindAsync(group, n % 2 == 0 ? owner : reader, $"Une borne de plus {n}", tags: $"borne {n}");
            await scene.AnswerAsync(await scene.ArticleAsync(group, owner, $"Une borne racontée {n}", tags: $"borne {n}", coAuthors: reader.Name, cover: Pictures.Png(words: $"{n}")), reader, "Lue.");
            await scene.AnswerAsync(article, reader, $"Bien raconté {n}.");
            await scene.DraftAsync(group, reader, $"Une borne à venir {n}", coAuthors: owner.Name);
            await scene.AnswerAsync(brought, owner, "Vue.");
            await EventAsync(scene, group, owner, reader);
            await scene.OutsideAsync(group, owner, $"Mairie {n}", $"Une borne dehors {n}", address: $"https://mairie.invalid/{n}.ics");
            await scene.AnswerAsync(planned, owner, "J’y serai.");
            await scene.AnswerAsync(find, reader, $"Et une borne {n}.");
            await scene.NewsAsync(group, await scene.SourceAsync(group, owner, $"Gazette {n}"), [$"Encore une borne {n}"], sources: 2);
        }

        for (var n = 0; n < 25; n++)
        {
            await scene.PageAsync(group, n % 2 == 0 ? owner : reader, $"Une borne de page {n}", $"Voir [[Une borne sur une page]] et [[Une borne de page {n - 1}]].", page, tags: $"borne {n}");
            await scene.RewriteAsync(page, n % 2 == 0 ? owner : reader, string.Join("\n\n", Enumerable.Range(0, n + 1).Select(m => $"Voir [[Une borne de page {m}]].")));
            await scene.AnswerAsync(page, owner, "Une borne de plus.");
        }

        await instance.SettleAsync();
        var many = await CountAsync(browser, counter, group.Slug, scene.Now, places);

        Assert.All(few.Zip(many), asked =>
        {
            // One more: where to go on reading, once a thread has a second page.
            Assert.InRange(asked.Second.Commands.Count, 1, asked.First.Commands.Count + 1);
            Assert.True(asked.Second.Commands.Count <= Pages.Single(p => p.Page == asked.Second.Page).Most, $"{asked.Second.Page} asks {asked.Second.Commands.Count} times:\n{string.Join("\n--\n", asked.Second.Commands)}");
        });
    }

    private static Task OwnAsync(Instance instance, Platform.Members.Member member, string name) => instance.Services.GetRequiredService<Bookmarks.Own.KeepOwnBookmark>()
        .ExecuteAsync(Platform.Access.Viewer.Member(member.Id), new($"https://exemple.invalid/{Uri.EscapeDataString(name)}", $"Une borne {name}", "Une borne.", $"énergie, {name}"), default);

    private static async Task<string> ThreadAsync(Scene scene, Platform.Groups.Group group, Platform.Members.Member author, Platform.Members.Member reader, int answers)
    {
        var topic = await scene.TopicAsync(group, author, "Une borne de recharge", $"Qui en a une ? @{reader.Handle}", Audience.Group, "mobilité, énergie", question: true, await scene.FileAsync("plan.txt", "Plan"));
        for (var n = 0; n < answers; n++) await scene.AnswerAsync(topic, author, "Nous avons une borne.");
        return topic;
    }

    private static async Task<string> EventAsync(Scene scene, Platform.Groups.Group group, Platform.Members.Member author, Platform.Members.Member reader)
    {
        var planned = await scene.EventAsync(group, author, "Inauguration d’une borne", inDays: 0, with: d => d with { From = "23:30", Repetition = new() { Frequency = Agenda.Events.Frequency.Weekly } });
        await scene.ComeAsync(planned, reader);
        return planned;
    }

    // Asked twice: the first visit leaves marks, and reads what is kept in memory.
    private static async Task<IReadOnlyList<(string Page, IReadOnlyList<string> Commands)>> CountAsync(HttpClient browser, CommandCounter counter, string group, DateTime now, IEnumerable<(string Name, string Id)> places)
    {
        List<(string Sign, string Address)> signs = [("{group}", group), ("{today}", $"{now:yyyy-MM-dd}")];
        foreach (var (name, id) in places)
        {
            using var permanent = await browser.GetAsync($"/c/{id}");
            signs.AddRange([($"{{{name}}}", id), ($"{{{name}:page}}", permanent.Headers.Location!.ToString())]);
        }

        var counted = new List<(string, IReadOnlyList<string>)>();
        foreach (var (asked, _) in Pages)
        {
            var address = signs.Aggregate(asked, (text, sign) => text.Replace(sign.Sign, sign.Address, StringComparison.Ordinal));
            for (var visit = 0; visit < 2; visit++)
            {
                counter.Clear();
                using var answer = await browser.GetAsync(address);
                Assert.True((int)answer.StatusCode is 200 or 302 or 301, $"{address}: {(int)answer.StatusCode}");
            }

            counted.Add((asked, counter.Commands));
        }

        return counted;
    }
}
