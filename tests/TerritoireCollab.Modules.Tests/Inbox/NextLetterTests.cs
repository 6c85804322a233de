using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>« Ma prochaine lettre »: what will leave, as it will leave.</summary>
public sealed class NextLetterTests
{
    [Fact]
    public async Task NextLetter_Opened_WhatThenLeaves()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-25 10:00");
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var (daily, weekly) = (await stage.GroupAsync(author, MailLevel.DailyDigest, reader), await stage.GroupAsync(author, MailLevel.WeeklyDigest, reader));
        foreach (var title in (string[])["Premier", "Deuxième", "Troisième"])
        {
            stage.Instance.Clock.Advance(TimeSpan.FromMinutes(1));
            await stage.Scene.TopicAsync(daily, author, title, $"Texte de {title}.");
        }

        await stage.Scene.TopicAsync(weekly, author, "Hebdomadaire");
        await stage.Instance.WorkAsync();
        stage.To("2026-11-25 20:00");
        var visitor = new Visitor(await stage.Instance.SignedInAsync(reader.Id));

        var page = await visitor.OpenAsync("/moi/lettre");
        Assert.Contains("Part le 26 novembre 2026 à 7 h", page.Text, StringComparison.Ordinal);
        Assert.Contains("Part le 30 novembre 2026 à 7 h", page.Text, StringComparison.Ordinal);
        Assert.Equal(["Troisième", "Deuxième", "Premier", "Hebdomadaire"], page.Document.QuerySelectorAll("main h4").Select(h => h.TextContent));
        Assert.Contains("Texte de Premier.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Groupe en résumé quotidien", page.Text, StringComparison.Ordinal);

        // One click takes out, one puts back.
        var without = await visitor.SendAsync(page, "button[aria-label$='Deuxième']");
        Assert.Equal(["Troisième", "Premier", "Hebdomadaire"], without.Document.QuerySelectorAll("main h4").Select(h => h.TextContent));
        var again = await visitor.SendAsync(without, "form[action='moi/lettre/annuler']");
        Assert.Equal(["Troisième", "Deuxième", "Premier", "Hebdomadaire"], again.Document.QuerySelectorAll("main h4").Select(h => h.TextContent));
        var stopped = await visitor.SendAsync(again, $"button[value='{weekly.Slug}']");
        Assert.DoesNotContain("Hebdomadaire", stopped.Document.QuerySelectorAll("main h4").Select(h => h.TextContent));
        var back = await visitor.SendAsync(stopped, "form[action='moi/lettre/annuler']");
        Assert.Contains("Hebdomadaire", back.Document.QuerySelectorAll("main h4").Select(h => h.TextContent));
        await visitor.SendAsync(back, "button[aria-label$='Premier']");

        await stage.RunAtAsync("2026-11-26 07:00");
        Assert.Equal(["Troisième", "Deuxième"], stage.MailTo(reader).Document.QuerySelectorAll("td > a > b").Select(b => b.TextContent));
    }

    [Fact]
    public async Task NextLetter_NoSummaryChosen_SaysWhatToDo()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-25 10:00");
        var reader = await stage.Scene.MemberAsync("Luc Essai");
        var visitor = new Visitor(await stage.Instance.SignedInAsync(reader.Id));

        var page = await visitor.OpenAsync("/moi/lettre");

        Assert.Contains("Aucune lettre n’est en préparation", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("main a[href='moi/notifications']"));
    }

    [Fact]
    public async Task NextLetter_OfAGroupNotOnesOwn_NotFound()
    {
        await using var stage = await DigestStage.StartAsync("2026-11-25 10:00");
        var (author, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.GroupAsync(author, MailLevel.DailyDigest);
        var topic = await stage.Scene.TopicAsync(group, author, "Un secret");
        using var browser = await stage.Instance.SignedInAsync(reader.Id);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await browser.GestureAsync("/moi/notifications", "/moi/lettre/groupe", ("groupe", group.Slug))).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await browser.GestureAsync("/moi/notifications", "/moi/lettre/fil", ("fil", topic))).StatusCode);
    }
}
