using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Gateway;

/// <summary>Answers by mail, which land in the thread as if they had been typed there.</summary>
public sealed class AnswerTests(MailStage stage) : IClassFixture<MailStage>
{
    private const string Quoted = "\n\nLe sam. 28 nov. 2026 à 09:00, Vie locale <espace@essai.invalid> a écrit :\n\n> Qui vient samedi ?\n> À bientôt.\n";

    [Fact]
    public async Task M12Answer_InTheThreadInItsAuthorsName_QuoteFolded()
    {
        var thread = await stage.ThreadAsync();

        var received = await stage.Instance.SendAsync(thread.Answer("Je viens avec **deux** tables." + Quoted));

        Assert.Equal(ReceivedOutcome.Published, received.Outcome);
        var page = await stage.ReadAsync(thread, thread.Owner);
        var answer = page.Document.QuerySelector("#r1")!;
        Assert.Contains("Marc Tesson", answer.QuerySelector("header")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("<p>Je viens avec <strong>deux</strong> tables.</p>", answer.QuerySelector(".prose")!.InnerHtml.Trim());
        Assert.Contains("Qui vient samedi", answer.QuerySelector("details.coupe")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await stage.BackAsync(thread.Member.Email!));
    }

    [Fact]
    public async Task M12_AnswerToAnAnswer_UnderIt()
    {
        var thread = await stage.ThreadAsync();
        await stage.Scene.AnswerAsync(thread.Topic, thread.Owner, "Première.");
        await stage.Scene.AnswerAsync(thread.Topic, thread.Owner, "Deuxième.");
        var mail = await stage.MailAsync(thread.Member, thread.Topic, number: 1);

        await stage.Instance.SendAsync(thread.Answer("Sous la première.") with { To = mail.AnswerTo() });

        await using var db = stage.Instance.Open(Viewer.System);
        var comment = await db.Comments.SingleAsync(c => c.Item.ShortId == thread.Topic && c.Number == 3);
        Assert.Equal((1, 1), (comment.ParentNumber!.Value, comment.RootNumber));
    }

    [Fact]
    public async Task M2_AnswerByMail_KeepsItsMessageId()
    {
        var thread = await stage.ThreadAsync();
        var answer = thread.Answer("Oui.");

        await stage.Instance.SendAsync(answer);

        await using var db = stage.Instance.Open(Viewer.System);
        var kept = await db.PostedByMail.SingleAsync(p => db.Items.Any(i => i.Id == p.ItemId && i.ShortId == thread.Topic));
        Assert.Equal(answer.MessageId, kept.MessageId);
        Assert.NotNull(kept.CommentId);
    }

    [Fact]
    public async Task Mail_HandedOverTwiceAndTreatedAgain_PublishedOnce()
    {
        var thread = await stage.ThreadAsync();
        var answer = thread.Answer("Une seule fois.");

        var received = await stage.Instance.SendAsync(answer);
        await stage.Instance.SendAsync(answer);
        // The process died after the answer was published, and before that was written down.
        await using (var db = stage.Instance.Open(Viewer.System))
            await db.ReceivedMails.Where(m => m.Id == received.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Outcome, ReceivedOutcome.Waiting));
        await stage.Instance.TakeMailAsync();

        Assert.Equal(ReceivedOutcome.Published, (await stage.Instance.ReceivedAsync(answer)).Outcome);
        Assert.Single((await stage.ReadAsync(thread, thread.Owner)).Document.QuerySelectorAll("article.message:not(.message--premier)"));
    }

    [Fact]
    public async Task M12Files_AttachedByTheRulesOfTheSite_RefusedOnesNamedInAMailBack()
    {
        var thread = await stage.ThreadAsync();
        var answer = thread.Answer("Le plan est joint.") with
        {
            Files = [("plan d’été.txt", "text/plain", Encoding.UTF8.GetBytes("Le plan.")), ("jeu.exe", "application/octet-stream", [77, 90, 0]), ("gros.pdf", "application/pdf", [.. "%PDF-"u8, .. new byte[10 * 1024 * 1024]])],
        };

        var received = await stage.Instance.SendAsync(answer);

        Assert.Equal((ReceivedOutcome.Published, (int)MailRefusal.FilesRefused), (received.Outcome, received.Cause!.Value));
        var visitor = await stage.AsAsync(thread.Owner);
        var page = await visitor.OpenAsync($"/c/{thread.Topic}");
        Assert.Equal("Le plan est joint.", page.Document.QuerySelector("#r1 .prose")!.TextContent.Trim());
        var file = Assert.Single(page.Document.QuerySelectorAll("#r1 .pieces a"));
        Assert.Contains("plan d’été.txt", file.TextContent, StringComparison.Ordinal);
        Assert.Equal("Le plan.", (await visitor.OpenAsync(file.GetAttribute("href")!)).Body);
        var back = Assert.Single(await stage.BackAsync(thread.Member.Email!));
        Assert.Equal("Publié, mais pas tous les fichiers", back.Subject);
        Assert.Contains("jeu.exe : les programmes ne sont pas acceptés par courriel", MailStage.Plain(back.TextBody), StringComparison.Ordinal);
        Assert.Contains("gros.pdf : plus de 10 Mo", MailStage.Plain(back.TextBody), StringComparison.Ordinal);
    }

