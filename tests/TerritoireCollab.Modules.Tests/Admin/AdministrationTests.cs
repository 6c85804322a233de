using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Admin;

/// <summary>The administration: absent for others, and what administrators do with accounts, choices, mails and the journal.</summary>
public sealed class AdministrationTests(Stage stage) : IClassFixture<Stage>
{
    private static readonly string[] Pages = ["/administration", "/administration/membres", "/administration/reglages", "/administration/courriels", "/administration/journal"];
    private static readonly string[] Gestures = ["approuver", "refuser", "retablir", "administration", "confirmation", "sessions"];

    private Instance Instance => stage.Instance;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryPage_ToOthers_SameAnswerAsAnUnknownAddress(bool signedIn)
    {
        var member = await stage.Scene.MemberAsync("Marc Membre");
        var visitor = signedIn ? await Instance.VisitorAsync(member) : Instance.Stranger();
        var unknown = await visitor.OpenAsync("/nulle-part");

        foreach (var address in Pages.Append($"/administration/membres/{member.Id}").Append($"/administration/membres/{Guid.NewGuid()}"))
        {
            var page = await visitor.OpenAsync(address);
            Assert.Equal(HttpStatusCode.NotFound, page.Status);
            Assert.Equal(unknown.Comparable("nulle-part"), page.Comparable("nulle-part"));
        }
    }

    [Fact]
    public async Task EveryPost_ByAMember_NotFoundAndNothingChanged()
    {
        var (member, waiting) = (await stage.Scene.MemberAsync("Marc Membre"), await stage.Scene.MemberAsync("Walter Attend", MemberState.AwaitingApproval));
        var visitor = await Instance.VisitorAsync(member);
        var page = await visitor.OpenAsync("/moi/compte");
        string[] addresses = [.. Gestures.Select(g => $"administration/membres/{waiting.Id}/{g}"), .. Gestures.Select(g => $"administration/membres/{member.Id}/{g}"), "administration/courriels/relancer", "administration/courriels/abandonner", .. Pages.Select(p => p[1..]), $"administration/membres/{member.Id}"];

        foreach (var address in addresses)
        {
            page.Document.QuerySelector("form[action='deconnexion']")!.SetAttribute("action", address);
            var answer = await visitor.SendAsync(page, $"form[action='{address}']", ("donnee", "true"), ("id", Guid.NewGuid().ToString()), ("_handler", address.Contains("reglages", StringComparison.Ordinal) ? "reglages" : "suspension"));
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            page.Document.QuerySelector($"form[action='{address}']")!.SetAttribute("action", "deconnexion");
        }

        Assert.Equal(MemberState.AwaitingApproval, (await Instance.MemberAsync(waiting.Email))?.State);
        Assert.False((await Instance.MemberAsync(member.Email))?.IsAdmin);
    }

