using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Finds;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Finds through their pages: bringing one, the same page twice, a card that had no find, and who may.</summary>
public sealed class FindsTests(Stage stage) : IClassFixture<Stage>
{
    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Propose_APage_ReadDiscussedAndInThePool()
    {
        var (group, _, member, visitor) = await SetAsync();

        var page = await ProposeAsync(visitor, group, "https://www.ville-essai.fr/velo?utm_source=x#plan", "Un plan vélo", "Il chiffre les **stationnements**.", "vélo, mobilité");

        Assert.Contains("Votre trouvaille est proposée", page.Text, StringComparison.Ordinal);
        Assert.Equal("Un plan vélo", page.Document.QuerySelector("h1")!.TextContent);
        Assert.Equal("https://www.ville-essai.fr/velo?utm_source=x#plan", page.Document.QuerySelector("main header a[rel='noopener noreferrer']")!.GetAttribute("href"));
        Assert.Contains("Lire sur ville-essai.fr", page.Text, StringComparison.Ordinal);
        Assert.Contains("<strong>stationnements</strong>", page.Body, StringComparison.Ordinal);
        Assert.Contains("Proposée", page.Document.QuerySelectorAll(".etiquette").Select(t => t.TextContent));
        Assert.Contains("mobilité", page.Document.QuerySelectorAll(".etiquette").Select(t => t.TextContent));
        var pool = await visitor.OpenAsync(Pool(group));
        Assert.Contains("Un plan vélo", pool.Text, StringComparison.Ordinal);
        Assert.Contains($"proposée par {member.Name}", pool.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_SameFormTwice_OneFind()
    {
        var (group, _, _, visitor) = await SetAsync();
        var form = await visitor.OpenAsync(Pool(group) + "/proposer");

        var first = await SendAsync(visitor, form, "https://ville.invalid/deux-fois", "Deux fois", "Parce que.");
        var second = await SendAsync(visitor, form, "https://ville.invalid/deux-fois", "Deux fois", "Parce que.");

        Assert.Equal(Path(first), Path(second));
        Assert.Contains("Votre trouvaille est proposée", second.Text, StringComparison.Ordinal);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(1, await db.Set<Find>().CountAsync(f => f.Item.GroupId == group.Id));
    }

    [Theory]
    [InlineData("https://ville.invalid/budget", "https://ville.invalid/budget")]
    [InlineData("https://ville.invalid/budget", "HTTPS://VILLE.INVALID/budget#bas")]
    public async Task Propose_PageOfAnother_NothingMadeAndTheTextWaitsInTheComment(string brought, string again)
    {
        var (group, owner, _, visitor) = await SetAsync();
        var first = await Scene.FindAsync(group, owner, "Le budget participatif", address: brought);

        var page = await ProposeAsync(visitor, group, again, "Budget", "Nous l’avons essayé l’an dernier.");

        Assert.Contains($"Déjà proposée par {owner.Name} : commentez-la", page.Text, StringComparison.Ordinal);
        Assert.Contains(first, page.Address, StringComparison.Ordinal);
        Assert.Equal("Nous l’avons essayé l’an dernier.", page.ValueOf("Body"));
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(1, await db.Set<Find>().CountAsync(f => f.Item.GroupId == group.Id));
    }

    [Fact]
    public async Task Propose_PageOfAnotherGroup_AFindOfItsOwn()
    {
        var (group, owner, _, visitor) = await SetAsync();
        var (other, _, _, elsewhere) = await SetAsync();
        await Scene.FindAsync(group, owner, "Ici", address: "https://ville.invalid/partagee");

        var page = await ProposeAsync(elsewhere, other, "https://ville.invalid/partagee", "Là-bas", "Aussi.");

        Assert.Contains("Votre trouvaille est proposée", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ici", (await elsewhere.OpenAsync(Pool(other))).Text, StringComparison.Ordinal);
        Assert.Contains("Là-bas", (await elsewhere.OpenAsync(Pool(other))).Text, StringComparison.Ordinal);
        Assert.Contains("Ici", (await visitor.OpenAsync(Pool(group))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_APageThatASourceBroughtToo_NoTitleOfAMemberInItsNews()
    {
        var (group, owner, _, _) = await SetAsync(GroupVisibility.Hidden);

        var find = await Scene.FindAsync(group, owner, "Un titre réservé", address: "https://ville.invalid/page/de-la-ville");

        var card = await Scene.CardAsync(find);
        Assert.Equal("ville.invalid/page/de-la-ville", card.News!.Title);
        Assert.Equal("", card.News.Excerpt);
    }

    [Fact]
    public async Task Propose_NewsOfASource_TheFindIsOfItsCard()
    {
        var (group, owner, _, visitor) = await SetAsync();
        var source = await Scene.SourceAsync(group, owner, "Gazette d’essai");
        var card = Assert.Single(await Scene.NewsAsync(group, source, ["Un pont rouvre"], sources: 3, address: "https://gazette.invalid/pont-1"));

        var page = await ProposeAsync(visitor, group, "https://gazette.invalid/pont-1", "Le pont", "Il nous concerne.");

        Assert.Contains("vu dans 3 sources", page.Text, StringComparison.Ordinal);
        await using var db = stage.Instance.Open(Viewer.System);
        var entry = await db.Set<PoolEntry>().SingleAsync(e => e.GroupId == group.Id);
        Assert.Equal((card, 3), (entry.Id, entry.SourceCount));
        Assert.NotNull(entry.FindId);
    }

    [Fact]
    public async Task Propose_OldNews_ToBeReadAgain()
    {
        var (group, owner, _, visitor) = await SetAsync();
        var source = await Scene.SourceAsync(group, owner, "Archives d’essai");
        await Scene.NewsAsync(group, source, ["Une vieille nouvelle"], PoolState.Old, address: "https://archives.invalid/1");
        Assert.DoesNotContain("Une vieille nouvelle", (await visitor.OpenAsync(Pool(group))).Text, StringComparison.Ordinal);

        await ProposeAsync(visitor, group, "https://archives.invalid/1", "Elle revient", "Toujours vraie.");

        Assert.Contains("Elle revient", (await visitor.OpenAsync(Pool(group))).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Collez l’adresse de la page")]
    [InlineData("javascript:alert(1)", "pas celle d’une page du web")]
    [InlineData("ftp://ville.invalid/x", "pas celle d’une page du web")]
    [InlineData("file:///etc/passwd", "pas celle d’une page du web")]
    [InlineData("mailto:mairie@ville.invalid", "pas celle d’une page du web")]
    [InlineData("bonjour", "pas celle d’une page du web")]
    [InlineData("https://ville.invalid/a b", "pas celle d’une page du web")]
    [InlineData("https://agent:secret@ville.invalid/", "un nom d’utilisateur ou un mot de passe")]
    [InlineData("https://ville.fr@autre.invalid/", "un nom d’utilisateur ou un mot de passe")]
    public async Task Propose_NoPageOfTheWeb_RefusedAndNothingLost(string address, string sentence)
    {
        var (group, _, _, visitor) = await SetAsync();

        var page = await ProposeAsync(visitor, group, address, "Un titre", "Un pourquoi.");

        Assert.Contains(sentence, page.Text, StringComparison.Ordinal);
        Assert.True(page.Refuses("Input.Address"));
        Assert.Equal((address, "Un titre", "Un pourquoi."), (page.ValueOf("Input.Address"), page.ValueOf("Input.Title"), page.ValueOf("Input.Body")));
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.False(await db.Set<PoolEntry>().AnyAsync(e => e.GroupId == group.Id));
    }

    [Fact]
    public async Task Propose_AddressWithoutScheme_TakenAsHttps()
    {
        var (group, _, _, visitor) = await SetAsync();

        var page = await ProposeAsync(visitor, group, " ville.invalid:8080/fetes ", "Fêtes", "Le calendrier.");

        Assert.Equal("https://ville.invalid:8080/fetes", page.Document.QuerySelector("main header a[rel='noopener noreferrer']")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Propose_WithoutWhy_RefusedAtItsField()
    {
        var (group, _, _, visitor) = await SetAsync();

        var page = await ProposeAsync(visitor, group, "https://ville.invalid/muet", "Muet", " ");

        Assert.True(page.Refuses("Input.Body"));
        Assert.False(page.Refuses("Input.Title"));
    }

    [Fact]
    public async Task Propose_SharedByABookmarklet_FilledIn()
    {
        var (group, _, _, visitor) = await SetAsync();

        var page = await visitor.OpenAsync($"/veille/proposer?url={Uri.EscapeDataString("https://ville.invalid/a?b=c&d=é")}&title=Un+titre&quote={Uri.EscapeDataString("Deux\nlignes")}");

        Assert.StartsWith(Pool(group) + "/proposer", page.Address, StringComparison.Ordinal);
        Assert.Equal(("https://ville.invalid/a?b=c&d=é", "Un titre", "Deux\nlignes"), (page.ValueOf("Input.Address"), page.ValueOf("Input.Title"), page.ValueOf("Input.Quote")));
        var bookmarklet = page.Document.QuerySelector("a[href^='javascript:']")!.GetAttribute("href")!;
        Assert.Contains("/veille/proposer?url=", bookmarklet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_SharedByAPhone_AddressFoundInTheText()
    {
        var (group, _, _, visitor) = await SetAsync();

        var page = await visitor.OpenAsync($"/veille/proposer?title=Vu&texte={Uri.EscapeDataString("À lire https://ville.invalid/tel vite")}");

        Assert.Equal("https://ville.invalid/tel", page.ValueOf("Input.Address"));
        Assert.StartsWith(Pool(group), page.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Share_MemberOfTwoVeilles_ChoosesAmongThoseWhereHeMayPropose()
    {
        var (group, owner, member, visitor) = await SetAsync();
        var second = await Scene.VeilleAsync(owner, "Deuxième veille", members: member);
        var read = await Scene.VeilleAsync(owner, "Veille en lecture");
        await Scene.JoinAsync(read, member, GroupRole.Reader);
        await Scene.GroupAsync("Sans veille", owner, members: member);

        var page = await visitor.OpenAsync("/veille/proposer?url=https%3A%2F%2Fville.invalid%2Fchoix");

        Assert.Equal(new[] { group.Name, second.Name }.Order(StringComparer.Ordinal), page.Document.QuerySelectorAll("main .liste h2 a").Select(a => a.TextContent).Order(StringComparer.Ordinal));
        var chosen = await visitor.OpenAsync("/" + page.Document.QuerySelector($"main .liste a[href*='{second.Slug}']")!.GetAttribute("href"));
        Assert.Equal("https://ville.invalid/choix", chosen.ValueOf("Input.Address"));
    }

    [Fact]
    public async Task Share_ByAStranger_SignInThenBack()
    {
        var page = await stage.Instance.Stranger().OpenAsync("/veille/proposer?url=https%3A%2F%2Fville.invalid%2F");

        Assert.StartsWith("/connexion", page.Address, StringComparison.Ordinal);
        Assert.Contains("veille%2Fproposer", page.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifest_ForPhones_SharesToThePlatform()
    {
        var stranger = stage.Instance.Stranger();

        var manifest = System.Text.Json.JsonDocument.Parse((await stranger.OpenAsync("/site.webmanifest")).Body).RootElement;

        Assert.Equal("/favoris/partager", manifest.GetProperty("share_target").GetProperty("action").GetString());
        Assert.Equal("url", manifest.GetProperty("share_target").GetProperty("params").GetProperty("url").GetString());
        Assert.NotNull((await stranger.OpenAsync("/connexion")).Document.QuerySelector("link[rel='manifest'][href='site.webmanifest']"));
    }

    [Fact]
    public async Task Card_FirstComment_MakesTheFind()
    {
        var (group, owner, member, visitor) = await SetAsync();
        var source = await Scene.SourceAsync(group, owner, "Gazette d’essai");
        var card = Assert.Single(await Scene.NewsAsync(group, source, ["La piscine ferme"]));
        var pool = await visitor.OpenAsync(Pool(group));

        var form = await visitor.OpenAsync("/" + pool.Document.QuerySelector($"a[href$='/cartes/{card:N}/commenter']")!.GetAttribute("href"));
        var page = await visitor.SendAsync(form, "textarea[name='Body']", ("Body", "La nôtre **aussi**."));

        Assert.Equal("La piscine ferme", page.Document.QuerySelector("h1")!.TextContent);
        Assert.Contains("<strong>aussi</strong>", page.Body, StringComparison.Ordinal);
        var again = await visitor.OpenAsync($"{Pool(group)}/cartes/{card:N}/commenter");
        Assert.Equal(Path(page), Path(again));
        Assert.Contains(member.Name, (await visitor.OpenAsync(Pool(group))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_TwoFirstComments_TheSecondWaitsUnderTheFirst()
    {
        var (group, owner, member, visitor) = await SetAsync();
        var source = await Scene.SourceAsync(group, owner, "Gazette d’essai");
        var card = Assert.Single(await Scene.NewsAsync(group, source, ["La gare ferme"], address: "https://gazette.invalid/gare"));
        var form = await visitor.OpenAsync($"{Pool(group)}/cartes/{card:N}/commenter");
        await Scene.FindAsync(group, owner, "La gare ferme", address: "https://gazette.invalid/gare");

        var page = await visitor.SendAsync(form, "textarea[name='Body']", ("Body", "Trop tard ?"));

        Assert.Contains($"Déjà proposée par {owner.Name}", page.Text, StringComparison.Ordinal);
        Assert.Equal("Trop tard ?", page.ValueOf("Body"));
    }

    [Fact]
    public async Task Page_Commented_DiscussedAndShownByItsLink()
    {
        var (group, owner, _, visitor) = await SetAsync();
        var find = await Scene.FindAsync(group, owner, "Une piste");
        var page = await visitor.OpenAsync($"/c/{find}");

        var after = await visitor.SendAsync(page, "textarea[name='Body']", ("Body", "Merci, très **utile**."));

        Assert.Contains("<strong>utile</strong>", after.Body, StringComparison.Ordinal);
        Assert.Contains("En discussion", after.Document.QuerySelectorAll(".etiquette").Select(t => t.TextContent));
        Assert.NotNull((await visitor.OpenAsync($"/c/{find}?reponse=1")).Document.QuerySelector("#r1"));
        Assert.Contains("1 commentaire", (await visitor.OpenAsync(Pool(group))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_UsefulAndThanks_CountedOnceAndTakenBack()
    {
        var (group, owner, _, visitor) = await SetAsync();
        var find = await Scene.FindAsync(group, owner, "Une aide");

        var given = await visitor.SendAsync(await visitor.OpenAsync($"/c/{find}"), "button[value='utile:0']");
        var pool = await visitor.OpenAsync(Pool(group));
        var back = await visitor.SendAsync(pool, "button.merci[aria-pressed='true']");

        Assert.Contains("Utile 1", given.Text, StringComparison.Ordinal);
        Assert.Contains("Score 3 : 1 utile", pool.Text, StringComparison.Ordinal);
        Assert.StartsWith(Pool(group), back.Address, StringComparison.Ordinal);
        Assert.DoesNotContain("Score 3", back.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_ByItsAuthor_TheOldTextInTheHistory()
    {
        var (group, _, member, visitor) = await SetAsync();
        var find = await Scene.FindAsync(group, member, "Avant", "Un vieux pourquoi.", tags: "une");
        var form = await visitor.OpenAsync($"{Pool(group)}/trouvailles/{find}/modifier");

        var page = await visitor.SendAsync(form, "[name='Input.Title']", ("Input.Title", "Après"), ("Input.Body", "Un nouveau pourquoi."), ("Input.Tags", "deux"));

        Assert.Equal("Après", page.Document.QuerySelector("h1")!.TextContent);
        Assert.Contains("deux", page.Document.QuerySelectorAll(".etiquette").Select(t => t.TextContent));
        var history = await visitor.OpenAsync($"{Pool(group)}/trouvailles/{find}/historique");
        Assert.Contains("vieux", history.Document.QuerySelectorAll("del").Select(d => d.TextContent).Aggregate(string.Concat), StringComparison.Ordinal);
        Assert.Contains("Avant", history.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_MeanwhileByAnother_BothTextsShown()
    {
        var (group, owner, member, visitor) = await SetAsync();
        var find = await Scene.FindAsync(group, member, "Partagée", "Le premier texte.");
        var form = await visitor.OpenAsync($"{Pool(group)}/trouvailles/{find}/modifier");
        var other = await stage.AsAsync(owner);
        await other.SendAsync(await other.OpenAsync($"{Pool(group)}/trouvailles/{find}/modifier"), "[name='Input.Title']", ("Input.Body", "Celui de l’animatrice."));

        var page = await visitor.SendAsync(form, "[name='Input.Title']", ("Input.Body", "Le mien."));

        Assert.Contains("Le texte enregistré entre-temps", page.Text, StringComparison.Ordinal);
        Assert.Equal("Le mien.", page.ValueOf("Input.Body"));
    }

    [Fact]
    public async Task Remove_ThenUndo_BackWithItsDiscussion()
    {
        var (group, _, member, visitor) = await SetAsync();
        var find = await Scene.FindAsync(group, member, "Éphémère");
        await Scene.AnswerAsync(find, member, "Un mot.");

        var pool = await visitor.SendAsync(await visitor.OpenAsync($"/c/{find}"), "button[value='retirer']");

        Assert.Contains("à la corbeille", pool.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Éphémère", pool.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync($"/c/{find}")).Status);
        Assert.Equal(PoolState.SetAside, (await Scene.CardAsync(find)).State);

        var back = await visitor.SendAsync(pool, "button[value='retablir']");

        Assert.Contains("Un mot.", back.Text, StringComparison.Ordinal);
        Assert.Equal(PoolState.Proposed, (await Scene.CardAsync(find)).State);
        Assert.Contains("Éphémère", (await visitor.OpenAsync(Pool(group))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_ThenProposedAgain_ANewFindOfTheSameCard()
    {
        var (group, owner, member, visitor) = await SetAsync();
        var find = await Scene.FindAsync(group, member, "Première", address: "https://ville.invalid/encore");
        await visitor.SendAsync(await visitor.OpenAsync($"/c/{find}"), "button[value='retirer']");

        var again = await Scene.FindAsync(group, owner, "Deuxième", address: "https://ville.invalid/encore");

        Assert.NotEqual(find, again);
        Assert.Equal(1, (await visitor.OpenAsync(Pool(group) + "?filtre=trouvailles")).Document.QuerySelectorAll("main .liste > li").Length);
        Assert.Contains("Deuxième", (await visitor.OpenAsync(Pool(group))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MyFinds_InTwoGroups_WithTheirFate()
    {
        var (group, owner, member, visitor) = await SetAsync();
        var other = await Scene.VeilleAsync(owner, "Autre veille", members: member);
        await Scene.FindAsync(group, owner, "D’une autre");
        var kept = await Scene.FindAsync(group, member, "La retenue");
        stage.Later();
        var discussed = await Scene.FindAsync(other, member, "La discutée");
        await Scene.AnswerAsync(discussed, owner, "Bien vu.");
        await SetStateAsync(kept, PoolState.Kept);

        var page = await visitor.OpenAsync("/moi/trouvailles");

        Assert.Equal(["La discutée", "La retenue"], page.Document.QuerySelectorAll("main .liste h2").Select(h => h.TextContent));
        Assert.Equal(["En discussion", "Retenue"], page.Document.QuerySelectorAll("main .liste .fin").Select(h => h.TextContent.Trim()));
        Assert.Contains("Autre veille", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outsider_EveryAddressOfAHiddenGroup_NotFound()
    {
        var (group, owner, _, _) = await SetAsync(GroupVisibility.Hidden);
        var find = await Scene.FindAsync(group, owner, "Réservée");
        var outsider = await stage.AsAsync(await Scene.MemberAsync("Zoé Essai"));

        foreach (var address in new[] { Pool(group), $"{Pool(group)}/proposer", $"/c/{find}", $"{Pool(group)}/trouvailles/{find}", $"{Pool(group)}/trouvailles/{find}/modifier", $"{Pool(group)}/trouvailles/{find}/historique", $"{Pool(group)}/cartes/{(await Scene.CardAsync(find)).Id:N}/commenter" })
            Assert.Equal((address, HttpStatusCode.NotFound), (address, (await outsider.OpenAsync(address)).Status));
        Assert.Equal(HttpStatusCode.NotFound, (await outsider.PostAsync($"{Pool(group)}/trouvailles/{find}/gestes", ("geste", "retirer"))).Status);
    }

    [Theory]
    [InlineData("lecteur", HttpStatusCode.Forbidden)]
    [InlineData("étrangère", HttpStatusCode.Forbidden)]
    [InlineData("membre", HttpStatusCode.OK)]
    [InlineData("animatrice", HttpStatusCode.OK)]
    public async Task Propose_ByRole_WhoWritesMay(string role, HttpStatusCode expected)
    {
        var (group, owner, member, _) = await SetAsync();
        var reader = await Scene.MemberAsync("Rémi Essai");
        await Scene.JoinAsync(group, reader, GroupRole.Reader);
        var person = role switch { "lecteur" => reader, "étrangère" => await Scene.MemberAsync("Zoé Essai"), "membre" => member, _ => owner };
        var visitor = await stage.AsAsync(person);

        var form = await visitor.OpenAsync(Pool(group) + "/proposer");
        var sent = await visitor.PostAsync(Pool(group) + "/proposer", ("_handler", "proposer"), ("Input.Address", "https://ville.invalid/role"), ("Input.Title", "Rôle"), ("Input.Body", "Pourquoi."), ("Input.Audience", "Group"));

        Assert.Equal((expected, expected), (form.Status, sent.Status));
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(expected == HttpStatusCode.OK, await db.Set<Find>().AnyAsync(f => f.Item.GroupId == group.Id && f.Item.Title == "Rôle"));
    }

    [Fact]
    public async Task Gestures_OfAnother_RefusedButToAnAnimator()
    {
        var (group, owner, member, _) = await SetAsync();
        var other = await Scene.MemberAsync("Léa Essai");
        await Scene.JoinAsync(group, other);
        var find = await Scene.FindAsync(group, member, "À qui ?");
        var (stranger, animator) = (await stage.AsAsync(other), await stage.AsAsync(owner));

        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.OpenAsync($"{Pool(group)}/trouvailles/{find}/modifier")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.PostAsync($"{Pool(group)}/trouvailles/{find}/gestes", ("geste", "retirer"))).Status);
        Assert.Null((await stranger.OpenAsync($"/c/{find}")).Document.QuerySelector("button[value='retirer']"));
        Assert.Equal(HttpStatusCode.OK, (await animator.PostAsync($"{Pool(group)}/trouvailles/{find}/gestes", ("geste", "retirer"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"{Pool(group)}/trouvailles/{find}/gestes", ("geste", "retablir"))).Status);
    }

    [Fact]
    public async Task Page_PublicFind_ReadByAStrangerWithoutTheWorkOfTheGroup()
    {
        var (group, owner, _, _) = await SetAsync();
        var find = await Scene.FindAsync(group, owner, "Pour tous", audience: Audience.Public);
        var kept = await Scene.FindAsync(group, owner, "Entre nous", audience: Audience.Group);
        await SetStateAsync(find, PoolState.SetAside);
        var stranger = stage.Instance.Stranger();

        var page = await stranger.OpenAsync($"/c/{find}");
        var list = await stranger.OpenAsync(Pool(group));

        Assert.Equal("Pour tous", page.Document.QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("Non retenue", page.Text, StringComparison.Ordinal);
        Assert.Contains("Connectez-vous pour commenter", page.Text, StringComparison.Ordinal);
        Assert.Contains("Pour tous", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Entre nous", list.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync($"/c/{kept}")).Status);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("'); DROP TABLE VeilleFinds; --")]
    [InlineData("=cmd|' /C calc'!A0")]
    public async Task Page_HostileTexts_KeptAndInert(string text)
    {
        var (group, _, member, visitor) = await SetAsync();
        var find = await Scene.FindAsync(group, member, text, $"{text} [x](javascript:alert(1))", $"https://ville.invalid/{Guid.NewGuid():N}?q={Uri.EscapeDataString(text)}", tags: text.Replace(',', ' '));

        foreach (var page in new[] { await visitor.OpenAsync($"/c/{find}"), await visitor.OpenAsync(Pool(group)), await visitor.OpenAsync("/moi/trouvailles"), await visitor.OpenAsync($"{Pool(group)}/trouvailles/{find}/modifier") })
        {
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains(text, page.Document.Body!.TextContent + page.ValueOf("Input.Title"), StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", page.Body, StringComparison.Ordinal);
            Assert.Empty(page.Document.QuerySelectorAll("img[src='x'], a[href^='javascript:alert']"));
        }
    }

    private static string Pool(Group group) => $"/groupes/{group.Slug}/veille";

    private static string Path(VisitedPage page) => page.Address.Split('?', '#')[0];

    private async Task<(Group Group, Member Owner, Member Member, Visitor Visitor)> SetAsync(GroupVisibility visibility = GroupVisibility.AllMembers)
    {
        var (owner, member) = (await Scene.MemberAsync("Anne Essai"), await Scene.MemberAsync("Luc Essai"));
        var group = await Scene.VeilleAsync(owner, visibility: visibility, members: member);
        return (group, owner, member, await stage.AsAsync(member));
    }

    private static async Task<VisitedPage> ProposeAsync(Visitor visitor, Group group, string address, string title, string why, string? tags = null) =>
        await SendAsync(visitor, await visitor.OpenAsync(Pool(group) + "/proposer"), address, title, why, tags);

    private static Task<VisitedPage> SendAsync(Visitor visitor, VisitedPage form, string address, string title, string why, string? tags = null) =>
        visitor.SendAsync(form, "[name='Input.Address']", ("Input.Address", address), ("Input.Title", title), ("Input.Body", why), ("Input.Tags", tags ?? ""));

    private async Task SetStateAsync(string find, PoolState state)
    {
        var card = await Scene.CardAsync(find);
        await using var db = stage.Instance.Open(Viewer.System);
        await db.Set<PoolEntry>().Where(e => e.Id == card.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.State, state));
    }
}
