using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Gateway;

/// <summary>What comes back: wishes to get no more mail, mails that did not arrive, complaints, machines that answer.</summary>
public sealed class LeavingByMailTests(MailStage stage) : IClassFixture<MailStage>
{
    private const string Sentence = "Bonjour,\n\nje suis à la retraite, merci de ne plus m'envoyer ces courriels.\n\nCordialement";

    [Fact]
    public async Task M18_MailToTheAddressOfTheHeader_StopsThatListAtOnce()
    {
        var (group, member, mail) = await RealMailAsync();

        var received = await stage.Instance.SendAsync(new SentMail { From = member.Email!, To = $"desabonnement+{mail.Key}@essai.invalid", Subject = "unsubscribe" });

        Assert.Equal(ReceivedOutcome.Done, received.Outcome);
        Assert.Equal(MailLevel.Nothing, (await stage.MembershipAsync(group, member))!.MailLevel);
        Assert.Empty(await stage.BackAsync(member.Email!));
    }

    [Fact]
    public async Task M18_MailToTheAddressOfAnInvitation_NoMoreInvitations()
    {
        var (owner, address) = (await stage.Scene.MemberAsync("Odile Dubois"), $"{Guid.NewGuid():N}@dehors.invalid");
        var group = await stage.Scene.GroupAsync("Vie locale", owner);
        var animator = await stage.AsAsync(owner);
        async Task InviteAsync(string slug) => await animator.SendAsync(await animator.OpenAsync($"/groupes/{slug}/invitations"), "form:has([name=Addresses]) button:not([name])", ("Addresses", address));
        await InviteAsync(group.Slug);
        var mail = Assert.Single(await stage.Instance.LettersAsync(address));

        var received = await stage.Instance.SendAsync(new SentMail { From = address, To = $"desabonnement+{mail.Key}@essai.invalid", Subject = "unsubscribe" });
        await InviteAsync((await stage.Scene.GroupAsync("Vie sportive", owner)).Slug);

        Assert.Equal(ReceivedOutcome.Done, received.Outcome);
        Assert.Single(await stage.Instance.LettersAsync(address));
    }

    [Fact]
    public async Task M19BareWord_LinkToConfirm_NothingInTheThread()
    {
        var (group, member, mail) = await RealMailAsync();

        var received = await stage.Instance.SendAsync(new SentMail { From = member.Email!, To = mail.AnswerTo(), Text = "STOP" });

        Assert.Equal(ReceivedOutcome.Done, received.Outcome);
        Assert.Equal(MailLevel.NewThreads, (await stage.MembershipAsync(group, member))!.MailLevel);
        var back = Assert.Single(await stage.BackAsync(member.Email!));
        Assert.Equal("reception.desabonnement", back.Kind);
        var at = back.TextBody.IndexOf("/desabonnement/", StringComparison.Ordinal);
        var stranger = stage.Instance.Stranger();
        var page = await stranger.OpenAsync(back.TextBody[at..back.TextBody.IndexOfAny(['\n', ' '], at)]);
        await stranger.SendAsync(page, "button[name='geste'][value='faire']");
        Assert.Equal(MailLevel.Nothing, (await stage.MembershipAsync(group, member))!.MailLevel);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.False(await db.Comments.AnyAsync(c => c.ItemId == mail.ItemId));
    }

    [Fact]
    public async Task M19BareWord_OfSomebodyElse_LinkToWhomTheMailWentAndToNobodyElse()
    {
        var (group, member, mail) = await RealMailAsync();
        var other = await stage.Scene.MemberAsync("Lise Dupré");

        await stage.Instance.SendAsync(new SentMail { From = other.Email!, To = mail.AnswerTo(), Text = "STOP" });

        Assert.Equal("reception.desabonnement", Assert.Single(await stage.BackAsync(member.Email!)).Kind);
        Assert.Empty(await stage.BackAsync(other.Email!));
        Assert.Equal(MailLevel.NewThreads, (await stage.MembershipAsync(group, member))!.MailLevel);
    }

    [Fact]
    public async Task M19BareWord_AgainAndAgain_TenLinksAnHour()
    {
        var (_, member, mail) = await RealMailAsync();

        for (var i = 0; i < 12; i++) await stage.Instance.SendAsync(new SentMail { From = member.Email!, To = mail.AnswerTo(), Text = "STOP" });

        Assert.Equal(10, (await stage.BackAsync(member.Email!)).Count);
    }

