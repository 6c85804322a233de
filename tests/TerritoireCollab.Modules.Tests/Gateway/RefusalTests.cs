using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Forum;
using TerritoireCollab.Gateway.Taking;
using TerritoireCollab.Gateway.Treating;
using TerritoireCollab.Mime.Reading;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Gateway;

/// <summary>Mails that are not published: their sender is told why, once an hour, with what he wrote; machines are told nothing.</summary>
public sealed partial class RefusalTests(MailStage stage) : IClassFixture<MailStage>
{
    private const string QuoteAlone = "Le sam. 28 nov. 2026 à 09:00, Vie locale <espace@essai.invalid> a écrit :\n\n> Qui vient samedi ?\n> À bientôt.\n";
    private const string Words = "Mon texte à ne pas perdre.";

    [Theory]
    [InlineData(MailRefusal.Empty, "Votre réponse est vide")]
    [InlineData(MailRefusal.UnknownKey, "Votre réponse n’a pas trouvé sa place")]
    [InlineData(MailRefusal.OldKey, "Ce message est trop ancien")]
    [InlineData(MailRefusal.NotYours, "Cette adresse de réponse n’est pas la vôtre")]
    [InlineData(MailRefusal.UnknownSender, "Nous ne connaissons pas votre adresse")]
    [InlineData(MailRefusal.NotAMember, "Vous n’êtes pas membre de ce groupe")]
    [InlineData(MailRefusal.Locked, "Ce fil est fermé")]
    [InlineData(MailRefusal.Archived, "Ce groupe est archivé")]
    [InlineData(MailRefusal.Gone, "Ce fil n’existe plus")]
    [InlineData(MailRefusal.Digest, "Un résumé parle de plusieurs sujets")]
    [InlineData(MailRefusal.TakesNone, "Ce message n’attend pas de réponse")]
    [InlineData(MailRefusal.TooLong, "Votre message est trop long")]
    [InlineData(MailRefusal.TooManyRecipients, "Trop d’adresses à la fois")]
    [InlineData(MailRefusal.NoTool, "Ce groupe n’a pas de forum")]
    [InlineData(MailRefusal.MayNotStart, "Vous ne pouvez pas écrire ici")]
    [InlineData(MailRefusal.Suspended, "Votre compte est suspendu")]
    [InlineData(MailRefusal.TooMany, "Beaucoup de messages en une heure")]
    [InlineData(MailRefusal.UnknownAddress, "Cette adresse n’existe pas")]
    [InlineData(MailRefusal.LostAccess, "Votre réponse n’a pas trouvé sa place")]
    [InlineData(MailRefusal.ReaderOnly, "Vous lisez ce groupe sans y écrire")]
    public async Task M15_EachCause_ItsTextAndWhatWasWritten(MailRefusal cause, string title)
    {
        var mail = await MailAsync(cause);

        var received = await stage.Instance.SendAsync(mail);

        Assert.Equal((ReceivedOutcome.Refused, cause), (received.Outcome, (MailRefusal)received.Cause!.Value));
        var back = Assert.Single(await stage.BackAsync(mail.From));
        Assert.Equal(title, MailStage.Plain(back.Subject));
        Assert.Contains(title, MailStage.Plain(back.TextBody), StringComparison.Ordinal);
        if (cause != MailRefusal.Empty) Assert.Contains(Words, back.TextBody, StringComparison.Ordinal);
        Assert.Equal(mail.MessageId, back.InReplyTo);
        Assert.Contains("Auto-Submitted: auto-replied", back.Headers, StringComparison.Ordinal);
        Assert.Contains(Letters(), l => l.To == mail.From);
    }

