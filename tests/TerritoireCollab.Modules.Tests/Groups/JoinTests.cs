using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Groups;

/// <summary>Entering a group: freely, on request, after its charter.</summary>
public sealed class JoinTests(Stage stage) : IClassFixture<Stage>
{
    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    [Fact]
    public async Task OpenGroup_OneClick_MemberAtOnce()
    {
        var (group, _) = await GroupAsync(GroupJoining.Free);
        var (member, visitor) = await PersonAsync();

        var home = await visitor.OpenAsync($"/groupes/{group.Slug}");
        var joined = await visitor.SendAsync(home, "form[action$='/adhesion']");

        Assert.Contains("Vous entrez tout de suite", home.Text, StringComparison.Ordinal);
        Assert.Contains("Vous êtes membre du groupe", joined.Text, StringComparison.Ordinal);
        Assert.Equal((MembershipState.Active, GroupRole.Member, MembershipOrigin.Joined), Brief((await stage.MembershipAsync(group, member))!));
    }

    [Fact]
    public async Task GroupOnRequest_QuestionAnsweredAndAccepted_TellsBothByMail()
    {
        var (group, owner) = await GroupAsync(GroupJoining.OnRequest, question: "Quel est votre projet ?");
        var (member, visitor) = await PersonAsync();

        var page = await visitor.OpenAsync($"/groupes/{group.Slug}/rejoindre");
        var refused = await visitor.SendAsync(page, "main form", ("Answer", "  "));
        var sent = await visitor.SendAsync(refused, "main form", ("Answer", "Une maison de santé à Nyons."));
        var toAnimator = (await stage.LettersAsync(owner.Email))[^1];
        var animator = await stage.AsAsync(owner);
        var list = await animator.OpenAsync($"/groupes/{group.Slug}/membres");
        var accepted = await animator.SendAsync(list, $"button[name=accepter][value='{member.Id}']", ("mot", "Bienvenue, on vous attendait."));
        var toMember = (await stage.LettersAsync(member.Email))[^1];

        Assert.Contains("Quel est votre projet", page.Text, StringComparison.Ordinal);
        Assert.True(refused.Refuses("Answer"));
        Assert.Contains("Votre demande est envoyée", sent.Text, StringComparison.Ordinal);
        Assert.Contains("Une maison de santé à Nyons.", toAnimator.Text, StringComparison.Ordinal);
        Assert.Contains("Une maison de santé à Nyons.", list.Text, StringComparison.Ordinal);
        Assert.Contains("La personne est membre du groupe", accepted.Text, StringComparison.Ordinal);
        Assert.Contains("a accepté votre demande", toMember.Text, StringComparison.Ordinal);
        Assert.Contains("Bienvenue, on vous attendait.", toMember.Text, StringComparison.Ordinal);
        Assert.Equal((MembershipState.Active, GroupRole.Member, MembershipOrigin.Accepted), Brief((await stage.MembershipAsync(group, member))!));
    }

