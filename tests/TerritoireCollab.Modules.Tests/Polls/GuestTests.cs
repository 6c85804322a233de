using System.Net;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Polls.Voting;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Polls;

/// <summary>People without an account vote by a personal link, and see of the poll what they need to vote.</summary>
public sealed class GuestTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Guest_InvitedByAddress_VotesOnceAndSeesNoNameReasonOrComment()
    {
        var (group, author, voter) = await GroupAsync();
        var id = await Scene.PollAsync(group, author, "Avec des invités", options: ["Le pont", "Le bac"], body: "Ce qu’il faut savoir.", with: d => d with { Secrecy = Secrecy.Named, Showing = Showing.AfterVote });
        await Scene.VoteAsync(id, voter, 1, "Raison de membre.");
        await Scene.AnswerAsync(id, voter, "Un commentaire.");
        var guest = stage.Instance.Stranger();

        var asked = await guest.OpenAsync(await InviteAsync(author, id, "dehors@exterieur.invalid"));
        var voted = await guest.SendAsync(asked, "form:has([name='Choix'])", ("Choix", "2"), ("Reason", "Raison d’invité."));
        var again = await guest.SendAsync(voted, "form:has([name='Choix'])", ("Choix", "1"));
        var page = await (await stage.Instance.VisitorAsync(author)).OpenAsync($"/c/{id}");

        Assert.Contains("Ce qu’il faut savoir.", asked.Text, StringComparison.Ordinal);
        Assert.Contains("sans votre nom ni votre adresse", asked.Text, StringComparison.Ordinal);
        Assert.Null(asked.Document.QuerySelector(".resultats"));
        Assert.Contains("Votre vote est enregistré.", voted.Text, StringComparison.Ordinal);
        Assert.Contains("Le pont", again.Document.QuerySelector(".resultats")!.TextContent, StringComparison.Ordinal);
        foreach (var seen in (VisitedPage[])[asked, voted, again])
            foreach (var secret in (string[])[voter.Name, "Raison de membre.", "Un commentaire."]) Assert.DoesNotContain(secret, seen.Text, StringComparison.Ordinal);
        Assert.Contains("1 vote sur 2 membres", InboxStage.Plain(page.Text), StringComparison.Ordinal);
        Assert.DoesNotContain("dehors@exterieur.invalid", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guest_OnceClosed_VotesNoMore()
    {
        var (group, author, _) = await GroupAsync();
        var id = await Scene.PollAsync(group, author, "Bientôt clos");
        var guest = stage.Instance.Stranger();
        var asked = await guest.OpenAsync(await InviteAsync(author, id, "tard@exterieur.invalid"));

        var leader = await stage.Instance.VisitorAsync(author);
        var closed = await leader.SendAsync(await leader.OpenAsync($"/groupes/{group.Slug}/sondages/{id}/clore"), "main form");
        var late = await guest.SendAsync(asked, "form:has([name='Choix'])", ("Choix", "1"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (closed.Status, late.Status));
    }

    [Fact]
    public async Task Guest_OfAHiddenGroup_IsNotInvited()
    {
        var author = await Scene.MemberAsync("Anne Essai");
        var group = await Scene.GroupAsync("Groupe masqué", author, GroupVisibility.Hidden);
        var id = await Scene.PollAsync(group, author, "Entre nous");
        var visitor = await stage.Instance.VisitorAsync(author);

        Assert.Null((await visitor.OpenAsync($"/c/{id}")).Document.QuerySelector("a[href$='/invites']"));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync($"/contenus/{id}/invites")).Status);
    }

    private async Task<string> InviteAsync(Member author, string id, string address) => await stage.InviteAsync(await stage.Instance.VisitorAsync(author), id, address);

    private async Task<(Group Group, Member Author, Member Voter)> GroupAsync()
    {
        var (author, voter) = (await Scene.MemberAsync("Anne Essai"), await Scene.MemberAsync("Votante Essai"));
        return (await Scene.GroupAsync("Groupe qui invite", author, members: voter), author, voter);
    }
}
