using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Forum;

/// <summary>One instance for all that can be done with a thread; each test has people and a group of its own.</summary>
public sealed class ForumInstance : IAsyncLifetime
{
    /// <summary>The instance.</summary>
    public Instance Instance { get; private set; } = null!;

    /// <summary>What it asked its database.</summary>
    public CommandCounter Commands { get; } = new();

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => Instance = await Instance.StartAsync(manualClock: true, adjust: Commands.Watch);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Instance.DisposeAsync();
}

/// <summary>What a forum owes its people, by its pages and without script.</summary>
public sealed class ThreadTests(ForumInstance forum) : IClassFixture<ForumInstance>, IAsyncLifetime
{
    private const int MostQueries = 12;

    private static int _groups;

    private Scene _scene = null!;
    private Member _anne = null!;
    private Member _luc = null!;
    private Group _group = null!;
    private Visitor _byAnne = null!;
    private Visitor _byLuc = null!;

    private Instance Instance => forum.Instance;

    private string Forum => $"/groupes/{_group.Slug}/forum";

    public async ValueTask InitializeAsync()
    {
        var number = Interlocked.Increment(ref _groups);
        _scene = new Scene(Instance);
        (_anne, _luc) = (await PersonAsync($"Anne Essai{number}"), await PersonAsync($"Luc Essai{number}"));
        _group = await _scene.GroupAsync($"Groupe {number}", _anne, slug: $"groupe-{number}", members: _luc);
        (_byAnne, _byLuc) = (new Visitor(await Instance.SignedInAsync(_anne.Id)), new Visitor(await Instance.SignedInAsync(_luc.Id)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Start_ByTheForm_QuestionWithTagsFilesAndAudience()
    {
        var form = await _byLuc.OpenAsync($"{Forum}/nouveau");
        var refused = await _byLuc.SendAsync(form, "[name='Input.Title']", ("Input.Title", " "), ("Input.Body", "Un **texte** déjà tapé"), ("Input.Tags", "voirie, Été"));
        var made = await _byLuc.SendAsync(refused, "[name='Input.Title']", [("Files", "plan du bourg.txt", "Le plan."u8.ToArray())], ("Input.Title", "Quel sel pour la voirie ?"));
        var file = made.Document.QuerySelector("a[href*='pieces/']");
        using var download = await (await Instance.SignedInAsync(_anne.Id)).GetAsync("/" + file!.GetAttribute("href")!.TrimStart('/'));

        Assert.True(refused.Refuses("Input.Title"));
        Assert.Equal("Un **texte** déjà tapé", refused.ValueOf("Input.Body")?.Trim());
        Assert.Equal(HttpStatusCode.OK, made.Status);
        Assert.Equal("Quel sel pour la voirie ?", Plain(made.Document.QuerySelector("h1")!));
        Assert.Equal("texte", made.Document.QuerySelector("#r0 strong")?.TextContent);
        Assert.Contains("Question", made.Text, StringComparison.Ordinal);
        Assert.Equal(["Été", "voirie"], made.Document.QuerySelectorAll("a[href*='etiquette=']").Select(a => a.TextContent.Trim()).Order(StringComparer.CurrentCulture));
        Assert.Equal("Le plan.", await download.Content.ReadAsStringAsync());
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition?.DispositionType);
    }

    [Fact]
    public async Task List_OrderFiltersAndTags_EachShowsItsThreads()
    {
        var plain = await TopicAsync("Un fil sans question");
        var open = await TopicAsync("Une question ouverte", question: true, tags: "Voirie");
        var solved = await TopicAsync("Une question résolue", question: true);
        await AnswerAsync(solved, "La réponse.");
        await _byAnne.SendAsync(await _byAnne.OpenAsync($"/c/{solved}"), "#gestes", ("geste", "retenir:1"));
        await AnswerAsync(plain, "Du neuf.");
        await _byLuc.SendAsync(await _byLuc.OpenAsync($"/c/{open}"), "#gestes", ("geste", "suivre"));

        Assert.Equal(["Un fil sans question", "Une question résolue", "Une question ouverte"], await ListAsync(""));
        Assert.Equal(["Une question ouverte"], await ListAsync("?filtre=sans-reponse"));
        Assert.Equal(["Une question résolue"], await ListAsync("?filtre=resolus"));
        Assert.Equal(["Une question ouverte"], await ListAsync("?etiquette=voirie"));
        Assert.Contains("Une question ouverte", await ListAsync("?filtre=suivis"));

        await _byAnne.SendAsync(await _byAnne.OpenAsync($"/c/{open}"), "#gestes", ("geste", "epingler"));
        Assert.Equal("Une question ouverte", (await ListAsync(""))[0]);
        Assert.Contains("Épinglé", (await _byLuc.OpenAsync(Forum)).Document.QuerySelector("main .liste li h2")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AcceptedAnswer_OnTopThenRemoved_QuestionIsOpenAgain()
    {
        var topic = await TopicAsync("Une question", question: true);
        for (var i = 1; i <= 3; i++) await AnswerAsync(topic, $"Réponse numéro {i}.");
        var accepted = await _byAnne.SendAsync(await _byAnne.OpenAsync($"/c/{topic}"), "#gestes", ("geste", "retenir:2"));
        var byWriter = await _byLuc.SendAsync(await _byLuc.OpenAsync($"/c/{topic}"), "#gestes", ("geste", "retenir:3"));

        Assert.Contains("Réponse numéro 2.", accepted.Document.QuerySelector("#retenue")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Résolu", accepted.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, byWriter.Status);

        await _byLuc.SendAsync(await _byLuc.OpenAsync($"/groupes/{_group.Slug}/forum/{topic}/reponses/2/modifier"), "button[value='retirer-reponse:2']");
        await Instance.SettleAsync();

        Assert.Equal(["Une question"], await ListAsync("?filtre=sans-reponse"));
        Assert.Null((await _byAnne.OpenAsync($"/c/{topic}")).Document.QuerySelector("#retenue"));
        Assert.DoesNotContain("Résolu", (await _byAnne.OpenAsync($"/c/{topic}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unread_MarkedCountedAndResumed_ThenSeen()
    {
        var topic = await TopicAsync("Un fil suivi");
        for (var i = 1; i <= 13; i++) await AnswerAsync(topic, $"Réponse {i}.");
        Assert.Contains("Nouveau", (await _byLuc.OpenAsync(Forum)).Text, StringComparison.Ordinal);
        await _byLuc.OpenAsync($"/c/{topic}");
        Assert.Empty((await _byLuc.OpenAsync(Forum)).Document.QuerySelectorAll(".non-lu"));
        await _scene.AnswerAsync(topic, _anne, "Réponse 14.");
        await _scene.AnswerAsync(topic, _anne, "Réponse 15.");

        var list = await _byLuc.OpenAsync(Forum);
        var thread = await _byLuc.OpenAsync($"/c/{topic}");
        var resume = thread.Document.QuerySelectorAll("a").Single(a => a.TextContent.Contains("Reprendre à la réponse 14", StringComparison.Ordinal));

        Assert.Contains("2 réponses non lues", list.Text, StringComparison.Ordinal);
        Assert.Single(list.Document.QuerySelectorAll(".non-lu"));
        Assert.EndsWith("?reponse=14#r14", resume.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Empty((await _byLuc.OpenAsync(Forum)).Document.QuerySelectorAll(".non-lu"));
        Assert.DoesNotContain("Reprendre", (await _byLuc.OpenAsync($"/c/{topic}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_ToAnAnswer_StandUnderItInTwoLevels()
    {
        var topic = await TopicAsync("Un fil");
        await AnswerAsync(topic, "Un.");
        await AnswerAsync(topic, "Deux.");
        var page = await _byLuc.OpenAsync($"{Forum}/{topic}?repondre-a=1");
        await _byLuc.SendAsync(page, "#repondre", ("Body", "Trois, à la une."));
        var third = await _byAnne.OpenAsync($"{Forum}/{topic}?repondre-a=3");
        var read = await _byAnne.SendAsync(third, "#repondre", ("Body", "Quatre, à la trois."));

        Assert.Contains($"Vous répondez à {_anne.Name} (réponse 1).", page.Text, StringComparison.Ordinal);
        Assert.Equal(["r0", "r1", "r3", "r4", "r2"], read.Document.QuerySelectorAll("article").Select(a => a.Id));
    }

    [Fact]
    public async Task Quote_OfAMessage_InTheComposerWithoutWhatItQuotesItself()
    {
        var topic = await TopicAsync("Un fil");
        await AnswerAsync(topic, "> Une vieille citation\n\nLa phrase à citer.");

        var page = await _byLuc.OpenAsync($"{Forum}/{topic}?citer=1");
        var read = await _byLuc.SendAsync(page, "#repondre", ("Body", page.ValueOf("Body") + "Bien dit."));

        Assert.Contains($"> **{_anne.Name}**", page.ValueOf("Body"), StringComparison.Ordinal);
        Assert.DoesNotContain("vieille citation", page.ValueOf("Body"), StringComparison.Ordinal);
        Assert.Contains("La phrase à citer.", read.Document.QuerySelector("#r2 blockquote")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mention_OfMembersAndOutsiders_LinkedAndOnlyReadersTold()
    {
        var outsider = await PersonAsync("Zoé Dehors");
        var topic = await _scene.TopicAsync(_group, _anne, "Un fil", audience: Audience.Group);
        var read = await _byAnne.SendAsync(await _byAnne.OpenAsync($"/c/{topic}"), "#repondre", ("Body", $"Qu’en dis-tu @{_luc.Handle}, et toi @{outsider.Handle} ?"));
        await Instance.SettleAsync();

        Assert.Equal([$"annuaire/{_luc.Handle}", $"annuaire/{outsider.Handle}"], read.Document.QuerySelectorAll("#r1 .prose a").Select(a => a.GetAttribute("href")!.TrimStart('/')));
        await using var db = Instance.Open(Viewer.System);
        var told = await db.Notifications.Where(n => n.Reason == NotificationReason.Mention && n.Activity!.GroupId == _group.Id).Select(n => n.MemberId).ToListAsync();
        Assert.Equal([_luc.Id], told);
    }

    [Fact]
    public async Task FollowAndMute_OfAThread_DecideWhoIsTold()
    {
        var (followed, muted) = (await TopicAsync("Un fil suivi"), await TopicAsync("Un fil tu"));
        await Instance.SettleAsync();
        await _scene.JoinAsync(_group, _luc, level: MailLevel.Nothing);
        var page = await _byLuc.SendAsync(await _byLuc.OpenAsync($"/c/{followed}"), "#gestes", ("geste", "suivre"));
        await _scene.AnswerAsync(followed, _anne, "Du neuf ici.");
        await Instance.SettleAsync();
        await _scene.JoinAsync(_group, _luc, level: MailLevel.Everything);
        await _byLuc.SendAsync(await _byLuc.OpenAsync($"/c/{muted}"), "#gestes", ("geste", "sourdine"));
        await _scene.AnswerAsync(muted, _anne, "Du neuf là.");
        await Instance.SettleAsync();

        Assert.Equal("true", page.Document.QuerySelector("button[value='suivre']")!.GetAttribute("aria-pressed"));
        await using var db = Instance.Open(Viewer.System);
        var told = await db.Notifications.Where(n => n.MemberId == _luc.Id && n.Activity!.CommentId != null).Join(db.Items, n => n.ItemId, i => (Guid?)i.Id, (n, i) => i.Title).ToListAsync();
        Assert.Equal(["Un fil suivi"], told);
    }

    [Fact]
    public async Task Reactions_GivenAndTakenBack_CountedAndNeverToOneself()
    {
        var topic = await TopicAsync("Un fil");
        await _scene.AnswerAsync(topic, _luc, "Ma réponse.");
        var given = await _byAnne.SendAsync(await _byAnne.OpenAsync($"/c/{topic}"), "#r1 button[value='merci:1']");
        var own = await _byLuc.OpenAsync($"/c/{topic}");
        var back = await _byAnne.SendAsync(given, "#r1 button[value='sans-merci:1']");

        Assert.Equal("Merci 1", Plain(given.Document.QuerySelector("#r1 button[value='sans-merci:1']")!));
        Assert.Contains("1 merci", own.Document.QuerySelector("#r1")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(own.Document.QuerySelectorAll("#r1 button.merci"));
        Assert.Equal("Merci", Plain(back.Document.QuerySelector("#r1 button[value='merci:1']")!));
    }

    [Fact]
    public async Task Edit_OfAnAnswerAndOfTheThread_OldTextInTheHistoryForItsReaders()
    {
        var topic = await TopicAsync("Un titre d’avant");
        await _scene.AnswerAsync(topic, _luc, "Le texte d’avant.");
        var edited = await _byLuc.SendAsync(await _byLuc.OpenAsync($"{Forum}/{topic}/reponses/1/modifier"), "[name='Body']", ("Body", "Le texte d’après."));
        await _byAnne.SendAsync(await _byAnne.OpenAsync($"{Forum}/{topic}/modifier"), "[name='Input.Title']", ("Input.Title", "Un titre d’après"));
        var history = await _byAnne.OpenAsync("/" + edited.Document.QuerySelector("#r1 a[href*='historique']")!.GetAttribute("href")!.TrimStart('/'));
        var ofThread = await _byLuc.OpenAsync($"{Forum}/{topic}/historique");
        var foreign = await _byLuc.OpenAsync($"{Forum}/{topic}/modifier");

        Assert.Contains("Le texte d’après.", edited.Document.QuerySelector("#r1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("avant", history.Document.QuerySelector("del")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("après", history.Document.QuerySelector("ins")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("avant", ofThread.Document.QuerySelector("del")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, foreign.Status);
        Assert.EndsWith("un-titre-d-apres", (await _byLuc.OpenAsync($"{Forum}/{topic}-un-titre-d-avant")).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_SavedWhileTyping_FoundAgainAndGoneOnceSent()
    {
        var topic = await TopicAsync("Un fil");
        using var browser = await Instance.SignedInAsync(_luc.Id);
        var visitor = new Visitor(browser);
        var page = await visitor.OpenAsync($"/c/{topic}");
        var key = page.Document.QuerySelector("[data-brouillon]")!.GetAttribute("data-brouillon")!;
        var token = page.ValueOf("__RequestVerificationToken")!;
        using var saved = await browser.PostAsync("/brouillons", new FormUrlEncodedContent([new("cle", key), new("texte", "Un début de réponse"), new("__RequestVerificationToken", token)]));

        var again = await visitor.OpenAsync($"/c/{topic}");
        Assert.Contains("enregistreA", await saved.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("Un début de réponse", again.ValueOf("Body")?.Trim());
        var sent = await visitor.SendAsync(again, "#repondre");
        Assert.Equal("", sent.ValueOf("Body")?.Trim());
        Assert.Contains("Un début de réponse", sent.Document.QuerySelector("#r1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Similar_WhileTypingATitle_ThreadsOfThisGroupOnly()
    {
        await TopicAsync("Bornes de recharge sur la place");
        await TopicAsync("Le budget de la cantine");
        await _scene.TopicAsync(await _scene.GroupAsync("Ailleurs", _anne, members: _luc), _anne, "Bornes de recharge d’ailleurs");
        await Instance.SettleAsync();
        using var browser = await Instance.SignedInAsync(_luc.Id);
        var address = (await _byLuc.OpenAsync($"{Forum}/nouveau")).Document.QuerySelector("[data-suggere]")!.GetAttribute("data-suggere");

        var found = JsonDocument.Parse(await browser.GetStringAsync($"/{address}?q=Quelle+borne+pour+la+recharge")).RootElement;

        Assert.Equal(["Bornes de recharge sur la place"], found.EnumerateArray().Select(f => f.GetProperty("texte").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await _byLuc.OpenAsync("/" + found[0].GetProperty("href").GetString())).Status);
    }

    [Fact]
    public async Task Moderation_PinCloseSplit_TracesSayWhoDidWhatAndCountForNothing()
    {
        var topic = await TopicAsync("Un fil");
        for (var i = 1; i <= 3; i++) await AnswerAsync(topic, $"Réponse {i}.");
        await _byLuc.OpenAsync($"/c/{topic}");
        foreach (var gesture in new[] { "epingler", "fermer", "rouvrir" }) await _byAnne.SendAsync(await _byAnne.OpenAsync($"/c/{topic}"), "#gestes", ("geste", gesture));
        await _byAnne.SendAsync(await _byAnne.OpenAsync($"{Forum}/{topic}/animer"), "[name='Title']", ("Title", "Un fil sorti"), ("Numbers", "2"));

        var page = await _byLuc.OpenAsync($"/c/{topic}");
        var traces = page.Document.QuerySelectorAll(".trace").Select(t => string.Join(' ', t.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();
        var list = await _byLuc.OpenAsync(Forum);

        Assert.Collection(traces,
            t => Assert.StartsWith($"{_anne.Name} a épinglé en haut de la liste", t, StringComparison.Ordinal), t => Assert.StartsWith($"{_anne.Name} a fermé aux réponses", t, StringComparison.Ordinal),
            t => Assert.StartsWith($"{_anne.Name} a rouvert aux réponses", t, StringComparison.Ordinal), t => Assert.StartsWith($"{_anne.Name} a sorti un message pour en faire un nouveau fil", t, StringComparison.Ordinal));
        Assert.Contains("2 réponses", Row(list, "Un fil").TextContent, StringComparison.Ordinal);
        Assert.Null(Row(list, "Un fil").Closest(".non-lu"));
        Assert.Equal(HttpStatusCode.Forbidden, (await _byLuc.SendAsync(page, "#gestes", ("geste", "epingler"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _byLuc.OpenAsync($"{Forum}/{topic}/animer")).Status);
    }

    [Fact]
    public async Task Trash_OfThreadsAndAnswers_UndoneFromTheFlashAndFromTheTrash()
    {
        var topic = await TopicAsync("Un fil jeté");
        await _scene.AnswerAsync(topic, _luc, "Une réponse jetée.");
        var removed = await _byLuc.SendAsync(await _byLuc.OpenAsync($"{Forum}/{topic}/reponses/1/modifier"), "button[value='retirer-reponse:1']");
        Assert.Contains("aucune réponse", Row(await _byLuc.OpenAsync(Forum), "Un fil jeté").TextContent, StringComparison.Ordinal);
        var undone = await _byLuc.SendAsync(removed, "button[value='retablir-reponse:1']");
        Assert.Contains("Une réponse jetée.", undone.Document.QuerySelector("#r1")!.TextContent, StringComparison.Ordinal);

        var gone = await _byAnne.SendAsync(await _byAnne.OpenAsync($"/c/{topic}"), "#gestes", ("geste", "retirer"));
        Assert.Contains("Le fil est à la corbeille.", gone.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Un fil jeté", await ListAsync(""));
        var trash = await _byAnne.OpenAsync($"/groupes/{_group.Slug}/corbeille/forum");
        Assert.Contains("Un fil jeté", trash.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Un fil jeté", (await _byLuc.OpenAsync($"/groupes/{_group.Slug}/corbeille/forum")).Text, StringComparison.Ordinal);
        await _byAnne.SendAsync(trash, $"button[formaction*='{topic}']");
        Assert.Contains("Un fil jeté", await ListAsync(""));
    }

    [Fact]
    public async Task LongThread_EveryPage_TwentyPostsInAFixedNumberOfQueries()
    {
        const int Count = 2000;
        var topic = await TopicAsync("Un fil sans fin");
        await SeedAsync(topic, Count);
        var (numbers, queries) = (new List<int>(), new List<int>());
        await _byLuc.OpenAsync($"/c/{topic}");

        for (var page = 1; page <= Count / ListComments.PageSize; page++)
        {
            forum.Commands.Clear();
            var read = await _byLuc.OpenAsync($"{Forum}/{topic}-un-fil-sans-fin?page={page}");
            numbers.AddRange(read.Document.QuerySelectorAll("article[id^='r']").Select(a => int.Parse(a.Id![1..], System.Globalization.CultureInfo.InvariantCulture)).Where(n => n > 0));
            queries.Add(forum.Commands.Commands.Count);
        }

        Assert.Equal(Enumerable.Range(1, Count), numbers);
        // Where to go on reading is asked until the end was seen: one more, whatever the page.
        var middle = queries.Skip(1).SkipLast(1).ToList();
        Assert.InRange(queries.Max(), 1, MostQueries);
        Assert.InRange(middle.Max() - middle.Min(), 0, 1);
        var found = await _byLuc.OpenAsync($"/c/{topic}?reponse=1234");
        Assert.Contains("Réponse 1234.", found.Document.QuerySelector("#r1234")!.TextContent, StringComparison.Ordinal);
    }

    private async Task SeedAsync(string topic, int count)
    {
        await using var db = Instance.Open(Viewer.System);
        var item = await db.Items.SingleAsync(i => i.ShortId == topic);
        db.Comments.AddRange(Enumerable.Range(1, count).Select(n => new Comment
        {
            ItemId = item.Id, Number = n, RootNumber = n, AuthorId = _anne.Id, Body = $"Réponse {n}.", BodyHtml = $"<p>Réponse {n}.</p>", BodyRenderer = Bodies.Renderer, CreatedAt = Instance.Clock.GetUtcNow().UtcDateTime,
        }));
        (item.CommentCount, item.LastCommentNumber) = (count, count);
        await db.SaveChangesAsync();
    }

    private Task<Member> PersonAsync(string name) => _scene.MemberAsync($"{name} {Guid.CreateVersion7().ToString("N")[20..]}");

    private Task<string> TopicAsync(string title, bool question = false, string? tags = null)
    {
        Instance.Clock.Advance(TimeSpan.FromSeconds(1));
        return _scene.TopicAsync(_group, _anne, title, question: question, tags: tags);
    }

    private Task<int> AnswerAsync(string topic, string body)
    {
        Instance.Clock.Advance(TimeSpan.FromSeconds(1));
        return _scene.AnswerAsync(topic, body.StartsWith("Réponse numéro 2", StringComparison.Ordinal) ? _luc : _anne, body);
    }

    private async Task<List<string>> ListAsync(string query) =>
        [.. (await _byLuc.OpenAsync(Forum + query)).Document.QuerySelectorAll("main .liste li h2 a").Select(a => a.TextContent.Trim())];

    private static IElement Row(VisitedPage list, string title) => list.Document.QuerySelectorAll("main .liste li").Single(li => li.QuerySelector("h2 a")!.TextContent.Trim() == title);

    private static string Plain(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