    [Fact]
    public async Task Refuse_Waiting_ErasedAndTold()
    {
        var waiting = await stage.Scene.MemberAsync("Walter Attend", MemberState.AwaitingApproval);
        await stage.Scene.OrganisationAsync("Structure à oublier", waiting);
        var admin = await AdminAsync();

        var done = await admin.SendAsync(await admin.OpenAsync(Of(waiting)), "[formaction$='/refuser']");
        await Instance.SettleAsync();

        Assert.Contains("La demande est effacée.", done.Text, StringComparison.Ordinal);
        Assert.Null(await Instance.MemberAsync(waiting.Email));
        Assert.Equal(("compte.refuse", MailState.Sent), Assert.Single((await Instance.LettersAsync(waiting.Email)).Select(l => (l.Kind, l.State))));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.OpenAsync(Of(waiting))).Status);
    }

    [Fact]
    public async Task Suspend_ThenReactivate_OutAndInAgainAndInTheJournal()
    {
        var member = await stage.Scene.MemberAsync("Sam Suspend");
        await Instance.PasswordAsync(member);
        var admin = await AdminAsync();

        var suspended = await admin.SendAsync(await admin.OpenAsync(Of(member)), "[name='Reason']", ("Reason", "motif-zq <b>gras</b>"));
        var refused = await Instance.Stranger().SignInAsync(member.Email!);
        var back = await admin.SendAsync(suspended, "[formaction$='/retablir']");
        var inside = await Instance.Stranger().SignInAsync(member.Email!);
        var journal = await admin.OpenAsync("/administration/journal?genre=comptes");

        Assert.Contains("Le compte est suspendu", suspended.Text, StringComparison.Ordinal);
        Assert.Contains("Ce compte est suspendu", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Le compte est rétabli.", back.Text, StringComparison.Ordinal);
        Assert.Equal("/", inside.Address);
        Assert.Contains("Compte suspendu Ada Admin Sam Suspend motif-zq <b>gras</b>", journal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suspend_ReasonTooLong_SentenceAtTheFieldAndTextKept()
    {
        var member = await stage.Scene.MemberAsync("Sam Suspend");
        var admin = await AdminAsync();

        var refused = await admin.SendAsync(await admin.OpenAsync(Of(member)), "[name='Reason']", ("Reason", new string('é', 301)));

        Assert.True(refused.Refuses("Reason"));
        Assert.Equal(new string('é', 301), refused.ValueOf("Reason"));
        Assert.Equal(MemberState.Active, (await Instance.MemberAsync(member.Email))?.State);
    }

    [Fact]
    public async Task Suspend_Oneself_Refused()
    {
        var (member, other) = (await stage.Scene.MemberAsync("Ada Admin", admin: true), await stage.Scene.MemberAsync("Marc Membre"));
        var admin = await Instance.VisitorAsync(member);
        var page = await admin.OpenAsync(Of(other));
        page.Document.QuerySelector("form:has([name='Reason'])")!.SetAttribute("action", Of(member));

        var refused = await admin.SendAsync(page, "[name='Reason']");

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("Vous ne pouvez pas suspendre votre propre compte.", refused.Text, StringComparison.Ordinal);
        Assert.Equal(MemberState.Active, (await Instance.MemberAsync(member.Email))?.State);
    }

    [Fact]
    public async Task Administration_GivenThenTakenBack_HoldsAtTheNextRequest()
    {
        var member = await stage.Scene.MemberAsync("Marc Membre");
        var (admin, visitor) = (await AdminAsync(), await Instance.VisitorAsync(member));

        await admin.SendAsync(await admin.OpenAsync(Of(member)), "[name='donnee'][value='true']");
        var allowed = await visitor.OpenAsync("/administration");
        await admin.SendAsync(await admin.OpenAsync(Of(member)), "[name='donnee'][value='false']");
        var refused = await visitor.OpenAsync("/administration");

        Assert.Equal(HttpStatusCode.OK, allowed.Status);
        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
    }

    [Fact]
    public async Task Choices_Changed_HoldAtOnceAndTheJournalSaysWhich()
    {
        var admin = await AdminAsync();

        var saved = await admin.SendAsync(await admin.OpenAsync("/administration/reglages"), "[name='Input.Name']",
            ("Input.Name", "Espace d’Essai"), ("Input.Territory", "Vallon Rêvé"), ("Input.Registration", "ByInvitation"), ("Input.ContactEmail", "equipe@essai.invalid"), ("Input.LegalNotice", "Mairie de **Valrêve**."));
        var closed = await Instance.Stranger().OpenAsync("/inscription");
        var legal = await Instance.Stranger().OpenAsync("/mentions-legales");
        var journal = await admin.OpenAsync("/administration/journal?genre=plateforme");

        Assert.Contains("Les réglages sont enregistrés.", saved.Text, StringComparison.Ordinal);
        Assert.Equal("Espace d’Essai", saved.ValueOf("Input.Name"));
        Assert.Contains("il faut une invitation", closed.Text, StringComparison.Ordinal);
        Assert.Equal("Valrêve", legal.Document.QuerySelector("main .prose strong")?.TextContent);
        Assert.Contains("Réglages modifiés", journal.Text, StringComparison.Ordinal);
        Assert.Contains("Registration", journal.Text, StringComparison.Ordinal);
        await Instance.ChooseAsync(_ => new PlatformChoices());
    }

    [Theory]
    [InlineData("Name", "")]
    [InlineData("Name", "long")]
    [InlineData("Territory", "")]
    [InlineData("ContactEmail", "pas une adresse")]
    [InlineData("DataOfficer", "long")]
    [InlineData("LegalNotice", "long")]
    [InlineData("AuditedOn", "2199-01-01")]
    [InlineData("AccessibilityReport", "long")]
    public async Task Choices_BadField_SentenceAtTheFieldAndAllTextKept(string field, string typed)
    {
        var admin = await AdminAsync();
        var value = typed == "long" ? new string('é', 4001) : typed;
        (string Name, string? Value)[] sound = [("Name", "Espace d’Essai"), ("Territory", "Vallon Rêvé"), ("ContactEmail", "equipe@essai.invalid"), ("DataOfficer", "Une personne"), ("LegalNotice", "Un texte"), ("AccessibilityReport", "Un rapport")];
        (string Name, string? Value)[] fields = [.. sound.Where(f => f.Name != field).Append((field, value)).Select(f => ("Input." + f.Item1, f.Item2))];

        var refused = await admin.SendAsync(await admin.OpenAsync("/administration/reglages"), "[name='Input.Name']", fields);

        Assert.True(refused.Refuses("Input." + field));
        Assert.All(fields, f => Assert.Equal(f.Value, refused.ValueOf(f.Name)));
    }

    [Fact]
    public async Task Outbox_Failed_SeenWithoutItsWordsThenRetriedOrDropped()
    {
        var member = await stage.Scene.MemberAsync("Marc Membre");
        await FailedMailAsync(member, "premier");
        await FailedMailAsync(member, "second");
        var admin = await AdminAsync();

        var page = await admin.OpenAsync("/administration/courriels?etat=echecs");
        var dropped = await admin.SendAsync(page, "[formaction$='/abandonner']");
        var retried = await admin.SendAsync(dropped.Address.Contains("echecs", StringComparison.Ordinal) ? dropped : await admin.OpenAsync("/administration/courriels?etat=echecs"), "form[action$='/relancer']");
        await Instance.SettleAsync();

        Assert.Contains(member.Email!, page.Text, StringComparison.Ordinal);
        Assert.Contains("550 boîte inconnue", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("sujet-secret", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("corps-secret", page.Body, StringComparison.Ordinal);
        Assert.Contains("Les courriels repartent.", retried.Text, StringComparison.Ordinal);
        Assert.Equal([MailState.Sent, MailState.Dropped], (await Instance.LettersAsync(member.Email)).Select(l => l.State).Order());
    }

    [Fact]
    public async Task Checklist_WhatIsMissing_SaidAndTickedOnceDone()
    {
        var admin = await AdminAsync();
        await Instance.ChooseAsync(_ => new PlatformChoices());

        var before = await admin.OpenAsync("/administration");
        await Instance.ChooseAsync(c => c with { ContactEmail = "equipe@essai.invalid" });
        var after = await admin.OpenAsync("/administration");

        Assert.Contains("Donner une adresse de contact. À faire", before.Text, StringComparison.Ordinal);
        Assert.Contains("Donner une adresse de contact. Fait", after.Text, StringComparison.Ordinal);
        Assert.Contains("Éteindre la démonstration (Territoire:Demo). Fait", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_EveryKindThatTheHouseWrites_HasWords()
    {
        var admin = await AdminAsync();
        var kinds = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(f => System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(f), @"(?:security|log)\.(?:Add|WriteAsync)\([^""\n;]*""([a-z.-]+)""(?:[^""\n;]*: ""([a-z.-]+)"")?")).SelectMany(m => new[] { m.Groups[1].Value, m.Groups[2].Value }).Where(k => k.Length > 0).Distinct().ToList();
        await using (var db = Instance.Open(Viewer.System))
        {
            db.SecurityEvents.AddRange(kinds.Select(k => new SecurityEvent { At = Instance.Clock.GetUtcNow().UtcDateTime.AddSeconds(1), Kind = k }));
            await db.SaveChangesAsync();
        }

        var journal = await admin.OpenAsync("/administration/journal");

        Assert.True(kinds.Count > 30, $"{kinds.Count} kinds");
        Assert.DoesNotContain(journal.Document.QuerySelectorAll("tbody td:nth-child(2)").Select(c => c.TextContent.Trim()), kinds.Contains);
    }

    private static string Of(Member member) => $"/administration/membres/{member.Id}";

    private async Task<Visitor> AdminAsync() => await Instance.VisitorAsync(await stage.Scene.MemberAsync("Ada Admin", admin: true));

    private async Task FailedMailAsync(Member member, string key)
    {
        await using var db = Instance.Open(Viewer.System);
        var now = Instance.Clock.GetUtcNow().UtcDateTime;
        db.Mails.Add(new MailRow
        {
            UniqueKey = $"essai.{key}.{member.Id:N}", Kind = "essai", MemberId = member.Id, Optional = false, FromName = "Essai", ToAddress = member.Email!, ToName = member.Name, Subject = "sujet-secret",
            TextBody = "corps-secret", HtmlBody = "<p>corps-secret</p>", MessageId = $"{key}.{member.Id:N}@essai.invalid", CreatedAt = now, NextAttemptAt = now, State = MailState.Failed, Attempts = 3, LastError = "550 boîte inconnue",
        });
        await db.SaveChangesAsync();
    }
}
