using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Maintenance;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Forum;

/// <summary>Many people do different things to one thread at the same moment: nothing that was acknowledged is lost, nothing is counted twice, nothing breaks.</summary>
public sealed class CrossingTests
{
    private const int Writers = 6;
    private const int AnswersEach = 10;
    private const int BeforeTheGesture = 12;

    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Merge_WhileManyAnswer_EveryAcknowledgedAnswerThereOnce(DatabaseProvider provider)
    {
        await using var stage = await Stage.SetAsync(provider);
        var (from, to) = (await stage.TopicAsync("Le fil vidé"), await stage.TopicAsync("Le fil rempli"));

        var acknowledged = await stage.WriteWhileAsync([from, to], (animator, page) => animator.SendAsync(page, "select[name='Into']", ("Into", to)), from);

        var kept = await stage.AnswersOfAsync(to);
        Assert.Equal(acknowledged.Order(StringComparer.Ordinal), kept.Where(b => b.StartsWith("réponse", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("Message de Le fil vidé", kept);
        await stage.AssertSoundAsync(to);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Split_WhileManyAnswer_EveryAcknowledgedAnswerThereOnce(DatabaseProvider provider)
    {
        await using var stage = await Stage.SetAsync(provider);
        var topic = await stage.TopicAsync("Le fil scindé");
        for (var i = 1; i <= 4; i++) await stage.Scene.AnswerAsync(topic, stage.Animator, $"réponse ancienne {i}");

        var acknowledged = await stage.WriteWhileAsync([topic], (animator, page) => animator.SendAsync(page, "[name='Title']", ("Title", "Le fil nouveau"), ("Numbers", "1"), ("Numbers", "2"), ("Numbers", "3")), topic);

        var made = await stage.ShortIdAsync("Le fil nouveau");
        var kept = (await stage.AnswersOfAsync(topic)).Concat(await stage.AnswersOfAsync(made)).Where(b => b.StartsWith("réponse", StringComparison.Ordinal));
        string[] old = ["réponse ancienne 2", "réponse ancienne 3", "réponse ancienne 4"];
        Assert.Equal(acknowledged.Concat(old).Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
        await stage.AssertSoundAsync(topic, made);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Move_WhileManyAnswer_EveryAcknowledgedAnswerThereOnceAndNoneByWhoMayNotWriteThere(DatabaseProvider provider)
    {
        await using var stage = await Stage.SetAsync(provider);
        var elsewhere = await stage.Scene.GroupAsync("Ailleurs", stage.Animator, members: stage.Members[0]);
        var topic = await stage.TopicAsync("Le fil déplacé");

        var acknowledged = await stage.WriteWhileAsync([topic], (animator, page) => animator.SendAsync(page, "select[name='To']", ("To", elsewhere.Slug)), topic);

        Assert.Equal(acknowledged.Order(StringComparer.Ordinal), (await stage.AnswersOfAsync(topic)).Order(StringComparer.Ordinal));
        await stage.AssertSoundAsync(topic);
        await using var db = stage.Instance.Open(Viewer.System);
        var moved = await db.Comments.Where(c => c.Item.ShortId == topic && c.Body.StartsWith("moved|")).Select(c => c.Number).SingleAsync();
        Assert.All(await db.Comments.Where(c => c.Item.ShortId == topic && c.Number > moved).Select(c => c.AuthorId).ToListAsync(), author => Assert.Equal(stage.Members[0].Id, author));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Merge_EachIntoTheOther_OneOfThemGoesThrough(DatabaseProvider provider)
    {
        await using var stage = await Stage.SetAsync(provider);
        var visitor = new Visitor(await stage.Instance.SignedInAsync(stage.Animator.Id));
        for (var round = 0; round < 4; round++)
        {
            var (one, other) = (await stage.TopicAsync($"Un {round}"), await stage.TopicAsync($"Autre {round}"));
            VisitedPage[] pages = [await visitor.OpenAsync(stage.Moderation(one)), await visitor.OpenAsync(stage.Moderation(other))];

            var answers = await Task.WhenAll(visitor.SendAsync(pages[0], "select[name='Into']", ("Into", other)), visitor.SendAsync(pages[1], "select[name='Into']", ("Into", one)));

            // Whoever comes second finds his own thread gone, or the one that he chose.
            Assert.Single(answers, a => a.Status == HttpStatusCode.NotFound || a.Text.Contains("Ce fil n’est plus là", StringComparison.Ordinal));
            Assert.Single(answers, a => a.Text.Contains("n’en font plus qu’un", StringComparison.Ordinal));
            var left = Assert.Single(await stage.OpenTopicsAsync(one, other));
            Assert.Equal([$"Message de {(left == one ? "Autre" : "Un")} {round}"], await stage.AnswersOfAsync(left));
        }

        await stage.AssertSoundAsync();
    }

    [Fact]
    public async Task Merge_IntoTheOnlyOtherThreadRemovedMeanwhile_SaidAtTheField()
    {
        await using var stage = await Stage.SetAsync(DatabaseProvider.Sqlite);
        var (one, other) = (await stage.TopicAsync("Un"), await stage.TopicAsync("Autre"));
        var visitor = new Visitor(await stage.Instance.SignedInAsync(stage.Animator.Id));
        var page = await visitor.OpenAsync(stage.Moderation(one));
        await visitor.SendAsync(await visitor.OpenAsync($"/c/{other}"), "#gestes", ("geste", "retirer"));

        var answer = await visitor.SendAsync(page, "select[name='Into']", ("Into", other));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("Ce fil n’est plus là", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Gestures_AllAtOnce_NoneFailsAndEveryCounterHolds(DatabaseProvider provider)
    {
        await using var stage = await Stage.SetAsync(provider);
        var topic = await stage.TopicAsync("Le fil aux gestes", question: true);
        for (var i = 1; i <= 3; i++) await stage.Scene.AnswerAsync(topic, stage.Members[i], $"réponse {i}");
        string[] members = ["merci:0", "merci:1", "utile:2", "sans-merci:0", "sans-merci:1", "suivre", "sourdine", "comme-le-groupe", "suivre"];
        string[] animators = ["retenir:1", "ne-plus-retenir", "epingler", "desepingler", "fermer", "rouvrir", "retirer-reponse:3", "retablir-reponse:3", "retirer-reponse:3"];

        var answers = new List<Task<VisitedPage>>();
        foreach (var (who, gestures) in stage.Members.Take(3).Select(m => (m, members)).Append((stage.Animator, animators)))
        {
            var visitor = new Visitor(await stage.Instance.SignedInAsync(who.Id));
            var page = await visitor.OpenAsync($"/c/{topic}");
            answers.AddRange(gestures.Concat(gestures).Select(g => visitor.SendAsync(page, "#gestes", ("geste", g))));
        }

        Assert.All((await Task.WhenAll(answers)).Select(a => a.Status), status => Assert.Equal(HttpStatusCode.OK, status));
        await stage.AssertSoundAsync(topic);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Edits_OfOneTextAtOnce_OneSavedOthersToldAndNothingLost(DatabaseProvider provider)
    {
        await using var stage = await Stage.SetAsync(provider);
        var topic = await stage.TopicAsync("Le fil modifié");
        await stage.Scene.AnswerAsync(topic, stage.Animator, "avant");
        var visitor = new Visitor(await stage.Instance.SignedInAsync(stage.Animator.Id));
        var answer = await visitor.OpenAsync($"/groupes/{stage.Group.Slug}/forum/{topic}/reponses/1/modifier");
        var thread = await visitor.OpenAsync($"/groupes/{stage.Group.Slug}/forum/{topic}/modifier");

        var edits = await Task.WhenAll(Enumerable.Range(1, 4).SelectMany(i => new[]
        {
            visitor.SendAsync(answer, "[name='Body']", ("Body", $"après {i}")),
            visitor.SendAsync(thread, "[name='Input.Body']", ("Input.Body", $"ensuite {i}")),
        }));

        Assert.All(edits.Select(e => e.Status), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(3, edits.Count(e => e.Refuses("Body") && e.ValueOf("Body")!.StartsWith("après", StringComparison.Ordinal)));
        Assert.Equal(3, edits.Count(e => e.Refuses("Input.Body") && e.ValueOf("Input.Body")!.StartsWith("ensuite", StringComparison.Ordinal)));
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(["Message de Le fil modifié", "avant"], await db.Revisions.Select(r => r.Body).Order().ToListAsync());
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Removal_PressedTwiceAndUndoneTwice_OnceAndBack(DatabaseProvider provider)
    {
        await using var stage = await Stage.SetAsync(provider);
        var topic = await stage.TopicAsync("Le fil retiré");
        var visitor = new Visitor(await stage.Instance.SignedInAsync(stage.Animator.Id));
        var page = await visitor.OpenAsync($"/c/{topic}");

        var removed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => visitor.SendAsync(page, "#gestes", ("geste", "retirer"))));
        var gone = await visitor.OpenAsync($"/c/{topic}");
        var restored = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => visitor.SendAsync(page, "#gestes", ("geste", "retablir"))));

        Assert.All(removed.Select(r => r.Status), status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{status}"));
        Assert.Contains(HttpStatusCode.OK, removed.Select(r => r.Status));
        Assert.Equal(HttpStatusCode.NotFound, gone.Status);
        Assert.All(restored.Select(r => r.Status), status => Assert.Equal(HttpStatusCode.OK, status));
        await stage.AssertSoundAsync(topic);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Answers_WithTheSameFileAtOnce_AllPublished(DatabaseProvider provider)
    {
        await using var stage = await Stage.SetAsync(provider);
        var file = ("Files", "plan.txt", "Le même plan pour tous."u8.ToArray());
        var forms = new List<(Visitor Visitor, VisitedPage Page)>();
        foreach (var member in stage.Members)
        {
            // Each in a thread of its own: only the file is the same.
            var visitor = new Visitor(await stage.Instance.SignedInAsync(member.Id));
            forms.Add((visitor, await visitor.OpenAsync($"/c/{await stage.TopicAsync($"Le fil de {member.Name}")}")));
        }

        var answers = await Task.WhenAll(forms.Select(f => f.Visitor.SendAsync(f.Page, "#repondre", [file], ("Body", "Voici le plan."))));

        Assert.All(answers.Select(a => a.Status), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.All(answers.Select(a => a.Document.QuerySelectorAll("#r1 a[href*='pieces/']").Length), count => Assert.Equal(1, count));
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal((1, Writers), (await db.Files.CountAsync(), await db.Attachments.CountAsync()));
        await stage.AssertSoundAsync();
    }

    private sealed class Stage : IAsyncDisposable
    {
        public required Instance Instance { get; init; }
        public required Scene Scene { get; init; }
        public required Member Animator { get; init; }
        public required IReadOnlyList<Member> Members { get; init; }
        public required Group Group { get; init; }

        public static async Task<Stage> SetAsync(DatabaseProvider provider)
        {
            var instance = await Instance.StartAsync(provider);
            var scene = new Scene(instance);
            var animator = await scene.MemberAsync("Anne Essai");
            var members = new List<Member>();
            for (var i = 0; i < Writers; i++) members.Add(await scene.MemberAsync($"Membre {i}"));
            return new() { Instance = instance, Scene = scene, Animator = animator, Members = members, Group = await scene.GroupAsync("Groupe", animator, members: [.. members]) };
        }

        public Task<string> TopicAsync(string title, bool question = false) => Scene.TopicAsync(Group, Animator, title, $"Message de {title}", question: question);

        public string Moderation(string topic) => $"/groupes/{Group.Slug}/forum/{topic}/animer";

        // Each writer answers by the API, in turn to each thread; the gesture is made from the page once some answers were acknowledged.
        public async Task<IReadOnlyList<string>> WriteWhileAsync(IReadOnlyList<string> topics, Func<Visitor, VisitedPage, Task<VisitedPage>> gesture, string moderated)
        {
            var animator = new Visitor(await Instance.SignedInAsync(Animator.Id));
            var page = await animator.OpenAsync(Moderation(moderated));
            var (acknowledged, begun) = (new List<string>(), new TaskCompletionSource());
            var writing = Members.Select(async (member, w) =>
            {
                using var program = await Instance.ProgramAsync(member.Id);
                for (var i = 0; i < AnswersEach; i++)
                {
                    var body = $"réponse {w}.{i}";
                    using var answer = await program.PostAsJsonAsync($"discussions/{topics[(w + i) % topics.Count]}/comments", new { body });
                    Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.NotFound or HttpStatusCode.Forbidden, $"{answer.StatusCode}");
                    if (answer.StatusCode != HttpStatusCode.Created) continue;

                    lock (acknowledged) acknowledged.Add(body);
                    if (acknowledged.Count >= BeforeTheGesture) begun.TrySetResult();
                }
            }).ToList();
            await begun.Task;
            var made = await gesture(animator, page);
            Assert.Equal(HttpStatusCode.OK, made.Status);
            await Task.WhenAll(writing);
            return acknowledged;
        }

        public async Task<IReadOnlyList<string>> AnswersOfAsync(string topic)
        {
            using var program = await Instance.ProgramAsync(Animator.Id);
            var bodies = new List<string>();
            for (string? after = "", next; after is not null; after = next)
            {
                var page = await program.GetFromJsonAsync<JsonElement>($"discussions/{topic}/comments?limit=100&after={after}");
                bodies.AddRange(page.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("body").GetString()!));
                next = page.GetProperty("next").GetString();
            }

            return bodies;
        }

        public async Task<string> ShortIdAsync(string title)
        {
            await using var db = Instance.Open(Viewer.System);
            return await db.Items.Where(i => i.Title == title).Select(i => i.ShortId).SingleAsync();
        }

        public async Task<IReadOnlyList<string>> OpenTopicsAsync(params string[] topics)
        {
            await using var db = Instance.Open(Viewer.System);
            return await db.Items.Where(i => topics.Contains(i.ShortId)).Select(i => i.ShortId).ToListAsync();
        }

        // Numbers follow one another without hole nor double, counters and relations hold, and the pages can be read.
        public async Task AssertSoundAsync(params string[] topics)
        {
            await Instance.SettleAsync();
            var wrong = (await ActivatorUtilities.CreateInstance<CheckIntegrity>(Instance.Services).ExecuteAsync(default)).Where(c => !c.IsSound).Select(c => c.Sentence);
            Assert.Empty(wrong);
            using var browser = await Instance.SignedInAsync(Animator.Id);
            foreach (var topic in topics)
            {
                var page = await new Visitor(browser).OpenAsync($"/c/{topic}");
                Assert.Equal(HttpStatusCode.OK, page.Status);
            }
        }

        public ValueTask DisposeAsync() => Instance.DisposeAsync();
    }
}
