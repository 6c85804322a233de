using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Groups;

/// <summary>M5 and M18 for whoever is invited: saying no to one invitation, and to all of them, without an account.</summary>
public sealed class InvitationRefusalTests(Stage stage) : IClassFixture<Stage>
{
    private const string Refuse = "Refuser cette invitation";
    private static int _count;

    [Fact]
    public async Task M5Refused_FromTheMail_NotRemindedAndShownToTheAnimator()
    {
        var (group, animator) = await GroupAsync();
        var letter = await InviteAsync(animator, group, NewAddress());
        var (accept, refuse) = (letter.LinksTo("/invitation/").Single(l => !l.EndsWith("/refus", StringComparison.Ordinal)), letter.LinksTo("/invitation/").Single(l => l.EndsWith("/refus", StringComparison.Ordinal)));
        var stranger = stage.Instance.Stranger();
        for (var i = 0; i < 3; i++) Assert.Contains(Refuse, (await stranger.OpenAsync(refuse)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("n’est plus valable", (await stranger.OpenAsync(accept)).Text, StringComparison.Ordinal);

        var done = await stranger.SendAsync(await stranger.OpenAsync(refuse), "main form");

        Assert.Contains("L’invitation est refusée", done.Text, StringComparison.Ordinal);
        Assert.Contains("n’est plus valable", (await stranger.OpenAsync(accept)).Text, StringComparison.Ordinal);
        Assert.Contains("n’est plus valable", (await stranger.OpenAsync(refuse)).Text, StringComparison.Ordinal);
        Assert.Contains("Refusée", (await animator.OpenAsync($"/groupes/{group.Slug}/invitations")).Document.QuerySelector("main li h3")!.TextContent, StringComparison.Ordinal);
        await RemindAsync();
        Assert.Single(await stage.LettersAsync(letter.To));
    }

    [Fact]
    public async Task Refused_ByASharedLinkOrAMadeUpOne_NothingToRefuse()
    {
        var (group, animator) = await GroupAsync();
        var owner = await stage.Scene.MemberAsync("Ange Essai");
        var shared = await stage.Instance.InvitationAsync(group, owner, null);
        var stranger = stage.Instance.Stranger();

        foreach (var token in (string[])[shared, new string('a', 32)])
        {
            var page = await stranger.OpenAsync($"/invitation/{token}/refus");
            Assert.Contains("n’est plus valable", page.Text, StringComparison.Ordinal);
            await stranger.SendAsync(page, "main form");
        }

        Assert.DoesNotContain("n’est plus valable", (await stranger.OpenAsync($"/invitation/{shared}")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await animator.OpenAsync($"/groupes/{group.Slug}/invitations")).Status);
    }

    [Fact]
    public async Task M18Stopped_InOneClick_NoGroupInvitesThatAddressAndWhatIsQueuedIsDropped()
    {
        var (group, animator) = await GroupAsync();
        var (other, hers) = await GroupAsync();
        var address = NewAddress();
        var letter = await InviteAsync(animator, group, address);
        var stop = letter.LinkTo("/invitations/arret/");
        var raw = stage.Instance.Mails().Last(m => m.Contains(address, StringComparison.Ordinal));
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", raw, StringComparison.Ordinal);
        Assert.Contains(stop, ReceivedMail.Parse(raw).Field("List-Unsubscribe"), StringComparison.Ordinal);
        var stranger = stage.Instance.Stranger();
        for (var i = 0; i < 10; i++) Assert.Contains("Ne plus recevoir d’invitation", (await stranger.OpenAsync(stop)).Text, StringComparison.Ordinal);
        // Decided, and not left yet.
        await hers.SendAsync(await hers.OpenAsync($"/groupes/{other.Slug}/invitations"), "form:has([name=Addresses]) button:not([name])", ("Addresses", address));

        using var program = stage.Instance.Browser();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await program.PostAsync(stop, new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]));
            Assert.Equal((HttpStatusCode.OK, false), (answer.StatusCode, answer.Headers.Contains("Set-Cookie")));
        }

