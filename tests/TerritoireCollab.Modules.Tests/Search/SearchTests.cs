using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Search;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Search;

/// <summary>Searching as people do, by the page and by the API: what is found, in which order, by whom, and that no query breaks it.</summary>
public sealed class SearchTests
{
    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Words_AsPeopleWriteThem_FindTheSameOnEveryDatabase(DatabaseProvider provider)
    {
        await using var library = await Library.OpenAsync(provider);
        (string Query, string[] Found)[] expected =
        [
            // Accents and case.
            ("REUNION", ["Réunion des élues"]),
            ("réunion élue", ["Réunion des élues"]),
            // Number and gender.
            ("élu", ["Réunion des élues"]),
            ("borne", ["Bornes de recharge"]),
            ("chevaux", ["Le cheval de trait"]),
            ("animatrices", ["Animateur cherché"]),
            ("agent municipal", ["Agentes municipales"]),
            // Elisions, straight and curly apostrophes.
            ("l'eau", ["L’eau potable"]),
            ("d’eau", ["L’eau potable"]),
            ("qu'eau", ["L’eau potable"]),
            // Ligatures and joined words.
            ("coeur", ["Cœur de village"]),
            ("aujourd'hui", ["Aujourd’hui la fête"]),
            ("saint etienne", ["Saint-Étienne-de-Crossey"]),
            // The beginning of the last word only.
            ("rech", ["Bornes de recharge"]),
            ("rech borne", []),
            // Several words, all of them; stop words count for nothing.
            ("la recharge des bornes", ["Bornes de recharge"]),
            ("recharge cheval", []),
            // A phrase keeps its order.
            ("« borne de recharge »", ["Bornes de recharge"]),
            ("\"recharge borne\"", []),
            ("“eau potable”", ["L’eau potable"]),
            // A quote left open counts word by word.
            ("\"recharge borne", ["Bornes de recharge"]),
            // Digits.
            ("5G", ["La 5G arrive"]),
            ("2027", ["Budget 2027"]),
            // A tag, the text of the first message, and an answer.
            ("étiquetée", ["Animateur cherché"]),
            ("chlore", ["L’eau potable"]),
            ("tuyauterie", ["L’eau potable"]),
        ];

        foreach (var (query, found) in expected) Assert.Equal((query, string.Join(" | ", found)), (query, string.Join(" | ", await library.TitlesAsync(query))));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Order_OfHits_TitlesFirstThenTheNewest(DatabaseProvider provider)
    {
        await using var library = await Library.OpenAsync(provider);
        string[] titles = ["Vieux titre de compostage", "Jeune titre de compostage"];
        foreach (var title in new[] { titles[0], "Un autre sujet", "Encore un autre", titles[1], "Le dernier sujet" })
        {
            library.Instance.Clock.Advance(TimeSpan.FromMinutes(1));
            await library.Scene.TopicAsync(library.Group, library.Member, title, title.Contains("compostage", StringComparison.Ordinal) ? "Rien." : "On y parle de compostage.");
        }

        await library.Instance.SettleAsync();

        Assert.Equal([titles[1], titles[0], "Le dernier sujet", "Encore un autre", "Un autre sujet"], await library.TitlesAsync("compostage"));
    }

    [Fact]
    public async Task Word_InMoreThanAHundredAnswers_LastPageSaysThatOlderOnesAreLeftOut()
    {
        await using var library = await Library.OpenAsync(DatabaseProvider.Sqlite);
        var topic = await library.Scene.TopicAsync(library.Group, library.Member, "Un long fil");
        for (var i = 0; i < FindEverywhere.MostMatches + 1; i++) await library.Scene.AnswerAsync(topic, library.Member, $"Le composteur n° {i}.");
        await library.Instance.SettleAsync();

        var before = WebUtility.HtmlDecode(await library.Browser.GetStringAsync("/recherche?q=composteur&page=9"));
        var last = WebUtility.HtmlDecode(await library.Browser.GetStringAsync("/recherche?q=composteur&page=10"));

        const string Sentence = "Les résultats plus anciens ne sont pas montrés.";
        Assert.DoesNotContain(Sentence, before, StringComparison.Ordinal);
        Assert.Contains(Sentence, last, StringComparison.Ordinal);
        Assert.DoesNotContain("page=11", last, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Query_Hostile_NeitherFailsNorFindsMoreThanItsWords(DatabaseProvider provider)
    {
        await using var library = await Library.OpenAsync(provider);
        string[] empty = ["", "   ", "le la les", "« »", "\"\"", "'", "*", "!!!", "(((", "&|!", ":*", "\u0000", "\u202e", "🙂", "\ud800"];
        string[] hostile =
        [
            "recharge AND (", "recharge OR 1=1", "NEAR(recharge borne)", "recharge*^2", "{Stems} : recharge", "recharge\" OR \"a", "recharge:*", "recharge & !borne", "recharge <-> borne", "'recharge':A*", "\\recharge\\",
            "recharge'); DROP TABLE \"SearchDocuments\"; --", "Scope:g0", "{Scope} : public", "recharge %", "recharge _", "-recharge", "+recharge", "recharge NOT borne",
            new string('a', 7_000), string.Concat(Enumerable.Repeat("recharge ", 600)), string.Concat(Enumerable.Repeat("\"recharge ", 500)), string.Concat(Enumerable.Range(0, 700).Select(i => $"mot{i} ")), new string('(', 2_500), new string('"', 2_500),
        ];

        foreach (var query in empty.Concat(hostile))
        {
            using var page = await library.Browser.GetAsync("/recherche?q=" + Escaped(query));
            using var api = await library.Program.GetAsync("search?q=" + Escaped(query));
            Assert.Equal((Cut(query), HttpStatusCode.OK, HttpStatusCode.OK), (Cut(query), page.StatusCode, api.StatusCode));
        }

        // No address is longer than 8 KiB.
        using var tooLong = await library.Browser.GetAsync("/recherche?q=" + new string('a', 10_000));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, tooLong.StatusCode);
        foreach (var query in empty) Assert.Empty(await library.TitlesAsync(query));
        Assert.Equal(["Bornes de recharge"], await library.TitlesAsync("recharge:*"));
        Assert.Equal(["Bornes de recharge"], await library.TitlesAsync(string.Concat(Enumerable.Repeat("recharge ", 600))));
        Assert.Equal(["Bornes de recharge"], await library.TitlesAsync("recharge"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Rights_ThatChange_HoldAtTheNextSearch(DatabaseProvider provider)
    {
        await using var library = await Library.OpenAsync(provider);
        var (scene, instance) = (library.Scene, library.Instance);
        var (outsider, animator) = (await scene.MemberAsync("Rémi Essai"), await scene.MemberAsync("Ève Essai"));
        var hidden = await scene.GroupAsync("Masqué", animator, GroupVisibility.Hidden);
        var open = await scene.GroupAsync("Ouvert", animator);
        await scene.JoinAsync(hidden, outsider);
        var secret = await scene.TopicAsync(hidden, animator, "Le pangolin secret");
        await scene.AnswerAsync(secret, animator, "Une réponse sur le pangolin.");
        await scene.TopicAsync(open, animator, "Le pangolin du groupe", audience: Audience.Group);
        await scene.TopicAsync(open, animator, "Le pangolin de la plateforme", audience: Audience.Platform);
        var everyone = await scene.TopicAsync(open, animator, "Le pangolin public", audience: Audience.Public);
        await instance.SettleAsync();
        using var nobody = instance.Browser();
        using var program = await instance.ProgramAsync(outsider.Id);
        async Task<string> Found() => string.Join(" | ", (await TitlesAsync(program, "search?limit=100&q=pangolin")).Distinct().Order(StringComparer.Ordinal));

        Assert.Equal("Le pangolin de la plateforme | Le pangolin public | Le pangolin secret", await Found());
        var page = await new Visitor(nobody).OpenAsync("/recherche?q=pangolin");
        Assert.StartsWith("/connexion", page.Address, StringComparison.Ordinal);
        Assert.DoesNotContain("Le pangolin", page.Text, StringComparison.Ordinal);
        using (var unknown = await nobody.GetAsync("/api/v1/search?q=pangolin")) Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);

        // Out of the group: at once, whatever the index still holds.
        await scene.JoinAsync(hidden, outsider, state: MembershipState.Left);
        Assert.Equal("Le pangolin de la plateforme | Le pangolin public", await Found());
        using (var inside = await program.GetAsync($"search?q=pangolin&group={hidden.Slug}")) Assert.Equal(HttpStatusCode.NotFound, inside.StatusCode);

        // Narrowed by its author, then moved to where the reader is not.
        using var owner = await instance.ProgramAsync(animator.Id);
        using (var narrowed = await owner.PatchAsJsonAsync($"discussions/{everyone}", new { audience = "group" })) Assert.Equal(HttpStatusCode.OK, narrowed.StatusCode);
        Assert.Equal("Le pangolin de la plateforme", await Found());
        await instance.SettleAsync();
        Assert.Equal("Le pangolin de la plateforme", await Found());

        // And found by who comes to where it went.
        await scene.JoinAsync(open, outsider);
        Assert.Equal("Le pangolin de la plateforme | Le pangolin du groupe | Le pangolin public", await Found());
        var visitor = new Visitor(await instance.SignedInAsync(animator.Id));
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{open.Slug}/forum/{everyone}/animer"), "select[name='To']", ("To", hidden.Slug));
        Assert.Equal("Le pangolin de la plateforme | Le pangolin du groupe", await Found());
        await instance.SettleAsync();
        Assert.Equal("Le pangolin de la plateforme | Le pangolin du groupe", await Found());
        Assert.Contains("Le pangolin public", await TitlesAsync(owner, $"search?q=pangolin&group={hidden.Slug}"));
    }

    [Fact]
    public async Task Extract_OfHostileText_InertAndMarked()
    {
        await using var library = await Library.OpenAsync(DatabaseProvider.Sqlite);
        await library.Scene.TopicAsync(library.Group, library.Member, "<b>Titre</b> & <script>alert(1)</script>", "Avant `<img src=x onerror=alert(1)>` la sarriette & <b>après</b>.");
        await library.Instance.SettleAsync();

        var page = await new Visitor(library.Browser).OpenAsync("/recherche?q=sarriettes");

        var hit = Assert.Single(page.Document.QuerySelectorAll("main .liste--cadre li"));
        Assert.Equal("sarriette", Assert.Single(hit.QuerySelectorAll("mark")).TextContent);
        Assert.Contains("<img src=x onerror=alert(1)>", hit.TextContent, StringComparison.Ordinal);
        Assert.Equal("<b>Titre</b> & <script>alert(1)</script>", hit.QuerySelector("h2 a")!.TextContent);
        Assert.Empty(hit.QuerySelectorAll("img, script, b"));
        var typed = await new Visitor(library.Browser).OpenAsync("/recherche?q=" + Escaped("\"><script>alert(1)</script>"));
        Assert.Contains("\"><script>alert(1)</script>", typed.Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", typed.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inside_AGroup_OnlyItsOwnAndOneKindAtWill()
    {
        await using var library = await Library.OpenAsync(DatabaseProvider.Sqlite);
        var other = await library.Scene.GroupAsync("Jardins partagés", library.Member);
        var topic = await library.Scene.TopicAsync(other, library.Member, "La mélisse d’ailleurs");
        await library.Scene.TopicAsync(library.Group, library.Member, "La mélisse d’ici");
        await library.Scene.AnswerAsync(topic, library.Member, "Une réponse à la mélisse.");
        await library.Instance.SettleAsync();
        var visitor = new Visitor(library.Browser);

        var inside = await visitor.OpenAsync($"/groupes/{other.Slug}/recherche?q=m%C3%A9lisse");
        var answers = await visitor.OpenAsync("/recherche?q=m%C3%A9lisse&type=reponses");
        var people = await visitor.OpenAsync("/recherche?q=essai&type=personnes");
        var groups = await visitor.OpenAsync("/recherche?q=jardin&type=groupes");

        Assert.Equal(["La mélisse d’ailleurs", "La mélisse d’ailleurs"], Heads(inside));
        Assert.Equal(["La mélisse d’ailleurs"], Heads(answers));
        Assert.EndsWith("?reponse=1#r1", answers.Document.QuerySelector("main .liste li h2 a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("Anne Essai", Heads(people));
        Assert.Equal(["Jardins partagés"], Heads(groups));
    }

    [Fact]
    public async Task Index_AfterACrash_RepairedByWhatWasNotDispatchedAndByWhatIsTwice()
    {
        await using var library = await Library.OpenAsync(DatabaseProvider.Sqlite);
        var topic = await library.Scene.TopicAsync(library.Group, library.Member, "Le romarin");
        await library.Scene.AnswerAsync(topic, library.Member, "Une réponse au romarin.");
        await library.Instance.SettleAsync();

        // As a process leaves it that died between the index and the mark, having lost some of what it wrote.
        await using (var db = library.Instance.Open(Viewer.System))
        {
            await db.SearchDocuments.Where(d => d.Kind == "comment").ExecuteDeleteAsync();
            await db.Activities.ExecuteUpdateAsync(set => set.SetProperty(a => a.DispatchedAt, (DateTime?)null).SetProperty(a => a.LeaseUntil, library.Instance.Clock.GetUtcNow().UtcDateTime.AddMinutes(2)).SetProperty(a => a.Attempts, 1));
        }

        await library.Instance.SettleAsync();
        Assert.Equal(["Le romarin"], await library.TitlesAsync("romarin"));
        library.Instance.Clock.Advance(TimeSpan.FromMinutes(3));
        await library.Instance.SettleAsync();

        Assert.Equal(["Le romarin", "Le romarin"], await library.TitlesAsync("romarin"));
        await using var after = library.Instance.Open(Viewer.System);
        Assert.Equal(0, await after.Activities.CountAsync(a => a.DispatchedAt == null));
        Assert.Equal(await after.SearchDocuments.Select(d => d.TargetId).Distinct().CountAsync(), await after.SearchDocuments.CountAsync());
    }

    [Fact]
    public async Task Split_AndMerge_HitsLeadToWhereTheMessagesAre()
    {
        await using var library = await Library.OpenAsync(DatabaseProvider.Sqlite);
        var topic = await library.Scene.TopicAsync(library.Group, library.Member, "Le fil des herbes");
        await library.Scene.AnswerAsync(topic, library.Member, "Parlons du fenouil.");
        await library.Scene.AnswerAsync(topic, library.Member, "Et de la livèche.", replyTo: 1);
        var other = await library.Scene.TopicAsync(library.Group, library.Member, "Le fil rempli");
        await library.Instance.SettleAsync();
        var visitor = new Visitor(library.Browser);

        var made = await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{library.Group.Slug}/forum/{topic}/animer"), "[name='Title']", ("Title", "Le fil du fenouil"), ("Numbers", "1"));
        await library.Instance.SettleAsync();
        var id = made.Address.Split("/forum/")[1][..8];
        var (split, answer) = (await visitor.OpenAsync("/recherche?q=fenouil"), await visitor.OpenAsync("/recherche?q=liv%C3%A8che"));
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{library.Group.Slug}/forum/{id}/animer"), "select[name='Into']", ("Into", other));
        await library.Instance.SettleAsync();
        var merged = await visitor.OpenAsync("/recherche?q=liv%C3%A8che");

        Assert.Equal(["Le fil du fenouil"], Heads(split).Distinct());
        Assert.EndsWith($"{id}-le-fil-du-fenouil?reponse=1#r1", answer.Document.QuerySelector("main .liste li h2 a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.EndsWith($"{other}-le-fil-rempli?reponse=2#r2", merged.Document.QuerySelector("main .liste li h2 a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    private static List<string> Heads(VisitedPage page) => [.. page.Document.QuerySelectorAll("main .liste li h2").Select(h => h.TextContent.Trim())];

    private static string Escaped(string text) => Uri.EscapeDataString(text.Replace("\ud800", "", StringComparison.Ordinal)) + (text.Contains('\ud800', StringComparison.Ordinal) ? "%ED%A0%80" : "");

    private static string Cut(string text) => text.Length > 40 ? $"{text[..40]}… ({text.Length})" : text;

    private static async Task<List<string>> TitlesAsync(HttpClient program, string address) =>
        [.. (await program.GetFromJsonAsync<JsonElement>(address)).GetProperty("items").EnumerateArray().Select(h => h.GetProperty("title").GetString()!)];

    // Some sixty documents: threads and answers on the affairs of invented communes.
    private sealed class Library : IAsyncDisposable
    {
        private static readonly (string Title, string Body)[] Threads =
        [
            ("Réunion des élues", "Ordre du jour à compléter avant vendredi."), ("Bornes de recharge", "Qui en a posé sur la place ?"), ("Le cheval de trait", "Il tire la benne du marché."),
            ("Animateur cherché", "Pour le centre de loisirs, l’été prochain."), ("Agentes municipales", "Un mot de remerciement à l’équipe."), ("L’eau potable", "Analyses du mois, trop de chlore au captage."),
            ("Cœur de village", "Les bancs, les platanes, la fontaine."), ("Aujourd’hui la fête", "Rendez-vous sous la halle."), ("Saint-Étienne-de-Crossey", "Une visite chez nos voisins."),
            ("La 5G arrive", "L’opérateur propose un pylône."), ("Budget 2027", "Les grandes lignes, avant le vote."),
        ];

        private static readonly string[] Others =
        [
            "cantine", "déneigement", "cimetière", "affouage", "bibliothèque", "garderie", "assainissement", "éclairage", "signalétique", "jumelage", "sentier", "lavoir", "fauchage", "salle polyvalente", "piscine", "chaufferie",
        ];

        public required Instance Instance { get; init; }
        public required Scene Scene { get; init; }
        public required Member Member { get; init; }
        public required Group Group { get; init; }
        public required HttpClient Browser { get; init; }
        public required HttpClient Program { get; init; }

        public static async Task<Library> OpenAsync(DatabaseProvider provider)
        {
            var instance = await Instance.StartAsync(provider, manualClock: true);
            var scene = new Scene(instance);
            var member = await scene.MemberAsync("Anne Essai");
            var group = await scene.GroupAsync("Les communes d’essai", member);
            foreach (var (title, body) in Threads)
            {
                var topic = await scene.TopicAsync(group, member, title, body, tags: title.StartsWith("Animateur", StringComparison.Ordinal) ? "Étiquetée" : null);
                await scene.AnswerAsync(topic, member, title.StartsWith("L’eau", StringComparison.Ordinal) ? "La tuyauterie est neuve." : "Bien noté.");
            }

            foreach (var other in Others)
            {
                var topic = await scene.TopicAsync(group, member, $"Question sur : {other}", $"Comment faites-vous chez vous pour : {other} ?");
                await scene.AnswerAsync(topic, member, "Chez nous, en régie.");
            }

            await instance.SettleAsync();
            return new() { Instance = instance, Scene = scene, Member = member, Group = group, Browser = await instance.SignedInAsync(member.Id), Program = await instance.ProgramAsync(member.Id) };
        }

        public Task<List<string>> TitlesAsync(string query) => SearchTests.TitlesAsync(Program, "search?limit=100&q=" + Escaped(query));

        public ValueTask DisposeAsync()
        {
            Browser.Dispose();
            Program.Dispose();
            return Instance.DisposeAsync();
        }
    }
}
