using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Drafts;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Groups;

/// <summary>Roles, and that a group always has one owner.</summary>
public sealed class RoleTests(Stage stage) : IClassFixture<Stage>
{
    [Theory]
    [InlineData(GroupRole.Reader, "Lecteur")]
    [InlineData(GroupRole.Animator, "Animateur")]
    public async Task Animator_ChangesARole_ShownInTheList(GroupRole role, string word)
    {
        var (group, _, animator, member) = await GroupAsync();
        var visitor = await stage.AsAsync(animator);

        var page = await visitor.OpenAsync($"/groupes/{group.Slug}/membres/{member.Handle}");
        var list = await visitor.SendAsync(page, "form[action$='/role']", ("role", role.ToString()));

        Assert.Contains("Le rôle est enregistré", list.Text, StringComparison.Ordinal);
        Assert.Equal(word, Row(list, member)!.QuerySelector(".etiquette")?.TextContent);
    }

    [Fact]
    public async Task Animator_ChoosesSeveral_AllButOwnerAndHimselfGetTheRole()
    {
        var (group, owner, animator, member) = await GroupAsync();
        var other = await stage.Scene.MemberAsync("Nour Essai");
        await stage.Scene.JoinAsync(group, other);
        var visitor = await stage.AsAsync(animator);

        var list = await visitor.OpenAsync($"/groupes/{group.Slug}/membres");
        var boxes = list.Document.QuerySelectorAll("input[form=lot][name=membre]").Select(b => b.GetAttribute("value")).ToList();
        var done = await visitor.PostAsync($"/groupes/{group.Slug}/membres/lot", ("membre", $"{member.Id}"), ("membre", $"{other.Id}"), ("membre", $"{owner.Id}"), ("membre", $"{animator.Id}"), ("role", nameof(GroupRole.Reader)));
        var nobody = await visitor.PostAsync($"/groupes/{group.Slug}/membres/lot", ("role", nameof(GroupRole.Reader)));
        var owning = await visitor.PostAsync($"/groupes/{group.Slug}/membres/lot", ("membre", $"{member.Id}"), ("role", nameof(GroupRole.Owner)));

        Assert.Equal(new[] { $"{member.Id}", $"{other.Id}" }.Order(StringComparer.Ordinal), boxes.Order(StringComparer.Ordinal));
        Assert.Contains("C’est fait pour 2 personnes.", done.Text, StringComparison.Ordinal);
        Assert.Contains("cochez d’abord des membres", nobody.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, owning.Status);
        Assert.Equal([GroupRole.Reader, GroupRole.Reader, GroupRole.Owner, GroupRole.Animator],
            [(await StandingAsync(group, member)).Item2, (await StandingAsync(group, other)).Item2, (await StandingAsync(group, owner)).Item2, (await StandingAsync(group, animator)).Item2]);
    }

    [Fact]
    public async Task Animator_RemovesSeveral_NoneReadsAndNoneComesBackAlone()
    {
        var (group, owner, animator, member) = await GroupAsync();
        var (asAnimator, asMember) = (await stage.AsAsync(animator), await stage.AsAsync(member));

        var done = await asAnimator.SendAsync(await asAnimator.OpenAsync($"/groupes/{group.Slug}/membres"), "#lot button[name=retirer]", ("membre", $"{member.Id}"));
        var byMember = await asMember.PostAsync($"/groupes/{group.Slug}/membres/lot", ("membre", $"{owner.Id}"), ("retirer", "oui"));

        Assert.Contains("C’est fait pour une personne.", done.Text, StringComparison.Ordinal);
        Assert.False(await Stage.IsInAsync(asMember, group));
        Assert.Equal(MembershipState.Removed, (await stage.MembershipAsync(group, member))!.State);
        Assert.Equal(HttpStatusCode.Forbidden, byMember.Status);
        Assert.Equal([owner.Id], await OwnersAsync(group));
    }

