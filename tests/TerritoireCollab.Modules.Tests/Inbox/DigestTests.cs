using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>M8 and M9: summaries, at their hour, of what is new to their reader, once.</summary>
public sealed class DigestTests
{
    [Fact]
    public async Task M8_DailyAndWeekly_EachOnItsDayWithItsGroups()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-25 10:00");
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var (daily, weekly) = (await stage.GroupAsync(author, MailLevel.DailyDigest, reader), await stage.GroupAsync(author, MailLevel.WeeklyDigest, reader));
        await stage.Scene.TopicAsync(daily, author, "Du jour", "Le texte du jour.");
        await stage.Scene.TopicAsync(weekly, author, "De la semaine");

        await stage.RunAtAsync("2026-11-25 18:00");
        Assert.Empty(stage.MailsTo(reader));

        await stage.RunAtAsync("2026-11-26 07:00");
        var first = stage.MailTo(reader);
        Assert.Contains("Du jour", first.Text, StringComparison.Ordinal);
        Assert.Contains("Le texte du jour.", first.Text, StringComparison.Ordinal);
        Assert.Contains("Anne Essai · nouveau sujet", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("De la semaine", first.Text, StringComparison.Ordinal);
        Assert.Equal("[Espace collaboratif] Votre résumé du 26\u00a0novembre 2026", first.Subject);
        Assert.Equal("resume", first.Field("X-Territoire-Raison"));

        foreach (var day in (string[])["27", "28", "29", "30"]) await stage.RunAtAsync($"2026-11-{day} 07:00");
        var second = Assert.Single(stage.MailsTo(reader), m => m.Field("Message-ID") != first.Field("Message-ID"));
        Assert.Contains("De la semaine", second.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Du jour", second.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M8_NewVersionsOfAFile_OneLineWithTheirNumberAndTheLastComment()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-25 10:00");
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.GroupAsync(author, MailLevel.DailyDigest, reader);
        var file = await stage.Scene.FileOfGroupAsync(group, author, "plan.txt", "Premier");
        await stage.RunAtAsync("2026-11-26 07:00");
        await (await stage.Instance.VisitorAsync(reader)).OpenAsync($"/c/{file}");
        await stage.Scene.VersionAsync(file, author, "plan.txt", "Second", "La rue a changé");
        await stage.Scene.VersionAsync(file, author, "plan.txt", "Troisième", "Et la place");

        await stage.RunAtAsync("2026-11-27 07:00");

        var mail = stage.MailsTo(reader)[^1];
        Assert.Equal(2, stage.MailsTo(reader).Count);
        Assert.Contains("Anne Essai · 2 nouvelles versions (version 3, Et la place)", mail.Text.Replace("\r\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("nouveau sujet", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M8_NewVersion_ToWhoeverFollowsAtOnceAndToOthersWhoWantSummariesNot()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-25 10:00");
        var (author, reader, other) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"), await stage.Scene.MemberAsync("Zoé Essai"));
        var group = await stage.GroupAsync(author, MailLevel.DailyDigest, reader, other);
        var file = await stage.Scene.FileOfGroupAsync(group, author, "plan.txt", "Premier");
        await stage.Instance.WorkAsync();

        await stage.Scene.VersionAsync(file, reader, "plan.txt", "Second", "La rue a changé");
        await stage.Instance.WorkAsync();

        Assert.Contains("Luc Essai a déposé une nouvelle version de « plan.txt » : version 2, La rue a changé", InboxStage.Plain(stage.MailTo(author).Text), StringComparison.Ordinal);
        Assert.Empty(stage.MailsTo(other));
    }

    [Fact]
    public async Task M27_UsefulInASummary_OneShortLineAnItemAndGivenWithoutSigningIn()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-25 10:00");
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.GroupAsync(author, MailLevel.DailyDigest, reader);
        var topic = await stage.Scene.TopicAsync(group, author, "Un fil qui aide");
        await stage.RunAtAsync("2026-11-26 07:00");
        var mail = stage.MailTo(reader);

        var line = Assert.Single(mail.Text.Split('\n'), l => InboxStage.Plain(l).StartsWith("Utile : ", StringComparison.Ordinal));
        var visitor = stage.Instance.Stranger();
        var page = await visitor.OpenAsync(line[(line.IndexOf("http://127.0.0.1", StringComparison.Ordinal) + "http://127.0.0.1".Length)..]);
        Assert.Equal(0, await UsefulAsync(stage, topic));
        var done = await visitor.SendAsync(page, "button[value='faire']");

        Assert.Contains("C’est fait.", done.Text, StringComparison.Ordinal);
        Assert.Equal(1, await UsefulAsync(stage, topic));
        Assert.Equal(1, mail.Document.QuerySelectorAll("a").Count(a => a.TextContent == "Utile"));
    }

