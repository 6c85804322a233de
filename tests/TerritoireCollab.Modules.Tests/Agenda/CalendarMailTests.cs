using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Modules.Tests.Gateway;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Agenda;

/// <summary>Dates go into calendars by mail, and what a calendar answers comes back: from whom it was sent to, and from nobody else.</summary>
public sealed class CalendarMailTests(MailStage stage) : IClassFixture<MailStage>
{
    private static int _count;

    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Mail_OfARegistration_IsReadByIcalendarAsARequestOfTheSameEventAsTheFeed()
    {
        var (group, author, member) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Réunion, avec virgule; et accents é", place: "Salle des fêtes, Crest");
        await Scene.ComeAsync(id, member);
        var first = await MailAsync(member);
        var visitor = await stage.Instance.VisitorAsync(author);
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/date"), "main form button:not([name])", ("Place", "Autre salle"));
        var second = await MailAsync(member);

        var output = await Python.RunAsync("""
            import sys, base64, email, email.policy, icalendar, json
            def read(line):
                mail = email.message_from_bytes(base64.b64decode(line), policy=email.policy.default)
                assert mail.get_content_type() == 'multipart/mixed', mail.get_content_type()
                alternative, attached = list(mail.iter_parts())
                kinds = [p.get_content_type() for p in alternative.iter_parts()]
                part = list(alternative.iter_parts())[-1]
                calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
                e = calendar.walk('VEVENT')[0]
                a = e['ATTENDEE']
                return {'kinds': kinds, 'method': part.get_param('method'), 'inside': str(calendar['METHOD']), 'file': attached.get_filename(), 'same': attached.get_payload(decode=True) == part.get_payload(decode=True),
                    'uid': str(e['UID']), 'sequence': int(e.get('SEQUENCE', 0)), 'summary': str(e['SUMMARY']), 'organizer': str(e['ORGANIZER']), 'attendee': str(a), 'partstat': a.params['PARTSTAT'], 'rsvp': a.params.get('RSVP', ''), 'where': str(e['LOCATION']), 'errors': [str(x) for x in e.errors]}
            print(json.dumps([read(line) for line in sys.stdin]))
            """, [Convert.ToBase64String(Encoding.UTF8.GetBytes(first.Raw)), Convert.ToBase64String(Encoding.UTF8.GetBytes(second.Raw))], "icalendar");
        if (output is null) Assert.Skip("skipped: not here");

        var read = System.Text.Json.JsonDocument.Parse(output).RootElement.EnumerateArray().ToList();
        string Of(int at, string name) => read[at].GetProperty(name).ToString();
        Assert.Equal(["text/plain", "text/html", "text/calendar"], read[0].GetProperty("kinds").EnumerateArray().Select(k => k.GetString()!));
        Assert.Equal(("REQUEST", "REQUEST", "invitation.ics", "True"), (Of(0, "method"), Of(0, "inside"), Of(0, "file"), Of(0, "same")));
        using var reader = await stage.Instance.SignedInAsync(member.Id);
        Assert.Contains($"UID:{Of(0, "uid")}\r\n", await reader.GetStringAsync($"/groupes/{group.Slug}/agenda/{id}.ics"), StringComparison.Ordinal);
        Assert.Equal("Réunion, avec virgule; et accents é", Of(0, "summary"));
        Assert.Equal(("mailto:" + member.Email, "ACCEPTED", "TRUE"), (Of(0, "attendee"), Of(0, "partstat"), Of(0, "rsvp")));
        Assert.StartsWith($"mailto:agenda+{id}-", Of(0, "organizer"), StringComparison.Ordinal);
        Assert.Equal(Of(0, "organizer"), Of(1, "organizer"));
        Assert.Equal(Of(0, "uid"), Of(1, "uid"));
        Assert.Equal("Autre salle", Of(1, "where"));
        Assert.True(read[1].GetProperty("sequence").GetInt32() > read[0].GetProperty("sequence").GetInt32());
        Assert.All(read, r => Assert.Equal(0, r.GetProperty("errors").GetArrayLength()));
    }

