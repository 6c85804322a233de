using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Groups;

/// <summary>The home page of a group: what others see of it, what its members see, and an animator who looks as one of them.</summary>
public sealed class HomePageTests(Stage stage) : IClassFixture<Stage>
{
    [Fact]
    public async Task OtherMember_HomePage_PresentationWhatIsOpenFacesAndHowToJoin()
    {
        var (group, owner, member) = await GroupAsync();
        await ContentAsync(group, member);
        var silent = await stage.Scene.MemberAsync("Silencieuse Essai");
        await stage.Scene.JoinAsync(group, silent);
        var visitor = await stage.AsAsync(await stage.Scene.MemberAsync("Passant Essai"));

        var home = await visitor.OpenAsync($"/groupes/{group.Slug}");

        Assert.Contains(group.Purpose, home.Text, StringComparison.Ordinal);
        Assert.Equal(["Fil public", "Fil de la plateforme"], home.Document.QuerySelectorAll("main .liste h3").Select(h => h.TextContent.Trim()).Order(StringComparer.Ordinal).Reverse());
        Assert.Contains(owner.Name, home.Text, StringComparison.Ordinal);
        Assert.Contains("Un animateur lit votre demande. Sa réponse vous arrive par courriel.", home.Text, StringComparison.Ordinal);
        Assert.Equal("Demander à rejoindre", home.Document.QuerySelector("main a[href$='/rejoindre']")?.TextContent.Trim());
        Assert.NotNull(home.Document.QuerySelector($"main a[href$='{group.Slug}/recherche']"));
        Assert.NotNull(home.Document.QuerySelector($"main a[href$='{group.Slug}/flux.atom']"));
        Assert.Null(home.Document.QuerySelector(".onglets"));
        Assert.All(["Fil du groupe", silent.Name, "événement", "/membres"], hidden => Assert.DoesNotContain(hidden, home.Document.QuerySelector("main")!.OuterHtml, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task OtherMember_HomePage_NextDatesArticlesAndTheListsThatHoldSomething()
    {
        var (group, owner, member) = await GroupAsync();
        await stage.Scene.TurnOnAsync(group);
        await stage.Scene.EventAsync(group, owner, "Réunion ouverte", inDays: 5, audience: Audience.Platform);
        await stage.Scene.EventAsync(group, owner, "Réunion des membres", inDays: 4);
        await stage.Scene.ArticleAsync(group, owner, "Un article ouvert", audience: Audience.Platform);
        await stage.Scene.FileOfGroupAsync(group, member, "secret.txt", "Réservé");
        var visitor = await stage.AsAsync(await stage.Scene.MemberAsync("Passant Essai"));

        var home = await visitor.OpenAsync($"/groupes/{group.Slug}");

        Assert.Equal(["Articles", "Agenda"], home.Document.QuerySelectorAll("main .titree h2").Select(h => h.TextContent.Trim()));
        Assert.Contains("Réunion ouverte", home.Text, StringComparison.Ordinal);
        Assert.Contains("Un article ouvert", home.Text, StringComparison.Ordinal);
        Assert.All(["Réunion des membres", "secret.txt", "Réservé"], hidden => Assert.DoesNotContain(hidden, home.Body, StringComparison.Ordinal));
        Assert.NotNull(home.Document.QuerySelector($"main a[href='groupes/{group.Slug}/agenda']"));
        Assert.Null(home.Document.QuerySelector($"main a[href='groupes/{group.Slug}/fichiers']"));
    }

    [Fact]
    public async Task Member_Charter_ReadAgainOnTheHomePageByMembersAlone()
    {
        var (group, owner, member) = await GroupAsync();
        var animator = await stage.AsAsync(owner);
        await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/reglages"), "[name='Form.Charter']", ("Form.Charter", "On écoute avant de répondre."));

        var visitor = await stage.AsAsync(member);
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}"), "form[action$='/charte'] button");

        var charter = (await visitor.OpenAsync($"/groupes/{group.Slug}")).Document.QuerySelectorAll("main details").Single(d => d.TextContent.Contains("On écoute avant de répondre.", StringComparison.Ordinal));
        Assert.Equal("La charte du groupe", charter.QuerySelector("summary")!.TextContent);
        Assert.DoesNotContain("On écoute avant de répondre.", (await (await stage.AsAsync(await stage.Scene.MemberAsync("Passant Essai"))).OpenAsync($"/groupes/{group.Slug}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Member_HomePage_EverythingAndTheSearchOfTheGroup()
    {
        var (group, _, member) = await GroupAsync();
        await ContentAsync(group, member);
        await stage.Instance.SettleAsync();
        var visitor = await stage.AsAsync(member);

        var home = await visitor.OpenAsync($"/groupes/{group.Slug}");
        var search = await visitor.OpenAsync(home.Document.QuerySelector(".onglets a[href$='/recherche']")!.GetAttribute("href")!);
        var found = await visitor.SendAsync(search, "#recherche-groupe", ("q", "fil"));

        Assert.All(["Fil public", "Fil de la plateforme", "Fil du groupe", "Nouveaux membres", "Courriels de ce groupe"], shown => Assert.Contains(shown, home.Text, StringComparison.Ordinal));
        Assert.Equal("Rechercher", search.Document.QuerySelector(".onglets [aria-current=page]")?.TextContent.Trim());
        Assert.Contains("Fil du groupe", found.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewGroup_Empty_TeachesWhatToDoFirst()
    {
        var (group, owner, member) = await GroupAsync();

        var forAnimator = await (await stage.AsAsync(owner)).OpenAsync($"/groupes/{group.Slug}");
        var forMember = await (await stage.AsAsync(member)).OpenAsync($"/groupes/{group.Slug}");
        var forOther = await (await stage.AsAsync(await stage.Scene.MemberAsync("Passant Essai"))).OpenAsync($"/groupes/{group.Slug}");

        Assert.Contains("Trois gestes pour lancer le groupe", forAnimator.Text, StringComparison.Ordinal);
        Assert.Equal(["reglages", "invitations", "nouveau"], forAnimator.Document.QuerySelectorAll("main section ol a").Select(a => a.GetAttribute("href")!.Split('/')[^1]));
        Assert.Equal(["nouveau"], forMember.Document.QuerySelectorAll("main section ol a").Select(a => a.GetAttribute("href")!.Split('/')[^1]));
        Assert.Contains("Aucun contenu n’est encore ouvert au-delà du groupe", forOther.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Welcome_WithAPlaceForTheFirstName_GreetsEachByTheirOwn()
    {
        var (animator, newcomer) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("É<i>o_die_ Essai"));
        var group = await stage.Scene.GroupAsync("Groupe qui salue", animator, members: [newcomer]);
        await SetAsync(group, g => g.Welcome = "Bienvenue, **{prenom}** !");

        var page = await (await stage.AsAsync(newcomer)).OpenAsync($"/groupes/{group.Slug}");
        var seenAs = await (await stage.AsAsync(animator)).OpenAsync($"/groupes/{group.Slug}?voir-comme=membre");

        Assert.Equal("É<i>o_die_", page.Document.QuerySelector(".carte--douce strong")!.TextContent);
        Assert.Equal("Prénom", seenAs.Document.QuerySelector(".carte--douce strong")!.TextContent);
    }

    [Fact]
    public async Task Welcome_OfTheGroup_ShownForAWeekThenGone()
    {
        var (group, _, member) = await GroupAsync();
        await SetAsync(group, g => g.Welcome = "Présentez-vous en deux lignes.");
        var visitor = await stage.AsAsync(member);

        var first = await visitor.OpenAsync($"/groupes/{group.Slug}");
        stage.Instance.Clock.Advance(TimeSpan.FromDays(8));
        var later = await (await stage.AsAsync(member)).OpenAsync($"/groupes/{group.Slug}");

        Assert.Contains("Présentez-vous en deux lignes.", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Présentez-vous", later.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("membre")]
    [InlineData("visiteur")]
    [InlineData("sans-compte")]
    public async Task SeenAs_Somebody_ExactlyWhatTheySeeAndNoForm(string who)
    {
        var (group, owner, member) = await GroupAsync();
        await ContentAsync(group, member);
        await SetAsync(group, g => (g.Welcome, g.Charter, g.CharterVersion) = ("Bonjour à tous.", "Charte.", 1));
        var animator = await stage.AsAsync(owner);
        var offered = (await animator.OpenAsync($"/groupes/{group.Slug}")).Document.QuerySelector($"main a[href$='voir-comme={who}']");

        var seen = await animator.OpenAsync(offered!.GetAttribute("href")!);

        Assert.Empty(seen.Document.QuerySelectorAll("main form[method=post], main button"));
        Assert.NotNull(seen.Document.QuerySelector(".bandeau a"));
        Assert.Equal(await ContentsSeenAsync(group, who, member), Contents(seen));
        Assert.DoesNotContain("Réglages", seen.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(who == "membre", seen.Text.Contains("Bonjour à tous.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("visiteur")]
    [InlineData("sans-compte")]
    public async Task SeenAs_OutsiderOfAHiddenGroup_Nothing(string who)
    {
        var owner = await stage.Scene.MemberAsync("Ange Essai");
        var group = await stage.Scene.GroupAsync("Masqué", owner, GroupVisibility.Hidden);
        await stage.Scene.TopicAsync(group, owner, "Fil confidentiel");

        var seen = await (await stage.AsAsync(owner)).OpenAsync($"/groupes/{group.Slug}?voir-comme={who}");

        Assert.Contains("pour eux, cette adresse n’existe pas", seen.Text, StringComparison.Ordinal);
        Assert.All(["Fil confidentiel", group.Purpose], hidden => Assert.DoesNotContain(hidden, seen.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SeenAs_AskedForByAMember_OwnViewOnly()
    {
        var (group, _, member) = await GroupAsync();

        var seen = await (await stage.AsAsync(member)).OpenAsync($"/groupes/{group.Slug}?voir-comme=visiteur");

        Assert.Null(seen.Document.QuerySelector(".bandeau"));
        Assert.Contains("Courriels de ce groupe", seen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_HomePage_AskedToSignInAndPublicFeedReadable()
    {
        var (group, _, member) = await GroupAsync();
        await ContentAsync(group, member);
        var nobody = new Visitor(stage.Instance.Browser());

        var page = await nobody.OpenAsync($"/groupes/{group.Slug}");
        var feed = await nobody.OpenAsync($"/groupes/{group.Slug}/flux.atom");

        Assert.StartsWith("/connexion?retour=", page.Address, StringComparison.Ordinal);
        Assert.Contains("Fil public", feed.Body, StringComparison.Ordinal);
        Assert.All(["Fil de la plateforme", "Fil du groupe"], hidden => Assert.DoesNotContain(hidden, feed.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Archived_EveryGesture_RefusedWithASentenceAndStillRead()
    {
        var (group, owner, member) = await GroupAsync();
        await ContentAsync(group, member);
        var animator = await stage.AsAsync(owner);
        var settings = await animator.OpenAsync($"/groupes/{group.Slug}/reglages");
        var archived = await animator.SendAsync(settings, "form[action$='/archivage']");
        var other = await stage.Scene.MemberAsync("Passant Essai");

        Assert.Contains("Le groupe est archivé.", archived.Text, StringComparison.Ordinal);
        Assert.Contains("Fil du groupe", (await (await stage.AsAsync(member)).OpenAsync($"/groupes/{group.Slug}")).Text, StringComparison.Ordinal);
        var place = $"/groupes/{group.Slug}";
        VisitedPage[] refused =
        [
            await animator.SendAsync(settings, "form:has([name='Form.Name'])", ("Form.Name", "Autre nom")),
            await animator.PostAsync(place + "/invitations/membre", ("inviter", other.Handle)),
            await animator.PostAsync(place + "/invitations/membre", ("ajouter", other.Handle)),
            await animator.PostAsync(place + "/invitations", ("_handler", "adresses"), ("Addresses", "un@essai.invalid")),
            await animator.PostAsync(place + "/demandes", ("accepter", $"{other.Id}")),
            await animator.PostAsync($"{place}/membres/{member.Id}/role", ("role", nameof(GroupRole.Reader))),
            await animator.PostAsync($"{place}/membres/{member.Id}/retrait"),
            await (await stage.AsAsync(other)).PostAsync(place + "/adhesion"),
            await (await stage.AsAsync(member)).OpenAsync(place + "/forum/nouveau"),
        ];
        Assert.All(refused, r =>
        {
            Assert.Equal(HttpStatusCode.Forbidden, r.Status);
            Assert.Contains("archivé", r.Text, StringComparison.Ordinal);
        });

        var reopened = await animator.PostAsync(place + "/archivage", ("archiver", "false"));
        Assert.Contains("Le groupe est rouvert.", reopened.Text, StringComparison.Ordinal);
    }

    private async Task<(Group Group, Member Owner, Member Member)> GroupAsync()
    {
        var (owner, member) = (await stage.Scene.MemberAsync("Ange Essai"), await stage.Scene.MemberAsync("Max Essai"));
        return (await stage.Scene.GroupAsync("Accueil", owner, members: member), owner, member);
    }

    private async Task ContentAsync(Group group, Member author)
    {
        await stage.Scene.TopicAsync(group, author, "Fil public", audience: Audience.Public);
        await stage.Scene.TopicAsync(group, author, "Fil de la plateforme", audience: Audience.Platform);
        await stage.Scene.TopicAsync(group, author, "Fil du groupe", audience: Audience.Group);
    }

    private async Task SetAsync(Group group, Action<Group> change)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        change(await db.Groups.SingleAsync(g => g.Id == group.Id));
        await db.SaveChangesAsync();
    }

    // What that person really reads: on the page, or for somebody without an account in the feed.
    private async Task<IEnumerable<string>> ContentsSeenAsync(Group group, string who, Member member) => who switch
    {
        "membre" => Contents(await (await stage.AsAsync(member)).OpenAsync($"/groupes/{group.Slug}")),
        "visiteur" => Contents(await (await stage.AsAsync(await stage.Scene.MemberAsync("Passant Essai"))).OpenAsync($"/groupes/{group.Slug}")),
        _ => ["Fil public"],
    };

    private static IEnumerable<string> Contents(VisitedPage page) => page.Document.QuerySelectorAll("main .liste h3").Select(h => h.TextContent.Trim()).ToList();
}