    [Fact]
    public async Task M15_LongText_GivenBackWholeAsAFile()
    {
        var text = $"Première ligne, accentuée.\n{string.Concat(Enumerable.Repeat("Une ligne de plus, et pas la dernière.\n", 2000))}Tout à la fin.\n\nLe sam. 28 nov. 2026 à 09:00, Vie locale <espace@essai.invalid> a écrit :\n\n> Qui vient samedi ?\n";
        var mail = (await MailAsync(MailRefusal.UnknownSender)) with { Text = text };

        await stage.Instance.SendAsync(mail);

        var given = MailReader.Read(System.Text.Encoding.UTF8.GetBytes(stage.Instance.Mails().Last(m => m.Contains(mail.From, StringComparison.Ordinal))));
        var file = Assert.Single(given.Attachments);
        Assert.Equal(("votre-message.txt", "text/plain"), (file.Name, file.Type));
        Assert.Equal(text.Trim(), System.Text.Encoding.UTF8.GetString(file.Content.Span).Trim());
        Assert.Contains("votre-message.txt", given.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Tout à la fin.", given.Text, StringComparison.Ordinal);
        Assert.True(given.Html!.Length < 60_000, $"{given.Html.Length}");
    }

    [Fact]
    public async Task M15_TextOfHtmlAlone_GivenBackAsText()
    {
        var mail = (await MailAsync(MailRefusal.UnknownSender)) with { Text = "", Html = "<p>Bonjour <b>à toutes</b>,</p><script>mal()</script><p>à jeudi.</p>" };

        await stage.Instance.SendAsync(mail);

        var given = MailReader.Read(System.Text.Encoding.UTF8.GetBytes(stage.Instance.Mails().Last(m => m.Contains(mail.From, StringComparison.Ordinal))));
        Assert.Equal("Bonjour à toutes,\n\nà jeudi.", System.Text.Encoding.UTF8.GetString(Assert.Single(given.Attachments).Content.Span).Trim());
    }

    [Fact]
    public async Task M15_TextThatWaitsWithItsMail_KeptUntilItLeaves()
    {
        var mail = await MailAsync(MailRefusal.UnknownSender);
        await stage.Instance.DropAsync(mail.ToBytes());
        await stage.Instance.TreatMailAsync();
        stage.Instance.Clock.Advance(TimeSpan.FromDays(1.5));
        // The bytes are as old as their row.
        foreach (var file in Directory.EnumerateFiles(Path.Combine(stage.Instance.Folder, "files"), "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, stage.Scene.Now.AddDays(-1.5));
        await stage.Instance.Services.GetServices<IRecurringJob>().Single(j => j.Key == "purge").RunAsync(default);

        await stage.Instance.SettleAsync();

        var given = MailReader.Read(System.Text.Encoding.UTF8.GetBytes(stage.Instance.Mails().Last(m => m.Contains(mail.From, StringComparison.Ordinal))));
        Assert.Contains(Words, System.Text.Encoding.UTF8.GetString(Assert.Single(given.Attachments).Content.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task M15_EveryCause_HasATextOfItsOwn()
    {
        var admin = await stage.Scene.MemberAsync("Ada Ministre", admin: true);
        await using (var db = stage.Instance.Open(Viewer.System))
        {
            foreach (var cause in Enum.GetValues<MailRefusal>())
                db.ReceivedMails.Add(new() { UniqueKey = Guid.NewGuid().ToString("N"), ReceivedAt = stage.Scene.Now.AddHours(2), FromAddress = "X@ESSAI.INVALID", Recipient = "y@essai.invalid", Subject = "Cause", Outcome = ReceivedOutcome.Refused, Cause = (int)cause });
            await db.SaveChangesAsync();
        }

        var lines = (await (await stage.AsAsync(admin)).OpenAsync("/administration/courriels/recus?etat=refuses")).Document.QuerySelectorAll("main li:has(h2)").Where(l => l.QuerySelector("h2")!.TextContent == "Cause").Select(l => l.QuerySelectorAll("p.meta")[1].TextContent.Split(" · ")[2]).ToList();

        Assert.True(lines.Count >= 20, $"{lines.Count} lines");
        Assert.Equal(lines.Count, lines.Distinct().Count());
    }

    [Fact]
    public async Task M15SameSenderWithinAnHour_OneRefusal_AnotherLater()
    {
        var thread = await stage.ThreadAsync();
        for (var i = 0; i < 3; i++) await stage.Instance.SendAsync(thread.Answer(QuoteAlone));
        Assert.Single(await stage.BackAsync(thread.Member.Email!));

        stage.Instance.Clock.Advance(TimeSpan.FromMinutes(61));
        await stage.Instance.SendAsync(thread.Answer(QuoteAlone));

        Assert.Equal(2, (await stage.BackAsync(thread.Member.Email!)).Count);
    }

    [Fact]
    public async Task M15_SettledByTwoProcesses_OneRefusal()
    {
        var thread = await stage.ThreadAsync();
        await stage.Instance.DropAsync(thread.Answer(QuoteAlone).ToBytes());
        await stage.Instance.Services.GetServices<IWorker>().OfType<TakeMails>().Single().RunOnceAsync(default);
        await using var db = stage.Instance.Open(Viewer.System);
        var row = await db.ReceivedMails.AsNoTracking().SingleAsync(m => m.FromAddress == thread.Member.NormalizedEmail);
        var settle = stage.Instance.Services.GetRequiredService<SettleMail>();

        // One of them was held up for longer than its lease, and the other took the mail over.
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            row.Attempts = attempt;
            await settle.ExecuteAsync(row, Settlement.Refused(MailRefusal.Empty), default);
        }

        Assert.Single(await stage.BackAsync(thread.Member.Email!));
    }

    [Fact]
    public async Task M15_TwoMachinesFacingEachOther_OneMailEach()
    {
        var machine = "robot@ailleurs.invalid";
        var mail = new SentMail { From = machine, To = "groupe-nulle-part@essai.invalid", Subject = "Bonjour", Text = "Je réponds à tout." };
        for (var turn = 0; turn < 6; turn++)
        {
            await stage.Instance.SendAsync(mail);
            var back = (await stage.BackAsync(machine))[^1];
            // A dumb machine: it says nowhere that it is one.
            mail = mail with { To = "espace@essai.invalid", Subject = "Re: " + back.Subject, InReplyTo = back.MessageId, MessageId = $"robot.{turn}@ailleurs.invalid" };
        }

        Assert.Single(await stage.BackAsync(machine));
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Auto-Submitted: auto-generated")]
    [InlineData("X-Autoreply: yes")]
    [InlineData("Precedence: bulk")]
    [InlineData("Return-Path: <>")]
    [InlineData("X-Territoire-Raison: mention")]
    [InlineData("Authentication-Results: mx.essai.invalid; dmarc=fail")]
    public async Task M15_MailOfAMachineOrOfAForger_NothingWrittenBack(string header)
    {
        var mail = new SentMail { From = $"{Guid.NewGuid():N}@ailleurs.invalid", To = "groupe-nulle-part@essai.invalid", Text = Words, Headers = [header] };

        var received = await stage.Instance.SendAsync(mail);

        Assert.NotEqual(ReceivedOutcome.Waiting, received.Outcome);
        Assert.Empty(await stage.BackAsync(mail.From));
    }

    [Fact]
    public async Task F16_OurOwnMailComingBack_LoopEnds()
    {
        var thread = await stage.ThreadAsync();
        await stage.Instance.SettleAsync();
        var ours = stage.Instance.Mails()[^1];
        await stage.Instance.DropAsync(System.Text.Encoding.UTF8.GetBytes($"Delivered-To: {thread.Mail.AnswerTo()}\r\n{ours}"));

        var before = stage.Instance.Mails().Count;
        await stage.Instance.TakeMailAsync();

        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(ReceivedOutcome.Counted, (await db.ReceivedMails.SingleAsync(m => m.Recipient == thread.Mail.AnswerTo())).Outcome);
        Assert.Equal(before, stage.Instance.Mails().Count);
        Assert.Empty((await stage.ReadAsync(thread, thread.Owner)).Document.QuerySelectorAll("article.message:not(.message--premier)"));
    }

    [Fact]
    public async Task CanaryAnswerToWhatItsAuthorMayReadNoMore_RefusedLikeAnUnknownKey_NothingTold()
    {
        var secret = $"canari{Guid.NewGuid():N}";
        var thread = await stage.ThreadAsync(GroupVisibility.Hidden, secret);
        await stage.Scene.AnswerAsync(thread.Topic, thread.Owner, $"Réponse {secret}");
        await stage.Scene.JoinAsync(thread.Group, thread.Member, state: MembershipState.Removed);
        var stranger = await stage.Scene.MemberAsync("Marc Tesson");
        var (lost, unknown) = (thread.Answer(Words), thread.Answer(Words) with { From = stranger.Email!, To = $"reponse+{MailKeys.New()}@essai.invalid" });

        await stage.Instance.SendAsync(lost);
        await stage.Instance.SendAsync(unknown);

        var (told, untold) = (Assert.Single(await stage.BackAsync(lost.From)), Assert.Single(await stage.BackAsync(unknown.From)));
        Assert.Equal(Alike(untold.TextBody), Alike(told.TextBody));
        Assert.Equal(untold.Subject, told.Subject);
        foreach (var part in (string[])[told.TextBody, told.HtmlBody, told.Subject, told.Headers, told.FromName])
        {
            Assert.DoesNotContain(secret, part, StringComparison.Ordinal);
            Assert.DoesNotContain(thread.Group.Slug, part, StringComparison.Ordinal);
            Assert.DoesNotContain("Vie locale", part, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Words, (await stage.ReadAsync(thread, thread.Owner)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Canary_HiddenGroupAndNoGroup_ToldAlike()
    {
        var thread = await stage.ThreadAsync(GroupVisibility.Hidden);
        var (one, two) = (await stage.Scene.MemberAsync("Lise Dupré"), await stage.Scene.MemberAsync("Lise Dupré"));
        SentMail To(Member who, string slug) => new() { From = who.Email!, Name = who.Name, To = $"groupe-{slug}@essai.invalid", Subject = "Bonjour", Text = Words };

        await stage.Instance.SendAsync(To(one, thread.Group.Slug));
        await stage.Instance.SendAsync(To(two, "rien-de-tel"));

        Assert.Equal(Alike(Assert.Single(await stage.BackAsync(two.Email!)).TextBody), Alike(Assert.Single(await stage.BackAsync(one.Email!)).TextBody));
    }

    // The link to one's own settings is each member's own.
    private static string Alike(string text) => SettingsLink().Replace(text, "");

    [GeneratedRegex("/desabonnement/[A-Za-z0-9_-]+")]
    private static partial Regex SettingsLink();

    private IReadOnlyList<Letter> Letters() => [.. stage.Instance.Mails().Select(Letter.Of)];

    private async Task<SentMail> MailAsync(MailRefusal cause)
    {
        var thread = await stage.ThreadAsync(cause == MailRefusal.LostAccess ? GroupVisibility.Hidden : GroupVisibility.AllMembers);
        var (answer, toGroup) = (thread.Answer(Words), thread.Answer(Words) with { To = $"groupe-{thread.Group.Slug}@essai.invalid", InReplyTo = null, Subject = "Une idée" });
        await using var db = stage.Instance.Open(Viewer.System);
        var item = db.Items.Where(i => i.ShortId == thread.Topic);
        switch (cause)
        {
            case MailRefusal.Empty:
                return thread.Answer(QuoteAlone);
            case MailRefusal.UnknownKey:
                return answer with { To = $"reponse+{MailKeys.New()}@essai.invalid" };
            case MailRefusal.OldKey:
                await db.Mails.Where(m => m.Id == thread.Mail.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.CreatedAt, stage.Scene.Now.AddDays(-91)));
                return answer;
            case MailRefusal.NotYours:
                return answer with { From = thread.Owner.Email! };
            case MailRefusal.UnknownSender:
                return toGroup with { From = $"{Guid.NewGuid():N}@ailleurs.invalid" };
            case MailRefusal.NotAMember:
                return toGroup with { From = (await stage.Scene.MemberAsync("Lise Dupré")).Email! };
            case MailRefusal.Locked:
                await item.ExecuteUpdateAsync(set => set.SetProperty(i => i.LockedAt, stage.Scene.Now));
                return answer;
            case MailRefusal.Archived:
                await db.Groups.Where(g => g.Id == thread.Group.Id).ExecuteUpdateAsync(set => set.SetProperty(g => g.ArchivedAt, stage.Scene.Now));
                return answer;
            case MailRefusal.Gone:
                await item.ExecuteUpdateAsync(set => set.SetProperty(i => i.DeletedAt, stage.Scene.Now));
                return answer;
            case MailRefusal.Digest:
                return answer with { To = (await DigestAsync(db, thread)).AnswerTo() };
            case MailRefusal.TakesNone:
                return answer with { To = (await stage.MailAsync(thread.Member, null, isAnswerable: false)).AnswerTo() };
            case MailRefusal.TooLong:
                return thread.Answer(Words + string.Concat(Enumerable.Repeat("\nUne ligne de plus, et pas la dernière.", 3000)));
            case MailRefusal.TooManyRecipients:
                return toGroup with { To = string.Join(", ", Enumerable.Range(1, 4).Select(n => $"groupe-{thread.Group.Slug}{n}@essai.invalid")) };
            case MailRefusal.NoTool or MailRefusal.MayNotStart:
                db.GroupTools.Add(new() { GroupId = thread.Group.Id, ToolKey = ForumModule.ToolKey, Enabled = cause == MailRefusal.MayNotStart, Creators = GroupRole.Animator });
                await db.SaveChangesAsync();
                return toGroup;
            case MailRefusal.Suspended:
                await db.Members.Where(m => m.Id == thread.Member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MemberState.Suspended));
                return answer;
            case MailRefusal.TooMany:
                db.ReceivedMails.AddRange(Enumerable.Range(0, 30).Select(_ => new Platform.Mail.ReceivedMail
                {
                    UniqueKey = Guid.NewGuid().ToString("N"), ReceivedAt = stage.Scene.Now, FromAddress = thread.Member.NormalizedEmail!, Recipient = "x@essai.invalid", Subject = "", Outcome = ReceivedOutcome.Published, MemberId = thread.Member.Id,
                }));
                await db.SaveChangesAsync();
                return answer;
            case MailRefusal.UnknownAddress:
                return answer with { To = "personne@essai.invalid" };
            case MailRefusal.LostAccess:
                await stage.Scene.JoinAsync(thread.Group, thread.Member, state: MembershipState.Left);
                return answer;
            default:
                await stage.Scene.JoinAsync(thread.Group, thread.Member, GroupRole.Reader);
                return answer;
        }
    }

    private async Task<MailRow> DigestAsync(AppDbContext db, MailedThread thread)
    {
        var mail = await stage.MailAsync(thread.Member, null, isAnswerable: false);
        db.Digests.Add(new Digest { MemberId = thread.Member.Id, Kind = DigestKind.Daily, Period = "2026-11-28", From = stage.Scene.Now.AddDays(-1), Until = stage.Scene.Now, MailId = mail.Id, CreatedAt = stage.Scene.Now });
        await db.SaveChangesAsync();
        return mail;
    }
}