    [Fact]
    public async Task Announcement_ThenMovedAndCancelled_IsOneEventOfTheCalendarOfWhoAnsweredNothing()
    {
        var (group, author, member) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Annoncée à tous", place: "Salle des fêtes");
        var first = await MailAsync(member);
        var visitor = await stage.Instance.VisitorAsync(author);
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/date"), "main form button:not([name])", ("From", "20:00"), ("To", "21:00"));
        var second = await MailAsync(member);
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/annuler"), "main form button:not([name])");
        var third = await MailAsync(member);

        var output = await Python.RunAsync("""
            import sys, base64, email, email.policy, icalendar, json
            def read(line):
                mail = email.message_from_bytes(base64.b64decode(line), policy=email.policy.default)
                part = [p for p in mail.walk() if p.get_content_type() == 'text/calendar'][0]
                calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
                e = calendar.walk('VEVENT')[0]
                a = e['ATTENDEE']
                return {'method': part.get_param('method'), 'inside': str(calendar['METHOD']), 'uid': str(e['UID']), 'sequence': int(e.get('SEQUENCE', 0)), 'start': e.decoded('DTSTART').strftime('%H:%M'), 'organizer': str(e['ORGANIZER']), 'attendee': str(a), 'partstat': a.params.get('PARTSTAT', 'NEEDS-ACTION'), 'rsvp': a.params.get('RSVP', ''), 'errors': [str(x) for x in e.errors]}
            print(json.dumps([read(line) for line in sys.stdin]))
            """, [.. new[] { first, second, third }.Select(m => Convert.ToBase64String(Encoding.UTF8.GetBytes(m.Raw)))], "icalendar");
        if (output is null) Assert.Skip("skipped: not here");

        var read = System.Text.Json.JsonDocument.Parse(output).RootElement.EnumerateArray().ToList();
        List<string> Each(string name) => read.ConvertAll(r => r.GetProperty(name).ToString());
        Assert.Equal(["REQUEST", "REQUEST", "CANCEL"], Each("method"));
        Assert.Equal(Each("method"), Each("inside"));
        Assert.Equal(["18:30", "20:00", "20:00"], Each("start"));
        Assert.Equal(("mailto:" + member.Email, "NEEDS-ACTION", "TRUE"), (Each("attendee")[0], Each("partstat")[0], Each("rsvp")[0]));
        Assert.Single(Each("uid").Distinct());
        Assert.Single(Each("organizer").Distinct());
        Assert.Equal(Each("sequence").Select(int.Parse).Order().Distinct(), Each("sequence").Select(int.Parse));
        Assert.All(read, r => Assert.Equal(0, r.GetProperty("errors").GetArrayLength()));
    }

    [Fact]
    public async Task Announcement_AnsweredFromTheCalendarOfAMember_CountsLikeAnyAnswer()
    {
        var (group, author, member) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Annoncée et acceptée");
        var asked = Invitation.Of(await MailAsync(member));

        await TakeAsync(ReplyOf("gmail", asked, member.Email!, "ACCEPTED"));
        var yes = await AnswerOfAsync(id, member);
        await TakeAsync(ReplyOf("outlook", asked, member.Email!, "DECLINED"));
        await stage.Instance.SettleAsync();
        var sent = ReceivedMail.AllOf(stage.Instance).Count(m => m.To == member.Email);
        var visitor = await stage.Instance.VisitorAsync(author);
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/annuler"), "main form button:not([name])");
        await stage.Instance.SettleAsync();

        Assert.Equal((Answer.Yes, Answer.No), (yes, await AnswerOfAsync(id, member)));
        Assert.Equal(sent, ReceivedMail.AllOf(stage.Instance).Count(m => m.To == member.Email));
    }

