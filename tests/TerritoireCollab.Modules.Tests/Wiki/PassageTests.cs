using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Wiki;

/// <summary>Comments on passages of a page: where they stand as the text changes, who settles them, what mails and programs get of them.</summary>
public sealed class PassageTests(WikiStage stage) : IClassFixture<WikiStage>
{
    private const string Body = "Le conseil se réunit le mardi.\n\nLe quorum est de douze élus, et l’ordre du jour part huit jours avant.";

    [Fact]
    public async Task Comment_OnAPassage_MarkedAndBesideTheText()
    {
        var (room, page) = await PageAsync();

        var shown = await CommentAsync(room.Member, page, "Douze, ou la moitié ?", "douze  élus");

        Assert.Equal("douze élus", shown.Document.QuerySelector("article mark")!.TextContent);
        Assert.Equal("Commentaire n° 1", shown.Document.QuerySelector("article mark + .passage-n")!.GetAttribute("aria-label")!.Replace('\u00a0', ' '));
        Assert.EndsWith("#r1", shown.Document.QuerySelector("#p1")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("Luc Essai Douze, ou la moitié ?", string.Join(' ', shown.Document.QuerySelector(".marge li")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.EndsWith("#p1", shown.Document.QuerySelector("#r1 .passage-cite a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("treize élus", "Ce passage ne se trouve pas dans le texte.")]
    [InlineData(null, "Choisissez un passage de 500 signes au plus.")]
    public async Task Quote_WrongOrTooLong_RefusedAtTheFieldAndNothingLost(string? quote, string sentence)
    {
        var (room, page) = await PageAsync();

        var refused = await CommentAsync(room.Member, page, "Une remarque.", quote ?? new string('a', 501));

        Assert.True(refused.Refuses("Quote"));
        Assert.Contains(sentence, refused.Text, StringComparison.Ordinal);
        Assert.Equal("Une remarque.", refused.ValueOf("Body"));
        Assert.Null(refused.Document.QuerySelector("#r1"));
    }

    [Fact]
    public async Task Passage_WhenTheTextChanges_FoundAgainOrGoneAndNeverLost()
    {
        var (room, page) = await PageAsync();
        await CommentAsync(room.Member, page, "Une remarque.", "Le quorum est de douze élus");

        await stage.Scene.RewriteAsync(page, room.Anne, "Préambule tout neuf.\n\n" + Body);
        Assert.Equal("Le quorum est de douze élus", Marked(await room.Animator.OpenAsync($"/c/{page}")));

        await stage.Scene.RewriteAsync(page, room.Anne, Body.Replace("est de douze élus", "est de **treize** élus", StringComparison.Ordinal));
        Assert.Equal("Le quorum est de treize élus", Marked(await room.Animator.OpenAsync($"/c/{page}")));

        await stage.Scene.RewriteAsync(page, room.Anne, "Tout est changé.");
        var gone = await room.Animator.OpenAsync($"/c/{page}");
        Assert.Empty(gone.Document.QuerySelectorAll("mark"));
        Assert.Contains("Passages disparus (1)", gone.Text, StringComparison.Ordinal);
        Assert.Equal("Le quorum est de douze élus", gone.Document.QuerySelector(".marge details q")!.TextContent);
        Assert.Contains("Ce passage n’est plus dans le texte", gone.Document.QuerySelector("#r1 .passage-cite")!.TextContent, StringComparison.Ordinal);

        await stage.Scene.RewriteAsync(page, room.Anne, Body);
        Assert.Equal("Le quorum est de douze élus", Marked(await room.Animator.OpenAsync($"/c/{page}")));
    }

    [Fact]
    public async Task Passage_OfSeveralAlike_TheOneChosen()
    {
        var (room, page) = await PageAsync("Réunion le mardi à midi. Repas le mardi à sept heures. Retour le mardi.");

        await stage.Scene.RemarkAsync(page, room.Luc, "Lequel ?", "le mardi", "à midi. Repas ");

        Assert.EndsWith("Repas ", (await room.Member.OpenAsync($"/c/{page}")).Document.QuerySelector("mark")!.PreviousSibling!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remark_Settled_FoldedAndOpenedAgainByItsAuthorOrTheWritersAlone()
    {
        var (room, page) = await PageAsync();
        await CommentAsync(room.Member, page, "Une remarque.", "douze élus");
        await room.Animator.SendAsync(await room.Animator.OpenAsync($"{room.Tool}/{page}/ranger"), "form.formulaire", ("Writers", "Animators"));
        var paul = await stage.Scene.MemberAsync("Paul Essai");
        await stage.Scene.JoinAsync(room.Group, paul);
        var other = new Visitor(await stage.Instance.SignedInAsync(paul.Id));

        Assert.Null((await other.OpenAsync($"/c/{page}")).Document.QuerySelector("[value='resoudre:1']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsync($"/contenus/{page}/gestes", ("geste", "resoudre:1"))).Status);
        var settled = await room.Member.SendAsync(await room.Member.OpenAsync($"/c/{page}"), "[value='resoudre:1']");

        Assert.Empty(settled.Document.QuerySelectorAll("article mark, .marge"));
        Assert.Contains("Résolu par Luc Essai", settled.Document.QuerySelector("details.resolu > summary")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(settled.Document.QuerySelector("details.resolu #r1"));

        var opened = await room.Animator.SendAsync(await room.Animator.OpenAsync($"/c/{page}"), "[value='rouvrir-remarque:1']");
        Assert.Equal("douze élus", Marked(opened));
        Assert.Null(opened.Document.QuerySelector("details.resolu"));
    }

    [Fact]
    public async Task Remark_OnAPageThatOthersMayNotReadOrAboutNoPassage_DoesNotExist()
    {
        var (room, page) = await PageAsync();
        await CommentAsync(room.Member, page, "Sur un passage.", "douze élus");
        await stage.Scene.AnswerAsync(page, room.Luc, "Sur le tout.");
        var stranger = new Visitor(await stage.Instance.SignedInAsync((await stage.Scene.MemberAsync("Zoé Essai")).Id));

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"/contenus/{page}/gestes", ("geste", "resoudre:1"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await room.Member.PostAsync($"/contenus/{page}/gestes", ("geste", "resoudre:2"))).Status);
    }

    [Fact]
    public async Task Passage_OfAContentWithoutMargin_Refused()
    {
        var room = await stage.RoomAsync();
        var topic = await stage.Scene.TopicAsync(room.Group, room.Anne, "Un fil", "Un message.");

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => stage.Scene.RemarkAsync(topic, room.Luc, "Une remarque.", "Un message."));

        Assert.Equal("Quote", Assert.Single(refused.Rules).Field);
    }

    [Fact]
    public async Task Mail_OfARemark_QuotesThePassage()
    {
        var (room, page) = await PageAsync();

        await CommentAsync(room.Member, page, "Une remarque.", "douze élus");
        await stage.Instance.SettleAsync();

        var mail = stage.Instance.Mails().Select(Letter.Of).Last(l => l.To == room.Anne.Email);
        Assert.Matches("(?s)> douze élus.*À propos de ce passage.*Une remarque\\.", mail.Text);
    }

    [Fact]
    public async Task Remark_OfAProgram_WrittenAndReadWithItsPassage()
    {
        var (room, page) = await PageAsync();
        using var program = await stage.Instance.ProgramAsync(room.Luc.Id);
        var address = $"pages/{page}/comments";

        using var written = await program.PostAsJsonAsync(address, new { body = "Une remarque.", quote = "douze élus" });
        using var refused = await program.PostAsJsonAsync(address, new { body = "Une remarque.", quote = "vingt élus" });
        using var listed = JsonDocument.Parse(await program.GetStringAsync(address));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity), (written.StatusCode, refused.StatusCode));
        Assert.Equal("douze élus", Assert.Single(listed.RootElement.GetProperty("items").EnumerateArray()).GetProperty("quote").GetString());
    }

    private async Task<(WikiRoom Room, string Page)> PageAsync(string body = Body)
    {
        var room = await stage.RoomAsync();
        return (room, await stage.Scene.PageAsync(room.Group, room.Anne, "Règlement", body));
    }

    private static async Task<VisitedPage> CommentAsync(Visitor by, string page, string text, string quote) =>
        await by.SendAsync(await by.OpenAsync("/" + (await by.OpenAsync($"/c/{page}")).Document.QuerySelector("#repondre [data-passage]")!.GetAttribute("href")), "textarea[name=Quote]", ("Body", text), ("Quote", quote));

    private static string Marked(VisitedPage page) => string.Concat(page.Document.QuerySelectorAll("article mark").Select(m => m.TextContent));
}
