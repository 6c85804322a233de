using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Groups;

/// <summary>Whoever an animator removed does not come back alone, whatever way is tried.</summary>
public sealed class RemovedMemberTests(Stage stage) : IClassFixture<Stage>
{
    [Fact]
    public async Task Removed_JoinsOpenGroup_IsAskedToAsk()
    {
        var (group, _, removed, visitor) = await RemovedAsync();

        var home = await visitor.OpenAsync(Home(group));
        var led = await visitor.PostAsync(Home(group) + "/adhesion");

        Assert.Contains("Un animateur vous a retiré de ce groupe", home.Text, StringComparison.Ordinal);
        Assert.Equal("Demander à revenir", home.Document.QuerySelector($"main a[href$='{group.Slug}/rejoindre']")?.TextContent.Trim());
        Assert.EndsWith("/rejoindre", led.Address, StringComparison.Ordinal);
        Assert.Contains("un animateur lira votre demande", led.Text, StringComparison.Ordinal);
        Assert.Equal(MembershipState.Removed, (await stage.MembershipAsync(group, removed))!.State);
    }

    [Fact]
    public async Task Removed_InTheDirectory_SeesNoButtonToJoin()
    {
        var (group, _, _, visitor) = await RemovedAsync();

        var directory = await visitor.OpenAsync("/groupes");

        Assert.Equal("Demander à revenir", directory.Document.QuerySelector($"a[href$='{group.Slug}/rejoindre']")?.TextContent.Trim());
        Assert.Null(directory.Document.QuerySelector($"button[formaction$='{group.Slug}/adhesion']"));
    }

    [Fact]
    public async Task Removed_TakesTheRequestBack_StaysRemoved()
    {
        var (group, _, removed, visitor) = await RemovedAsync();
        await AskAsync(visitor, group);

        var home = await visitor.OpenAsync(Home(group));
        await visitor.SendAsync(home, "form[action$='/depart']");
        await visitor.PostAsync(Home(group) + "/adhesion");

        Assert.Equal(MembershipState.Removed, (await stage.MembershipAsync(group, removed))!.State);
        Assert.False(await Stage.IsInAsync(visitor, group));
    }

    [Fact]
    public async Task Removed_RequestRefused_StaysRemoved()
    {
        var (group, animator, removed, visitor) = await RemovedAsync();
        await AskAsync(visitor, group);

        var members = await animator.OpenAsync(Home(group) + "/membres");
        Assert.Contains("avait été retirée du groupe", members.Text, StringComparison.Ordinal);
        await animator.SendAsync(members, $"button[name=refuser][value='{removed.Id}']");
        await visitor.PostAsync(Home(group) + "/adhesion");

        Assert.Equal(MembershipState.Removed, (await stage.MembershipAsync(group, removed))!.State);
        Assert.False(await Stage.IsInAsync(visitor, group));
    }

    [Fact]
    public async Task Removed_RequestAccepted_ComesBack()
    {
        var (group, animator, removed, visitor) = await RemovedAsync();
        await AskAsync(visitor, group);

        await animator.SendAsync(await animator.OpenAsync(Home(group) + "/membres"), $"button[name=accepter][value='{removed.Id}']");

        Assert.True(await Stage.IsInAsync(visitor, group));
    }

    [Fact]
    public async Task Removed_OpensTheOldLink_IsToldWhy()
    {
        var (group, animator, member, visitor) = await MemberAsync();
        var link = await LinkAsync(animator, group);
        await RemoveAsync(animator, group, member);

        var page = await visitor.OpenAsync(link);
        var forced = await visitor.PostAsync(link, ("_handler", "accepter"));

        Assert.Contains("cette invitation ne suffit pas pour revenir", page.Text, StringComparison.Ordinal);
        Assert.Contains("cette invitation ne suffit pas pour revenir", forced.Text, StringComparison.Ordinal);
        Assert.False(await Stage.IsInAsync(visitor, group));
    }

    [Fact]
    public async Task Removed_OpensANewLink_StaysRemoved()
    {
        var (group, animator, removed, visitor) = await RemovedAsync();

        await visitor.PostAsync(await LinkAsync(animator, group), ("_handler", "accepter"));

        Assert.Equal(MembershipState.Removed, (await stage.MembershipAsync(group, removed))!.State);
    }

    [Fact]
    public async Task Removed_HoldsAnInvitationSentBefore_StaysRemoved()
    {
        var (group, animator, member, visitor) = await MemberAsync();
        await InviteAsync(animator, group, member.Email!);
        var link = (await stage.LettersAsync(member.Email))[^1].LinkTo("/invitation/");
        await RemoveAsync(animator, group, member);

        var page = await visitor.OpenAsync(link);
        await visitor.PostAsync(Home(group) + "/adhesion");

        Assert.Contains("Cette invitation n’est plus valable", page.Text, StringComparison.Ordinal);
        Assert.False(await Stage.IsInAsync(visitor, group));
    }

    [Fact]
    public async Task Removed_TakesAnInvitedAddressAfterwards_StaysRemoved()
    {
        var (group, animator, member, visitor) = await MemberAsync();
        await InviteAsync(animator, group, "autre.adresse@essai.invalid");
        await RemoveAsync(animator, group, member);
        await stage.AddressAsync(member, "autre.adresse@essai.invalid");

        var page = await visitor.OpenAsync((await stage.LettersAsync("autre.adresse@essai.invalid"))[^1].LinkTo("/invitation/"));
        await visitor.PostAsync(Home(group) + "/adhesion");

        Assert.Contains("cette invitation ne suffit pas pour revenir", page.Text, StringComparison.Ordinal);
        Assert.False(await Stage.IsInAsync(visitor, group));
    }