    [Fact]
    public async Task Announcement_OfASeries_BringsAllItsDatesAndAsksForNoAnswer()
    {
        var (group, author, member) = await GroupAsync();
        await Scene.EventAsync(group, author, "Toutes les semaines", with: d => d with { Repetition = new() { Frequency = TerritoireCollab.Agenda.Events.Frequency.Weekly } });

        var mail = await MailAsync(member);

        Assert.Contains("method=PUBLISH", mail.Raw, StringComparison.Ordinal);
        var text = Invitation.TextOf(mail);
        Assert.Contains("RRULE:FREQ=WEEKLY", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ATTENDEE", text, StringComparison.Ordinal);
    }

    public static TheoryData<string> Programs => ["outlook", "gmail", "apple"];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Reply_OfAGuestAsThatProgramWritesIt_ChangesTheAnswer(string program)
    {
        var (group, author, _) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Atelier");
        var email = NewAddress();
        await InviteAsync(author, id, email);
        var asked = Invitation.Of(await LastAsync(email));

        await TakeAsync(ReplyOf(program, asked, email, "ACCEPTED"));
        var yes = await AnswerOfAsync(email);
        await TakeAsync(ReplyOf(program, asked, email, "TENTATIVE"));
        var maybe = await AnswerOfAsync(email);
        await TakeAsync(ReplyOf(program, asked, email, "DECLINED"));
        var no = await AnswerOfAsync(email);

        Assert.Equal((Answer.Yes, Answer.Maybe, Answer.No), (yes, maybe, no));
    }

    [Fact]
    public async Task Reply_OfAMember_TakesThePlaceOrTheWaitingListAndIsToldSo()
    {
        var (group, author, member) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Une place", with: d => d with { Places = "1" });
        await Scene.ComeAsync(id, member);
        var asked = Invitation.Of(await MailAsync(member));
        await TakeAsync(ReplyOf("gmail", asked, member.Email!, "DECLINED"));
        var free = await AnswerOfAsync(id, member);
        await Scene.ComeAsync(id, author);
        await TakeAsync(ReplyOf("gmail", asked, member.Email!, "ACCEPTED"));

        await using var db = stage.Instance.Open(Viewer.System);
        var row = await db.Set<Registration>().AsNoTracking().SingleAsync(r => r.Item.ShortId == id && r.MemberId == member.Id);
        Assert.Equal(Answer.No, free);
        Assert.Equal(Answer.Yes, row.Answer);
        Assert.NotNull(row.WaitingSince);
        Assert.Contains(ReceivedMail.AllOf(stage.Instance), m => m.To == member.Email && m.Text.Contains("est complet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Invitation_OfAHiddenGroup_NamesItToItsMemberAndNotToAGuest()
    {
        var (author, member) = (await Scene.MemberAsync("Anne Essai"), await Scene.MemberAsync("Marc Membre"));
        var group = await Scene.GroupAsync("Cellule discrète", author, GroupVisibility.Hidden, members: member);
        var id = await Scene.EventAsync(group, author, "Entre nous");
        var email = NewAddress();

        await InviteAsync(author, id, $"{email}\n{member.Email}");
        var (toMember, toGuest) = (await MailAsync(member), await LastAsync(email));

        Assert.Contains("Cellule", Invitation.Of(toMember).Text, StringComparison.Ordinal);
        Assert.Contains(group.Slug, Invitation.Of(toMember).Text, StringComparison.Ordinal);
        foreach (var text in new[] { Invitation.Of(toGuest).Text, toGuest.Text, toGuest.Raw })
        {
            Assert.DoesNotContain("Cellule", text, StringComparison.Ordinal);
            Assert.DoesNotContain(group.Slug, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Reply_OfSomebodyElseOrForAnother_ChangesNothing()
    {
        var (group, author, member) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Réservée");
        var (email, other) = (NewAddress(), NewAddress());
        await InviteAsync(author, id, $"{email}\n{other}");
        var (asked, others) = (Invitation.Of(await LastAsync(email)), Invitation.Of(await LastAsync(other)));

        await TakeAsync(ReplyOf("outlook", asked, other, "ACCEPTED"));
        await TakeAsync(ReplyOf("outlook", asked with { Attendee = email }, other, "ACCEPTED", attendee: email));
        await TakeAsync(ReplyOf("outlook", asked, member.Email!, "ACCEPTED"));
        await TakeAsync(ReplyOf("outlook", others with { Organizer = others.Organizer[..^30] + asked.Organizer[^30..] }, other, "ACCEPTED"));
        await TakeAsync(ReplyOf("outlook", asked, email, "ACCEPTED", "Authentication-Results: mx.essai.invalid; dmarc=fail\r\n"));

        await using var db = stage.Instance.Open(Viewer.System);
        Assert.False(await db.Set<GuestRegistration>().AnyAsync(r => r.Guest.Item.ShortId == id));
        Assert.False(await db.Set<Registration>().AnyAsync(r => r.Item.ShortId == id));
    }

    [Fact]
    public async Task Reply_ToWhatIsCancelled_RefusedByAMail()
    {
        var (group, author, _) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Annulée");
        var email = NewAddress();
        await InviteAsync(author, id, email);
        var asked = Invitation.Of(await LastAsync(email));
        await TakeAsync(ReplyOf("apple", asked, email, "ACCEPTED"));
        var visitor = await stage.Instance.VisitorAsync(author);
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/annuler"), "[name='Reason']", ("Reason", "Neige"));
        await stage.Instance.SettleAsync();
        var cancelled = await LastAsync(email);

        await TakeAsync(ReplyOf("apple", asked, email, "TENTATIVE"));

        Assert.Contains("method=CANCEL", cancelled.Raw, StringComparison.Ordinal);
        Assert.Equal(Answer.Yes, await AnswerOfAsync(email));
        Assert.NotEqual(cancelled.Raw, (await LastAsync(email)).Raw);
    }

    [Fact]
    public async Task Edit_DatesThatAreNoneAnyMore_LeaveTheCalendarOfThoseWhoCome()
    {
        var (group, author, member) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Chaque semaine", with: d => d with { Repetition = new() { Frequency = TerritoireCollab.Agenda.Events.Frequency.Weekly } });
        var (key, visitor) = (Scene.Now.AddDays(10).Date.AddHours(18.5), await stage.Instance.VisitorAsync(author));
        await stage.Instance.Services.GetRequiredService<Register>().ExecuteAsync(Viewer.Member(member.Id), id, new(DateTime.SpecifyKind(key, DateTimeKind.Utc), Answer.Yes, Answers: []), default);
        var asked = Invitation.Of(await MailAsync(member, "REQUEST"));

        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/modifier"), "[name='Input.Title']", ("Input.Frequency", "None"));
        var mail = await MailAsync(member, "CANCEL");

        var cancelled = Invitation.Of(mail);
        Assert.Contains("method=CANCEL", mail.Raw, StringComparison.Ordinal);
        Assert.Equal((asked.Uid, asked.Organizer), (cancelled.Uid, cancelled.Organizer));
        // The date that stays must stay: only this one is named.
        Assert.Contains($":{key:yyyyMMddTHHmmss}", cancelled.Text.Split("\r\n").Single(l => l.StartsWith("RECURRENCE-ID", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("STATUS:CANCELLED", cancelled.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trash_OfAnEvent_TellsThoseWhoRegistered()
    {
        var (group, author, member) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Retirée");
        await Scene.ComeAsync(id, member);
        var email = NewAddress();
        await InviteAsync(author, id, email);
        await TakeAsync(ReplyOf("gmail", Invitation.Of(await LastAsync(email)), email, "ACCEPTED"));
        var visitor = await stage.Instance.VisitorAsync(author);

        await visitor.SendAsync(await visitor.OpenAsync($"/c/{id}"), "button[value='retirer']");
        await stage.Instance.SettleAsync();

        foreach (var mail in new[] { await MailAsync(member), await LastAsync(email) })
        {
            Assert.Contains("Annulé", mail.Subject, StringComparison.Ordinal);
            Assert.Contains("method=CANCEL", mail.Raw, StringComparison.Ordinal);
        }
    }

    private static string NewAddress() => $"invitee{Interlocked.Increment(ref _count)}@dehors.invalid";

    private async Task<ReceivedMail> MailAsync(Member member, string method = "")
    {
        await stage.Instance.SettleAsync();
        // Others may leave in the same moment, such as the news of the event.
        return ReceivedMail.AllOf(stage.Instance).Last(m => m.To == member.Email && m.Raw.Contains("Content-Type: text/calendar", StringComparison.Ordinal) && m.Raw.Contains("method=" + method, StringComparison.Ordinal));
    }

    private Task<ReceivedMail> LastAsync(string email) => Task.FromResult(ReceivedMail.AllOf(stage.Instance).Last(m => m.To == email));

    private async Task InviteAsync(Member author, string id, string addresses)
    {
        await stage.Instance.Services.GetRequiredService<InviteGuests>().ExecuteAsync(Viewer.Member(author.Id), id, new(addresses), default);
        await stage.Instance.SettleAsync();
    }

    private async Task TakeAsync(string mail)
    {
        await stage.Instance.DropAsync(Encoding.UTF8.GetBytes(mail));
        await stage.Instance.TakeMailAsync();
    }

    private async Task<Answer?> AnswerOfAsync(string email)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<GuestRegistration>().Where(r => r.Guest.Email == email).Select(r => (Answer?)r.Answer).SingleOrDefaultAsync();
    }

    private async Task<Answer?> AnswerOfAsync(string id, Member member)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<Registration>().Where(r => r.Item.ShortId == id && r.MemberId == member.Id).Select(r => (Answer?)r.Answer).SingleOrDefaultAsync();
    }

    private async Task<(Group Group, Member Author, Member Member)> GroupAsync()
    {
        var (author, member) = (await Scene.MemberAsync("Anne Essai"), await Scene.MemberAsync("Marc Membre"));
        return (await Scene.GroupAsync("Groupe qui convoque", author, members: member), author, member);
    }

    // As the programs write them: where the calendar stands in the mail, how it is coded, which marks the mail bears.
    private static string ReplyOf(string program, Invitation asked, string from, string status, string headers = "", string? attendee = null)
    {
        var number = Interlocked.Increment(ref _count);
        var who = attendee ?? from;
        string Calendar(string product, string more) => string.Join("\r\n",
            "BEGIN:VCALENDAR", $"PRODID:{product}", "VERSION:2.0", "CALSCALE:GREGORIAN", "METHOD:REPLY", "BEGIN:VEVENT", $"DTSTAMP:20261120T{number % 24:00}0000Z", $"ORGANIZER;CN=Groupe:mailto:{asked.Organizer}", $"UID:{asked.Uid}",
            $"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={status};CN={who};X-NUM-GUESTS=0:mailto:{who}", more, "SEQUENCE:0", "SUMMARY:Réponse", "END:VEVENT", "END:VCALENDAR", "");
        string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks);
        var head = $"{headers}From: <{from}>\r\nTo: {asked.Organizer}\r\nSubject: {{0}}\r\nDate: Sat, 28 Nov 2026 10:00:00 +0100\r\nMessage-ID: <reply.{number}.{program}@poste.invalid>\r\nMIME-Version: 1.0\r\n";
        return program switch
        {
            "outlook" => head.Replace("{0}", "=?utf-8?B?QWNjZXB0w6k=?=: Atelier", StringComparison.Ordinal)
                + "X-MS-Has-Attach:\r\nX-MS-TNEF-Correlator:\r\nContent-Type: multipart/alternative; boundary=\"_000_A_\"\r\n\r\n--_000_A_\r\nContent-Type: text/plain; charset=\"iso-8859-1\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\r\n"
                + "--_000_A_\r\nContent-Type: text/calendar; charset=\"utf-8\"; method=REPLY\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Base64(Calendar("Microsoft Exchange Server 2010", "DTSTART;TZID=Romance Standard Time:20261201T183000\r\nCOMMENT;LANGUAGE=fr-FR:\r\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY")) + "\r\n--_000_A_--\r\n",
            "gmail" => head.Replace("{0}", "Accepted: Atelier", StringComparison.Ordinal)
                + "Reply-To: " + from + "\r\nSender: Google Calendar <calendar-notification@google.com>\r\nAuto-Submitted: auto-generated\r\nContent-Type: multipart/mixed; boundary=\"mix\"\r\n\r\n--mix\r\nContent-Type: multipart/alternative; boundary=\"alt\"\r\n\r\n--alt\r\nContent-Type: text/plain; charset=\"UTF-8\"; format=flowed; delsp=yes\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64($"{from} has replied to this invitation.") + "\r\n--alt\r\nContent-Type: text/calendar; charset=\"UTF-8\"; method=REPLY\r\nContent-Transfer-Encoding: 7bit\r\n\r\n" + Calendar("-//Google Inc//Google Calendar 70.9054//EN", "DTSTART:20261201T173000Z\r\nSTATUS:CONFIRMED\r\nTRANSP:OPAQUE")
                + "\r\n--alt--\r\n--mix\r\nContent-Type: application/ics; name=\"invite.ics\"\r\nContent-Disposition: attachment; filename=\"invite.ics\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Base64(Calendar("-//Google Inc//Google Calendar 70.9054//EN", "DTSTART:20261201T173000Z")) + "\r\n--mix--\r\n",
            _ => head.Replace("{0}", "Réponse à Atelier", StringComparison.Ordinal)
                + "X-Mailer: Apple Mail\r\nContent-Type: multipart/mixed; boundary=\"Apple-Mail=_1\"\r\n\r\n--Apple-Mail=_1\r\nContent-Type: text/calendar;\r\n\tmethod=REPLY;\r\n\tname=iCal-20261128-100000.ics;\r\n\tcharset=utf-8\r\nContent-Disposition: attachment;\r\n\tfilename=iCal-20261128-100000.ics\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                + Calendar("-//Apple Inc.//macOS 15.0//EN", "DTSTART;TZID=Europe/Paris:20261201T183000\r\nREQUEST-STATUS:2.0;Success").Replace("=", "=3D", StringComparison.Ordinal) + "\r\n--Apple-Mail=_1--\r\n",
        };
    }

    private sealed record Invitation(string Uid, string Organizer, string Attendee, string Text)
    {
        public static Invitation Of(ReceivedMail mail)
        {
            var text = TextOf(mail);
            string Value(string name) => text.Split("\r\n").First(l => l.StartsWith(name, StringComparison.Ordinal));
            string Address(string line) => line[(line.LastIndexOf("mailto:", StringComparison.Ordinal) + 7)..];
            return new(Value("UID:")[4..], Address(Value("ORGANIZER")), Address(Value("ATTENDEE")), text);
        }

        public static string TextOf(ReceivedMail mail)
        {
            var at = mail.Raw.IndexOf("Content-Type: text/calendar;", StringComparison.Ordinal);
            var body = mail.Raw[(mail.Raw.IndexOf("\r\n\r\n", at, StringComparison.Ordinal) + 4)..];
            return Encoding.UTF8.GetString(Convert.FromBase64String(body[..body.IndexOf("\r\n--", StringComparison.Ordinal)].Replace("\r\n", "", StringComparison.Ordinal))).Replace("\r\n ", "", StringComparison.Ordinal);
        }
    }
}
