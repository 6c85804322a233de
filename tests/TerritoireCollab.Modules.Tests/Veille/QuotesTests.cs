using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Quotes;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Finds;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Passages marked on the page of a find, with a note: through its page, the forms that bring it, the board and the API.</summary>
public sealed class QuotesTests(Stage stage) : IClassFixture<Stage>
{
    private const string Passage = "La navette relie la gare au bourg toutes les vingt minutes.";

    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Mark_WithANote_QuotedAboveTheDiscussionWithItsAuthor()
    {
        var set = await SetAsync();

        var page = await MarkAsync(set.Visitor, set.Find, Passage + "\r\nGratuite.", "À comparer avec la nôtre.");

        Assert.Contains("Le passage est marqué", page.Text, StringComparison.Ordinal);
        var figure = page.Document.QuerySelector("figure.passage")!;
        Assert.Equal(Passage + "\nGratuite.", figure.QuerySelector("blockquote")!.TextContent);
        Assert.Equal("https://ville.invalid/navette", figure.QuerySelector("blockquote")!.GetAttribute("cite"));
        Assert.Contains("À comparer avec la nôtre.", figure.TextContent, StringComparison.Ordinal);
        Assert.Contains(set.Member.Name, figure.QuerySelector("figcaption a")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(figure.QuerySelector("time"));
        var source = figure.QuerySelector("a[rel='noopener noreferrer']")!;
        Assert.Equal(("https://ville.invalid/navette#:~:text=La%20navette%20relie%20la%20gare,toutes%20les%20vingt%20minutes.%20Gratuite.", "Lire sur ville.invalid"), (source.GetAttribute("href"), source.TextContent));
        Assert.True(page.Body.IndexOf("figure class=\"passage\"", StringComparison.Ordinal) < page.Body.IndexOf("id=\"commentaires\"", StringComparison.Ordinal));
        Assert.Contains("1 passage marqué", (await set.Visitor.OpenAsync($"/groupes/{set.Group.Slug}/veille")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mark_SameFormTwice_OnePassage()
    {
        var set = await SetAsync();
        var form = await set.Visitor.OpenAsync($"/c/{set.Find}");

        await set.Visitor.SendAsync(form, "[name='Passage']", ("Passage", Passage));
        var twice = await set.Visitor.SendAsync(form, "[name='Passage']", ("Passage", Passage));

        Assert.Single(twice.Document.QuerySelectorAll("figure.passage"));
    }

    [Theory]
    [InlineData(601, 0, "Passage", "600")]
    [InlineData(0, 0, "Passage", null)]
    [InlineData(600, 1001, "Note", "1000")]
    public async Task Mark_TooLongOrEmpty_RefusedAtItsFieldAndNothingLost(int passage, int note, string field, string? limit)
    {
        var set = await SetAsync();
        var (text, words) = (new string('p', passage), new string('n', note));

        var refused = await set.Visitor.SendAsync(await set.Visitor.OpenAsync($"/c/{set.Find}"), "[name='Passage']", ("Passage", text), ("Note", words));

        Assert.True(refused.Refuses(field));
        Assert.Equal((text, words), (refused.ValueOf("Passage"), refused.ValueOf("Note")));
        Assert.NotNull(refused.Document.QuerySelector("details#marquer[open]"));
        if (limit is not null) Assert.Contains(limit, refused.Document.QuerySelector(".erreurs")!.TextContent.Replace("\u202f", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(refused.Document.QuerySelectorAll("figure.passage"));
    }

    [Theory]
    [InlineData("lecteur", HttpStatusCode.Forbidden)]
    [InlineData("étrangère", HttpStatusCode.Forbidden)]
    [InlineData("membre", HttpStatusCode.OK)]
    [InlineData("animatrice", HttpStatusCode.OK)]
    public async Task Mark_ByRole_WhoeverMayComment(string role, HttpStatusCode expected)
    {
        var set = await SetAsync(audience: Audience.Platform);
        var reader = await Scene.MemberAsync("Rémi Essai");
        await Scene.JoinAsync(set.Group, reader, GroupRole.Reader);
        var person = role switch { "lecteur" => reader, "étrangère" => await Scene.MemberAsync("Zoé Essai"), "membre" => set.Member, _ => set.Owner };
        using var program = await stage.Instance.ProgramAsync(person.Id);

        using var marked = await program.PostAsJsonAsync($"finds/{set.Find}/quotes", new { text = Passage });

        Assert.Equal(expected == HttpStatusCode.OK ? HttpStatusCode.Created : expected, marked.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, await CountAsync(set.Find));
        Assert.Equal(expected == HttpStatusCode.OK, (await (await stage.AsAsync(person)).OpenAsync($"/c/{set.Find}")).Document.QuerySelector("#marquer") is not null);
    }

    [Fact]
    public async Task Passages_OfAPublicFind_ReadByMembersAlone()
    {
        var set = await SetAsync(audience: Audience.Public);
        await MarkAsync(set.Visitor, set.Find, Passage, "Entre nous.");
        var outsider = await Scene.MemberAsync("Zoé Essai");
        using var program = await stage.Instance.ProgramAsync(outsider.Id);

        foreach (var other in new[] { stage.Instance.Stranger(), await stage.AsAsync(outsider) })
            foreach (var address in new[] { $"/c/{set.Find}", $"/groupes/{set.Group.Slug}/veille", $"/groupes/{set.Group.Slug}/veille/flux.atom", $"/groupes/{set.Group.Slug}/veille/flux.json" })
            {
                var page = await other.OpenAsync(address);
                Assert.Contains("Une navette", page.Body, StringComparison.Ordinal);
                Assert.DoesNotContain("vingt minutes", page.Body, StringComparison.Ordinal);
                Assert.DoesNotContain("Entre nous", page.Body, StringComparison.Ordinal);
            }

        Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync($"finds/{set.Find}/quotes")).StatusCode);
        Assert.Contains("vingt minutes", (await (await stage.AsAsync(set.Owner)).OpenAsync($"/c/{set.Find}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Note_Rewritten_ByItsAuthorAndNotUnderAnother()
    {
        var set = await SetAsync();
        var page = await MarkAsync(set.Visitor, set.Find, Passage, "Avant.");
        var address = "/" + page.Document.QuerySelector("figure.passage a[href$='/modifier']")!.GetAttribute("href");
        var mine = await set.Visitor.OpenAsync(address);
        var animator = await stage.AsAsync(set.Owner);

        var theirs = await animator.SendAsync(await animator.OpenAsync(address), "[name='Note']", ("Note", "De l’animatrice."));
        var refused = await set.Visitor.SendAsync(mine, "[name='Note']", ("Note", "La mienne."));
        var saved = await set.Visitor.SendAsync(refused, "[name='Note']");

        Assert.Equal("Avant.", mine.ValueOf("Note"));
        Assert.Contains("La note est enregistrée", theirs.Text, StringComparison.Ordinal);
        Assert.True(refused.Refuses("Note"));
        Assert.Contains("De l’animatrice.", refused.Text, StringComparison.Ordinal);
        Assert.Equal("La mienne.", refused.ValueOf("Note"));
        Assert.Equal("La mienne.", saved.Document.QuerySelector(".passage-note")!.TextContent);
    }

    [Fact]
    public async Task Remove_ThenUndo_TheSamePassageOfTheSameAuthor()
    {
        var set = await SetAsync();
        var marked = await MarkAsync(set.Visitor, set.Find, Passage, "Une note.");
        var before = marked.Document.QuerySelector("figure.passage")!.TextContent;
        var animator = await stage.AsAsync(set.Owner);

        var removed = await animator.SendAsync(await animator.OpenAsync($"/c/{set.Find}"), "button[value='retirer-passage']");
        var back = await animator.SendAsync(removed, "button[value='retablir-passage']");

        Assert.Contains("Le passage est retiré", removed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("vingt minutes", removed.Text, StringComparison.Ordinal);
        Assert.Contains("Le passage est de retour", back.Text, StringComparison.Ordinal);
        var again = await set.Visitor.OpenAsync($"/c/{set.Find}");
        Assert.Equal(before.Split(' '), again.Document.QuerySelector("figure.passage")!.TextContent.Split(' '));
    }

    [Fact]
    public async Task Remove_OfAnother_RefusedAndNotUndoneByHim()
    {
        var set = await SetAsync();
        await MarkAsync(set.Visitor, set.Find, Passage, null);
        var other = await Scene.MemberAsync("Léa Essai");
        await Scene.JoinAsync(set.Group, other);
        var visitor = await stage.AsAsync(other);
        var (id, gestures) = await PlaceAsync(set);

        var page = await visitor.OpenAsync($"/c/{set.Find}");
        var taken = await visitor.PostAsync(gestures, ("geste", "retirer-passage"));
        var edited = await visitor.OpenAsync(gestures.Replace("gestes", "modifier", StringComparison.Ordinal));
        await set.Visitor.PostAsync(gestures, ("geste", "retirer-passage"));
        var restored = await visitor.PostAsync(gestures, ("geste", "retablir-passage"));

        Assert.NotNull(page.Document.QuerySelector($"#p-{id:N}"));
        Assert.Null(page.Document.QuerySelector("button[value='retirer-passage']"));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.NotFound), (taken.Status, edited.Status, restored.Status));
        Assert.Equal(0, await CountAsync(set.Find));
    }

    [Fact]
    public async Task Removed_PastItsTime_ErasedAndBeyondUndo()
    {
        var set = await SetAsync();
        await MarkAsync(set.Visitor, set.Find, Passage, null);
        var (_, gestures) = await PlaceAsync(set);
        await set.Visitor.PostAsync(gestures, ("geste", "retirer-passage"));

        await PurgeAsync();
        Assert.Equal(1, await OlderTextsAsync(set.Find));
        stage.Instance.Clock.Advance(Retention.Trash + TimeSpan.FromDays(1));
        await PurgeAsync();

        Assert.Equal(0, await OlderTextsAsync(set.Find));
        Assert.Equal(HttpStatusCode.NotFound, (await (await stage.AsAsync(set.Member)).PostAsync(gestures, ("geste", "retablir-passage"))).Status);
    }

    [Fact]
    public async Task Passage_Answered_QuotedInTheComment()
    {
        var set = await SetAsync();
        var page = await MarkAsync(set.Visitor, set.Find, Passage, null);

        var form = await set.Visitor.OpenAsync("/" + page.Document.QuerySelector("figure.passage a[href*='citer-passage']")!.GetAttribute("href"));
        var answered = await set.Visitor.SendAsync(form, "textarea[name='Body']", ("Body", form.ValueOf("Body") + "Chez nous aussi."));

        Assert.Contains("Chez nous aussi.", answered.Document.QuerySelector("#r1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Passage, answered.Document.QuerySelector("#r1 blockquote")!.TextContent.Trim());
    }

    [Fact]
    public async Task Marked_ByAnother_ToldToTheFinderAndFollowersOnce()
    {
        var set = await SetAsync();
        var (finder, follower, other) = (await stage.AsAsync(set.Owner), await Scene.MemberAsync("Léa Essai"), await Scene.MemberAsync("Max Essai"));
        await Scene.JoinAsync(set.Group, follower);
        await Scene.JoinAsync(set.Group, other);
        var following = await stage.AsAsync(follower);
        await following.SendAsync(await following.OpenAsync($"/c/{set.Find}"), "button[value='suivre']");

        await MarkAsync(set.Visitor, set.Find, Passage, null);
        await stage.Instance.SettleAsync();

        foreach (var told in new[] { finder, following })
        {
            var news = (await told.OpenAsync("/moi/nouveautes")).Text;
            Assert.Contains($"{set.Member.Name} a marqué un passage de « Une navette »", news, StringComparison.Ordinal);
            Assert.Equal(news.IndexOf("a marqué", StringComparison.Ordinal), news.LastIndexOf("a marqué", StringComparison.Ordinal));
        }

        foreach (var quiet in new[] { set.Visitor, await stage.AsAsync(other) }) Assert.DoesNotContain("a marqué", (await quiet.OpenAsync("/moi/nouveautes")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bookmarklet_WithASelection_APassageOfTheNewFind()
    {
        var set = await SetAsync();

        var form = await set.Visitor.OpenAsync($"/veille/proposer?url={Uri.EscapeDataString("https://ville.invalid/choisie")}&title=Choisie&quote={Uri.EscapeDataString(Passage)}");
        var page = await set.Visitor.SendAsync(form, "[name='Input.Address']", ("Input.Body", "Pour la revue."));

        Assert.Equal((Passage, ""), (form.ValueOf("Input.Quote"), form.ValueOf("Input.Body")));
        Assert.Equal(Passage, page.Document.QuerySelector("figure.passage blockquote")!.TextContent);
        Assert.Contains("&quote='", form.Document.QuerySelector("a[href^='javascript:']")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bookmarklet_OnAFindOfAnother_ThePassageWaitsThere()
    {
        var set = await SetAsync();
        var form = await set.Visitor.OpenAsync($"/veille/proposer?url={Uri.EscapeDataString("https://ville.invalid/navette")}&title=Encore&quote={Uri.EscapeDataString(Passage)}");

        var there = await set.Visitor.SendAsync(form, "[name='Input.Address']", ("Input.Body", "Vu aussi."));
        var marked = await set.Visitor.SendAsync(there, "[name='Passage']");

        Assert.Equal((Passage, "Vu aussi."), (there.ValueOf("Passage"), there.ValueOf("Body")));
        Assert.Contains("attend ici", there.Text, StringComparison.Ordinal);
        Assert.Equal(Passage, marked.Document.QuerySelector("figure.passage blockquote")!.TextContent);
        Assert.Equal("", marked.ValueOf("Passage"));
    }

    [Fact]
    public async Task Propose_WithAPassageTooLong_RefusedAtItsFieldAndNothingLost()
    {
        var set = await SetAsync();
        var text = new string('p', 601);

        var refused = await set.Visitor.SendAsync(await set.Visitor.OpenAsync($"/groupes/{set.Group.Slug}/veille/proposer"), "[name='Input.Address']",
            ("Input.Address", "https://ville.invalid/longue"), ("Input.Title", "Longue"), ("Input.Body", "Pourquoi."), ("Input.Quote", text));

        Assert.True(refused.Refuses("Input.Quote"));
        Assert.Equal((text, "Pourquoi."), (refused.ValueOf("Input.Quote"), refused.ValueOf("Input.Body")));
    }

    [Fact]
    public async Task Board_PassageOfAPlacedCard_TakenAsTheExcerptInOneClick()
    {
        var set = await SetAsync();
        await MarkAsync(set.Visitor, set.Find, Passage, null);
        var animator = await stage.AsAsync(set.Owner);
        var card = (await Scene.CardAsync(set.Find)).Id;
        await animator.PostAsync($"/groupes/{set.Group.Slug}/veille/tableau/gestes", ("geste", $"retenir:{card:N}"));
        await animator.PostAsync($"/groupes/{set.Group.Slug}/veille/tableau/gestes", ("geste", $"placer:{card:N}"));
        var board = await animator.OpenAsync($"/groupes/{set.Group.Slug}/veille/tableau");

        var after = await animator.SendAsync(board, "form.passage button");

        Assert.Equal(HttpStatusCode.OK, after.Status);
        Assert.Equal(Passage, (await Scene.CardAsync(set.Find)).ChosenExcerpt);
    }

    [Fact]
    public async Task Api_MarkedListedAndTakenOff_AsOnThePage()
    {
        var set = await SetAsync();
        using var program = await stage.Instance.ProgramAsync(set.Member.Id);

        using var marked = await program.PostAsJsonAsync($"finds/{set.Find}/quotes", new { text = Passage, note = "Par programme." });
        var listed = (await program.GetFromJsonAsync<JsonElement>($"finds/{set.Find}/quotes")).GetProperty("items");
        using var tooLong = await program.PostAsJsonAsync($"finds/{set.Find}/quotes", new { text = new string('x', 601) });
        using var gone = await program.DeleteAsync($"finds/{set.Find}/quotes/{listed[0].GetProperty("id").GetString()}");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity, HttpStatusCode.NoContent), (marked.StatusCode, tooLong.StatusCode, gone.StatusCode));
        Assert.Equal((1, Passage, "Par programme."), (listed.GetArrayLength(), listed[0].GetProperty("text").GetString(), listed[0].GetProperty("note").GetString()));
        Assert.Equal(0, await CountAsync(set.Find));
    }

    [Fact]
    public async Task Mark_BeyondTheMost_Refused()
    {
        var set = await SetAsync();
        await using (var db = stage.Instance.Open(Viewer.System))
        {
            var item = await db.Items.SingleAsync(i => i.ShortId == set.Find);
            db.AddRange(Enumerable.Range(0, KeepQuote.Most).Select(n => new FindQuote { ItemId = item.Id, AuthorId = set.Member.Id, Text = $"Passage {n}", At = item.CreatedAt }));
            await db.SaveChangesAsync();
        }

        var refused = await set.Visitor.SendAsync(await set.Visitor.OpenAsync($"/c/{set.Find}"), "[name='Passage']", ("Passage", Passage));

        Assert.True(refused.Refuses("Passage"));
        Assert.Equal(KeepQuote.Most, await CountAsync(set.Find));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    public async Task Mark_HostileTexts_KeptAndInert(string text)
    {
        var set = await SetAsync();

        var page = await MarkAsync(set.Visitor, set.Find, text, text);

        Assert.Equal(text, page.Document.QuerySelector("figure.passage blockquote")!.TextContent);
        Assert.Equal(text, page.Document.QuerySelector(".passage-note")!.TextContent);
        Assert.Empty(page.Document.QuerySelectorAll("img[src='x']"));
        Assert.DoesNotContain("<script>alert", page.Body, StringComparison.Ordinal);
    }

    private static async Task<VisitedPage> MarkAsync(Visitor visitor, string find, string text, string? note) =>
        await visitor.SendAsync(await visitor.OpenAsync($"/c/{find}"), "[name='Passage']", ("Passage", text), ("Note", note ?? ""));

    private async Task<(Guid Id, string Gestures)> PlaceAsync(Set set)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        var id = await db.Set<FindQuote>().Where(q => q.Item.ShortId == set.Find).Select(q => q.Id).SingleAsync();
        return (id, $"/groupes/{set.Group.Slug}/veille/trouvailles/{set.Find}/passages/{id:N}/gestes");
    }

    private async Task<int> CountAsync(string find)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<FindQuote>().CountAsync(q => q.Item.ShortId == find);
    }

    private async Task<int> OlderTextsAsync(string find)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Revisions.CountAsync(r => r.Item.ShortId == find);
    }

    private Task PurgeAsync() => stage.Instance.Services.GetServices<IRecurringJob>().Single(j => j.Key == "purge").RunAsync(default);

    private async Task<Set> SetAsync(Audience audience = Audience.Group)
    {
        var (owner, member) = (await Scene.MemberAsync("Anne Essai"), await Scene.MemberAsync("Luc Essai"));
        var group = await Scene.VeilleAsync(owner, members: member);
        var find = await Scene.FindAsync(group, owner, "Une navette", address: "https://ville.invalid/navette", audience: audience);
        return new(group, owner, member, find, await stage.AsAsync(member));
    }

    private sealed record Set(Group Group, Member Owner, Member Member, string Find, Visitor Visitor);
}
