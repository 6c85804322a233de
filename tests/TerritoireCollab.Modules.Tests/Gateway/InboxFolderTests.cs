using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Gateway.Taking;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Gateway;

/// <summary>The folder that mails come in by: what is done with its files, with mails that cannot be treated, and with those past their time.</summary>
public sealed class InboxFolderTests(MailStage stage) : IClassFixture<MailStage>
{
    [Fact]
    public async Task Files_Stored_MovedAsideAndWhatIsNoMailToo()
    {
        var thread = await stage.ThreadAsync();
        await stage.Instance.DropAsync(thread.Answer("Rangé.").ToBytes());
        await stage.Instance.DropAsync([]);
        await File.WriteAllTextAsync(Path.Combine(stage.Instance.InboxOf(), "pas-encore.tmp"), "From: a@b.invalid");

        await stage.Instance.TakeMailAsync();

        Assert.Empty(Directory.GetFiles(stage.Instance.InboxOf(), "*.eml"));
        Assert.Single(Directory.GetFiles(stage.Instance.InboxOf(), "pas-encore.tmp"));
        Assert.Contains(Directory.GetFiles(Path.Combine(stage.Instance.InboxOf(), "traites")), f => File.ReadAllText(f).Contains(thread.Mail.Key!, StringComparison.Ordinal));
        Assert.Single(Directory.GetFiles(Path.Combine(stage.Instance.InboxOf(), "refuses")));
        Assert.Contains("Rangé.", (await stage.ReadAsync(thread, thread.Owner)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_WhoseBytesAreLost_SetAsideAndOthersGoOn()
    {
        var thread = await stage.ThreadAsync();
        var (broken, sound) = (thread.Answer("Perdu."), thread.Answer("Bien là."));
        await stage.Instance.DropAsync(broken.ToBytes());
        await TakeAloneAsync();
        await using (var db = stage.Instance.Open(Viewer.System))
        {
            var sha = await db.ReceivedMails.Where(m => m.MessageId == broken.MessageId).Join(db.Files, m => m.RawFileId, f => f.Id, (m, f) => f.Sha256).SingleAsync();
            await stage.Instance.Services.GetRequiredService<FileStore>().EraseAsync(sha, default);
        }

        Assert.Equal(ReceivedOutcome.Published, (await stage.Instance.SendAsync(sound)).Outcome);
        for (var i = 0; i < 6; i++)
        {
            stage.Instance.Clock.Advance(TimeSpan.FromMinutes(30));
            await stage.Instance.TreatMailAsync();
        }

        var received = await stage.Instance.ReceivedAsync(broken);
        Assert.Equal((ReceivedOutcome.Refused, (int)MailRefusal.Failed, 5), (received.Outcome, received.Cause!.Value, received.Attempts));
        Assert.Contains("NotFoundException", received.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TreatedFiles_PastThirtyDays_Erased()
    {
        var folder = Directory.CreateDirectory(Path.Combine(stage.Instance.InboxOf(), "traites")).FullName;
        string File(string name, int days)
        {
            var path = Path.Combine(folder, name);
            System.IO.File.WriteAllText(path, "From: a@b.invalid");
            System.IO.File.SetLastWriteTimeUtc(path, stage.Scene.Now.AddDays(-days));
            return path;
        }

        var (old, young) = (File("vieux.eml", 31), File("jeune.eml", 29));

        await stage.Instance.Services.GetServices<IRecurringJob>().OfType<EraseTreatedFiles>().Single().RunAsync(default);

        Assert.Equal((false, true), (System.IO.File.Exists(old), System.IO.File.Exists(young)));
    }

    [Fact]
    public async Task Mail_PastThirtyDays_BytesErasedAndLineKept()
    {
        var thread = await stage.ThreadAsync();
        var answer = thread.Answer("Gardé un mois.");
        await stage.Instance.SendAsync(answer);
        await using (var db = stage.Instance.Open(Viewer.System))
            await db.ReceivedMails.Where(m => m.MessageId == answer.MessageId).ExecuteUpdateAsync(set => set.SetProperty(m => m.ReceivedAt, stage.Scene.Now.AddDays(-31)));

        await stage.Instance.Services.GetServices<IRecurringJob>().OfType<PurgeOldData>().Single().RunAsync(default);

        var received = await stage.Instance.ReceivedAsync(answer);
        Assert.Null(received.RawFileId);
        Assert.Equal(ReceivedOutcome.Published, received.Outcome);
        var admin = await stage.Scene.MemberAsync("Ada Ministre", admin: true);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await (await stage.AsAsync(admin)).OpenAsync($"/administration/courriels/recus/{received.Id:D}.eml")).Status);
    }

    [Fact]
    public async Task M7LineOfASummary_AnswersItsThread_WithoutTheQuotedSummary()
    {
        var thread = await stage.ThreadAsync();
        var mail = await stage.MailAsync(thread.Member, null, isAnswerable: false);
        await using (var db = stage.Instance.Open(Viewer.System))
        {
            var digest = new Digest { MemberId = thread.Member.Id, Kind = DigestKind.Daily, Period = "2026-11-28", From = stage.Scene.Now.AddDays(-1), Until = stage.Scene.Now, MailId = mail.Id, CreatedAt = stage.Scene.Now };
            db.Digests.Add(digest);
            await db.SaveChangesAsync();
            db.DigestLines.Add(new() { DigestId = digest.Id, ItemId = thread.Mail.ItemId!.Value, Place = 3 });
            await db.SaveChangesAsync();
        }

        var received = await stage.Instance.SendAsync(thread.Answer("Pour ce fil-là.\n\nLe sam. 28 nov. 2026 à 09:00, Vie locale <espace@essai.invalid> a écrit :\n\n> Autre groupe : un secret.\n> Fin.\n") with { To = $"reponse+{mail.Key}-3@essai.invalid" });

        Assert.Equal(ReceivedOutcome.Published, received.Outcome);
        var page = await stage.ReadAsync(thread, thread.Owner);
        Assert.Contains("Pour ce fil-là.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("un secret", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Envelope_OtherThanWhatIsWritten_Wins()
    {
        var thread = await stage.ThreadAsync();
        var other = await stage.ThreadAsync(title: "Un autre fil");

        var received = await stage.Instance.SendAsync(thread.Answer("Par l’enveloppe.") with { To = $"groupe-{other.Group.Slug}@essai.invalid", Headers = [$"Delivered-To: {thread.Mail.AnswerTo().ToUpperInvariant()}"] });

        Assert.Equal(thread.Mail.AnswerTo(), received.Recipient);
        Assert.Contains("Par l’enveloppe.", (await stage.ReadAsync(thread, thread.Owner)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Veille_MailForwarded_FindsInItsSendersName()
    {
        var (owner, member) = (await stage.Scene.MemberAsync("Odile Dubois"), await stage.Scene.MemberAsync("Marc Tesson"));
        var group = await stage.Scene.VeilleAsync(owner, members: member);

        var received = await stage.Instance.SendAsync(new SentMail
        {
            From = member.Email!,
            To = $"veille-{group.Slug}@essai.invalid",
            Subject = "TR: La lettre",
            Html = "<p><a href=\"https://ville.invalid/marche\">Le marché couvert ouvre</a> : douze étals de plus.</p>",
        });

        Assert.Equal(ReceivedOutcome.Published, received.Outcome);
        var pool = await (await stage.AsAsync(owner)).OpenAsync($"/groupes/{group.Slug}/veille");
        Assert.Contains("Le marché couvert ouvre", pool.Text, StringComparison.Ordinal);
        var back = Assert.Single(await stage.BackAsync(member.Email!));
        Assert.Equal("reception.accuse", back.Kind);
        Assert.Contains("Le marché couvert ouvre : proposé\n  https://ville.invalid/marche\n", MailStage.Plain(back.TextBody), StringComparison.Ordinal);
        Assert.Matches("<a href=\"https://ville.invalid/marche\"[^>]*>Le marché couvert ouvre : proposé</a>", MailStage.Plain(back.HtmlBody));
    }

    [Fact]
    public async Task M17_XssCorpusThroughMail_NothingRuns()
    {
        var file = Path.Combine(Environment.GetEnvironmentVariable("TERRITOIRE_CORPORA") ?? "", "xss-payloads", "xss-payloads.json");
        if (!File.Exists(file)) Assert.Skip("skipped: not here");
        var thread = await stage.ThreadAsync();
        var all = JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement.EnumerateArray().Select(e => e.GetProperty("payload").GetString()!).Where((_, i) => i % 160 == 0).ToList();
        Assert.True(all.Count > 20, $"{all.Count} payloads");

        foreach (var (place, payload) in all.Index())
        {
            stage.Instance.Clock.Advance(TimeSpan.FromMinutes(5));
            var hostile = thread.Answer($"Essai {place} {payload}") with { Subject = payload.ReplaceLineEndings(" "), Name = payload.ReplaceLineEndings(" "), Files = [(payload.ReplaceLineEndings(" ") + ".txt", "text/plain", Encoding.UTF8.GetBytes(payload))] };
            await stage.Instance.DropAsync((place % 2 == 0 ? hostile : hostile with { Text = "", Html = $"<p>Essai {place}</p>{payload}" }).ToBytes());
        }

        await stage.Instance.TakeMailAsync();

        await using var db = stage.Instance.Open(Viewer.System);
        var published = await db.Comments.CountAsync(c => c.ItemId == thread.Mail.ItemId && c.Kind == CommentKind.Message);
        Assert.True(published > all.Count / 2, $"{published} of {all.Count} published");
        var reader = await stage.AsAsync(thread.Owner);
        for (var page = 1; page <= ((published - 1) / 20) + 1; page++) AssertInert(await reader.OpenAsync($"/groupes/{thread.Group.Slug}/forum/{thread.Topic}?page={page}"));
        var admin = await stage.AsAsync(await stage.Scene.MemberAsync("Ada Ministre", admin: true));
        for (var page = 1; page <= 2; page++) AssertInert(await admin.OpenAsync($"/administration/courriels/recus?page={page}"));
    }

    private static void AssertInert(VisitedPage page)
    {
        Assert.Equal(System.Net.HttpStatusCode.OK, page.Status);
        var main = page.Document.QuerySelector("main")!;
        Assert.Empty(main.QuerySelectorAll(".message script, .message iframe, .message object, .message embed, .message style, .message [style], li script, li [style]"));
        Assert.DoesNotContain(main.QuerySelectorAll("*"), e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)));
    }

    private async Task TakeAloneAsync() =>
        await stage.Instance.Services.GetServices<IWorker>().Single(w => w.GetType().Name == "TakeMails").RunOnceAsync(default);
}

/// <summary>The same on the clock of the wall, with the workers of production.</summary>
public sealed class LiveInboxTests
{
    [Fact]
    public async Task M12_MailDroppedIntoTheFolder_InTheThreadByItself()
    {
        await using var instance = await Instance.StartAsync(jobs: true, settings: MailIn.Settings);
        var scene = new Scene(instance);
        var (owner, member) = (await scene.MemberAsync("Odile Dubois"), await scene.MemberAsync("Marc Tesson"));
        var group = await scene.GroupAsync("Vie locale", owner, members: member);
        // The folder is watched from the first look on.
        await Until(() => Task.FromResult(Directory.Exists(instance.InboxOf())));

        await instance.DropAsync(new SentMail { From = member.Email!, To = $"groupe-{group.Slug}@essai.invalid", Subject = "Vite", Text = "Déjà là ?" }.ToBytes());
        await Until(async () =>
        {
            await using var db = instance.Open(Viewer.System);
            return await db.Items.AnyAsync(i => i.Title == "Vite");
        });
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await holds()) return;
            await Task.Delay(50);
        }

        Assert.Fail("It did not come to be within 30 s.");
    }
}