    [Fact]
    public async Task Reader_WritesNothing_ReadsAll()
    {
        var (group, owner, _, member) = await GroupAsync();
        var topic = await stage.Scene.TopicAsync(group, owner, "Un fil");
        await stage.Scene.JoinAsync(group, member, GroupRole.Reader);
        var visitor = await stage.AsAsync(member);

        var thread = await visitor.OpenAsync($"/c/{topic}");
        var home = await visitor.OpenAsync($"/groupes/{group.Slug}");

        Assert.Contains("Un fil", thread.Text, StringComparison.Ordinal);
        Assert.Null(thread.Document.QuerySelector("#repondre"));
        Assert.Null(home.Document.QuerySelector("main a[href$='/nouveau']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync($"/groupes/{group.Slug}/forum/nouveau")).Status);
    }

    [Theory]
    [InlineData("retrait")]
    [InlineData("role")]
    public async Task Animator_ActsOnTheOwner_Forbidden(string gesture)
    {
        var (group, owner, animator, _) = await GroupAsync();
        var visitor = await stage.AsAsync(animator);

        var answer = await visitor.PostAsync($"/groupes/{group.Slug}/membres/{owner.Id}/{gesture}", ("role", nameof(GroupRole.Reader)));
        var page = await visitor.OpenAsync($"/groupes/{group.Slug}/membres/{owner.Handle}");

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("Le groupe a toujours un propriétaire", answer.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("main form"));
        Assert.Equal(GroupRole.Owner, (await stage.MembershipAsync(group, owner))!.Role);
    }

    [Fact]
    public async Task Animator_MakesOrTakesAnOwner_Forbidden()
    {
        var (group, owner, animator, member) = await GroupAsync();
        var visitor = await stage.AsAsync(animator);

        var byRole = await visitor.PostAsync($"/groupes/{group.Slug}/membres/{member.Id}/role", ("role", nameof(GroupRole.Owner)));
        var byTransfer = await visitor.PostAsync($"/groupes/{group.Slug}/membres/{animator.Id}/cession");
        var archived = await visitor.PostAsync($"/groupes/{group.Slug}/archivage", ("archiver", "true"));

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden], [byRole.Status, byTransfer.Status, archived.Status]);
        Assert.Equal([owner.Id], await OwnersAsync(group));
    }

    [Theory]
    [InlineData("retrait")]
    [InlineData("role")]
    [InlineData("cession")]
    public async Task Member_ManagesOthers_Forbidden(string gesture)
    {
        var (group, _, animator, member) = await GroupAsync();

        var answer = await (await stage.AsAsync(member)).PostAsync($"/groupes/{group.Slug}/membres/{animator.Id}/{gesture}", ("role", nameof(GroupRole.Reader)));

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal((MembershipState.Active, GroupRole.Animator), await StandingAsync(group, animator));
    }

