using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>M6: what a member chose, through the pages, and what then leaves.</summary>
public sealed class WishesTests : IAsyncLifetime
{
    private DigestStage _stage = null!;

    /// <summary>Level, what was chosen for the thread, whether no mail is wanted at all.</summary>
    public static TheoryData<MailLevel, string?, bool> Matrix =>
        [.. from level in Enum.GetValues<MailLevel>() from thread in (string?[])[null, "Followed", "Muted"] from silent in (bool[])[false, true] select (level, thread, silent)];

    public async ValueTask InitializeAsync() => _stage = await DigestStage.StartAsync("2026-11-23 10:00");

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task M6_LevelThreadAndSilence_WhatWasChosenAndNothingElse(MailLevel level, string? thread, bool silent)
    {
        var (author, reader) = (await _stage.Scene.MemberAsync("Anne Essai"), await _stage.Scene.MemberAsync("Luc Essai"));
        var group = await _stage.GroupAsync(author, MailLevel.Nothing, reader);
        var topic = await _stage.Scene.TopicAsync(group, author, "Un fil");
        await _stage.Instance.WorkAsync();
        _stage.To("2026-11-23 10:10");
        using var browser = await _stage.Instance.SignedInAsync(reader.Id);
        var visitor = new Visitor(browser);
        var page = await visitor.OpenAsync("/moi/notifications");
        await visitor.SendAsync(page, "button[value='regler']", ($"niveau-{group.Slug}", level.ToString()), ("silence", silent ? "true" : null));
        if (thread is not null) Assert.True((int)(await browser.GestureAsync("/groupes", $"/contenus/{topic}/suivi", ("suivi", thread))).StatusCode < 400);

        await _stage.Scene.AnswerAsync(topic, author, "Une réponse.");
        await _stage.Scene.AnswerAsync(topic, reader, "Sa propre réponse.");
        await _stage.Scene.TopicAsync(group, author, "Un fil nouveau");
        await _stage.Scene.TopicAsync(group, author, "Un fil qui cite", $"@{reader.Handle}");
        if (thread is null) await UnfollowAsync(browser, topic);
        await _stage.Instance.WorkAsync();
        var atOnce = Subjects(reader);
        await _stage.RunAtAsync("2026-11-24 07:00");
        var daily = Summary(reader);
        await _stage.RunAtAsync("2026-11-30 07:00");
        var weekly = Summary(reader);

        var answer = thread switch { "Muted" => false, "Followed" => level > MailLevel.Nothing, _ => level == MailLevel.Everything };
        List<string> expected = [.. new[] { answer ? "Re: Un fil" : "", level >= MailLevel.NewThreads ? "Un fil nouveau" : "", "Un fil qui cite" }.Where(s => s.Length > 0)];
        Assert.Equal(silent ? [] : expected.Order(), atOnce);
        Assert.Equal(!silent && level == MailLevel.DailyDigest, daily?.Contains("Un fil nouveau", StringComparison.Ordinal) ?? false);
        Assert.Equal(!silent && level is MailLevel.DailyDigest or MailLevel.WeeklyDigest && !silent, weekly?.Contains("Un fil nouveau", StringComparison.Ordinal) ?? false);
        Assert.All(_stage.MailsTo(reader), m => Assert.DoesNotContain("Sa propre réponse.", m.Text, StringComparison.Ordinal));
        if (thread == "Muted") Assert.DoesNotContain("Une réponse.", string.Concat(_stage.MailsTo(reader).Select(m => m.Text)), StringComparison.Ordinal);
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

    private async Task UnfollowAsync(HttpClient browser, string topic)
    {
        // Whoever writes follows.
        Assert.True((int)(await browser.GestureAsync("/moi/notifications", "/moi/notifications/fil", ("fil", topic))).StatusCode < 400);
        await using var db = _stage.Instance.Open(Viewer.System);
        Assert.False(await db.Subscriptions.AnyAsync(s => s.Item.ShortId == topic && s.Following == Platform.Subscriptions.Following.Followed && s.Item.AuthorId != s.MemberId));
    }

    private IEnumerable<string> Subjects(Member member) => _stage.MailsTo(member).Where(m => m.Field("X-Territoire-Raison") != "resume").Select(m => m.Subject.Replace("[Groupe] ", "", StringComparison.Ordinal)).Order();

    private string? Summary(Member member)
    {
        var all = _stage.MailsTo(member).Where(m => m.Field("X-Territoire-Raison") == "resume").Select(m => m.Text).ToList();
        return all.Count == 0 ? null : string.Concat(all);
    }
}
