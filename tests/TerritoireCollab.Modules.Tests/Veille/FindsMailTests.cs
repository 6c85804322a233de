using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Mails whose links are brought as finds, by the address that programs use.</summary>
public sealed class FindsMailTests(Stage stage) : IClassFixture<Stage>
{
    private const string Newsletter = """
        <html><head><style>a { color: red }</style><title>Lettre</title></head><body>
        <p>Si ce message s’affiche mal, <a href="https://lettre.invalid/voir/8">lisez-le en ligne</a>.</p>
        <table><tr><td><a href="https://lettre.invalid/"><img src="https://lettre.invalid/logo.png"></a></td></tr>
        <tr><td><a href="https://mairie.invalid/velos?utm_source=lettre&amp;utm_medium=mail"><img src="v.jpg"></a></td>
        <td><h2><a href="https://mairie.invalid/velos?utm_campaign=8">Des vélos pour les agents</a></h2><p>La commune en prête douze, @tous, et cela *marche*.</p></td></tr>
        <tr><td><h2>Une cantine bio</h2><p>Le chiffrage est public, année par année.</p><a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fcantine.invalid%2Fbio&amp;data=05">Lire la suite</a></td></tr>
        <tr><td><a href="https://x1.mjt.lu/lnk/AAAABbbbbCCCCddddEEEEffffGGGGhhhh/1">La fibre arrive</a></td></tr></table>
        <p><a href="https://www.facebook.com/mairie"><img src="f.png"></a> <a href="https://twitter.com/intent/tweet?url=x">Partager</a></p>
        <p>Vous recevez cet e-mail car vous êtes inscrit. <a href="https://lettre.invalid/quitter/8">Se désinscrire</a></p>
        <p><a href="https://editeur.invalid/apropos">Édité par une agence</a></p></body></html>
        """;

    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Newsletter_Forwarded_LinksThatMatterBroughtWithTheirWords()
    {
        var set = await SetAsync();

        var answer = await SendAsync(set.Member, set.Group, new { subject = "TR: La lettre de juin", html = Newsletter });

        Assert.Equal(
            [("https://mairie.invalid/velos", "Des vélos pour les agents", "proposed", "proposé"), ("https://cantine.invalid/bio", "cantine.invalid/bio", "proposed", "proposé")],
            Links(answer).Where(l => l.Outcome == "proposed"));
        var tracked = Assert.Single(Links(answer), l => l.Outcome != "proposed");
        Assert.Equal("La fibre arrive", tracked.Title);
        Assert.StartsWith("refusé : ce lien passe par un service de suivi", tracked.Message.Replace('\u00a0', ' ').Replace('\u202f', ' '), StringComparison.Ordinal);
        var visitor = await stage.AsAsync(set.Member);
        var find = await visitor.OpenAsync($"/c/{answer.GetProperty("links")[0].GetProperty("find").GetString()}");
        Assert.Contains("La commune en prête douze, @tous, et cela *marche*.", find.Document.QuerySelector("#r0 .prose")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(set.Member.Name, find.Document.QuerySelector("#r0 header")!.TextContent, StringComparison.Ordinal);
        var reply = answer.GetProperty("reply").GetString()!;
        Assert.Contains("- Des vélos pour les agents\u00a0: proposé\n  https://mairie.invalid/velos", reply, StringComparison.Ordinal);
        Assert.Contains("La fibre arrive\u00a0: refusé", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextMail_WordsAboveTheLink_TheReasonAndTheSubjectTheTitle()
    {
        var set = await SetAsync();

        var answer = await SendAsync(set.Member, set.Group, new
        {
            subject = "Fwd: [liste] Re : Les marchés d’été",
            text = "Bonjour,\n\nÀ lire avant la réunion de jeudi :\nhttps://ville.invalid/marches?fbclid=abc.\n\n-- \nLuc\nPour vous désinscrire : https://liste.invalid/quitter\n",
        });

        Assert.Equal([("https://ville.invalid/marches", "Les marchés d’été", "proposed", "proposé")], Links(answer));
        var visitor = await stage.AsAsync(set.Member);
        Assert.Contains("À lire avant la réunion de jeudi", (await visitor.OpenAsync($"/c/{answer.GetProperty("links")[0].GetProperty("find").GetString()}")).Document.QuerySelector("#r0 .prose")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_OfAnother_AlreadyProposedAndNothingWritten()
    {
        var set = await SetAsync();
        var present = await Scene.FindAsync(set.Group, set.Owner, "Le budget", address: "https://ville.invalid/budget");

        var answer = await SendAsync(set.Member, set.Group, new { subject = "Vu", text = "Regardez https://www.ville.invalid/budget/?utm_source=mail" });

        var link = Assert.Single(Links(answer));
        Assert.Equal(("Le budget", "already", $"déjà proposée par {set.Owner.Name}\u00a0: commentez-la"), (link.Title, link.Outcome, link.Message));
        Assert.Equal(present, answer.GetProperty("links")[0].GetProperty("find").GetString());
    }

    [Fact]
    public async Task Mail_SentTwice_BroughtOnce()
    {
        var set = await SetAsync();
        var mail = new { subject = "Deux fois", text = "https://ville.invalid/deux" };

        var first = await SendAsync(set.Member, set.Group, mail);
        var second = await SendAsync(set.Member, set.Group, mail);

        Assert.Equal(("proposed", "already"), (Links(first)[0].Outcome, Links(second)[0].Outcome));
        Assert.Equal(first.GetProperty("links")[0].GetProperty("find").GetString(), second.GetProperty("links")[0].GetProperty("find").GetString());
    }

    [Fact]
    public async Task Mail_OfManyLinks_FiveBroughtAndItIsSaid()
    {
        var set = await SetAsync();

        var answer = await SendAsync(set.Member, set.Group, new { subject = "Revue", text = string.Join("\n\n", Enumerable.Range(1, 8).Select(n => $"https://ville.invalid/page-{n}")) });

        Assert.Equal(Enumerable.Range(1, 5).Select(n => $"https://ville.invalid/page-{n}"), Links(answer).Select(l => l.Url));
        Assert.Contains("Les 5 premiers liens seulement", answer.GetProperty("reply").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sans adresse.", null)]
    [InlineData(null, null)]
    [InlineData("Voir javascript:alert(1) et mailto:mairie@ville.invalid", "<a href='javascript:alert(1)'>Un article</a><a href='mailto:a@b.invalid'>Écrire</a><a href='https://agent:secret@ville.invalid/x'>Un dossier</a>")]
    public async Task Mail_WithoutALink_SaidInASentence(string? text, string? html)
    {
        var set = await SetAsync();

        var answer = await SendAsync(set.Member, set.Group, new { subject = "Rien", text, html });

        Assert.Empty(Links(answer));
        Assert.Contains("Aucun lien", answer.GetProperty("reply").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lecteur", HttpStatusCode.Forbidden)]
    [InlineData("étrangère", HttpStatusCode.NotFound)]
    [InlineData("membre", HttpStatusCode.OK)]
    public async Task Mail_ByRole_WhoeverMayPropose(string role, HttpStatusCode expected)
    {
        var set = await SetAsync(GroupVisibility.Hidden);
        var reader = await Scene.MemberAsync("Rémi Essai");
        await Scene.JoinAsync(set.Group, reader, GroupRole.Reader);
        using var program = await stage.Instance.ProgramAsync((role switch { "lecteur" => reader, "membre" => set.Member, _ => await Scene.MemberAsync("Zoé Essai") }).Id);

        using var answer = await program.PostAsJsonAsync($"groups/{set.Group.Slug}/finds/mail", new { subject = "Rôle", text = "https://ville.invalid/role" });

        Assert.Equal(expected, answer.StatusCode);
        var pool = await (await stage.AsAsync(set.Owner)).OpenAsync($"/groupes/{set.Group.Slug}/veille");
        Assert.Equal(expected == HttpStatusCode.OK, pool.Body.Contains("https://ville.invalid/role", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mail_TooLong_Refused()
    {
        var set = await SetAsync();
        using var program = await stage.Instance.ProgramAsync(set.Member.Id);

        using var answer = await program.PostAsJsonAsync($"groups/{set.Group.Slug}/finds/mail", new { subject = "Long", text = new string('a', 1_000_001) });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("trop long", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> SendAsync(Member sender, Group group, object mail)
    {
        using var program = await stage.Instance.ProgramAsync(sender.Id);
        using var answer = await program.PostAsJsonAsync($"groups/{group.Slug}/finds/mail", mail);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static List<(string Url, string Title, string Outcome, string Message)> Links(JsonElement answer) =>
        [.. answer.GetProperty("links").EnumerateArray().Select(l => (l.GetProperty("url").GetString()!, l.GetProperty("title").GetString()!, l.GetProperty("outcome").GetString()!, l.GetProperty("message").GetString()!))];

    private async Task<Set> SetAsync(GroupVisibility visibility = GroupVisibility.AllMembers)
    {
        var (owner, member) = (await Scene.MemberAsync("Anne Essai"), await Scene.MemberAsync("Luc Essai"));
        return new(await Scene.VeilleAsync(owner, visibility: visibility, members: member), owner, member);
    }

    private sealed record Set(Group Group, Member Owner, Member Member);
}
