using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>M3, M5 and M23 on a mail of every kind that the rooms declare, as the running host sends them: a kind without a mail here fails.</summary>
public sealed partial class EveryMailTests(EveryMail every) : IClassFixture<EveryMail>
{
    private const string Site = "http://127.0.0.1";
    private static readonly string[] Reasons =
        ["abonnement", "administration", "agenda", "animation", "auteur", "compte", "groupe", "invitation", "mention", "personnel", "questionnaire", "reception", "resume", "sondage", "veille"];

    [Fact]
    public void M3_KindsDeclared_AreThoseThatAreSentHere() => Assert.Equal(every.Declared, every.Mails.Select(m => m.Kind).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void M3_VariantsOfAKind_AreThere()
    {
        Assert.Equal(Reasons, every.Mails.Select(m => m.Mail.Field("X-Territoire-Raison")).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(every.Mails, m => m.Mail.Text.Contains("2 nouvelles réponses", StringComparison.Ordinal));
        Assert.Contains(every.Mails, m => m.Mail.Subject.Contains("rappel", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(every.Mails, m => m.Mail.Subject.Contains("Ordre du jour", StringComparison.Ordinal));
        Assert.Contains(every.Mails, m => Why(m.Mail).Contains("mis vos courriels en pause", StringComparison.Ordinal));
        Assert.Contains(every.Mails, m => m.Kind == "veille.issue" || m.Mail.Text.Contains("a publié la revue", StringComparison.Ordinal) || m.Mail.Subject.Contains("La fibre arrive", StringComparison.Ordinal));
    }

    [Fact]
    public void M3_EveryMail_CanBeSorted() => Assert.All(every.Mails, m =>
    {
        var mail = m.Mail;
        string[] wanted = ["From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Archive", "X-Territoire-Raison", "X-Territoire-Groupe", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version"];
        Assert.True(wanted.All(mail.FieldNames.Contains), $"{m.Kind}: {string.Join(", ", wanted.Except(mail.FieldNames))}");
        Assert.Equal(mail.FieldNames.Count, mail.FieldNames.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Matches("^(=\\?utf-8\\?[QBqb]\\?[^? ]*\\?=|\"?[ -~]+\"?)( =\\?utf-8\\?[QBqb]\\?[^? ]*\\?=)* <[a-z0-9-]+\\.essai\\.invalid>$", mail.Field("List-Id"));
        Assert.Matches($"^<{Site}/[^ <>]+>$", mail.Field("List-Archive"));
        Assert.Matches("^(-|[a-z0-9-]+)$", mail.Field("X-Territoire-Groupe"));
        Assert.Equal(mail.FieldNames.Contains("List-Unsubscribe"), mail.FieldNames.Contains("List-Unsubscribe-Post"));
        if (mail.Field("X-Territoire-Groupe") is { Length: > 1 } slug) Assert.Contains(slug, mail.Field("List-Id"), StringComparison.Ordinal);
    });

    [Fact]
    public void M3_NameWithAccents_EncodedInTheListId()
    {
        var mail = every.Mails.First(m => m.Kind == "groupe.invitation").Mail;

        Assert.StartsWith("=?utf-8?", mail.Field("List-Id"), StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("Énergie & climat", ReceivedMail.Words(mail.Field("List-Id")), StringComparison.Ordinal);
    }

    [Fact]
    public void M5_EveryMail_SaysWhy() => Assert.All(every.Mails, m => Assert.Matches("^Vous recevez ce message .*parce (que |qu’)", Why(m.Mail)));

    [Fact]
    public async Task M5_EveryMail_LinksOfItsFootWorkWithoutSigningIn()
    {
        await using var db = every.Instance.Open(Viewer.System);
        var members = await db.Members.Where(m => m.State == MemberState.Active).Select(m => m.Email!).ToListAsync();
        var stranger = every.Instance.Stranger();
        foreach (var (kind, mail) in every.Mails.DistinctBy(m => (m.Kind, m.Mail.Field("X-Territoire-Raison"), m.Mail.To)))
        {
            var links = Links().Matches(Foot(mail)).Select(l => l.Value).ToList();
            // What is being prepared for somebody, and his groups, are read signed in.
            var signed = links.Where(l => !l.EndsWith("/moi/lettre", StringComparison.Ordinal) && !l.Contains("/groupes/", StringComparison.Ordinal)).ToList();
            Assert.True(signed.Count > 0, $"{kind}: {Foot(mail)}");
            foreach (var link in signed)
            {
                var page = await stranger.OpenAsync(link[Site.Length..]);
                Assert.True(page.Status == HttpStatusCode.OK && !page.Address.StartsWith("/connexion", StringComparison.Ordinal), $"{kind}: {link} {page.Status} {page.Address}");
            }

            var title = (await stranger.OpenAsync(signed[^1][Site.Length..])).Document.QuerySelector("h1")!.TextContent;
            if (members.Contains(mail.To) && kind != "compte.confirmation" && mail.Field("X-Territoire-Raison") != "compte") Assert.Equal((kind, "Mes courriels"), (kind, title));
            if (mail.Field("X-Territoire-Groupe").Length > 1) Assert.Contains(signed, l => l.Contains("/desabonnement/", StringComparison.Ordinal) || l.Contains("/invitations/arret/", StringComparison.Ordinal) || l.Contains("/invite/arret/", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("compte.connexion")]
    [InlineData("compte.mot-de-passe")]
    [InlineData("compte.adresse-voulue")]
    [InlineData("avis.mot-de-passe")]
    [InlineData("avis.demande.adresse")]
    [InlineData("avis.attente.compte")]
    [InlineData("administration.essai")]
    [InlineData("administration.alerte")]
    [InlineData("reception.confirmation")]
    public async Task M5_MailToAMembersOwnAddress_LeadsToTheSettings(string kind)
    {
        var mail = every.Mails.First(m => m.Kind == kind).Mail;

        var page = await every.Instance.Stranger().OpenAsync(Assert.Single(mail.Actions));

        Assert.Equal("Mes courriels", page.Document.QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("compte.adresse")]
    [InlineData("avis.adresse")]
    [InlineData("compte.refuse")]
    [InlineData("compte.confirmation")]
    public void M5_MailToAnAddressThatIsNotTheMembers_GivesNoSettingsAway(string kind)
    {
        var mail = every.Mails.First(m => m.Kind == kind).Mail;

        Assert.Empty(mail.Actions);
        Assert.Contains(Site + "/aide/courriel", mail.TextLinks);
    }

    [Fact]
    public void M23_EveryMail_BothPartsSayTheSameAndLeadToTheSamePlaces() => Assert.All(every.Mails, m =>
    {
        Assert.True(m.Mail.TextLetters == m.Mail.HtmlLetters, $"{m.Kind}\n--- text\n{m.Mail.TextLetters}\n--- HTML\n{m.Mail.HtmlLetters}");
        // An address that somebody wrote stands in both as it was written.
        var written = m.Mail.TextLinks.Where(l => m.Mail.Document.Body!.TextContent.Contains(l, StringComparison.Ordinal));
        Assert.Equal(m.Mail.HtmlLinks.Where(l => !l.StartsWith("mailto:", StringComparison.Ordinal)).Concat(written).Order(StringComparer.Ordinal), m.Mail.TextLinks.Order(StringComparer.Ordinal));
        Assert.All(m.Mail.Raw.Split("\r\n"), l => Assert.True(l.Length <= 998));
    });

    [Fact]
    public void M25_EveryMail_FrenchAsPrintersSetIt() => Assert.All(every.Mails, m =>
    {
        // What people are quoted with is theirs, « Re: » is that of all mail programs, and an address is set in.
        foreach (var line in m.Mail.Text.Split('\n').Prepend(m.Mail.Subject).Where(l => l != "-- " && !l.StartsWith('>')).Select(l => l.Replace("Re: ", "", StringComparison.Ordinal).Trim(' ')))
            Assert.True(!FrenchTypography.FaultsOf(line).Any(), $"{m.Kind}: {string.Join(", ", FrenchTypography.FaultsOf(line))}: {line}");
    });

    [Fact]
    public void M26_EveryMail_DatedByTheClocksOfTheTerritory() => Assert.All(every.Mails, m => Assert.EndsWith(" +0100", m.Mail.Field("Date"), StringComparison.Ordinal));

    [Fact]
    public void M24_EveryMail_HtmlForOldPrograms() => Assert.All(every.Mails, m => MailLint.Check(m.Kind, m.Mail));

    [Fact]
    public void Importance_OfAnUrgentLetter_HighAndOfNoOtherMail()
    {
        var important = every.Mails.Where(m => m.Mail.FieldNames.Contains("Importance")).ToList();

        Assert.NotEmpty(important);
        Assert.All(important, m => Assert.Equal(("high", true), (m.Mail.Field("Importance"), m.Mail.Subject.Contains("La salle change", StringComparison.Ordinal))));
        Assert.All(important, m => Assert.Contains(" · Urgent", m.Mail.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(every.Mails, m => m.Mail.Subject.Contains("La salle change", StringComparison.Ordinal) && !m.Mail.FieldNames.Contains("Importance"));
    }

    private static string Foot(ReceivedMail mail) => mail.Text.Split("\n-- \n")[^1];

    private static string Why(ReceivedMail mail) => InboxStage.Plain(Foot(mail).Split('\n')[0]);

    [GeneratedRegex("http://127\\.0\\.0\\.1/\\S+")]
    private static partial Regex Links();
}