    [Fact]
    public async Task Owner_HandsOver_StaysAnimatorAndTheOtherIsTold()
    {
        var (group, owner, _, member) = await GroupAsync();
        var visitor = await stage.AsAsync(owner);

        var after = await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/membres/{member.Handle}"), "form[action$='/cession']");

        Assert.Contains("Le groupe a un nouveau propriétaire", after.Text, StringComparison.Ordinal);
        Assert.Equal([member.Id], await OwnersAsync(group));
        Assert.Equal((MembershipState.Active, GroupRole.Animator), await StandingAsync(group, owner));
        Assert.Contains("Vous êtes propriétaire du groupe", (await stage.LettersAsync(member.Email))[^1].Text, StringComparison.Ordinal);
        Assert.Contains("Vous êtes propriétaire du groupe", (await (await stage.AsAsync(member)).OpenAsync("/moi/nouveautes")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owner_Leaves_RefusedWithASentence()
    {
        var (group, owner, _, _) = await GroupAsync();
        var visitor = await stage.AsAsync(owner);

        var home = await visitor.OpenAsync($"/groupes/{group.Slug}");
        var refused = await visitor.PostAsync($"/groupes/{group.Slug}/depart");

        Assert.Null(home.Document.QuerySelector("form[action$='/depart']"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("transmettez d’abord le groupe", refused.Text, StringComparison.Ordinal);
        Assert.Equal([owner.Id], await OwnersAsync(group));
    }

    [Fact]
    public async Task Owner_Suspended_OldestAnimatorTakesOver()
    {
        var (group, owner, animator, _) = await GroupAsync();
        stage.Later();
        await stage.Scene.JoinAsync(group, await stage.Scene.MemberAsync("Nina Essai"), GroupRole.Animator);
        var admin = await stage.Scene.MemberAsync("Ada Essai", admin: true);

        await (await stage.AsAsync(admin)).PostAsync($"/administration/membres/{owner.Id}", ("_handler", "suspension"));

        Assert.Equal([animator.Id], await OwnersAsync(group));
        Assert.Equal((MembershipState.Active, GroupRole.Animator), await StandingAsync(group, owner));
        Assert.Contains("Vous êtes propriétaire du groupe", (await stage.LettersAsync(animator.Email))[^1].Text, StringComparison.Ordinal);
        Assert.NotNull((await (await stage.AsAsync(animator)).OpenAsync($"/groupes/{group.Slug}/reglages")).Document.QuerySelector("form[action$='/archivage']"));
    }

    [Fact]
    public async Task Owner_SuspendedWithoutAnimator_OldestWritingMemberTakesOver()
    {
        var (owner, reader, member) = (await stage.Scene.MemberAsync("Olga Essai"), await stage.Scene.MemberAsync("Lou Essai"), await stage.Scene.MemberAsync("Max Essai"));
        var group = await stage.Scene.GroupAsync("Sans animateur", owner);
        await stage.Scene.JoinAsync(group, reader, GroupRole.Reader);
        stage.Later();
        await stage.Scene.JoinAsync(group, member);
        var admin = await stage.Scene.MemberAsync("Ada Essai", admin: true);

        await (await stage.AsAsync(admin)).PostAsync($"/administration/membres/{owner.Id}", ("_handler", "suspension"));

        Assert.Equal([member.Id], await OwnersAsync(group));
    }

    [Fact]
    public async Task Animator_LeavesWithTextsAndFollowing_NothingIsLeftOfIt()
    {
        var (group, owner, _, member) = await GroupAsync();
        var topic = await stage.Scene.TopicAsync(group, owner, "Un fil suivi");
        await WriteTracesAsync(group, topic, member);
        var visitor = await stage.AsAsync(member);
        Assert.Equal(1, await TracesAsync(member));

        var left = await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}"), "form[action$='/depart']");

        Assert.Contains("vous n’êtes plus dans ce groupe", left.Text, StringComparison.Ordinal);
        Assert.Equal(0, await TracesAsync(member));
        Assert.Equal((MembershipState.Left, GroupRole.Member), await StandingAsync(group, member));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/forum")]
    [InlineData("/membres")]
    [InlineData("/recherche")]
    [InlineData("/flux.atom")]
    [InlineData("/forum/nouveau")]
    public async Task Removed_FromAHiddenGroup_EveryAddressIsGone(string tail)
    {
        var (owner, member) = (await stage.Scene.MemberAsync("Olga Essai"), await stage.Scene.MemberAsync("Max Essai"));
        var group = await stage.Scene.GroupAsync("Secret", owner, GroupVisibility.Hidden, members: member);
        var topic = await stage.Scene.TopicAsync(group, owner, "Fil confidentiel");
        var visitor = await stage.AsAsync(member);
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync($"/groupes/{group.Slug}{tail}")).Status);

        await (await stage.AsAsync(owner)).PostAsync($"/groupes/{group.Slug}/membres/{member.Id}/retrait");

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync($"/groupes/{group.Slug}{tail}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync($"/c/{topic}")).Status);
        Assert.DoesNotContain("Secret", (await visitor.OpenAsync("/")).Text, StringComparison.Ordinal);
    }

    private async Task<(Group Group, Member Owner, Member Animator, Member Member)> GroupAsync()
    {
        var (owner, animator, member) = (await stage.Scene.MemberAsync("Olga Essai"), await stage.Scene.MemberAsync("Anna Essai"), await stage.Scene.MemberAsync("Max Essai"));
        var group = await stage.Scene.GroupAsync("Rôles", owner, members: member);
        await stage.Scene.JoinAsync(group, animator, GroupRole.Animator);
        return (group, owner, animator, member);
    }

    private async Task<(MembershipState, GroupRole)> StandingAsync(Group group, Member member) => await stage.MembershipAsync(group, member) is { } found ? (found.State, found.Role) : default;

    private async Task<List<Guid>> OwnersAsync(Group group)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Memberships.Where(m => m.GroupId == group.Id && m.State == MembershipState.Active && m.Role == GroupRole.Owner).Select(m => m.MemberId).ToListAsync();
    }

    private async Task WriteTracesAsync(Group group, string topic, Member member)
    {
        await using var db = stage.Instance.Open(Viewer.Member(member.Id));
        var item = await db.Items.SingleAsync(i => i.ShortId == topic);
        db.Subscriptions.Add(new Subscription { ItemId = item.Id, MemberId = member.Id, Following = Following.Followed });
        db.Drafts.Add(new Draft { MemberId = member.Id, Key = TerritoireCollab.Forum.Topics.TopicView.DraftKey(topic), Text = "Pas encore envoyé", SavedAt = stage.Instance.Clock.GetUtcNow().UtcDateTime });
        await db.SaveChangesAsync();
        await stage.Instance.SettleAsync();
    }

    // Following, notifications and unsent texts that only a member has; 1 stands for some of each.
    private async Task<int> TracesAsync(Member member)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        var counts = new[] { await db.Subscriptions.CountAsync(s => s.MemberId == member.Id), await db.Notifications.CountAsync(n => n.MemberId == member.Id), await db.Drafts.CountAsync(d => d.MemberId == member.Id) };
        return counts.All(c => c > 0) ? 1 : counts.Sum();
    }

    private static AngleSharp.Dom.IElement? Row(VisitedPage list, Member member) => list.Document.QuerySelector($"main .liste a[href$='annuaire/{member.Handle}']")?.Closest("li");
}
