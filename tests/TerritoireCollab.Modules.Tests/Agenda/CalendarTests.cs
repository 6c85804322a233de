using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Agenda;

/// <summary>What calendars are given, with the rights of the moment, and what a reader that is not ours makes of it.</summary>
public sealed class CalendarTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private const string Judge = """
        import sys, icalendar
        calendar = icalendar.Calendar.from_ical(sys.stdin.read())
        zones = [z.get('TZID') for z in calendar.walk('VTIMEZONE')]
        print('zones', *zones)
        for e in calendar.walk('VEVENT'):
            print(e.get('SUMMARY'), e.decoded('DTSTART').isoformat(), e.decoded('DTEND').isoformat(), e.get('RRULE').to_ical().decode() if e.get('RRULE') else '-', e.get('LOCATION'))
        """;

    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Event_WeeklySeries_ReadByAnotherProgramAsItIs()
    {
        var author = await Scene.MemberAsync("Anne Essai");
        var group = await Scene.GroupAsync("Groupe aux calendriers", author);
        var id = await Scene.EventAsync(group, author, "Comité; « 3, 4 »", with: d => d with { Day = "2031-05-13", Repetition = new() { Frequency = Frequency.Weekly } });
        using var browser = await stage.Instance.SignedInAsync(author.Id);

        using var answer = await browser.GetAsync($"/groupes/{group.Slug}/agenda/{id}.ics");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/calendar", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\r\nTZID:Europe/Paris\r\n", text, StringComparison.Ordinal);
        if (await Python.RunAsync(Judge, text.Split("\r\n"), "icalendar") is not { } read)
        {
            Assert.Skip("skipped: not here");
            return;
        }

        Assert.StartsWith("zones Europe/Paris", read, StringComparison.Ordinal);
        Assert.Equal("Comité; « 3, 4 » 2031-05-13T18:30:00+02:00 2031-05-13T20:30:00+02:00 FREQ=WEEKLY;BYDAY=TU Salle des fêtes", InboxStage.Plain(read.Split('\n')[1].Trim()));
    }

    [Fact]
    public async Task GroupCalendar_Keys_RightsOfThatMoment()
    {
        var (author, member, outsider) = (await Scene.MemberAsync("Anne"), await Scene.MemberAsync("Luc"), await Scene.MemberAsync("Zoé"));
        var group = await Scene.GroupAsync("Groupe à clé", author, members: member);
        await Scene.EventAsync(group, author, "Entre nous", audience: Audience.Group);
        await Scene.EventAsync(group, author, "Pour tous", audience: Audience.Public);
        var address = $"/groupes/{group.Slug}/agenda.ics";
        using var stranger = stage.Instance.Browser();

        var ours = await stranger.GetStringAsync($"{address}?cle={await KeyAsync(member)}");
        var theirs = await stranger.GetStringAsync($"{address}?cle={await KeyAsync(outsider)}");
        var nobodys = await stranger.GetStringAsync(address);
        using var wrong = await stranger.GetAsync($"{address}?cle={new string('a', 32)}");
        using var api = await stranger.GetAsync($"{address}?cle={await KeyAsync(member, AccessKeyScope.ApiRead)}");

        Assert.Contains("SUMMARY:Entre nous", ours, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Pour tous", ours, StringComparison.Ordinal);
        foreach (var text in new[] { theirs, nobodys })
        {
            Assert.Contains("SUMMARY:Pour tous", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Entre nous", text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, api.StatusCode);
    }

    [Fact]
    public async Task MyCalendar_GroupsAndAnswers_WithoutWhatWasDeclinedAnd304WhenUnchanged()
    {
        var (author, member) = (await Scene.MemberAsync("Anne"), await Scene.MemberAsync("Luc"));
        var mine = await Scene.GroupAsync("Le mien", author, members: member);
        var other = await Scene.GroupAsync("Un autre", author);
        await Scene.EventAsync(mine, author, "De mon groupe");
        await Scene.ComeAsync(await Scene.EventAsync(mine, author, "Décliné"), member, Answer.No);
        await Scene.ComeAsync(await Scene.EventAsync(other, author, "Ailleurs où je vais", audience: Audience.Platform), member);
        await Scene.EventAsync(other, author, "Ailleurs où je ne vais pas", audience: Audience.Platform);
        var address = $"/moi/agenda.ics?cle={await KeyAsync(member)}";
        using var stranger = stage.Instance.Browser();

        using var answer = await stranger.GetAsync(address);
        var text = await answer.Content.ReadAsStringAsync();
        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await stranger.SendAsync(again);
        using var nobody = await stranger.GetAsync("/moi/agenda.ics");

        Assert.Equal(["Ailleurs où je vais", "De mon groupe"], text.Split("\r\n").Where(l => l.StartsWith("SUMMARY:", StringComparison.Ordinal)).Select(l => l[8..]).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    private Task<string> KeyAsync(Member member, AccessKeyScope scope = AccessKeyScope.Feeds) => stage.Instance.Services.GetRequiredService<AccessKeys>().CreateAsync(member.Id, scope, "essai", default);
}
