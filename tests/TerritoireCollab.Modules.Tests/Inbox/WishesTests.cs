using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>One instance for the tests of a class that do not move its clock.</summary>
public sealed class WishesStage : IAsyncLifetime
{
    internal DigestStage Stage { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Stage = await DigestStage.StartAsync("2026-11-23 10:00");

    public ValueTask DisposeAsync() => Stage.DisposeAsync();
}

/// <summary>M6: what a member chose, through the pages, and what then leaves.</summary>
public sealed class WishesTests(WishesStage fixture) : IClassFixture<WishesStage>
{
    private readonly DigestStage _stage = fixture.Stage;

    [Fact]
    public async Task M6_EveryLevelThreadAndSilence_WhatWasChosenAndNothingElse()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-23 10:00");
        List<Case> cases = [];
        foreach (var level in Enum.GetValues<MailLevel>())
            foreach (var thread in (string?[])[null, "Followed", "Muted"])
                foreach (var silent in (bool[])[false, true]) cases.Add(await CaseAsync(stage, level, thread, silent));

        foreach (var one in cases) await TalkAsync(stage, one);
        await stage.Instance.WorkAsync();
        foreach (var one in cases)
        {
            var answer = one.Thread switch { "Muted" => false, "Followed" => one.Level > MailLevel.Nothing, _ => one.Level == MailLevel.Everything };
            string[] expected = one.IsSilent ? [] : [.. new[] { answer ? "Re: Un fil" : "", one.Level >= MailLevel.NewThreads ? "Un fil nouveau" : "", "Un fil qui cite" }.Where(s => s.Length > 0)];
            Assert.Equal((one.ToString(), string.Join(", ", expected)), (one.ToString(), string.Join(", ", stage.MailsTo(one.Reader).Select(m => m.Subject.Replace("[Groupe] ", "", StringComparison.Ordinal)).Order())));
        }

