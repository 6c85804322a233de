using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Admin;

/// <summary>How mail goes, as administrators see it: what waits, what must be looked at, a trial, what is held.</summary>
public sealed class MailAdministrationTests
{
    private const string Page = "/administration/courriels";

    [Fact]
    public async Task M29_WorkerStopped_AlarmAfterTenMinutesAndToldOnce()
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink, ("Territoire:Mail:Smtp:Connections", "1")));
        var admin = await AdminAsync(instance);
        var due = instance.Services.GetRequiredService<DueJobs>();
        await due.RunAsync(default);
        await instance.QueueAsync(3);
        instance.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.DoesNotContain("plus de dix minutes", await TextAsync(admin, Page), StringComparison.Ordinal);
        instance.Clock.Advance(TimeSpan.FromMinutes(8));

        foreach (var page in (string[])[Page, "/administration"]) Assert.Contains("Des courriels attendent depuis plus de dix minutes.", await TextAsync(admin, page), StringComparison.Ordinal);
        for (var i = 0; i < 4; i++)
        {
            await due.RunAsync(default);
            instance.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        await instance.SendAsync();
        var told = Assert.Single(sink.Mails, m => m.MessageId.Contains("administration.alerte", StringComparison.Ordinal));
        Assert.StartsWith("ada-admin", told.Recipient, StringComparison.Ordinal);
        Assert.Equal(1, told.Number);
        Assert.DoesNotContain("plus de dix minutes", await TextAsync(admin, Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task M29_ServerOutOfReach_AlarmThatSaysWhatItSaid()
    {
        await using var sink = new MailSink { Greeting = "554 pas de chez vous" };
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        var admin = await AdminAsync(instance);
        await instance.QueueAsync(3);
        for (var i = 0; i < 12; i++)
        {
            await instance.SendAsync();
            instance.Clock.Advance(TimeSpan.FromMinutes(1.1));
        }

        var text = await TextAsync(admin, Page);

        Assert.Contains("refuse la plateforme depuis plus de dix minutes", text, StringComparison.Ordinal);
        Assert.Contains("554 pas de chez vous", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M29_SummariesLate_AlarmAfterAnHour()
    {
        await using var instance = await Instance.StartAsync(manualClock: true);
        var admin = await AdminAsync(instance);
        await instance.Services.GetRequiredService<Pulses>().SucceededAsync(PulseNames.Digest, default);
        instance.Clock.Advance(TimeSpan.FromMinutes(119));
        Assert.DoesNotContain("plus d’une heure de retard", await TextAsync(admin, Page), StringComparison.Ordinal);
        instance.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Contains("plus d’une heure de retard", await TextAsync(admin, Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trial_ServerWell_MailArrivesAndEachStepIsShown()
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink, ("Territoire:Mail:Smtp:User", "moi"), ("Territoire:Mail:Smtp:Password", "mot-secret")));
        var admin = await AdminAsync(instance);

        var page = await admin.SendAsync(await admin.OpenAsync(Page), "#essai form");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(["Connexion au serveur réussi", "Compte et mot de passe réussi", "Courriel accepté réussi"], Steps(page).Select(s => s[..(s.IndexOf("réussi", StringComparison.Ordinal) + 6)]));
        Assert.StartsWith("ada-admin", Assert.Single(sink.Mails).Recipient, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trial_AccountRefused_TheStepIsNamedWithoutThePassword()
    {
        await using var sink = new MailSink { Answer = line => Task.FromResult(line.StartsWith("AUTH", StringComparison.Ordinal) ? "535 5.7.8 compte inconnu" : null) };
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink, ("Territoire:Mail:Smtp:User", "moi"), ("Territoire:Mail:Smtp:Password", "mot-secret")));
        var admin = await AdminAsync(instance);

        var page = await admin.SendAsync(await admin.OpenAsync(Page), "#essai form");

        var steps = Steps(page);
        Assert.Equal(3, steps.Count);
        Assert.StartsWith("Connexion au serveur réussi", steps[0], StringComparison.Ordinal);
        Assert.StartsWith("Compte et mot de passe échec", steps[1], StringComparison.Ordinal);
        Assert.Contains("535 5.7.8 compte inconnu", steps[1], StringComparison.Ordinal);
        Assert.Equal("Courriel accepté pas atteint", steps[2]);
        Assert.DoesNotContain("mot-secret", page.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(sink.Mails);
    }

    [Theory]
    [InlineData("true", 4)]
    [InlineData("false", 1)]
    public async Task F09_Restored_NothingLeavesUntilAnAdministratorAnswers(string answer, int leave)
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        var admin = await AdminAsync(instance);
        await instance.QueueAsync(2, "avant");
        await using (var db = instance.Open(Viewer.System)) await MailHold.HoldAsync(db, instance.Now(), default);
        await instance.QueueAsync(Outbox.Row("depuis", instance.Now(), priority: 1), Outbox.Row("lien", instance.Now(), priority: 0));

        Assert.Equal(1, await instance.SendAsync());
        Assert.Equal("<lien@essai.invalid>", Assert.Single(sink.Mails).MessageId);
        Assert.Contains("Une sauvegarde a été restaurée", await TextAsync(admin, Page), StringComparison.Ordinal);
        var done = await admin.SendAsync(await admin.OpenAsync(Page), $"form[action$=reprendre] button[value={answer}]");
        Assert.Equal(HttpStatusCode.OK, done.Status);
        await instance.SendAsync();
        await instance.QueueAsync(Outbox.Row("apres", instance.Now(), priority: 1));
        await instance.SendAsync();

        Assert.Equal(leave + 1, sink.Mails.Count);
        Assert.DoesNotContain("Une sauvegarde a été restaurée", await TextAsync(admin, Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gestures_OfWhoDoesNotAdminister_AnswerAsIfThereWereNothing()
    {
        await using var instance = await Instance.StartAsync(manualClock: true);
        var admin = await AdminAsync(instance);
        using var member = await instance.SignedInAsync((await new Scene(instance).MemberAsync("Luc Essai")).Id);
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync(Page)).StatusCode);

        var answer = await member.GestureAsync("/", Page + "/reprendre", ("partir", "true"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.OpenAsync(Page)).Status);
    }

    [Fact]
    public async Task M29_PageOfAMember_LastTwentyMailsAndWhyTheyComeBack()
    {
        await using var instance = await Instance.StartAsync(manualClock: true);
        var admin = await AdminAsync(instance);
        var (luc, lou) = (await new Scene(instance).MemberAsync("Luc Essai"), await new Scene(instance).MemberAsync("Lou Essai"));
        for (var i = 0; i < 22; i++)
        {
            await instance.QueueAsync(Outbox.Row($"luc-{i}", instance.Now(), member: luc.Id, to: luc.Email), Outbox.Row($"lou-{i}", instance.Now(), member: lou.Id, to: lou.Email));
            if (i == 20) await instance.SendAsync();
            instance.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await using (var db = instance.Open(Viewer.System))
        {
            db.AddressStandings.Add(new AddressStanding { Address = luc.NormalizedEmail!, State = AddressState.Stopped, Since = instance.Now(), Status = "5.1.1" });
            await db.SaveChangesAsync();
        }

        var page = await admin.OpenAsync($"/administration/membres/{luc.Id}");
        var lines = page.Document.QuerySelectorAll("section[aria-labelledby=courriels] li").Select(l => string.Join(' ', l.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();

        Assert.Equal(20, lines.Count);
        Assert.StartsWith("à envoyer essai", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], l => Assert.StartsWith("envoyé essai", l, StringComparison.Ordinal));
        Assert.Contains("reviennent : adresse inconnue", page.Document.QuerySelector("main dl")!.TextContent.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.DoesNotContain("Essai luc-21", page.Document.Body!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<Visitor> AdminAsync(Instance instance) => await instance.VisitorAsync(await new Scene(instance).MemberAsync("Ada Admin", admin: true));

    private static async Task<string> TextAsync(Visitor visitor, string page) => (await visitor.OpenAsync(page)).Document.QuerySelector("main")!.TextContent;

    private static List<string> Steps(VisitedPage page) => [.. page.Document.QuerySelectorAll("#essai ol li").Select(s => string.Join(' ', s.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
}
