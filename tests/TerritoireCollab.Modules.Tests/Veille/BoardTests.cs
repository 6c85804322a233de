using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>The board without script: every gesture, their order, what undoes them, and who may.</summary>
public sealed class BoardTests(BoardStage stage) : IClassFixture<BoardStage>
{
    [Theory]
    [InlineData("retenir", PoolState.Kept, "#retenus")]
    [InlineData("placer", PoolState.Placed, "#revue")]
    public async Task Card_Moved_StandsInItsColumn(string gesture, PoolState to, string column)
    {
        var (board, hands, owner) = await stage.BoardAsync();
        var card = await board.CardAsync("La fibre arrive");

        var page = await hands.DoAsync(board, gesture, [card]);

        var entry = await board.EntryAsync(card);
        Assert.Equal((to, owner.Id), (entry.State, entry.MovedById!.Value));
        Assert.Contains("La fibre arrive", page.Document.QuerySelector(column)!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("La fibre arrive", page.Document.QuerySelector("#a-lire")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_SetAside_LeavesTheBoardAndIsFoundAgain()
    {
        var (board, hands, _) = await stage.BoardAsync();
        var card = await board.CardAsync("Une publicité");

        var page = await hands.DoAsync(board, "ecarter", [card]);

        Assert.DoesNotContain("Une publicité", page.Document.QuerySelector(".panneaux")!.TextContent, StringComparison.Ordinal);
        var aside = await hands.OpenAsync(board.Address + "?voir=ecartes");
        var back = await hands.SendAsync(aside, $"button[value='remettre:{card:N}']");
        Assert.StartsWith(board.Address + "?voir=ecartes", back.Address, StringComparison.Ordinal);
        Assert.Equal(PoolState.Proposed, (await board.EntryAsync(card)).State);
    }

    [Fact]
    public async Task Card_PlacedByItsButton_TakesTheOpenIssueAndTheRubric()
    {
        var (board, hands, _) = await stage.BoardAsync("Numérique", "Emploi");
        var card = await board.CardAsync("La fibre arrive", PoolState.Kept);
        var page = await hands.OpenAsync(board.Address);

        page = await hands.SendAsync(page, $"button[value='placer:{card:N}']", ($"rubrique:{card:N}", "Emploi"));

        var entry = await board.EntryAsync(card);
        Assert.Equal((PoolState.Placed, "Emploi"), (entry.State, entry.Rubric));
        await using var db = stage.Instance.Open(Viewer.System);
        var issue = await db.Set<Issue>().SingleAsync(i => i.GroupId == board.Group.Id);
        Assert.Equal(issue.Id, entry.IssueId);
        Assert.Contains($"Revue n° {issue.Number}", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_KeptAgain_LeavesTheIssueAndRemembersItsRubric()
    {
        var (board, hands, _) = await stage.BoardAsync("Emploi");
        var card = await board.CardAsync("Un salon", PoolState.Kept);
        await hands.DoAsync(board, "placer", [card], ("rubrique", "Emploi"));

        var page = await hands.DoAsync(board, "retenir", [card]);

        var entry = await board.EntryAsync(card);
        Assert.Equal((PoolState.Kept, null, "Emploi"), (entry.State, entry.IssueId, entry.Rubric));
        Assert.Equal("Emploi", page.ValueOf($"rubrique:{card:N}"));
    }

    [Fact]
    public async Task Cards_PlacedBeforeAnother_StandThereInTheirOrder()
    {
        var (board, hands, _) = await stage.BoardAsync();
        var (a, b) = (await board.CardAsync("A", PoolState.Placed), await board.CardAsync("B", PoolState.Placed));
        var (c, d) = (await board.CardAsync("C"), await board.CardAsync("D", PoolState.Kept));

        await hands.DoAsync(board, "placer", [d, c], ("avant", b.ToString("N")));

        Assert.Equal(["A", "D", "C", "B"], await board.TitlesAsync(PoolState.Placed));
        Assert.NotEqual(Guid.Empty, a);
    }

    [Fact]
    public async Task Card_BeforeOneThatWentElsewhere_ComesLast()
    {
        var (board, hands, _) = await stage.BoardAsync();
        var (gone, _) = (await board.CardAsync("Parti", PoolState.SetAside), await board.CardAsync("A", PoolState.Kept));
        var card = await board.CardAsync("B");

        await hands.DoAsync(board, "retenir", [card], ("avant", gone.ToString("N")));

        Assert.Equal(["A", "B"], await board.TitlesAsync(PoolState.Kept));
    }

    [Fact]
    public async Task Card_UpAndDown_GoesOnePlaceAndStopsAtTheEnds()
    {
        var (board, hands, _) = await stage.BoardAsync("Emploi");
        var (_, b) = (await board.CardAsync("A", PoolState.Placed, "Emploi"), await board.CardAsync("B", PoolState.Placed, "Emploi"));
        _ = (await board.CardAsync("C", PoolState.Placed, "Emploi"), await board.CardAsync("Ailleurs", PoolState.Placed));
        var page = await hands.OpenAsync(board.Address);

        page = await hands.SendAsync(page, $"button[value='monter:{b:N}']");
        Assert.Equal(["B", "A", "C"], await board.TitlesAsync(PoolState.Placed, "Emploi"));
        page = await hands.SendAsync(page, $"button[value='monter:{b:N}']");
        Assert.Contains("L’article y est déjà.", page.Text, StringComparison.Ordinal);
        page = await hands.SendAsync(page, $"button[value='descendre:{b:N}']");
        page = await hands.SendAsync(page, $"button[value='descendre:{b:N}']");
        Assert.Equal(["A", "C", "B"], await board.TitlesAsync(PoolState.Placed, "Emploi"));
        await hands.SendAsync(page, $"button[value='descendre:{b:N}']");
        Assert.Equal(["A", "C", "B"], await board.TitlesAsync(PoolState.Placed, "Emploi"));
        Assert.Equal(["Ailleurs"], await board.TitlesAsync(PoolState.Placed));
    }

    [Fact]
    public async Task Order_WithoutRoomLeft_IsNumberedAnewAndKept()
    {
        var (board, hands, _) = await stage.BoardAsync();
        var cards = new List<Guid>();
        for (var n = 0; n < 3; n++) cards.Add(await board.CardAsync($"Fixe {n}", PoolState.Kept, position: n));
        var (first, second) = (await board.CardAsync("Premier"), await board.CardAsync("Second"));

        await hands.DoAsync(board, "retenir", [first, second], ("avant", cards[1].ToString("N")));

        Assert.Equal(["Fixe 0", "Premier", "Second", "Fixe 1", "Fixe 2"], await board.TitlesAsync(PoolState.Kept));
    }

    [Fact]
    public async Task Order_ThirtyTimesAtTheSamePlace_NeverMixedUp()
    {
        var (board, hands, _) = await stage.BoardAsync();
        var last = await board.CardAsync("Dernier", PoolState.Placed);
        var expected = new List<string>();
        for (var n = 0; n < 30; n++)
        {
            await hands.DoAsync(board, "placer", [await board.CardAsync($"{n}")], ("avant", last.ToString("N")));
            expected.Add($"{n}");
        }

        Assert.Equal([.. expected, "Dernier"], await board.TitlesAsync(PoolState.Placed));
    }

    [Fact]
    public async Task Cards_Ticked_MoveTogetherAndComeBackTogether()
    {
        var (board, hands, _) = await stage.BoardAsync("Emploi");
        var (a, b, c) = (await board.CardAsync("A", PoolState.Placed, "Emploi"), await board.CardAsync("B", PoolState.Placed, "Emploi"), await board.CardAsync("C", PoolState.Placed, "Emploi"));
        var d = await board.CardAsync("D");

        var page = await hands.DoAsync(board, "ecarter", [b, d, a]);

        Assert.Contains("3 articles sont écartés.", page.Text, StringComparison.Ordinal);
        Assert.Equal(["C"], await board.TitlesAsync(PoolState.Placed, "Emploi"));
        page = await hands.SendAsync(page, "button[value='annuler']");
        Assert.Contains("C’est annulé.", page.Text, StringComparison.Ordinal);
        Assert.Equal(["A", "B", "C"], await board.TitlesAsync(PoolState.Placed, "Emploi"));
        Assert.Equal(["D"], await board.TitlesAsync(PoolState.Proposed));
        Assert.NotNull((await board.EntryAsync(a)).IssueId);
        Assert.NotEqual(Guid.Empty, c);
    }

    [Fact]
    public async Task Undo_AfterSomebodyMovedTheCard_LeavesItThere()
    {
        var (board, hands, _) = await stage.BoardAsync();
        var other = await stage.HandsAsync(await stage.MemberAsync(board, "Yves Combelle", GroupRole.Animator));
        var (card, left) = (await board.CardAsync("A"), await board.CardAsync("B"));
        var page = await hands.DoAsync(board, "retenir", [card, left]);
        await other.DoAsync(board, "ecarter", [card]);

        page = await hands.SendAsync(page, "button[value='annuler']");

        Assert.Contains("sauf ce que quelqu’un a déplacé depuis", page.Text, StringComparison.Ordinal);
        Assert.Equal((PoolState.SetAside, PoolState.Proposed), ((await board.EntryAsync(card)).State, (await board.EntryAsync(left)).State));
    }

    [Theory]
    [InlineData("")]
    [InlineData("n’importe quoi")]
    [InlineData("AAAA")]
    [InlineData("_w")]
    public async Task Undo_OfNoToken_SaysSoAndMovesNothing(string token)
    {
        var (board, hands, _) = await stage.BoardAsync();
        await board.CardAsync("A");

        var page = await hands.DoAsync(board, "annuler", [], ("annuler", token));

        Assert.Contains("Il n’y a rien à annuler.", page.Text, StringComparison.Ordinal);
        Assert.Equal(["A"], await board.TitlesAsync(PoolState.Proposed));
    }

    [Fact]
    public async Task Undo_ByATokenMadeByHand_CannotUnpublishNorReachAnotherGroup()
    {
        var (board, hands, owner) = await stage.BoardAsync();
        var strange = await VeilleBoard.CreateAsync(stage.Scene, owner);
        var (published, foreign) = (await board.CardAsync("Publié", PoolState.Published), await strange.CardAsync("Ailleurs"));
        var version = (await board.EntryAsync(published)).Version;

        var page = await hands.DoAsync(board, "annuler", [], ("annuler", TerritoireCollab.Veille.Board.UndoToken.Write([new(published, PoolState.Kept, null, null, version)])));
        Assert.Contains("rien n’est annulé", page.Text, StringComparison.Ordinal);
        Assert.Equal(PoolState.Published, (await board.EntryAsync(published)).State);

        var refused = await hands.ActAsync(board, "annuler", [], ("annuler", TerritoireCollab.Veille.Board.UndoToken.Write([new(foreign, PoolState.Kept, null, null, 1)])));
        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
        Assert.Equal(PoolState.Proposed, (await strange.EntryAsync(foreign)).State);
    }

    [Theory]
    [InlineData("retenir")]
    [InlineData("ecarter")]
    [InlineData("remettre")]
    [InlineData("placer")]
    [InlineData("monter")]
    public async Task Card_Published_DoesNotMove(string gesture)
    {
        var (board, hands, _) = await stage.BoardAsync();
        var card = await board.CardAsync("Publié", PoolState.Published);

        var page = await hands.DoAsync(board, gesture, [card]);

        Assert.Equal(PoolState.Published, (await board.EntryAsync(card)).State);
        Assert.Contains(gesture == "monter" ? "y est déjà" : "déjà publié", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cards_OfTwoAnimatorsAtOnce_AllMoveAndNoneIsLost()
    {
        var (board, hands, _) = await stage.BoardAsync("Emploi");
        var other = await stage.HandsAsync(await stage.MemberAsync(board, "Yves Combelle", GroupRole.Animator));
        var (mine, theirs) = (new List<Guid>(), new List<Guid>());
        for (var n = 0; n < 8; n++)
        {
            mine.Add(await board.CardAsync($"Claire {n}"));
            theirs.Add(await board.CardAsync($"Yves {n}"));
        }

        await hands.OpenAsync(board.Address);
        await other.OpenAsync(board.Address);
        // The first post of each takes a token from a page.
        await hands.DoAsync(board, "placer", [mine[0]], ("rubrique", "Emploi"));
        await other.DoAsync(board, "placer", [theirs[0]], ("rubrique", "Emploi"));

        await Task.WhenAll([
            .. mine.Skip(1).Select(c => hands.DoAsync(board, "placer", [c], ("rubrique", "Emploi"))),
            .. theirs.Skip(1).Select(c => other.DoAsync(board, "placer", [c], ("rubrique", "Emploi")))]);

        var titles = await board.TitlesAsync(PoolState.Placed, "Emploi");
        Assert.Equal(16, titles.Distinct().Count());
        var entries = await Task.WhenAll(mine.Concat(theirs).Select(board.EntryAsync));
        Assert.Single(entries.Select(e => e.IssueId).Distinct());
        Assert.Equal(16, entries.Select(e => e.Position).Distinct().Count());
    }

    [Fact]
    public async Task Card_OfTwoAnimators_TheLaterWins()
    {
        var (board, hands, _) = await stage.BoardAsync();
        var other = await stage.HandsAsync(await stage.MemberAsync(board, "Yves Combelle", GroupRole.Animator));
        var card = await board.CardAsync("A");
        var stale = await hands.OpenAsync(board.Address);
        await other.DoAsync(board, "ecarter", [card]);

        var page = await hands.SendAsync(stale, $"button[value='retenir:{card:N}']");

        Assert.Equal(PoolState.Kept, (await board.EntryAsync(card)).State);
        Assert.Contains("L’article est retenu.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Board_ToWhoeverDoesNotCurate_IsNotThere()
    {
        var (board, hands, owner) = await stage.BoardAsync();
        var card = await board.CardAsync("A");
        var absent = (await hands.OpenAsync("/groupes/rien-de-tel/veille/tableau")).Status;
        foreach (var (name, role) in new[] { ("Un membre", (GroupRole?)GroupRole.Member), ("Une lectrice", GroupRole.Reader), ("Une autre", null) })
        {
            var member = role is { } given ? await stage.MemberAsync(board, name, given) : await stage.Scene.MemberAsync(name);
            var visitor = await stage.HandsAsync(member);
            Assert.Equal(absent, (await visitor.OpenAsync(board.Address)).Status);
            Assert.Equal(absent, (await visitor.OpenAsync($"{board.Address}/cartes/{card:N}")).Status);
            Assert.Equal(absent, (await visitor.ActAsync(board, "retenir", [card])).Status);
        }

        var stranger = new Visitor(stage.Instance.Browser());
        Assert.StartsWith("/connexion", (await stranger.OpenAsync(board.Address)).Address, StringComparison.Ordinal);
        await stranger.ActAsync(board, "retenir", [card]);
        Assert.Equal(PoolState.Proposed, (await board.EntryAsync(card)).State);
        Assert.Equal(HttpStatusCode.NotFound, absent);
        Assert.NotEqual(Guid.Empty, owner.Id);
    }

    [Fact]
    public async Task Board_OfAGroupWithoutVeilleOrReservedToOwners_IsNotThere()
    {
        var owner = await stage.Scene.MemberAsync("Claire Montélier");
        var plain = await stage.Scene.GroupAsync("Sans veille", owner);
        var reserved = await VeilleBoard.CreateAsync(stage.Scene, owner, GroupRole.Owner);
        var animator = await stage.HandsAsync(await stage.MemberAsync(reserved, "Yves Combelle", GroupRole.Animator));
        var hands = await stage.HandsAsync(owner);

        Assert.Equal(HttpStatusCode.NotFound, (await hands.OpenAsync($"/groupes/{plain.Slug}/veille/tableau")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await animator.OpenAsync(reserved.Address)).Status);
        Assert.Equal(HttpStatusCode.OK, (await hands.OpenAsync(reserved.Address)).Status);
    }

    [Fact]
    public async Task Card_OfAnotherGroup_IsNotFoundAndNothingMoves()
    {
        var (board, hands, owner) = await stage.BoardAsync();
        // Even where the same person may move it: on its own board.
        var strange = await VeilleBoard.CreateAsync(stage.Scene, owner);
        var (own, foreign) = (await board.CardAsync("A"), await strange.CardAsync("B"));

        Assert.Equal(HttpStatusCode.NotFound, (await hands.ActAsync(board, "retenir", [own, foreign])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await hands.ActAsync(board, "descendre", [foreign])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await hands.OpenAsync($"{board.Address}/cartes/{foreign:N}")).Status);
        Assert.Equal((PoolState.Proposed, PoolState.Proposed), ((await board.EntryAsync(own)).State, (await strange.EntryAsync(foreign)).State));
    }

    [Fact]
    public async Task Board_OfAnArchivedGroup_IsReadAndNothingMoves()
    {
        var (board, hands, _) = await stage.BoardAsync();
        var card = await board.CardAsync("A");
        var page = await hands.OpenAsync($"/groupes/{board.Group.Slug}/reglages");
        await hands.SendAsync(page, "form[action$='/archivage']");

        page = await hands.OpenAsync(board.Address);
        var refused = await hands.ActAsync(board, "retenir", [card]);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (page.Status, refused.Status));
        Assert.Empty(page.Document.QuerySelectorAll("button[name='geste']"));
        Assert.Equal(PoolState.Proposed, (await board.EntryAsync(card)).State);
    }

    [Fact]
    public async Task Gestures_WithNothingOrTooMuch_SayWhatToDo()
    {
        var (board, hands, _) = await stage.BoardAsync();

        Assert.Contains("Cochez d’abord un article.", (await hands.DoAsync(board, "retenir", [])).Text, StringComparison.Ordinal);
        Assert.Contains("Pas plus de 80 articles à la fois.", (await hands.DoAsync(board, "retenir", [.. Enumerable.Range(0, 81).Select(_ => Guid.CreateVersion7())])).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await hands.ActAsync(board, "publier", [await board.CardAsync("A")])).Status);
    }

    [Theory]
    [InlineData("https://ailleurs.invalid/")]
    [InlineData("//ailleurs.invalid/")]
    [InlineData("/groupes")]
    public async Task Gesture_AskedToLeadElsewhere_LeadsBackToTheBoard(string back)
    {
        var (board, hands, _) = await stage.BoardAsync();

        var page = await hands.DoAsync(board, "retenir", [await board.CardAsync("A")], ("retour", back));

        Assert.Equal(board.Address, page.Address.Split('?')[0]);
    }

    [Fact]
    public async Task Words_Written_ShownOnTheBoardAsPlainText()
    {
        var (board, hands, _) = await stage.BoardAsync("Emploi", "Culture");
        var card = await board.CardAsync("Un salon", PoolState.Placed, "Emploi");
        var page = await hands.OpenAsync(board.Address);

        page = await hands.SendAsync(page, $"#c-{card:N} .fiche-mots form", ("Line", "<script>alert(1)</script> & « oui »"), ("Excerpt", "Choisi."), ("Rubric", "Culture"));

        Assert.Equal("<script>alert(1)</script> & « oui »", page.Document.QuerySelector($"#c-{card:N} .fiche-ligne")!.TextContent);
        var entry = await board.EntryAsync(card);
        Assert.Equal(("Choisi.", "Culture"), (entry.ChosenExcerpt, entry.Rubric));
        Assert.DoesNotContain("<script>alert", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_AsTheSourceHasThemOrNone_KeptAsSuch()
    {
        var (board, hands, _) = await stage.BoardAsync();
        var card = await board.CardAsync("Un salon", PoolState.Kept, excerpt: "Le début.");
        var page = await hands.OpenAsync($"{board.Address}/cartes/{card:N}");

        await hands.SendAsync(page, "[name='Line']", ("Line", "Une ligne"));
        Assert.Null((await board.EntryAsync(card)).ChosenExcerpt);
        await hands.SendAsync(await hands.OpenAsync($"{board.Address}/cartes/{card:N}"), "[name='Line']", ("Line", ""), ("Excerpt", ""));

        var entry = await board.EntryAsync(card);
        Assert.Equal((null, ""), (entry.Line, entry.ChosenExcerpt));
    }

    [Fact]
    public async Task Words_TooLong_RefusedAtTheFieldAndKept()
    {
        var (board, hands, _) = await stage.BoardAsync();
        var card = await board.CardAsync("Un salon", PoolState.Placed);
        var page = await hands.OpenAsync($"{board.Address}/cartes/{card:N}");
        var tooLong = new string('é', PoolEntry.LineLength + 1);

        page = await hands.SendAsync(page, "[name='Line']", ("Line", tooLong), ("Excerpt", "Gardé."));

        Assert.True(page.Refuses("Line"));
        Assert.Equal((tooLong, "Gardé."), (page.ValueOf("Line"), page.ValueOf("Excerpt")));
        Assert.Null((await board.EntryAsync(card)).Line);
    }

    [Fact]
    public async Task Words_ChangedBySomebodyElse_BothShownAndNothingLost()
    {
        var (board, hands, _) = await stage.BoardAsync();
        var other = await stage.HandsAsync(await stage.MemberAsync(board, "Yves Combelle", GroupRole.Animator));
        var card = await board.CardAsync("Un salon", PoolState.Placed);
        var mine = await hands.OpenAsync(board.Address);
        await other.SendAsync(await other.OpenAsync(board.Address), $"#c-{card:N} .fiche-mots form", ("Line", "La ligne d’Yves"));

        var page = await hands.SendAsync(mine, $"#c-{card:N} .fiche-mots form", ("Line", "La mienne"));

        Assert.Contains("La ligne d’Yves", page.Text, StringComparison.Ordinal);
        Assert.Equal("La mienne", page.ValueOf("Line"));
        Assert.Equal("La ligne d’Yves", (await board.EntryAsync(card)).Line);
        await hands.SendAsync(page, "[name='Line']");
        Assert.Equal("La mienne", (await board.EntryAsync(card)).Line);
    }

    [Fact]
    public async Task Words_WhileSomebodyMovesTheCard_AreKeptWithoutQuarrel()
    {
        var (board, hands, _) = await stage.BoardAsync();
        var other = await stage.HandsAsync(await stage.MemberAsync(board, "Yves Combelle", GroupRole.Animator));
        var (card, _) = (await board.CardAsync("Un salon", PoolState.Placed), await board.CardAsync("Un autre", PoolState.Placed));
        var mine = await hands.OpenAsync(board.Address);
        await other.DoAsync(board, "descendre", [card]);

        await hands.SendAsync(mine, $"#c-{card:N} .fiche-mots form", ("Line", "La mienne"));

        Assert.Equal("La mienne", (await board.EntryAsync(card)).Line);
        Assert.Equal(["Un autre", "Un salon"], await board.TitlesAsync(PoolState.Placed));
    }

    [Fact]
    public async Task Card_OfManySourcesAndVoices_SaysItsScoreAndWhy()
    {
        var (board, hands, owner) = await stage.BoardAsync();
        var find = await board.FindAsync(owner, "La fibre arrive", comments: 2, useful: 3);
        await board.CardAsync("Le plus récent");
        await board.CardAsync("La fibre arrive", sources: 3, find: find);
        await board.CardAsync("Discussion retirée", find: await board.FindAsync(owner, "Retirée", comments: 9, useful: 9, removed: true));

        var newest = await hands.OpenAsync(board.Address);
        var best = await hands.OpenAsync(board.Address + "?voir=score");

        Assert.Equal("Le plus récent", newest.Document.QuerySelector("#a-lire h3")!.TextContent);
        Assert.Equal("La fibre arrive", best.Document.QuerySelector("#a-lire h3")!.TextContent);
        var words = string.Join(' ', best.Document.QuerySelector("#a-lire .fiche")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("15 points : 3 utiles, 2 commentaires, 2 autres sources", words, StringComparison.Ordinal);
        Assert.Contains("vu dans 3 sources", words, StringComparison.Ordinal);
        Assert.DoesNotContain("33 points", best.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_OfNoWebPage_IsNoLink()
    {
        var (board, hands, _) = await stage.BoardAsync();
        await board.CardAsync("Piège", address: "javascript:alert(1)");

        var page = await hands.OpenAsync(board.Address);

        Assert.Equal("Piège", page.Document.QuerySelector("#a-lire h3")!.TextContent);
        Assert.Null(page.Document.QuerySelector("#a-lire h3 a"));
        Assert.DoesNotContain(page.Document.QuerySelectorAll("[href]"), e => e.GetAttribute("href")!.StartsWith("javascript:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Column_Long_GoesOnByPage()
    {
        var (board, hands, _) = await stage.BoardAsync();
        for (var n = 0; n < 27; n++) await board.CardAsync($"Article {n:00}");

        var page = await hands.OpenAsync(board.Address);
        var next = await hands.OpenAsync("/" + page.Document.QuerySelector("#a-lire a[rel='next']")!.GetAttribute("href"));

        Assert.Equal(25, page.Document.QuerySelectorAll("#a-lire .fiche").Length);
        Assert.Equal(["Article 25", "Article 26"], next.Document.QuerySelectorAll("#a-lire h3").Select(h => h.TextContent));
    }

    [Fact]
    public async Task Sources_Failing_AreOneDiscreetLine()
    {
        var (board, hands, _) = await stage.BoardAsync();
        await board.SourceAsync("Préfecture", SourceFault.HttpError);
        await board.SourceAsync("Mairie", SourceFault.TimedOut, muted: true);
        await board.SourceAsync("Département");

        var page = await hands.OpenAsync(board.Address);

        Assert.Contains("1 source ne répond plus. Voir les sources", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_OfTheBoard_SaysTheWeekAndWhenItLeaves()
    {
        var (board, hands, _) = await stage.BoardAsync();
        await board.CardAsync("A", PoolState.Kept);

        var page = await hands.OpenAsync(board.Address);

        Assert.Matches(@"Semaine du \d+(er)? \w+.* au .* · 1 retenu · aucun placé · revue proposée vendredi .* à 9 h", page.Text);
    }

    [Fact]
    public async Task Board_LittleThenMuchToShow_AsFewQueries()
    {
        var (board, hands, owner) = await stage.BoardAsync("Emploi", "Culture");
        async Task FillAsync(int count)
        {
            var source = await board.SourceAsync("Préfecture");
            for (var n = 0; n < count; n++)
            {
                await board.CardAsync("A", source: source, find: await board.FindAsync(owner, "A", comments: n));
                await board.CardAsync("B", PoolState.Kept, source: source);
                await board.CardAsync("C", PoolState.Placed, n % 2 == 0 ? "Emploi" : "Ailleurs");
            }
        }

        // Asked twice: the first visit leaves marks, and reads what is kept in memory.
        async Task<int> CountAsync(string query)
        {
            for (var visit = 0; visit < 2; visit++)
            {
                stage.Commands.Clear();
                Assert.Equal(HttpStatusCode.OK, (await hands.OpenAsync(board.Address + query)).Status);
            }

            return stage.Commands.Commands.Count;
        }

        await FillAsync(1);
        var (few, fewBest) = (await CountAsync(""), await CountAsync("?voir=score"));
        await FillAsync(20);

        Assert.Equal((few, fewBest), (await CountAsync(""), await CountAsync("?voir=score")));
        Assert.InRange(few, 5, 11);
    }
}