    [Fact]
    public async Task Request_RefusedWithAWord_PersonIsToldAndStaysOut()
    {
        var (group, owner) = await GroupAsync(GroupJoining.OnRequest);
        var (member, visitor) = await PersonAsync();
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/rejoindre"), "main form", ("Answer", "Bonjour"));

        var animator = await stage.AsAsync(owner);
        await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/membres"), $"button[name=refuser][value='{member.Id}']", ("mot", "Le groupe est réservé aux élus."));
        var letter = (await stage.LettersAsync(member.Email))[^1];

        Assert.Contains("Le groupe est réservé aux élus.", letter.Text, StringComparison.Ordinal);
        Assert.Equal(MembershipState.Refused, (await stage.MembershipAsync(group, member))!.State);
        Assert.False(await Stage.IsInAsync(visitor, group));
        Assert.DoesNotContain("demande d’adhésion", (await animator.OpenAsync($"/groupes/{group.Slug}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_AskedAndTakenBackAgainAndAgain_OneMailADay()
    {
        var (group, owner) = await GroupAsync(GroupJoining.OnRequest);
        var (_, visitor) = await PersonAsync();

        for (var i = 0; i < 5; i++)
        {
            await visitor.PostAsync($"/groupes/{group.Slug}/adhesion");
            var home = await visitor.OpenAsync($"/groupes/{group.Slug}");
            Assert.Contains("Demande envoyée", home.Text, StringComparison.Ordinal);
            await stage.Instance.SettleAsync();
            await visitor.SendAsync(home, "form[action$='/depart']");
        }

        Assert.Single(await stage.LettersAsync(owner.Email), l => l.Text.Contains(group.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task GroupByInvitation_ClickedAllTheSame_RefusedWithASentence()
    {
        var (group, _) = await GroupAsync(GroupJoining.ByInvitation);
        var (member, visitor) = await PersonAsync();

        var home = await visitor.OpenAsync($"/groupes/{group.Slug}");
        var answer = await visitor.PostAsync($"/groupes/{group.Slug}/adhesion");

        Assert.Contains("Un animateur doit vous inviter", home.Text, StringComparison.Ordinal);
        Assert.Null(home.Document.QuerySelector("form[action$='/adhesion'], a[href$='/rejoindre']"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("On entre dans ce groupe sur invitation", answer.Text, StringComparison.Ordinal);
        Assert.Null(await stage.MembershipAsync(group, member));
    }

    [Fact]
    public async Task Charter_NotAccepted_SentenceAtTheBoxAndWordsKept()
    {
        var (group, _) = await GroupAsync(GroupJoining.OnRequest, charter: "On se **tutoie**.");
        var (member, visitor) = await PersonAsync();

        var page = await visitor.OpenAsync($"/groupes/{group.Slug}/rejoindre");
        var refused = await visitor.SendAsync(page, "main form", ("Answer", "Je viens de Die."));
        var sent = await visitor.SendAsync(refused, "main form", ("Charter", "true"));

        Assert.Equal("tutoie", page.Document.QuerySelector("main .prose strong")?.TextContent);
        Assert.Contains("Acceptez la charte", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Je viens de Die.", refused.ValueOf("Answer")?.Trim());
        Assert.Contains("Votre demande est envoyée", sent.Text, StringComparison.Ordinal);
        Assert.Equal(1, (await stage.MembershipAsync(group, member))!.CharterAccepted);
    }

    [Fact]
    public async Task Charter_Changed_AskedAgainAndNeverAcceptedUnread()
    {
        var (group, owner) = await GroupAsync(GroupJoining.Free, charter: "Première.");
        var (member, visitor) = await PersonAsync();
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/rejoindre"), "main form", ("Charter", "true"));
        var animator = await stage.AsAsync(owner);

        await CharterAsync(animator, group, "Deuxième.");
        var old = await visitor.OpenAsync($"/groupes/{group.Slug}");
        await CharterAsync(animator, group, "Troisième.");
        var unread = await visitor.SendAsync(old, "form[action$='/charte']");
        var read = await visitor.SendAsync(unread, "form[action$='/charte']");

        Assert.Contains("La charte du groupe a changé", old.Text, StringComparison.Ordinal);
        Assert.Contains("La charte vient de changer", unread.Text, StringComparison.Ordinal);
        Assert.Contains("Troisième.", unread.Text, StringComparison.Ordinal);
        Assert.Contains("Vous avez accepté la charte", read.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("La charte du groupe a changé", read.Text, StringComparison.Ordinal);
        Assert.Equal(3, (await stage.MembershipAsync(group, member))!.CharterAccepted);
    }

    [Fact]
    public async Task Charter_ChangedWhileItIsRead_NotAcceptedUnread()
    {
        var (group, owner) = await GroupAsync(GroupJoining.Free, charter: "Première.");
        var (member, visitor) = await PersonAsync();
        var read = await visitor.OpenAsync($"/groupes/{group.Slug}/rejoindre");
        await CharterAsync(await stage.AsAsync(owner), group, "Deuxième.");

        var again = await visitor.SendAsync(read, "main form", ("Charter", "true"));
        var joined = await visitor.SendAsync(again, "main form", ("Charter", "true"));

        Assert.True(again.Refuses("Charter"));
        Assert.Contains("La charte vient de changer", again.Text, StringComparison.Ordinal);
        Assert.Contains("Deuxième.", again.Text, StringComparison.Ordinal);
        Assert.Null(again.Document.QuerySelector("[name=Charter][checked]"));
        Assert.Contains("Vous êtes membre du groupe", joined.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await stage.MembershipAsync(group, member))!.CharterAccepted);
    }

    [Fact]
    public async Task Charter_TakenAwayAndWrittenAnew_AskedAgain()
    {
        var (group, owner) = await GroupAsync(GroupJoining.Free, charter: "Ancienne.");
        var (_, visitor) = await PersonAsync();
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/rejoindre"), "main form", ("Charter", "true"));
        var animator = await stage.AsAsync(owner);

        await CharterAsync(animator, group, "");
        var without = await visitor.OpenAsync($"/groupes/{group.Slug}");
        await CharterAsync(animator, group, "Nouvelle.");
        var with = await visitor.OpenAsync($"/groupes/{group.Slug}");

        Assert.DoesNotContain("charte", without.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("La charte du groupe a changé", with.Text, StringComparison.Ordinal);
        Assert.Contains("Nouvelle.", with.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_Joins_ComesBackToTheGroupAfterSigningIn()
    {
        var (group, _) = await GroupAsync(GroupJoining.Free);
        var nobody = new Visitor(stage.Instance.Browser());

        var page = await nobody.PostAsync($"/groupes/{group.Slug}/adhesion");

        Assert.Equal($"/connexion?retour=%2Fgroupes%2F{group.Slug}", page.Address);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Member_JoinsThirtyTimesAtOnce_OneRowAndARightCount(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var scene = new Scene(instance);
        var (owner, member, again) = (await scene.MemberAsync("Ange Essai"), await scene.MemberAsync("Malo Essai"), await scene.MemberAsync("Tao Essai"));
        var group = await scene.GroupAsync("Ouvert", owner, joining: GroupJoining.Free);
        await scene.JoinAsync(group, again, state: MembershipState.Left);

        foreach (var person in new[] { member, again })
        {
            var visitor = new Visitor(await instance.SignedInAsync(person.Id));
            await visitor.PostAsync("/groupes/nulle-part/depart");
            var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => visitor.PostAsync($"/groupes/{group.Slug}/adhesion")));
            Assert.All(answers, a => Assert.Equal((HttpStatusCode.OK, $"/groupes/{group.Slug}?fait=rejoint"), (a.Status, a.Address)));
        }

        Assert.Equal(3, await CountIsRightAsync(instance, group));
    }

    private static (MembershipState, GroupRole, MembershipOrigin) Brief(Membership membership) => (membership.State, membership.Role, membership.Origin);

    private async Task<(Group Group, Member Owner)> GroupAsync(GroupJoining joining, string? question = null, string? charter = null)
    {
        var owner = await stage.Scene.MemberAsync("Ange Essai");
        var group = await stage.Scene.GroupAsync($"Entrée {Guid.NewGuid():N}"[..20], owner, joining: joining);
        if (question is null && charter is null) return (group, owner);

        await using var db = stage.Instance.Open(Viewer.System);
        await db.Groups.Where(g => g.Id == group.Id).ExecuteUpdateAsync(set => set
            .SetProperty(g => g.JoinQuestion, question).SetProperty(g => g.Charter, charter).SetProperty(g => g.CharterVersion, charter == null ? 0 : 1));
        return (group, owner);
    }

    private async Task<(Member Member, Visitor Visitor)> PersonAsync()
    {
        var member = await stage.Scene.MemberAsync("Malo Essai");
        return (member, await stage.AsAsync(member));
    }

    private static async Task CharterAsync(Visitor animator, Group group, string charter)
    {
        var saved = await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/reglages"), "form:has([name='Form.Charter'])", ("Form.Charter", charter));
        Assert.Contains("Les réglages sont enregistrés", saved.Text, StringComparison.Ordinal);
    }

    private static async Task<int> CountIsRightAsync(Instance instance, Group group)
    {
        await using var db = instance.Open(Viewer.System);
        var rows = await db.Memberships.Where(m => m.GroupId == group.Id && m.State == MembershipState.Active).Select(m => m.MemberId).ToListAsync();
        Assert.Distinct(rows);
        Assert.Equal(rows.Count, await db.Groups.Where(g => g.Id == group.Id).Select(g => g.MemberCount).SingleAsync());
        return rows.Count;
    }
}