    [Fact]
    public async Task M27_EventAndPollInASummary_SayWhenAndAreAnsweredWithoutSigningIn()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-25 10:00");
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.GroupAsync(author, MailLevel.DailyDigest, reader);
        await stage.Scene.TurnOnAsync(group);
        await stage.Scene.EventAsync(group, author, "Réunion des communes", inDays: 9, with: d => d with { From = "18:30", Place = "Salle des fêtes", Commune = "Crest" });
        await stage.Scene.PollAsync(group, author, "Quel jour ?", options: ["Lundi", "Mardi"]);
        await stage.RunAtAsync("2026-11-26 07:00");
        var mail = stage.MailTo(reader);

        var text = InboxStage.Plain(mail.Text);
        Assert.Contains("vendredi 4 décembre 2026, de 18 h 30", text, StringComparison.Ordinal);
        Assert.Contains("Salle des fêtes, Crest", text, StringComparison.Ordinal);
        Assert.Contains("Se termine ", text, StringComparison.Ordinal);
        var visitor = stage.Instance.Stranger();
        foreach (var words in (string[])["Je participe", "Voter « Mardi »"])
        {
            var link = Assert.Single(mail.Document.QuerySelectorAll("a"), a => InboxStage.Plain(a.TextContent) == words).GetAttribute("href")!;
            var done = await visitor.SendAsync(await visitor.OpenAsync(new Uri(link).PathAndQuery), "button[value='faire']");
            Assert.Contains("C’est fait.", done.Text, StringComparison.Ordinal);
        }

        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(reader.Id, await db.Set<TerritoireCollab.Agenda.Registrations.Registration>().Select(r => r.MemberId).SingleAsync());
        Assert.Equal(reader.Id, await db.Set<TerritoireCollab.Polls.Voting.PollVoter>().Select(v => v.MemberId).SingleAsync());
    }

    private static async Task<int> UsefulAsync(DigestStage stage, string topic)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Items.Where(i => i.ShortId == topic).Select(i => i.UsefulCount).SingleAsync();
    }

    [Theory]
    [InlineData("2026-03-28", 7)]
    [InlineData("2026-03-28", 2)]
    [InlineData("2026-10-24", 7)]
    [InlineData("2026-10-24", 2)]
    public async Task M8_ClocksPutForwardOrBack_OneADay(string eve, int hour)
    {
        await using var stage = await DigestStage.StartAsync(eve + " 12:00");
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.GroupAsync(author, MailLevel.DailyDigest, reader);
        await stage.PreferAsync(new MailPreferences { MemberId = reader.Id, DigestHour = hour });

        // Twice an hour, and something new in each.
        for (var half = 0; half < 2 * 60; half++)
        {
            stage.Instance.Clock.Advance(TimeSpan.FromMinutes(30));
            if (half % 2 == 0) await stage.Scene.TopicAsync(group, author, $"Fil {half:000}");
            await stage.Instance.WorkAsync();
        }

        var mails = stage.MailsTo(reader);
        var days = mails.Select(m => m.Field("Date")[..16]).ToList();
        Assert.Equal(days.Count == 2 || hour == 2 ? days.Distinct() : [], days);
        Assert.InRange(mails.Count, 2, 3);
        Assert.All(mails, m => Assert.Matches(hour == 7 ? " 07:00:00 " : " 0[23]:00:00 ", m.Field("Date")));
        var told = mails.SelectMany(m => Enumerable.Range(0, 120).Where(i => m.Text.Contains($"Fil {i:000}", StringComparison.Ordinal))).ToList();
        Assert.Equal(told.Distinct(), told);
        Assert.True(told.Count >= 37, $"{told.Count} threads were told.");
    }

    [Fact]
    public async Task M8_IsoWeek53_OneAWeek()
    {
        await using var stage = await DigestStage.StartAsync("2026-12-20 12:00");
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.GroupAsync(author, MailLevel.WeeklyDigest, reader);
        for (var day = 0; day < 23; day++)
        {
            await stage.Scene.TopicAsync(group, author, $"Fil {day:00}");
            stage.Instance.Clock.Advance(TimeSpan.FromHours(24));
            await stage.Instance.WorkAsync();
        }

        Assert.Equal(["Mon, 21 Dec 2026", "Mon, 28 Dec 2026", "Mon, 4 Jan 2027", "Mon, 11 Jan 2027"], stage.MailsTo(reader).Select(m => string.Join(' ', m.Field("Date").Split(' ')[..4])));
    }

    [Fact]
    public async Task M8_WhatIsNoNewsToTheReader_Absent()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-25 10:00");
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.GroupAsync(author, MailLevel.DailyDigest, reader);
        var read = await stage.Scene.TopicAsync(group, author, "Fil lu");
        var muted = await stage.Scene.TopicAsync(group, author, "Fil muet");
        var gone = await stage.Scene.TopicAsync(group, author, "Fil effacé");
        await stage.Scene.TopicAsync(group, reader, "Fil de Luc");
        await stage.Scene.TopicAsync(group, author, "Fil nouveau");
        await stage.Instance.WorkAsync();
        using var browser = await stage.Instance.SignedInAsync(reader.Id);
        await new Visitor(browser).OpenAsync($"/c/{read}");
        Assert.True((int)(await browser.GestureAsync("/groupes", $"/contenus/{muted}/suivi", ("suivi", "Muted"))).StatusCode < 400);
        await using (var db = stage.Instance.Open(Viewer.System))
            await db.Items.Where(i => i.ShortId == gone).ExecuteUpdateAsync(set => set.SetProperty(i => i.DeletedAt, stage.Scene.Now));

        await stage.RunAtAsync("2026-11-26 07:00");

        var mail = stage.MailTo(reader);
        Assert.Contains("Fil nouveau", mail.Text, StringComparison.Ordinal);
        Assert.All(["Fil lu", "Fil muet", "Fil effacé", "Fil de Luc"], t => Assert.DoesNotContain(t, mail.Raw, StringComparison.Ordinal));

        // Nothing new: nothing sent.
        await stage.RunAtAsync("2026-11-27 07:00");
        Assert.Single(stage.MailsTo(reader));
    }

    [Fact]
    public async Task M8_SixtyTwoContents_FiftyNewestFirstThenTwelveOthers()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-25 10:00", ("Territoire:Mail:Inbox", "Folder"));
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.GroupAsync(author, MailLevel.DailyDigest, reader);
        for (var i = 1; i <= 62; i++)
        {
            stage.Instance.Clock.Advance(TimeSpan.FromMinutes(1));
            await stage.Scene.TopicAsync(group, author, $"Réunion d’été n° {i:00} : préparer l’ordre du jour, les salles et les transports", string.Concat(Enumerable.Repeat("À décider, évidemment ! ", 20)));
        }

        await stage.RunAtAsync("2026-11-26 07:00");

        var mail = stage.MailTo(reader);
        Assert.Equal(Enumerable.Range(13, 50).Reverse(), System.Text.RegularExpressions.Regex.Matches(mail.Text, @"^Réunion d’été n° (\d\d)", System.Text.RegularExpressions.RegexOptions.Multiline).Select(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Contains("et 12 autres", mail.Text, StringComparison.Ordinal);
        MailLint.Check("résumé", mail);
        Assert.Equal(mail.TextLetters, mail.HtmlLetters);
        var answers = mail.HtmlLinks.Where(l => l.StartsWith("mailto:reponse+", StringComparison.Ordinal)).ToList();
        Assert.Equal(Enumerable.Range(1, 50), answers.Select(a => int.Parse(a[(a.IndexOf('-', StringComparison.Ordinal) + 1)..a.IndexOf('@', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture)));
        await using var db = stage.Instance.Open(Viewer.System);
        var row = await db.Mails.SingleAsync(m => m.MemberId == reader.Id);
        Assert.Contains($"reponse+{row.Key}-1@", answers[0], StringComparison.Ordinal);
        Assert.Equal(50, await db.DigestLines.CountAsync(l => l.Digest.MailId == row.Id));
    }

    [Fact]
    public async Task M8_MailedAtOnceOrToldBefore_NotToldAgain()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-25 10:00");
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.GroupAsync(author, MailLevel.Everything, reader);
        await stage.Scene.TopicAsync(group, author, "Reçu aussitôt");
        await stage.Instance.WorkAsync();
        await stage.Scene.JoinAsync(group, reader, level: MailLevel.DailyDigest);
        stage.To("2026-11-25 11:00");
        await stage.Scene.TopicAsync(group, author, "Cité", $"Bonjour @{reader.Handle}");
        await stage.Scene.TopicAsync(group, author, "Du résumé");
        await stage.Instance.WorkAsync();
        Assert.Equal(2, stage.MailsTo(reader).Count);

        await stage.RunAtAsync("2026-11-26 07:00");
        var summary = Assert.Single(stage.MailsTo(reader), m => m.Field("X-Territoire-Raison") == "resume");
        Assert.Contains("Du résumé", summary.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Reçu aussitôt", summary.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Cité", summary.Text, StringComparison.Ordinal);

        // From the daily summary to the weekly one: what that one told is not told again.
        await stage.Scene.JoinAsync(group, reader, level: MailLevel.WeeklyDigest);
        await stage.Scene.TopicAsync(group, author, "Suivant");
        await stage.RunAtAsync("2026-11-30 07:00");
        var weekly = stage.MailsTo(reader)[^1];
        Assert.Contains("Suivant", weekly.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Du résumé", weekly.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MailLevel.DailyDigest)]
    [InlineData(MailLevel.WeeklyDigest)]
    public async Task M8_StopOfThreeWeeks_OneLateEditionThatWaitsForAPerson(MailLevel level)
    {
        await using var stage = await DigestStage.StartAsync("2026-11-02 06:00");
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.GroupAsync(author, level, reader);
        await stage.RunAtAsync("2026-11-02 07:00");
        await stage.Scene.TopicAsync(group, author, "Avant l’arrêt");

        stage.To("2026-11-23 12:00");
        await stage.Instance.WorkAsync();
        await stage.RunAtAsync("2026-11-23 12:30");

        Assert.Empty(stage.MailsTo(reader));
        await using var db = stage.Instance.Open(Viewer.System);
        var held = await db.Mails.SingleAsync();
        Assert.Equal(MailState.Held, held.State);
        Assert.Contains("Avant l’arrêt", held.TextBody, StringComparison.Ordinal);
        Assert.Contains("Ce résumé part en retard", held.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M8_StoppedOverItsHour_SentOnceAtTheStart()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-30 06:00");
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.GroupAsync(author, MailLevel.WeeklyDigest, reader);
        await stage.Scene.TopicAsync(group, author, "Un fil");

        await stage.RunAtAsync("2026-11-30 12:00");
        await stage.RunAtAsync("2026-11-30 13:00");

        Assert.Contains("Un fil", stage.MailTo(reader).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M8_Pause_OneSummaryAfterItWithWhatWasHeld()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-25 10:00");
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var (all, daily) = (await stage.GroupAsync(author, MailLevel.Everything, reader), await stage.GroupAsync(author, MailLevel.DailyDigest, reader));
        await stage.PreferAsync(new MailPreferences { MemberId = reader.Id, PausedUntil = new DateTime(2026, 11, 29, 23, 0, 0, DateTimeKind.Utc) });
        await stage.Scene.TopicAsync(all, author, "Fil retenu");
        await stage.Scene.TopicAsync(daily, author, "Fil du résumé");
        await stage.Scene.TopicAsync(all, author, "Fil qui cite", $"Bonjour @{reader.Handle}");
        await stage.Instance.WorkAsync();
        Assert.Contains("Fil qui cite", stage.MailTo(reader).Text, StringComparison.Ordinal);

        foreach (var day in (string[])["26", "27", "28", "29"]) await stage.RunAtAsync($"2026-11-{day} 07:00");
        Assert.Single(stage.MailsTo(reader));

        // Back, but the summary has not come yet: what is written now is told at once.
        stage.To("2026-11-30 06:00");
        await stage.Scene.TopicAsync(all, author, "Fil du matin");
        await stage.Instance.WorkAsync();
        Assert.Contains("Fil du matin", stage.MailsTo(reader)[^1].Text, StringComparison.Ordinal);

        await stage.RunAtAsync("2026-11-30 07:00");
        await stage.RunAtAsync("2026-11-30 08:00");
        var back = Assert.Single(stage.MailsTo(reader), m => m.Field("X-Territoire-Raison") == "resume");
        Assert.All(["Pendant votre absence", "Fil retenu", "Fil du résumé"], t => Assert.Contains(t, back.Text, StringComparison.Ordinal));
        Assert.All(["Fil qui cite", "Fil du matin"], t => Assert.DoesNotContain(t, back.Text, StringComparison.Ordinal));

        // From then on as before.
        await stage.Scene.TopicAsync(all, author, "Fil d’après");
        await stage.Instance.WorkAsync();
        Assert.Contains("Fil d’après", stage.MailsTo(reader)[^1].Text, StringComparison.Ordinal);
        await stage.Scene.TopicAsync(daily, author, "Fil du lendemain");
        await stage.RunAtAsync("2026-12-01 07:00");
        Assert.Contains("Fil du lendemain", stage.MailsTo(reader)[^1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Pendant votre absence", stage.MailsTo(reader)[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M18_OneClickOnASummary_StopsThatSummaryAlone()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-25 10:00");
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var (daily, weekly) = (await stage.GroupAsync(author, MailLevel.DailyDigest, reader), await stage.GroupAsync(author, MailLevel.WeeklyDigest, reader));
        await stage.Scene.TopicAsync(daily, author, "Un fil");
        await stage.RunAtAsync("2026-11-26 07:00");
        var link = new Uri(stage.MailTo(reader).Field("List-Unsubscribe").Split('>')[0].Trim('<')).AbsolutePath;
        using var program = stage.Instance.Browser();

        var shown = await new Visitor(program).OpenAsync(link);
        Assert.Contains("Arrêter le résumé", shown.Text, StringComparison.Ordinal);
        Assert.Equal(MailLevel.DailyDigest, await LevelAsync(daily));

        using var click = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await program.PostAsync(link, click)).StatusCode);
        Assert.Equal((MailLevel.Nothing, MailLevel.WeeklyDigest), (await LevelAsync(daily), await LevelAsync(weekly)));

        async Task<MailLevel> LevelAsync(Group group)
        {
            await using var db = stage.Instance.Open(Viewer.System);
            return await db.Memberships.Where(m => m.GroupId == group.Id && m.MemberId == reader.Id).Select(m => m.MailLevel).SingleAsync();
        }
    }

    [Fact]
    public async Task M28_RemovedBeforeItLeaves_NothingOfTheGroup()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-25 10:00");
        var (author, reader, witness) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"), await stage.Scene.MemberAsync("Zoé Essai"));
        var group = await stage.GroupAsync(author, MailLevel.DailyDigest, reader, witness);
        await stage.Scene.TopicAsync(group, author, "Un secret");
        stage.To("2026-11-26 07:00");
        await stage.Instance.DecideAsync();

        await stage.Scene.JoinAsync(group, reader, state: MembershipState.Removed);
        await stage.Instance.WorkAsync();

        Assert.Empty(stage.MailsTo(reader));
        Assert.Contains("Un secret", stage.MailTo(witness).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M28_GroupOfTitlesOnly_TitlesWithoutTexts()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-25 10:00");
        var (author, reader, other) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"), await stage.Scene.MemberAsync("Zoé Essai"));
        var group = await stage.GroupAsync(author, MailLevel.DailyDigest, reader);
        await stage.Scene.JoinAsync(group, other, level: MailLevel.Everything);
        var animator = new Visitor(await stage.Instance.SignedInAsync(author.Id));
        var settings = await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/reglages"), "[name='Form.MailsTitlesOnly']", ("Form.MailsTitlesOnly", "true"));
        Assert.True(settings.Status == System.Net.HttpStatusCode.OK && settings.Way.Count > 0, settings.Text);
        var topic = await stage.Scene.TopicAsync(group, author, "Le titre", "Le texte confidentiel.", files: await stage.Scene.FileAsync("confidentiel.txt", "Le fichier."));
        await stage.Scene.AnswerAsync(topic, author, "La réponse confidentielle.");
        // An answer to an answer quotes it elsewhere.
        await stage.Scene.AnswerAsync(topic, author, "La suite confidentielle.", 1);

        await stage.RunAtAsync("2026-11-26 07:00");

        Assert.Equal(4, ReceivedMail.AllOf(stage.Instance).Count(m => m.Text.Contains("Le titre", StringComparison.Ordinal) && m.Html.Contains("Le titre", StringComparison.Ordinal)));
        Assert.All(ReceivedMail.AllOf(stage.Instance), m => Assert.DoesNotContain("confidentiel", m.Text + m.Html, StringComparison.Ordinal));
        Assert.All(stage.Instance.Mails(), m => Assert.DoesNotContain("Content-Disposition: attachment", m, StringComparison.Ordinal));
    }

    [Fact]
    public async Task M9_TwoProcessesAtOnceAndAgain_OneEach()
    {
        await using var one = await Instance.StartAsync(DatabaseProvider.PostgreSql, manualClock: true);
        await using var other = await one.SecondAsync();
        await one.DecideAsync();
        var scene = new Scene(one);
        var author = await scene.MemberAsync("Anne Essai");
        var group = await scene.GroupAsync("Groupe", author);
        for (var i = 0; i < 40; i++) await scene.JoinAsync(group, await scene.MemberAsync($"Lectrice {i}"), level: MailLevel.DailyDigest);
        await scene.TopicAsync(group, author, "Un fil");
        one.Clock.Advance(TimeSpan.FromHours(22));

        await Task.WhenAll(Task.Run(one.WorkAsync), Task.Run(other.WorkAsync));
        await using (var db = one.Open(Viewer.System)) await db.Pulses.ExecuteUpdateAsync(set => set.SetProperty(p => p.LastSuccessAt, p => p.LastSuccessAt!.Value.AddHours(-20)));
        await Task.WhenAll(Task.Run(one.WorkAsync), Task.Run(other.WorkAsync));

        Assert.Equal(40, one.Mails().Count);
        Assert.Equal(40, ReceivedMail.AllOf(one).Select(m => m.To).Distinct().Count());
    }
}