        await stage.RunAtAsync("2026-11-24 07:00");
        foreach (var one in cases) Assert.Equal((one.ToString(), !one.IsSilent && one.Level == MailLevel.DailyDigest), (one.ToString(), IsSummed(stage, one)));
        await stage.RunAtAsync("2026-11-30 07:00");
        foreach (var one in cases) Assert.Equal((one.ToString(), !one.IsSilent && one.Level is MailLevel.DailyDigest or MailLevel.WeeklyDigest && !one.IsSilent), (one.ToString(), IsSummed(stage, one)));
        foreach (var one in cases)
        {
            var texts = string.Concat(stage.MailsTo(one.Reader).Select(m => m.Text));
            Assert.DoesNotContain("Sa propre réponse.", texts, StringComparison.Ordinal);
            if (one.Thread == "Muted") Assert.DoesNotContain("Une réponse.", texts, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Settings_Chosen_KeptAndShownAgain()
    {
        var reader = await _stage.Scene.MemberAsync("Luc Essai");
        var visitor = new Visitor(await _stage.Instance.SignedInAsync(reader.Id));

        var saved = await visitor.SendAsync(
            await visitor.OpenAsync("/moi/notifications"), "button[value='regler']", ("heure", "18"), ("jour", "Friday"), ("calme-de", "21"), ("calme-a", "8"), ("absent", "2026-12-24"));

        Assert.Contains("Vos choix sont enregistrés.", saved.Text, StringComparison.Ordinal);
        Assert.Equal(("18", "Friday", "21", "8", "2026-12-24"), (saved.ValueOf("heure"), saved.ValueOf("jour"), saved.ValueOf("calme-de"), saved.ValueOf("calme-a"), saved.ValueOf("absent")));
        await using var db = _stage.Instance.Open(Viewer.System);
        var wish = await db.MailPreferences.SingleAsync(p => p.MemberId == reader.Id);
        Assert.Equal((18, MailPreferences.EveryDay, DayOfWeek.Friday, 21, 8, false), (wish.DigestHour, wish.DigestDays, wish.WeeklyDay, wish.QuietFrom, wish.QuietUntil, wish.IsSilent));
        // The whole of that day, in Paris.
        Assert.Equal(new DateTime(2026, 12, 24, 23, 0, 0, DateTimeKind.Utc), wish.PausedUntil);
    }

    [Theory]
    [InlineData("heure", "25", "Choisissez une heure.")]
    [InlineData("absent", "2026-11-01", "Cette date est passée")]
    [InlineData("absent", "demain", "Écrivez une date")]
    [InlineData("absent", "2029-01-01", "Choisissez une date dans l’année qui vient.")]
    [InlineData("calme-de", "22", "Indiquez le début et la fin")]
    [InlineData("jour", "", "Choisissez un jour de la semaine.")]
    public async Task Settings_WhatCannotBe_SaidAtTheFieldAndNothingLost(string field, string value, string words)
    {
        var reader = await _stage.Scene.MemberAsync("Luc Essai");
        var visitor = new Visitor(await _stage.Instance.SignedInAsync(reader.Id));

        var refused = await visitor.SendAsync(await visitor.OpenAsync("/moi/notifications"), "button[value='regler']", [("silence", "true"), (field, value)]);

        Assert.Contains(words, refused.Text, StringComparison.Ordinal);
        Assert.NotNull(refused.Document.QuerySelector("[name='silence'][checked]"));
        if (field == "absent") Assert.Equal(value, refused.ValueOf("absent"));
        await using var db = _stage.Instance.Open(Viewer.System);
        Assert.False(await db.MailPreferences.AnyAsync(p => p.MemberId == reader.Id));
    }

    [Fact]
    public async Task Settings_NoDayTicked_SaidAtTheDays()
    {
        var reader = await _stage.Scene.MemberAsync("Luc Essai");
        using var browser = await _stage.Instance.SignedInAsync(reader.Id);

        var answer = await browser.GestureAsync("/moi/notifications", "/moi/notifications", ("_handler", "reglages"), ("heure", "7"), ("jour", "Monday"));

        Assert.Contains("Cochez au moins un jour.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_ByTheLinkOfAMail_TheSameWithoutSignIn()
    {
        var (author, reader) = (await _stage.Scene.MemberAsync("Anne Essai"), await _stage.Scene.MemberAsync("Luc Essai"));
        var group = await _stage.GroupAsync(author, MailLevel.Everything, reader);
        await _stage.Scene.TopicAsync(group, author, "Un fil");
        await _stage.Instance.WorkAsync();
        var visitor = new Visitor(_stage.Instance.Browser());

        var page = await visitor.OpenAsync(_stage.MailTo(reader).Actions[^1]);
        var refused = await visitor.SendAsync(page, "button[value='regler']", ("absent", "2026-11-01"), ($"niveau-{group.Slug}", "DailyDigest"));
        var saved = await visitor.SendAsync(refused, "button[value='regler']", ("absent", "2026-11-29"));

        Assert.Contains("Cette date est passée", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Vos choix sont enregistrés.", saved.Text, StringComparison.Ordinal);
        await using var db = _stage.Instance.Open(Viewer.System);
        Assert.Equal(new DateTime(2026, 11, 29, 23, 0, 0, DateTimeKind.Utc), (await db.MailPreferences.SingleAsync(p => p.MemberId == reader.Id)).PausedUntil);
        Assert.Equal(MailLevel.DailyDigest, (await db.Memberships.SingleAsync(m => m.MemberId == reader.Id)).MailLevel);
    }

    private static async Task<Case> CaseAsync(DigestStage stage, MailLevel level, string? thread, bool silent)
    {
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.GroupAsync(author, MailLevel.Nothing, reader);
        var topic = await stage.Scene.TopicAsync(group, author, "Un fil");
        await stage.Instance.DecideAsync();
        using var browser = await stage.Instance.SignedInAsync(reader.Id);
        var visitor = new Visitor(browser);
        await visitor.SendAsync(await visitor.OpenAsync("/moi/notifications"), "button[value='regler']", ($"niveau-{group.Slug}", level.ToString()), ("silence", silent ? "true" : null));
        if (thread is not null) Assert.True((int)(await browser.GestureAsync("/groupes", $"/contenus/{topic}/suivi", ("suivi", thread))).StatusCode < 400);
        return new(author, reader, group, topic, level, thread, silent);
    }

    private static async Task TalkAsync(DigestStage stage, Case one)
    {
        await stage.Scene.AnswerAsync(one.Topic, one.Author, "Une réponse.");
        await stage.Scene.AnswerAsync(one.Topic, one.Reader, "Sa propre réponse.");
        await stage.Scene.TopicAsync(one.Group, one.Author, "Un fil nouveau");
        await stage.Scene.TopicAsync(one.Group, one.Author, "Un fil qui cite", $"@{one.Reader.Handle}");
        if (one.Thread is not null) return;

        // Whoever writes follows.
        using var browser = await stage.Instance.SignedInAsync(one.Reader.Id);
        Assert.True((int)(await browser.GestureAsync("/moi/notifications", "/moi/notifications/fil", ("fil", one.Topic))).StatusCode < 400);
    }

    private static bool IsSummed(DigestStage stage, Case one) =>
        stage.MailsTo(one.Reader).Any(m => m.Field("X-Territoire-Raison") == "resume" && m.Text.Contains("Un fil nouveau", StringComparison.Ordinal));

    private sealed record Case(Member Author, Member Reader, Group Group, string Topic, MailLevel Level, string? Thread, bool IsSilent)
    {
        public override string ToString() => $"{Level}, {Thread ?? "nothing"}{(IsSilent ? ", silent" : "")}";
    }
}