    [Fact]
    public async Task Removed_InvitedAnew_ComesBackInOneClick()
    {
        var (group, animator, member, visitor) = await RemovedAsync();
        stage.Later();
        await InviteAsync(animator, group, member.Email!);

        var page = await visitor.OpenAsync((await stage.LettersAsync(member.Email))[^1].LinkTo("/invitation/"));
        var home = await visitor.SendAsync(page, "main form");

        Assert.Equal(Home(group) + "?fait=rejoint", home.Address);
        Assert.True(await Stage.IsInAsync(visitor, group));
    }

    [Fact]
    public async Task Removed_AddedByAnAnimator_ComesBack()
    {
        var (group, animator, member, visitor) = await RemovedAsync();

        await animator.PostAsync(Home(group) + "/invitations/membre", ("ajouter", member.Handle));

        Assert.True(await Stage.IsInAsync(visitor, group));
    }

    [Fact]
    public async Task Removed_UndoesAnOlderDeparture_StaysRemoved()
    {
        var (group, animator, member, visitor) = await MemberAsync();
        await animator.PostAsync($"{Home(group)}/membres/{member.Id}/retrait");
        await animator.PostAsync(Home(group) + "/invitations/membre", ("ajouter", member.Handle));
        var leaving = (await stage.LettersAsync(member.Email))[^1].LinksTo("/desabonnement/")[0];
        var left = await visitor.SendAsync(await visitor.OpenAsync(leaving), "main button[value=faire]");
        await animator.PostAsync(Home(group) + "/invitations/membre", ("ajouter", member.Handle));
        await RemoveAsync(animator, group, member);

        // Asking and taking back is the way to make it look like a departure.
        await AskAsync(visitor, group);
        await visitor.PostAsync(Home(group) + "/depart");
        var undone = await visitor.SendAsync(left, "button[value=annuler]");

        Assert.NotNull(undone);
        Assert.Equal(MembershipState.Removed, (await stage.MembershipAsync(group, member))!.State);
        Assert.False(await Stage.IsInAsync(visitor, group));
    }

    [Fact]
    public async Task Left_UndoesByTheMail_ComesBack()
    {
        var (group, animator, member, visitor) = await MemberAsync();
        await visitor.PostAsync(Home(group) + "/depart");
        await animator.PostAsync(Home(group) + "/invitations/membre", ("ajouter", member.Handle));
        var leaving = (await stage.LettersAsync(member.Email))[^1].LinksTo("/desabonnement/")[0];
        var left = await visitor.SendAsync(await visitor.OpenAsync(leaving), "main button[value=faire]");
        Assert.False(await Stage.IsInAsync(visitor, group));

        await visitor.SendAsync(left, "button[value=annuler]");

        Assert.True(await Stage.IsInAsync(visitor, group));
    }

    private static string Home(Group group) => $"/groupes/{group.Slug}";

    private async Task<(Group Group, Visitor Animator, Member Member, Visitor Visitor)> MemberAsync()
    {
        var (owner, member) = (await stage.Scene.MemberAsync("Ange Essai"), await stage.Scene.MemberAsync("Malo Essai"));
        var group = await stage.Scene.GroupAsync("Ouvert", owner, joining: GroupJoining.Free, members: member);
        return (group, await stage.AsAsync(owner), member, await stage.AsAsync(member));
    }

    private async Task<(Group Group, Visitor Animator, Member Member, Visitor Visitor)> RemovedAsync()
    {
        var people = await MemberAsync();
        await RemoveAsync(people.Animator, people.Group, people.Member);
        return people;
    }

    private async Task RemoveAsync(Visitor animator, Group group, Member member)
    {
        stage.Later();
        var page = await animator.OpenAsync($"{Home(group)}/membres/{member.Handle}");
        var after = await animator.SendAsync(page, "form[action$='/retrait']");
        Assert.Contains("La personne n’est plus dans le groupe", after.Text, StringComparison.Ordinal);
    }

    private static async Task AskAsync(Visitor visitor, Group group)
    {
        var page = await visitor.OpenAsync(Home(group) + "/rejoindre");
        var sent = await visitor.SendAsync(page, "main form", ("Answer", "Je promets de rester courtois."));
        Assert.Contains("Votre demande est envoyée", sent.Text, StringComparison.Ordinal);
    }

    private static async Task<string> LinkAsync(Visitor animator, Group group)
    {
        var made = await animator.SendAsync(await animator.OpenAsync(Home(group) + "/invitations"), "form:has([name=Days])");
        return new Uri(made.Document.QuerySelector("main code")!.TextContent).PathAndQuery;
    }

    private static async Task InviteAsync(Visitor animator, Group group, string address)
    {
        var sent = await animator.SendAsync(await animator.OpenAsync(Home(group) + "/invitations"), "form:has([name=Addresses]) button:not([name])", ("Addresses", address));
        Assert.Contains("L’invitation est envoyée", sent.Text, StringComparison.Ordinal);
    }
}
