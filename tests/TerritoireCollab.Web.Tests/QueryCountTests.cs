using TerritoireCollab.Platform.Content;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests;

/// <summary>Each page asks the database a fixed small number of questions, however much there is to show.</summary>
public sealed class QueryCountTests
{
    // Signing in is one of them. A page that needs one more is looked at before its number is raised.
    private static readonly (string Page, int Most)[] Pages =
    [
        ("/", 8), ("/groupes", 5), ("/groupes/{group}", 10), ("/groupes/{group}/forum", 5), ("/c/{topic}", 3), ("{thread}", 9), ("/groupes/{group}/membres", 6),
        ("/recherche?q=borne", 9), ("/groupes/{group}/recherche?q=borne", 10), ("/annuaire", 5), ("/organisations", 4), ("/moi/nouveautes", 6), ("/moi/notifications", 4),
        ("/groupes/{group}/flux.atom", 8), ("/api/v1/groups", 2), ("/api/v1/groups/{group}/discussions", 4), ("/api/v1/discussions/{topic}/comments", 3), ("/api/v1/groups/{group}/finds", 4), ("/groupes/{group}/veille", 5), ("/groupes/{group}/veille?tri=score", 7), ("/groupes/{group}/veille?q=borne", 7), ("/groupes/{group}/veille?filtre=trouvailles", 5),
        ("{find}", 8), ("/moi/trouvailles", 3), ("/groupes/{group}/veille/proposer", 6), ("/api/v1/notifications", 7), ("/api/v1/search?q=borne", 9),
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
        await instance.SettleAsync();
        using var browser = await instance.SignedInAsync(reader.Id);
        var few = await CountAsync(browser, counter, group.Slug, topic, find);

        for (var n = 0; n < 25; n++) await ThreadAsync(scene, group, owner, reader, answers: 1);
        for (var n = 0; n < 30; n++) await scene.AnswerAsync(topic, n % 2 == 0 ? owner : reader, $"Une borne de plus, @{reader.Handle}.", replyTo: n > 4 ? n - 3 : null, files: await scene.FileAsync($"note-{n}.txt", $"Note {n}"));
        for (var n = 0; n < 12; n++) await scene.GroupAsync($"Groupe borne {n}", owner, members: [reader, await scene.MemberAsync($"Membre {n}")]);
        for (var n = 0; n < 30; n++)
        {
            var brought = await scene.FindAsync(group, n % 2 == 0 ? owner : reader, $"Une borne de plus {n}", tags: $"borne {n}");
            await scene.AnswerAsync(brought, owner, "Vue.");
            await scene.AnswerAsync(find, reader, $"Et une borne {n}.");
            await scene.NewsAsync(group, await scene.SourceAsync(group, owner, $"Gazette {n}"), [$"Encore une borne {n}"], sources: 2);
        }

        await instance.SettleAsync();
        var many = await CountAsync(browser, counter, group.Slug, topic, find);

        Assert.All(few.Zip(many), asked =>
        {
            // One more: where to go on reading, once a thread has a second page.
            Assert.InRange(asked.Second.Commands.Count, 1, asked.First.Commands.Count + 1);
            Assert.True(asked.Second.Commands.Count <= Pages.Single(p => p.Page == asked.Second.Page).Most, $"{asked.Second.Page} asks {asked.Second.Commands.Count} times:\n{string.Join("\n--\n", asked.Second.Commands)}");
        });
    }

    private static async Task<string> ThreadAsync(Scene scene, Platform.Groups.Group group, Platform.Members.Member author, Platform.Members.Member reader, int answers)
    {
        var topic = await scene.TopicAsync(group, author, "Une borne de recharge", $"Qui en a une ? @{reader.Handle}", Audience.Group, "mobilité, énergie", question: true, await scene.FileAsync("plan.txt", "Plan"));
        for (var n = 0; n < answers; n++) await scene.AnswerAsync(topic, author, "Nous avons une borne.");
        return topic;
    }

    // Asked twice: the first visit leaves marks, and reads what is kept in memory.
    private static async Task<IReadOnlyList<(string Page, IReadOnlyList<string> Commands)>> CountAsync(HttpClient browser, CommandCounter counter, string group, string topic, string find)
    {
        using var permanent = await browser.GetAsync($"/c/{topic}");
        using var found = await browser.GetAsync($"/c/{find}");
        var (thread, page) = (permanent.Headers.Location!.ToString(), found.Headers.Location!.ToString());
        var counted = new List<(string, IReadOnlyList<string>)>();
        foreach (var (asked, _) in Pages)
        {
            var address = asked.Replace("{group}", group, StringComparison.Ordinal).Replace("{topic}", topic, StringComparison.Ordinal).Replace("{thread}", thread, StringComparison.Ordinal).Replace("{find}", page, StringComparison.Ordinal);
            for (var visit = 0; visit < 2; visit++)
            {
                counter.Clear();
                using var answer = await browser.GetAsync(address);
                Assert.True((int)answer.StatusCode is 200 or 302, $"{address}: {(int)answer.StatusCode}");
            }

            counted.Add((asked, counter.Commands));
        }

        return counted;
    }
}
