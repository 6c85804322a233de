using System.Net.Http.Json;
using System.Text.RegularExpressions;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>What every mail looks like to mail programs: fields to sort and thread by, two parts that say the same, HTML that old programs read.</summary>
public sealed partial class MailFormTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private const int LongestLine = 998;

    [Fact]
    public async Task EveryKind_Sent_BothPartsSayTheSameAndLeadToTheSamePlaces()
    {
        var kinds = await OneOfEachAsync();

        foreach (var (kind, mail) in kinds)
        {
            Assert.True(mail.TextLetters == mail.HtmlLetters, $"{kind}\n--- text\n{mail.TextLetters}\n--- HTML\n{mail.HtmlLetters}");
            Assert.Equal(mail.HtmlLinks.Order(StringComparer.Ordinal), mail.TextLinks.Order(StringComparer.Ordinal));
            Assert.All(mail.HtmlLinks, l => Assert.StartsWith("http://127.0.0.1/", l, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task EveryKind_Sent_CanBeSortedAndIsNotAnsweredByMachines()
    {
        var kinds = await OneOfEachAsync();

        foreach (var (kind, mail) in kinds)
        {
            string[] wanted = ["From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Archive", "X-Territoire-Raison", "X-Territoire-Groupe", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version"];
            Assert.True(wanted.All(mail.FieldNames.Contains), $"{kind}: {string.Join(", ", wanted.Except(mail.FieldNames))}");
            Assert.Equal(mail.FieldNames.Count, mail.FieldNames.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.DoesNotContain("Sender", mail.FieldNames);
            Assert.Equal(kind == "compte", mail.Field("X-Territoire-Groupe") == "-");
            Assert.Equal(kind != "compte", mail.FieldNames.Contains("List-Unsubscribe"));
            Assert.Matches("^<[^<> ]+@territoire\\.invalid>$", mail.Field("Message-ID"));
            Assert.EndsWith("+0100", mail.Field("Date"), StringComparison.Ordinal);
            Assert.Matches("<espace@territoire\\.invalid>$", mail.Field("From"));
            Assert.All(mail.Raw.Split("\r\n"), l => Assert.True(l.Length <= LongestLine));
        }
    }

    [Fact]
    public async Task EveryKind_Sent_HtmlForOldPrograms()
    {
        var kinds = await OneOfEachAsync();

        foreach (var (kind, mail) in kinds) MailLint.Check(kind, mail);
    }

    [Fact]
    public async Task Thread_WithAnswersToAnswers_OneTreeForMailPrograms()
    {
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.Scene.GroupAsync("Collectivités numériques", author);
        await stage.Scene.JoinAsync(group, reader, level: MailLevel.Everything);
        var topic = await stage.Scene.TopicAsync(group, author, "Budget participatif à l’été : 1er bilan");
        var first = await stage.Scene.AnswerAsync(topic, author, "Première.");
        var second = await stage.Scene.AnswerAsync(topic, author, "Deuxième.", replyTo: first);
        await stage.Scene.AnswerAsync(topic, author, "Troisième.", replyTo: second);
        await stage.DecideAsync();
        await stage.SendAsync();

        var mails = stage.MailsTo(reader).ToDictionary(m => m.Field("Message-ID"));

        string Id(int number) => number == 0 ? $"<fil.{topic}@territoire.invalid>" : $"<fil.{topic}.msg.{number}@territoire.invalid>";
        Assert.Equal([Id(1), Id(2), Id(3), Id(0)], mails.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("", ""), (mails[Id(0)].Field("In-Reply-To"), mails[Id(0)].Field("References")));
        Assert.Equal((Id(0), Id(0)), (mails[Id(1)].Field("In-Reply-To"), mails[Id(1)].Field("References")));
        Assert.Equal((Id(1), $"{Id(0)} {Id(1)}"), (mails[Id(2)].Field("In-Reply-To"), mails[Id(2)].Field("References")));
        Assert.Equal((Id(2), $"{Id(0)} {Id(1)} {Id(2)}"), (mails[Id(3)].Field("In-Reply-To"), mails[Id(3)].Field("References")));
        var subject = mails[Id(0)].Subject;
        Assert.Equal("[Collectivités numériques] Budget participatif à l’été : 1er bilan", InboxStage.Plain(subject));
        Assert.All(mails.Where(m => m.Key != Id(0)), m => Assert.Equal("Re: " + subject, m.Value.Subject));
        Assert.All(mails.Values, m => Assert.Matches("^=\\?utf-8\\?[QB]\\?.+\\?= <groupe-" + group.Slug + "\\.territoire\\.invalid>$", m.Field("List-Id")));
        Assert.All(mails.Values, m => Assert.Equal("Anne Essai (Collectivités numériques)", ReceivedMail.Words(FromName().Match(m.Field("From")).Groups[1].Value)));
    }

    [Fact]
    public async Task Subject_LongAndFullOfPictograms_CutBetweenTwo()
    {
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.Scene.GroupAsync("Groupe", author, members: reader);
        await stage.Scene.TopicAsync(group, author, string.Concat(Enumerable.Repeat("👩‍🌾é", 25)));
        await stage.DecideAsync();
        await stage.SendAsync();

        var mail = Assert.Single(stage.MailsTo(reader));

        Assert.True(mail.Subject.Length <= 70, mail.Subject);
        Assert.DoesNotContain('\uFFFD', mail.Subject);
        Assert.All(EncodedWords().Matches(mail.Field("Subject")), w => Assert.DoesNotContain('\uFFFD', ReceivedMail.Words(w.Value)));
        Assert.StartsWith("[Groupe] 👩‍🌾é👩‍🌾é", mail.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reason_ForEachReader_SaidInTheFoot()
    {
        var (author, named, all, fresh) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Citée"), await stage.Scene.MemberAsync("Tout"), await stage.Scene.MemberAsync("Fils"));
        var group = await stage.Scene.GroupAsync("Groupe", author);
        await stage.Scene.JoinAsync(group, all, level: MailLevel.Everything);
        foreach (var member in (Member[])[named, fresh]) await stage.Scene.JoinAsync(group, member, level: MailLevel.NewThreads);
        await stage.Scene.TopicAsync(group, author, "Un fil", $"Bonjour @{named.Handle}");
        await stage.DecideAsync();
        await stage.SendAsync();

        string Why(Member member) => InboxStage.Plain(Assert.Single(stage.MailsTo(member)).Text.Split("-- \n")[1].Split('\n')[0]);
        Assert.Equal("Vous recevez ce message parce que Anne Essai vous cite par votre nom.", Why(named));
        Assert.Equal("Vous recevez ce message parce que vous avez choisi de tout recevoir du groupe « Groupe ».", Why(all));
        Assert.Equal("Vous recevez ce message parce que vous avez choisi de recevoir les nouveaux sujets du groupe « Groupe ».", Why(fresh));
    }

    // One mail of each kind, by its name in this test.
    private async Task<IReadOnlyList<(string Kind, ReceivedMail Mail)>> OneOfEachAsync()
    {
        var (owner, reader, asking) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"), await stage.Scene.MemberAsync("Zoé Essai"));
        var (refused, added, invited) = (await stage.Scene.MemberAsync("Refusée"), await stage.Scene.MemberAsync("Ajoutée"), await stage.Scene.MemberAsync("Invitée"));
        var group = await stage.Scene.GroupAsync("Énergie & climat", owner);
        await stage.Scene.JoinAsync(group, reader, level: MailLevel.Everything);
        var file = await stage.Scene.FileAsync("Délibération.txt", "Le conseil décide.");
        var topic = await stage.Scene.TopicAsync(group, owner, "Sobriété des bâtiments",
            "Bonjour,\n\n- d’abord **compter** ;\n- ensuite réduire.\n\n> « Qui mesure gère. »\n\nVoir [le guide](/groupes).", files: file);
        var number = await stage.Scene.AnswerAsync(topic, reader, "Très juste : 14 h 30, < 3 % & 1 234 kWh.");
        await stage.Scene.AnswerAsync(topic, owner, "Merci !", replyTo: number);
        foreach (var member in (Member[])[asking, refused]) await (await stage.Instance.ProgramAsync(member.Id)).PostAsJsonAsync($"groups/{group.Slug}/join", new { answer = "Je suis élue.\nBonjour." });
        await stage.DecideAsync();
        await stage.SendAsync();
        using var browser = await stage.Instance.SignedInAsync(owner.Id);
        var members = $"/groupes/{group.Slug}/membres";
        await browser.GestureAsync(members, $"/groupes/{group.Slug}/demandes", ("accepter", asking.Id.ToString()), ("mot", "Bienvenue !"));
        await browser.GestureAsync(members, $"/groupes/{group.Slug}/demandes", ("refuser", refused.Id.ToString()), ("mot", "Plus tard."));
        await browser.GestureAsync($"/groupes/{group.Slug}/invitations", $"/groupes/{group.Slug}/invitations/membre", ("ajouter", added.Handle));
        await browser.GestureAsync($"/groupes/{group.Slug}/invitations", $"/groupes/{group.Slug}/invitations/membre", ("inviter", invited.Handle));
        await browser.GestureAsync("/groupes", $"/groupes/{group.Slug}/membres/{asking.Id}/cession");
        var visitor = new Visitor(stage.Instance.Browser());
        await visitor.SendAsync(await visitor.OpenAsync("/mot-de-passe"), "main form", ("Email", added.Email));
        await stage.DecideAsync();
        await stage.SendAsync();

        ReceivedMail Of(Member member, Func<ReceivedMail, bool> which) => stage.MailsTo(member).First(which);
        bool Says(ReceivedMail mail, string words) => mail.Text.Contains(words, StringComparison.Ordinal);
        return
        [
            ("fil", Of(reader, m => !m.Subject.StartsWith("Re:", StringComparison.Ordinal))),
            ("réponse", Of(owner, m => Says(m, "Très juste"))),
            ("réponse à une réponse", Of(reader, m => Says(m, "Merci"))),
            ("demande", Of(owner, m => Says(m, "demande à entrer"))),
            ("acceptation", Of(asking, m => Says(m, "a accepté"))),
            ("refus", Of(refused, m => Says(m, "donné suite"))),
            ("ajout", Of(added, m => Says(m, "fait entrer"))),
            ("cession", Of(asking, m => Says(m, "Vous êtes propriétaire"))),
            ("invitation", Of(invited, m => Says(m, "invit"))),
            ("compte", Of(added, m => Says(m, "/lien/"))),
        ];
    }

    [GeneratedRegex("^\"?(.+?)\"? <")]
    private static partial Regex FromName();

    [GeneratedRegex("=\\?utf-8\\?[QBqb]\\?[^? ]*\\?=")]
    private static partial Regex EncodedWords();
}