        Assert.Single(await stage.LettersAsync(address));
        Assert.Equal([MailState.Sent, MailState.Dropped], (await stage.Instance.LettersAsync(address)).Select(m => m.State));
        var (third, theirs) = await GroupAsync();
        var report = await theirs.SendAsync(await theirs.OpenAsync($"/groupes/{third.Slug}/invitations"), "button[name=Checks]", ("Addresses", address.ToUpperInvariant()));
        Assert.Contains("Ne veut plus recevoir d’invitation", report.Document.QuerySelector("main table")!.TextContent, StringComparison.Ordinal);
        await theirs.SendAsync(await theirs.OpenAsync($"/groupes/{third.Slug}/invitations"), "form:has([name=Addresses]) button:not([name])", ("Addresses", address));
        await RemindAsync();
        Assert.Single(await stage.LettersAsync(address));
        Assert.Equal(HttpStatusCode.Forbidden, (await AgainAsync(animator, group)).Status);
        // No reminder was written, so the link of the first mail is still the one that opens.
        var accept = letter.LinksTo("/invitation/").Single(l => !l.EndsWith("/refus", StringComparison.Ordinal));
        Assert.DoesNotContain("n’est plus valable", (await stranger.OpenAsync(accept)).Text, StringComparison.Ordinal);

        var back = await stranger.SendAsync(await stranger.OpenAsync(stop), "main form button");
        Assert.Contains("Ne plus recevoir d’invitation", back.Text, StringComparison.Ordinal);
        await InviteAsync(theirs, third, address);
    }

    [Fact]
    public async Task M18Stopped_ByAMember_NotInvitedByNameEither()
    {
        var (group, animator) = await GroupAsync();
        var member = await stage.Scene.MemberAsync("Zélie Essai");
        await InviteAsync(animator, group, member.Email!);
        var stranger = stage.Instance.Stranger();
        await stranger.SendAsync(await stranger.OpenAsync((await stage.LettersAsync(member.Email))[^1].LinkTo("/invitations/arret/")), "main form");
        var (other, hers) = await GroupAsync();
        var found = await hers.OpenAsync($"/groupes/{other.Slug}/invitations?qui=zelie+essai");

        var refused = await hers.SendAsync(found, $"button[name=inviter][value='{member.Handle}']");

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("ne veut plus recevoir d’invitation", refused.Text, StringComparison.Ordinal);
        Assert.Single(await stage.LettersAsync(member.Email));
    }

    [Fact]
    public async Task StopLink_MadeUpOrWithoutToken_NotFoundAndFormNeedsItsToken()
    {
        var (group, animator) = await GroupAsync();
        var stop = (await InviteAsync(animator, group, NewAddress())).LinkTo("/invitations/arret/");
        using var program = stage.Instance.Browser();

        Assert.Equal(HttpStatusCode.NotFound, (await stage.Instance.Stranger().OpenAsync(stop[..^2] + (stop.EndsWith("AA", StringComparison.Ordinal) ? "BB" : "AA"))).Status);
        using var forged = await program.PostAsync(stop, new FormUrlEncodedContent([KeyValuePair.Create("geste", "arreter")]));

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Contains("Ne plus recevoir d’invitation", (await stage.Instance.Stranger().OpenAsync(stop)).Document.QuerySelector("main form")!.TextContent, StringComparison.Ordinal);
    }

    private static string NewAddress() => $"refus{Interlocked.Increment(ref _count):000}@dehors.invalid";

    private async Task<(Group Group, Visitor Animator)> GroupAsync()
    {
        var owner = await stage.Scene.MemberAsync("Ange Essai");
        return (await stage.Scene.GroupAsync("Invitant", owner), await stage.AsAsync(owner));
    }

    private async Task<Letter> InviteAsync(Visitor animator, Group group, string address)
    {
        var sent = await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/invitations"), "form:has([name=Addresses]) button:not([name])", ("Addresses", address));
        Assert.Contains("L’invitation est envoyée", sent.Text, StringComparison.Ordinal);
        return (await stage.LettersAsync(address))[^1];
    }

    private static async Task<VisitedPage> AgainAsync(Visitor animator, Group group) => await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/invitations"), "button[name='renvoyer']");

    // Eight days are written into the invitations rather than lived, since the clock is shared.
    private async Task RemindAsync()
    {
        await using (var db = stage.Instance.Open(Viewer.System)) await db.Invitations.ExecuteUpdateAsync(set => set.SetProperty(i => i.SentAt, i => i.SentAt.AddDays(-8)));
        await stage.Instance.Services.GetServices<IRecurringJob>().Single(j => j.Key == "invitations").RunAsync(default);
    }
}