    [Fact]
    public async Task M12HtmlAlone_PublishedAsText_NothingOfItRuns()
    {
        var thread = await stage.ThreadAsync();

        await stage.Instance.SendAsync(thread.Answer("") with { Html = "<div>Bonjour <b>à tous</b><script>alert(1)</script></div><div>&lt;img src=x onerror=alert(2)&gt;</div><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">Le sam. 28 nov. 2026 à 09:00, Vie locale &lt;espace@essai.invalid&gt; a écrit :<br></div><blockquote class=\"gmail_quote\">Qui vient ?</blockquote></div>" });

        var prose = (await stage.ReadAsync(thread, thread.Owner)).Document.QuerySelector("#r1 .prose")!;
        Assert.Contains("Bonjour à tous", prose.TextContent.Replace("**", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("<img src=x onerror=alert(2)>", prose.TextContent, StringComparison.Ordinal);
        Assert.Empty(prose.QuerySelectorAll("script,img"));
        Assert.DoesNotContain("Qui vient", prose.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_QuotingOurLinksAndKeys_NoneOfThemShownToOthers()
    {
        var thread = await stage.ThreadAsync();
        var token = "CfDJ8" + new string('a', 80);

        await stage.Instance.SendAsync(thread.Answer($"D'accord, voir http://127.0.0.1/desabonnement/{token} et https://exemple.invalid/page-utile\n\nLe sam. 28 nov. 2026 à 09:00, Vie locale <{thread.Mail.AnswerTo()}> a écrit :\n\n> Qui vient ?\n> Arrêter : http://127.0.0.1/desabonnement/{token}\n"));

        var page = await stage.ReadAsync(thread, thread.Owner);
        Assert.Contains("Qui vient", page.Document.QuerySelector("#r1 details.coupe")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("exemple.invalid/page-utile", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(token, page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(thread.Mail.Key!, page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_KeptThirtyDaysForAdministratorsAlone_AsTextToSave()
    {
        var thread = await stage.ThreadAsync();
        var received = await stage.Instance.SendAsync(thread.Answer("Gardé."));
        var admin = await stage.Scene.MemberAsync("Ada Ministre", admin: true);

        var page = await (await stage.AsAsync(admin)).OpenAsync("/administration/courriels/recus");
        Assert.Contains("Re: Un fil", page.Text, StringComparison.Ordinal);
        var link = $"/administration/courriels/recus/{received.Id:D}.eml";
        Assert.NotNull(page.Document.QuerySelector($"a[href$='{link[1..]}']"));
        using var browser = await stage.Instance.SignedInAsync(admin.Id);
        using var raw = await browser.GetAsync(link);
        Assert.Equal("text/plain", raw.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", raw.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains(thread.Mail.AnswerTo(), await raw.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var other = await stage.Instance.SignedInAsync(thread.Owner.Id);
        using var refused = await other.GetAsync(link);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await stage.AsAsync(thread.Owner)).OpenAsync("/administration/courriels/recus")).Status);
    }

    [Fact]
    public async Task M11_MailToTheGroup_NewThreadWithoutMarksInItsTitle()
    {
        var thread = await stage.ThreadAsync();

        var received = await stage.Instance.SendAsync(new SentMail { From = thread.Member.Email!, To = $"groupe-{thread.Group.Slug}@essai.invalid", Subject = "TR: [Vie locale] Re : Une idée pour l’été", Text = "Une fête sur la place ?\n\n-- \nMarc" });

        Assert.Equal(ReceivedOutcome.Published, received.Outcome);
        var forum = await (await stage.AsAsync(thread.Owner)).OpenAsync($"/groupes/{thread.Group.Slug}/forum");
        var link = forum.Document.QuerySelectorAll("main a").Single(a => a.TextContent.Trim() == "Une idée pour l’été");
        var page = await (await stage.AsAsync(thread.Owner)).OpenAsync("/" + link.GetAttribute("href")!.TrimStart('.', '/'));
        Assert.Equal("Une fête sur la place ?", MailStage.Plain(page.Document.QuerySelector("#r0 .prose")!.TextContent.Trim()));
        Assert.Contains("Marc", page.Document.QuerySelector("#r0 details.coupe")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GroupHome_WhereMailComesIn_TellsItsAddressAndHowToUseIt()
    {
        var thread = await stage.ThreadAsync();
        var visitor = await stage.AsAsync(thread.Member);

        var home = await visitor.OpenAsync($"/groupes/{thread.Group.Slug}");
        Assert.NotNull(home.Document.QuerySelector($"a[href='mailto:groupe-{thread.Group.Slug}@essai.invalid']"));
        Assert.NotNull(home.Document.QuerySelector("a[href='aide/courriel']"));
        var help = await visitor.OpenAsync("/aide/courriel");
        Assert.Contains($"groupe-{thread.Group.Slug}@essai.invalid", help.Text, StringComparison.Ordinal);
    }
}
