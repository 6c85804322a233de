using System.Net;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Comments of finds and issues rewritten, put into the trash and taken out of it, without script, by the pages that all contents share.</summary>
public sealed class CommentEditingTests(Stage stage) : IClassFixture<Stage>
{
    public static TheoryData<string> Kinds => ["trouvaille", "revue"];

    private Scene Scene => stage.Scene;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Edit_ByItsAuthor_NewTextAndTheOldOneInTheHistory(string kind)
    {
        var set = await SetAsync(kind);
        var visitor = await stage.AsAsync(set.Member);
        var thread = await visitor.OpenAsync($"/c/{set.Content}?reponse=1");

        var form = await visitor.OpenAsync("/" + thread.Document.QuerySelector("#r1 a[href$='/modifier']")!.GetAttribute("href"));
        var after = await visitor.SendAsync(form, "textarea[name='Body']", ("Body", "Le texte d’**après**."));

        Assert.Equal("Le texte d’avant.", form.ValueOf("Body"));
        Assert.Contains("Le commentaire est modifié", after.Text, StringComparison.Ordinal);
        Assert.Equal("après", after.Document.QuerySelector("#r1 strong")!.TextContent);
        var history = await visitor.OpenAsync("/" + after.Document.QuerySelector("#r1 a[href$='/historique']")!.GetAttribute("href"));
        Assert.Contains("avant", string.Concat(history.Document.QuerySelectorAll("del").Select(d => d.TextContent)), StringComparison.Ordinal);
        Assert.Contains("Historique du commentaire", history.Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Remove_ThenUndone_BackAtItsPlace(string kind)
    {
        var set = await SetAsync(kind);
        var visitor = await stage.AsAsync(set.Member);
        var form = await visitor.OpenAsync(Edit(set));

        var removed = await visitor.SendAsync(form, "button[value='retirer-reponse:1']");
        var back = await visitor.SendAsync(removed, "button[value='retablir-reponse:1']");

        Assert.Contains("Le commentaire est à la corbeille", removed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Le texte d’avant.", removed.Text, StringComparison.Ordinal);
        Assert.Contains("Le commentaire est rétabli", back.Text, StringComparison.Ordinal);
        Assert.Contains("Le texte d’avant.", back.Document.QuerySelector("#r1")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trouvaille", "autre", HttpStatusCode.Forbidden)]
    [InlineData("trouvaille", "animatrice", HttpStatusCode.OK)]
    [InlineData("trouvaille", "étrangère", HttpStatusCode.NotFound)]
    [InlineData("revue", "autre", HttpStatusCode.Forbidden)]
    [InlineData("revue", "animatrice", HttpStatusCode.OK)]
    [InlineData("revue", "étrangère", HttpStatusCode.NotFound)]
    public async Task Edit_ByRole_AuthorAndAnimatorsAlone(string kind, string role, HttpStatusCode expected)
    {
        var set = await SetAsync(kind, GroupVisibility.Hidden);
        var other = await Scene.MemberAsync("Léa Essai");
        if (role == "autre") await Scene.JoinAsync(set.Group, other);
        var visitor = await stage.AsAsync(role == "animatrice" ? set.Owner : other);

        var form = await visitor.OpenAsync(Edit(set));
        var sent = await visitor.PostAsync(Edit(set), ("_handler", "modifier"), ("Version", "1"), ("Body", "Réécrit."));

        Assert.Equal((expected, expected), (form.Status, sent.Status));
        var read = await (await stage.AsAsync(set.Member)).OpenAsync($"/c/{set.Content}?reponse=1");
        Assert.Contains(expected == HttpStatusCode.OK ? "Réécrit." : "Le texte d’avant.", read.Document.QuerySelector("#r1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(role == "étrangère" ? HttpStatusCode.NotFound : HttpStatusCode.OK, (await visitor.OpenAsync(Edit(set).Replace("modifier", "historique", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task Edit_MeanwhileByAnother_BothTextsShownAndNothingLost()
    {
        var set = await SetAsync("trouvaille");
        var (mine, theirs) = (await stage.AsAsync(set.Member), await stage.AsAsync(set.Owner));
        var form = await mine.OpenAsync(Edit(set));
        await theirs.SendAsync(await theirs.OpenAsync(Edit(set)), "textarea[name='Body']", ("Body", "Celui de l’animatrice."));

        var refused = await mine.SendAsync(form, "textarea[name='Body']", ("Body", "Le mien."));
        var saved = await mine.SendAsync(refused, "textarea[name='Body']");

        Assert.Contains("Le texte enregistré entre-temps", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Le mien.", refused.ValueOf("Body"));
        Assert.Contains("Le mien.", saved.Document.QuerySelector("#r1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_Emptied_RefusedAtItsField()
    {
        var set = await SetAsync("revue");
        var visitor = await stage.AsAsync(set.Member);

        var refused = await visitor.SendAsync(await visitor.OpenAsync(Edit(set)), "textarea[name='Body']", ("Body", " "));

        Assert.True(refused.Refuses("Body"));
        Assert.Contains("Le texte d’avant.", (await visitor.OpenAsync($"/c/{set.Content}")).Text, StringComparison.Ordinal);
    }

    private static string Edit(Set set) => $"/contenus/{set.Content}/reponses/1/modifier";

    private async Task<Set> SetAsync(string kind, GroupVisibility visibility = GroupVisibility.AllMembers)
    {
        var (owner, member) = (await Scene.MemberAsync("Anne Essai"), await Scene.MemberAsync("Luc Essai"));
        var group = await Scene.VeilleAsync(owner, visibility: visibility, members: member);
        var content = kind == "revue" ? await PublishedAsync(group, owner) : await Scene.FindAsync(group, owner, "À commenter");
        await Scene.AnswerAsync(content, member, "Le texte d’avant.");
        return new(group, owner, member, content);
    }

    private async Task<string> PublishedAsync(Group group, Member owner)
    {
        await Scene.PlaceAsync(group, owner, new("Un article"));
        return await Scene.PublishAsync(group, owner);
    }

    private sealed record Set(Group Group, Member Owner, Member Member, string Content);
}
