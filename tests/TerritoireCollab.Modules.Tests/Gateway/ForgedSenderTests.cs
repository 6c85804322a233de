using System.Net;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Gateway;

/// <summary>Mails in somebody's name that may be from somebody else: the member whose name it is decides.</summary>
public sealed class ForgedSenderTests(MailStage stage) : IClassFixture<MailStage>
{
    private const string Fail = "Authentication-Results: mx.essai.invalid; spf=pass smtp.mailfrom=ailleurs.invalid; dmarc=fail (p=reject dis=none) header.from=essai.invalid";

    [Fact]
    public async Task M17_ForgedFromWithTheRightKey_NotPublishedUntilItsMemberSaysSo()
    {
        var thread = await stage.ThreadAsync();

        var received = await stage.Instance.SendAsync(thread.Answer("Vraiment de moi ?") with { Subject = "Gagnez un voyage", Headers = [Fail] });

        Assert.Equal(ReceivedOutcome.ToConfirm, received.Outcome);
        Assert.DoesNotContain("Vraiment de moi", (await stage.ReadAsync(thread, thread.Owner)).Text, StringComparison.Ordinal);
        var asked = Assert.Single(await stage.BackAsync(thread.Member.Email!));
        Assert.Equal("reception.confirmation", asked.Kind);
        foreach (var part in (string[])[asked.Subject, asked.TextBody, asked.HtmlBody])
        {
            Assert.DoesNotContain("Vraiment de moi", part, StringComparison.Ordinal);
            Assert.DoesNotContain("Gagnez un voyage", part, StringComparison.Ordinal);
        }


        // A scanner of mails opens the link, again and again.
        var (link, stranger) = (LinkOf(asked), stage.Instance.Stranger());
        for (var i = 0; i < 3; i++) Assert.Contains("Vraiment de moi ?", (await stranger.OpenAsync(link)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Vraiment de moi", (await stage.ReadAsync(thread, thread.Owner)).Text, StringComparison.Ordinal);

        var done = await stranger.SendAsync(await stranger.OpenAsync(link), "main form");
        await stage.Instance.TakeMailAsync();

        Assert.Contains("C’est publié", done.Text, StringComparison.Ordinal);
        Assert.Empty(done.Document.QuerySelectorAll("main form"));
        var answer = Assert.Single((await stage.ReadAsync(thread, thread.Owner)).Document.QuerySelectorAll("article.message:not(.message--premier)"));
        Assert.Contains("Vraiment de moi ?", answer.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M17ConfirmationLink_ThatIsNotOurs_NotFound()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await stage.Instance.Stranger().OpenAsync("/courriel/confirmer/" + new string('A', 120))).Status);
    }

    [Fact]
    public async Task M17ConfirmationLink_AfterAWeek_NotFoundAndNothingPublished()
    {
        var thread = await stage.ThreadAsync();
        var answer = thread.Answer("Trop tard ?") with { Headers = [Fail] };
        await stage.Instance.SendAsync(answer);
        var (link, stranger) = (LinkOf(Assert.Single(await stage.BackAsync(thread.Member.Email!))), stage.Instance.Stranger());
        stage.Instance.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        var page = await stranger.OpenAsync(link);
        Assert.Equal(HttpStatusCode.OK, page.Status);

        stage.Instance.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync(link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.SendAsync(page, "main form")).Status);
        Assert.Equal(ReceivedOutcome.ToConfirm, (await stage.Instance.ReceivedAsync(answer)).Outcome);
    }

    [Theory]
    [InlineData(new[] { "Authentication-Results: mx.ailleurs.invalid; dmarc=fail" }, ReceivedOutcome.Published)]
    [InlineData(new[] { "Authentication-Results: mx.essai.invalid; dmarc=pass", Fail }, ReceivedOutcome.Published)]
    [InlineData(new[] { Fail, "Authentication-Results: mx.essai.invalid; dmarc=pass" }, ReceivedOutcome.ToConfirm)]
    [InlineData(new[] { "Authentication-Results: mx.ailleurs.invalid; dmarc=pass", "Authentication-Results: mx.essai.invalid; dkim=none", Fail }, ReceivedOutcome.ToConfirm)]
    [InlineData(new[] { "Authentication-Results: mx.essai.invalid (le mot ; dmarc=pass) 1; dmarc = FAIL" }, ReceivedOutcome.ToConfirm)]
    [InlineData(new[] { "Authentication-Results: mx.essai.invalid.voleur.invalid; dmarc=fail" }, ReceivedOutcome.Published)]
    [InlineData(new[] { "From: un@essai.invalid, deux@essai.invalid" }, ReceivedOutcome.Refused)]
    public async Task M17_WordsOnTheSender_TheFirstOfOurOwnServerCount(string[] headers, ReceivedOutcome outcome)
    {
        var thread = await stage.ThreadAsync();

        var received = await stage.Instance.SendAsync(thread.Answer("Qui parle ?") with { Headers = headers });

        Assert.Equal(outcome, received.Outcome);
    }

    [Fact]
    public async Task M17_ManyForgedMails_FewQuestionsToTheMember()
    {
        var thread = await stage.ThreadAsync();

        for (var i = 0; i < 6; i++) Assert.Equal(ReceivedOutcome.ToConfirm, (await stage.Instance.SendAsync(thread.Answer($"Faux {i}") with { Headers = [Fail] })).Outcome);

        Assert.Equal(3, (await stage.BackAsync(thread.Member.Email!)).Count);
    }

    [Fact]
    public async Task M17_ForgedMailToAGroup_NoThread()
    {
        var thread = await stage.ThreadAsync();

        var received = await stage.Instance.SendAsync(new SentMail { From = thread.Member.Email!, To = $"groupe-{thread.Group.Slug}@essai.invalid", Subject = "Usurpé", Text = "Faux.", Headers = [Fail] });

        Assert.Equal(ReceivedOutcome.ToConfirm, received.Outcome);
        Assert.DoesNotContain("Usurpé", (await (await stage.AsAsync(thread.Owner)).OpenAsync($"/groupes/{thread.Group.Slug}/forum")).Text, StringComparison.Ordinal);
    }

    private static string LinkOf(MailRow mail)
    {
        var at = mail.TextBody.IndexOf("/courriel/confirmer/", StringComparison.Ordinal);
        return mail.TextBody[at..mail.TextBody.IndexOfAny(['\n', ' '], at)];
    }
}