    [Theory]
    [InlineData("retraiter")]
    [InlineData("regler")]
    public async Task ReceivedMail_GestureOfWhoDoesNotAdminister_NotFoundAndNothingChanged(string gesture)
    {
        var (group, member, mail) = await RealMailAsync();
        var received = await stage.Instance.SendAsync(new SentMail { From = member.Email!, To = mail.AnswerTo(), Text = Sentence });

        var refused = await (await stage.AsAsync(await OwnerAsync(group))).PostAsync($"/administration/courriels/recus/{gesture}", ("id", received.Id.ToString()));

        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(ReceivedOutcome.ForPerson, (await db.ReceivedMails.SingleAsync(m => m.Id == received.Id)).Outcome);
    }

    [Fact]
    public async Task M19Task_OfAnotherGroup_NotSettledByWhoAnimatesOne()
    {
        var (group, member, mail) = await RealMailAsync();
        var other = await stage.ThreadAsync();
        var received = await stage.Instance.SendAsync(new SentMail { From = member.Email!, To = mail.AnswerTo(), Text = Sentence });

        await (await stage.AsAsync(other.Owner)).PostAsync($"/groupes/{other.Group.Slug}/courriels/regler", ("id", received.Id.ToString()));

        Assert.Contains("je suis à la retraite", (await (await stage.AsAsync(await OwnerAsync(group))).OpenAsync($"/groupes/{group.Slug}/courriels")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("je suis à la retraite", (await (await stage.AsAsync(other.Owner)).OpenAsync($"/groupes/{other.Group.Slug}/courriels")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task M19Sentence_ToTheGroupsAddress_TaskOfItsAnimatorsWhenItsAuthorIsIn(bool isIn)
    {
        var thread = await stage.ThreadAsync();
        var author = isIn ? thread.Member : await stage.Scene.MemberAsync("Lise Dupré");

        var received = await stage.Instance.SendAsync(new SentMail { From = author.Email!, To = $"groupe-{thread.Group.Slug}@essai.invalid", Text = Sentence });

        Assert.Equal((ReceivedOutcome.ForPerson, isIn ? thread.Group.Id : null), (received.Outcome, received.GroupId));
    }

    [Fact]
    public async Task M19Sentence_TaskOfTheAnimatorsUntilItIsSettled_NeverInTheThread()
    {
        var (group, member, mail) = await RealMailAsync();

        var received = await stage.Instance.SendAsync(new SentMail { From = member.Email!, Name = member.Name, To = mail.AnswerTo(), Text = Sentence });
        await stage.Instance.SettleAsync();

        Assert.Equal(ReceivedOutcome.ForPerson, received.Outcome);
        await using (var db = stage.Instance.Open(Viewer.System)) Assert.False(await db.Comments.AnyAsync(c => c.ItemId == mail.ItemId));
        var owner = await OwnerAsync(group);
        Assert.Contains(await stage.Instance.LettersAsync(owner.Email), m => m.Kind == "gateway.task" && m.TextBody.Contains(member.Name, StringComparison.Ordinal));
        var animator = await stage.AsAsync(owner);
        var members = await animator.OpenAsync($"/groupes/{group.Slug}/membres");
        Assert.NotNull(members.Document.QuerySelector($"a[href='groupes/{group.Slug}/courriels']"));
        var page = await animator.OpenAsync($"/groupes/{group.Slug}/courriels");
        Assert.Contains("je suis à la retraite", page.Text, StringComparison.Ordinal);
        Assert.Contains(member.Name, page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await stage.AsAsync(member)).OpenAsync($"/groupes/{group.Slug}/courriels")).Status);
        var refused = await (await stage.AsAsync(member)).PostAsync($"/groupes/{group.Slug}/courriels/regler", ("id", received.Id.ToString()));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);

        var settled = await animator.SendAsync(page, "main form button");

        Assert.Contains("Aucune demande en attente", settled.Text, StringComparison.Ordinal);
        await using var after = stage.Instance.Open(Viewer.System);
        Assert.Equal(ReceivedOutcome.Done, (await after.ReceivedMails.SingleAsync(m => m.Id == received.Id)).Outcome);
    }

    [Fact]
    public async Task M16_AnswerOfAMachine_CountedAndShownToTheAnimatorsAlone()
    {
        var (group, member, mail) = await RealMailAsync();

        var received = await stage.Instance.SendAsync(new SentMail { From = member.Email!, To = mail.AnswerTo(), Subject = "Réponse automatique : absent", Text = "Je suis absent.", Headers = ["Auto-Submitted: auto-replied"] });

        Assert.Equal(ReceivedOutcome.Counted, received.Outcome);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(BounceKind.AutoReply, (await db.Bounces.SingleAsync(b => b.MailId == mail.Id)).Kind);
        Assert.False(await db.Comments.AnyAsync(c => c.ItemId == mail.ItemId));
        Assert.Empty(await stage.BackAsync(member.Email!));
        var page = await (await stage.AsAsync(await OwnerAsync(group))).OpenAsync($"/groupes/{group.Slug}/courriels");
        Assert.Contains(member.Name, page.Document.QuerySelector("main section:last-of-type")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M16_HumanBehindAnAnswerSuppressingServer_Published()
    {
        var thread = await stage.ThreadAsync();

        var received = await stage.Instance.SendAsync(thread.Answer("Je suis bien là.") with { Headers = ["X-Auto-Response-Suppress: All"] });

        Assert.Equal(ReceivedOutcome.Published, received.Outcome);
    }

    [Fact]
    public async Task M20DeliveryFailedForGood_AddressStopped_OnlyByTheKey()
    {
        var (_, member, mail) = await RealMailAsync();
        await stage.Instance.DropAsync(Report(member.Email!, $"retours+{MailKeys.New()}@essai.invalid"));
        await stage.Instance.TakeMailAsync();
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.False(await db.AddressStandings.AnyAsync(a => a.Address == member.NormalizedEmail));

        await stage.Instance.DropAsync(Report(member.Email!, $"retours+{mail.Key}@essai.invalid"));
        await stage.Instance.TakeMailAsync();

        var standing = await db.AddressStandings.SingleAsync(a => a.Address == member.NormalizedEmail);
        Assert.Equal((AddressState.Stopped, "5.1.1"), (standing.State, standing.Status));
    }

    [Fact]
    public async Task M20_DeliveryDelayed_NoFaultOfTheAddressYet()
    {
        var (_, member, mail) = await RealMailAsync();

        await stage.Instance.DropAsync(Report(member.Email!, $"retours+{mail.Key}@essai.invalid", "delayed", "4.4.1"));
        await stage.Instance.TakeMailAsync();

        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(ReceivedOutcome.Counted, (await db.ReceivedMails.SingleAsync(m => m.Recipient == $"retours+{mail.Key}@essai.invalid")).Outcome);
        Assert.False(await db.Bounces.AnyAsync(b => b.MailId == mail.Id));
    }

    [Fact]
    public async Task M20_Complaint_ListLeftAndAddressNoted()
    {
        var (group, member, mail) = await RealMailAsync();

        await stage.Instance.DropAsync(Complaint($"retours+{mail.Key}@essai.invalid"));
        await stage.Instance.TakeMailAsync();

        Assert.Equal(MailLevel.Nothing, (await stage.MembershipAsync(group, member))!.MailLevel);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(AddressState.Complained, (await db.AddressStandings.SingleAsync(a => a.Address == member.NormalizedEmail)).State);
    }

    // A mail as the product itself made it, with the link to leave in its header.
    private async Task<(Group Group, Member Member, MailRow Mail)> RealMailAsync()
    {
        var thread = await stage.ThreadAsync(title: $"Un fil {Guid.NewGuid():N}");
        await stage.Instance.SettleAsync();
        stage.Instance.Clock.Advance(TimeSpan.FromMinutes(10));
        await stage.Instance.SettleAsync();
        return (thread.Group, thread.Member, (await stage.Instance.LettersAsync(thread.Member.Email)).Single(m => m.Kind != "essai" && m.ItemId == thread.Mail.ItemId));
    }

    private async Task<Member> OwnerAsync(Group group)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Memberships.Where(m => m.GroupId == group.Id && m.Role == GroupRole.Owner).Select(m => m.Member!).SingleAsync();
    }

    private static byte[] Report(string recipient, string to, string action = "failed", string status = "5.1.1") => Utf8($"""
        Return-Path: <>
        From: MAILER-DAEMON@mx.ailleurs.invalid (Mail Delivery System)
        To: {to}
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <{Guid.NewGuid():N}@mx.ailleurs.invalid>
        Date: Sat, 28 Nov 2026 10:00:00 +0100
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain; charset=us-ascii

        <{recipient}>: host mx.ailleurs.invalid said: {status} see below

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.ailleurs.invalid

        Final-Recipient: rfc822; {recipient}
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; {(action == "failed" ? "550" : "451")} {status} see above

        --b--
        """);

    private static byte[] Complaint(string to) => Utf8($"""
        From: plaintes@fournisseur.invalid
        To: {to}
        Subject: FW: courriel
        Message-ID: <{Guid.NewGuid():N}@fournisseur.invalid>
        Date: Sat, 28 Nov 2026 10:00:00 +0100
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="b"

        --b
        Content-Type: text/plain

        This is an email abuse report.

        --b
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        User-Agent: Fournisseur/1.0
        Version: 1

        --b
        Content-Type: message/rfc822

        From: espace@essai.invalid
        Subject: Un fil

        Un message.

        --b--
        """);

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
}
