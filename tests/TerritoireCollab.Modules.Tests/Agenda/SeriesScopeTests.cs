using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Agenda;

/// <summary>« Cette date, toutes les suivantes, toute la série »: dates, answers and calendars go along.</summary>
public sealed class SeriesScopeTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private const string Expand = """
        import sys, icalendar, datetime
        from dateutil.rrule import rrulestr
        from zoneinfo import ZoneInfo
        wall = lambda d: d.replace(tzinfo=ZoneInfo('Europe/Paris'))
        calendar = icalendar.Calendar.from_ical(sys.stdin.read())
        out = []
        for master in [e for e in calendar.walk('VEVENT') if 'RECURRENCE-ID' not in e]:
            moved = {wall(e.decoded('RECURRENCE-ID')): e for e in calendar.walk('VEVENT') if 'RECURRENCE-ID' in e and e['UID'] == master['UID']}
            start = wall(master.decoded('DTSTART'))
            for d in rrulestr(master['RRULE'].to_ical().decode(), dtstart=start) if 'RRULE' in master else [start]:
                out.append(wall(moved.pop(d).decoded('DTSTART')) if d in moved else d)
            assert not moved, 'changes of dates that are none'
        print(*sorted(d.astimezone(datetime.timezone.utc).strftime('%Y%m%dT%H%M') for d in out))
        related = {str(e['RELATED-TO']) for e in calendar.walk('VEVENT') if 'RELATED-TO' in e}
        assert all(r in [str(e['UID']) for e in calendar.walk('VEVENT')] for r in related)
        print('related', len(related), 'uids', len(set(str(e['UID']) for e in calendar.walk('VEVENT'))))
        """;

    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Following_OtherDayAndHour_ASeriesOfItsOwnWithTheAnswersOfItsDates()
    {
        var (group, author, comes, id, dates) = await SeriesAsync();
        await ComeAsync(id, comes, dates[1]);
        await ComeAsync(id, comes, dates[3]);
        var visitor = await stage.Instance.VisitorAsync(author);

        var form = await visitor.OpenAsync(await FormAsync(visitor, id, dates[2]));
        var fields = new (string, string?)[] { ("Scope", "Following"), ("Day", EventDetails.Typed(dates[2].StartLocal.AddDays(1))), ("From", "20:00"), ("To", "21:00") };
        var preview = await visitor.SendAsync(form, "[name='Checks']", fields);
        Assert.Contains("4 dates à venir changent.", InboxStage.Plain(preview.Text), StringComparison.Ordinal);
        Assert.Contains("(réponses : 1)", InboxStage.Plain(preview.Text), StringComparison.Ordinal);
        Assert.Equal(6, (await DatesAsync(group)).Count(d => d.StartLocal.Hour == 18));
        var moved = await visitor.SendAsync(preview, "main form button:not([name])", fields);
        await stage.SendAsync();

        Assert.Equal(HttpStatusCode.OK, moved.Status);
        var now = await DatesAsync(group);
        Assert.Equal([.. dates.Take(2).Select(d => d.StartLocal), .. dates.Skip(2).Select(d => d.StartLocal.Date.AddDays(1).AddHours(20))], now.Select(d => d.StartLocal));
        Assert.Equal(2, now.Select(d => d.ItemId).Distinct().Count());
        Assert.Equal([dates[1].StartLocal, dates[3].StartLocal.Date.AddDays(1).AddHours(20)], (await AnswersAsync(comes)).Order());
        var mail = Assert.Single(stage.MailsTo(comes), m => m.Subject.Contains("Changement", StringComparison.Ordinal));
        Assert.Contains("de 20 h à 21 h", InboxStage.Plain(mail.Text), StringComparison.Ordinal);
        await ExpandsAlikeAsync(visitor, group, now, "related 1 uids 2");
    }

    [Fact]
    public async Task All_MovedBeyondTheDatesThatStand_TheAnswerToTheLastGoesAlong()
    {
        var (group, author, comes) = await PeopleAsync();
        var id = await Scene.EventAsync(group, author, "Sans fin", with: d => d with { Repetition = new() { Frequency = Frequency.Weekly } });
        var (first, last) = ((await DatesAsync(group))[0], (await DatesAsync(group))[^1]);
        await ComeAsync(id, comes, last);
        var visitor = await stage.Instance.VisitorAsync(author);

        await visitor.SendAsync(await visitor.OpenAsync(await FormAsync(visitor, id, first)), "main form button:not([name])", ("Scope", "All"), ("Day", EventDetails.Typed(first.StartLocal.AddDays(6))));

        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(last.StartLocal.AddDays(6), EventDates.Unspecified(await db.Set<Registration>().Where(r => r.MemberId == comes.Id).Select(r => r.Key).SingleAsync()));
    }

    [Fact]
    public async Task Following_FromADateThatWasMovedByItself_ItTakesPlaceWhenItIsNowSaid()
    {
        var (group, author, _, id, dates) = await SeriesAsync();
        var visitor = await stage.Instance.VisitorAsync(author);
        await visitor.SendAsync(await visitor.OpenAsync(await FormAsync(visitor, id, dates[2])), "main form button:not([name])", ("Scope", "Date"), ("From", "21:00"), ("To", "22:00"));

        await visitor.SendAsync(await visitor.OpenAsync(await FormAsync(visitor, id, dates[2])), "main form button:not([name])", ("Scope", "Following"), ("From", "19:30"), ("To", "20:30"));

        Assert.Equal([18.5, 18.5, 19.5, 19.5, 19.5, 19.5], (await DatesAsync(group)).Select(d => d.StartLocal.TimeOfDay.TotalHours));
    }

    [Fact]
    public async Task Date_AnotherPlaceAlone_FollowsTheHourOfItsSeries()
    {
        var (group, author, _, id, dates) = await SeriesAsync();
        var visitor = await stage.Instance.VisitorAsync(author);
        await visitor.SendAsync(await visitor.OpenAsync(await FormAsync(visitor, id, dates[1])), "main form button:not([name])", ("Scope", "Date"), ("Place", "Sous le tilleul"));

        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/modifier"), "[name='Input.Title']", ("Input.From", "19:00"), ("Input.To", "20:00"));

        var now = await DatesAsync(group);
        Assert.All(now, d => Assert.Equal(19, d.StartLocal.Hour));
        Assert.Equal("Sous le tilleul", now[1].Place);
        Assert.NotEqual("Sous le tilleul", now[2].Place);
    }

    [Fact]
    public async Task OnlyDate_MovedByItself_MovesAgainWithItsFormAndKeepsItsAnswers()
    {
        var (group, author, comes) = await PeopleAsync();
        var id = await Scene.EventAsync(group, author, "Une seule fois");
        await Scene.ComeAsync(id, comes);
        var visitor = await stage.Instance.VisitorAsync(author);
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/date"), "main form button:not([name])", ("From", "20:00"), ("To", "21:00"), ("Place", "Autre salle"));

        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/modifier");
        await visitor.SendAsync(form, "[name='Input.Title']", ("Input.From", "10:00"), ("Input.To", "11:00"));

        Assert.Equal(("20:00", "21:00", "Autre salle"), (form.ValueOf("Input.From"), form.ValueOf("Input.To"), form.ValueOf("Input.Place")));
        var date = Assert.Single(await DatesAsync(group));
        Assert.Equal((10, 11), (date.StartLocal.Hour, date.EndLocal.Hour));
        Assert.Equal([date.StartLocal], await AnswersAsync(comes));
    }

    [Fact]
    public async Task Following_GuestOfALaterDate_GoesAlongWithALinkOfItsOwn()
    {
        var (group, author, _, id, dates) = await SeriesAsync();
        const string email = "voisine@exemple.invalid";
        await using (var db = stage.Instance.Open(Viewer.System))
        {
            var itemId = await db.Items.Where(i => i.ShortId == id).Select(i => i.Id).FirstAsync();
            var guest = new Guest { ItemId = itemId, Email = email, NormalizedEmail = Emails.Normalize(email), Name = "Odile Durand", InvitedById = author.Id, At = Scene.Now, ConfirmedAt = Scene.Now };
            db.Guests.Add(guest);
            db.AddRange(Of(guest, dates[1]), Of(guest, dates[3]));
            await db.SaveChangesAsync();
        }

        var visitor = await stage.Instance.VisitorAsync(author);
        await visitor.SendAsync(await visitor.OpenAsync(await FormAsync(visitor, id, dates[2])), "main form button:not([name])", ("Scope", "Following"), ("From", "20:00"), ("To", "21:00"));
        await stage.SendAsync();

        await using var after = stage.Instance.Open(Viewer.System);
        var rows = await after.Set<GuestRegistration>().Include(r => r.Guest).Where(r => r.Guest.Email == email).OrderBy(r => r.Key).ToListAsync();
        Assert.Equal([dates[1].StartLocal, dates[3].StartLocal.Date.AddHours(20)], rows.Select(r => EventDates.Unspecified(r.Key)));
        Assert.NotEqual(rows[0].ItemId, rows[1].ItemId);
        Assert.All(rows, r => Assert.Equal(r.ItemId, r.Guest.ItemId));
        var mail = Assert.Single(ReceivedMail.AllOf(stage.Instance), m => m.To == email);
        var page = await stage.Instance.Stranger().OpenAsync(stage.Instance.Services.GetRequiredService<GuestLinks>().Of(rows[1].GuestId));
        Assert.Contains(stage.Instance.Services.GetRequiredService<GuestLinks>().Of(rows[1].GuestId), mail.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, page.Status);

        GuestRegistration Of(Guest guest, EventDate date) => new() { ItemId = guest.ItemId, Key = date.Key, GuestId = guest.Id, AnsweredAt = Scene.Now };
    }

    [Fact]
    public async Task Following_CancelledAndChangedDates_GoAlong()
    {
        var (group, author, _, id, dates) = await SeriesAsync();
        var visitor = await stage.Instance.VisitorAsync(author);
        await visitor.SendAsync(await visitor.OpenAsync(await FormAsync(visitor, id, dates[4])), "main form button:not([name])", ("Scope", "Date"), ("From", "10:00"), ("To", "11:00"));

        await visitor.SendAsync(await visitor.OpenAsync(await FormAsync(visitor, id, dates[3])), "main form button:not([name])", ("Scope", "Following"), ("From", "17:00"), ("To", "18:00"));

        var now = await DatesAsync(group);
        Assert.Equal([18, 18, 18, 17, 10, 17], now.Select(d => d.StartLocal.Hour));
        await ExpandsAlikeAsync(visitor, group, now, "related 1 uids 2");
    }

    [Fact]
    public async Task All_OtherDay_OneSeriesAndItsAnswers()
    {
        var (group, author, comes, id, dates) = await SeriesAsync();
        await ComeAsync(id, comes, dates[0]);
        await ComeAsync(id, comes, dates[1]);
        var visitor = await stage.Instance.VisitorAsync(author);

        // By a week: each date takes the place of the next.
        await visitor.SendAsync(await visitor.OpenAsync(await FormAsync(visitor, id, dates[0])), "main form button:not([name])", ("Scope", "All"), ("Day", EventDetails.Typed(dates[0].StartLocal.AddDays(7))));

        var now = await DatesAsync(group);
        Assert.Equal(dates.Select(d => d.StartLocal.AddDays(7)), now.Select(d => d.StartLocal));
        Assert.Single(now.Select(d => d.ItemId).Distinct());
        Assert.Equal([dates[1].StartLocal, dates[2].StartLocal], (await AnswersAsync(comes)).Order());
        await ExpandsAlikeAsync(visitor, group, now, "related 0 uids 1");
    }

    [Fact]
    public async Task Cancel_Following_EndsTheSeriesAndItsChanges()
    {
        var (group, author, _, id, dates) = await SeriesAsync();
        var visitor = await stage.Instance.VisitorAsync(author);
        await visitor.SendAsync(await visitor.OpenAsync(await FormAsync(visitor, id, dates[4])), "main form button:not([name])", ("Scope", "Date"), ("From", "10:00"), ("To", "11:00"));
        var page = await visitor.OpenAsync($"{(await visitor.OpenAsync($"/c/{id}")).Address.Split('?')[0]}/annuler?date={DateKey.Of(dates[3].Key)}");

        var preview = await visitor.SendAsync(page, "[name='Checks']", ("Scope", "Following"));
        await visitor.SendAsync(preview, "main form button:not([name])", ("Scope", "Following"));

        Assert.Contains("3 dates à venir changent.", InboxStage.Plain(preview.Text), StringComparison.Ordinal);
        var now = await DatesAsync(group);
        Assert.Equal(dates.Take(3).Select(d => d.StartLocal), now.Select(d => d.StartLocal));
        await ExpandsAlikeAsync(visitor, group, now, "related 0 uids 1");
    }

    [Fact]
    public async Task Following_MonthlyByDay_FollowsTheNewWeekday()
    {
        var (group, author, _) = await PeopleAsync();
        var first = Enumerable.Range(1, 31).Select(d => Scene.Now.Date.AddDays(d)).First(d => d.DayOfWeek == DayOfWeek.Tuesday && d.Day is >= 8 and <= 14);
        var id = await Scene.EventAsync(group, author, "Mensuelle", with: d => d with { Day = EventDetails.Typed(first), Repetition = new() { Frequency = Frequency.MonthlyByDay, Until = EventDetails.Typed(first.AddDays(130)) } });
        var dates = await DatesAsync(group);
        var visitor = await stage.Instance.VisitorAsync(author);

        await visitor.SendAsync(await visitor.OpenAsync(await FormAsync(visitor, id, dates[1])), "main form button:not([name])", ("Scope", "Following"), ("Day", EventDetails.Typed(dates[1].StartLocal.AddDays(2))));

        var now = await DatesAsync(group);
        Assert.Equal(dates.Count, now.Count);
        Assert.All(now.Skip(1), d => Assert.Equal(DayOfWeek.Thursday, d.StartLocal.DayOfWeek));
        await ExpandsAlikeAsync(visitor, group, now, "related 1 uids 2");
    }

    private static async Task ExpandsAlikeAsync(Visitor visitor, Group group, IReadOnlyList<EventDate> dates, string related)
    {
        var text = await visitor.Browser.GetStringAsync($"/groupes/{group.Slug}/agenda.ics");
        if (await Python.RunAsync(Expand, text.Split("\r\n"), "icalendar, dateutil") is not { } read)
        {
            Assert.Skip("skipped: not here");
            return;
        }

        var lines = read.Split('\n');
        Assert.Equal(dates.Select(d => d.StartUtc.ToString("yyyyMMddTHHmm", null)), lines[0].Trim().Split(' '));
        Assert.Equal(related, lines[1].Trim());
    }

    private static async Task<string> FormAsync(Visitor visitor, string id, EventDate date) =>
        $"{(await visitor.OpenAsync($"/c/{id}")).Address.Split('?')[0]}/date?date={DateKey.Of(date.Key)}";

    private Task<bool> ComeAsync(string id, Member member, EventDate date) =>
        stage.Instance.Services.GetRequiredService<Register>().ExecuteAsync(Viewer.Member(member.Id), id, new(DateTime.SpecifyKind(date.Key, DateTimeKind.Utc), Answer.Yes, Answers: []), default);

    private async Task<List<DateTime>> AnswersAsync(Member member)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<Registration>().Where(r => r.MemberId == member.Id).Join(db.Set<EventDate>(), r => new { r.ItemId, r.Key }, d => new { d.ItemId, d.Key }, (_, d) => d.StartLocal).ToListAsync();
    }

    private async Task<List<EventDate>> DatesAsync(Group group)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<EventDate>().AsNoTracking().Where(d => d.GroupId == group.Id).OrderBy(d => d.StartUtc).ToListAsync();
    }

    private async Task<(Group Group, Member Author, Member Comes, string Id, List<EventDate> Dates)> SeriesAsync()
    {
        var (group, author, comes) = await PeopleAsync();
        var id = await Scene.EventAsync(group, author, "Permanence", with: d => d with { Repetition = new() { Frequency = Frequency.Weekly, Until = EventDetails.Typed(Scene.Now.AddDays(3 + 35)) } });
        return (group, author, comes, id, await DatesAsync(group));
    }

    private async Task<(Group Group, Member Author, Member Comes)> PeopleAsync()
    {
        var (author, comes) = (await Scene.MemberAsync("Anne Essai"), await Scene.MemberAsync("Vera"));
        return (await Scene.GroupAsync("Groupe aux séries", author, members: comes), author, comes);
    }
}
