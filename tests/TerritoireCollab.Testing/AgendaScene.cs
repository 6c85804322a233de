using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Outside;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Testing;

/// <summary>Events of a test, announced and answered as members do.</summary>
public static class AgendaScene
{
    /// <summary>Announces an event in so many days at half past six in the evening, and returns its short identifier.</summary>
    public static Task<string> EventAsync(
        this Scene scene, Group group, Member author, string title, int inDays = 3, string body = "", Audience? audience = null, string? place = "Salle des fêtes", Func<EventDetails, EventDetails>? with = null)
    {
        var details = new EventDetails { Day = EventDetails.Typed(scene.Now.AddDays(inDays)), From = "18:30", Place = place };
        return scene.Instance.Services.GetService<CreateEvent>().ExecuteAsync(
            Viewer.Member(author.Id), group.Slug, new(new ContentInput { Title = title, Body = body, Audience = audience }, with?.Invoke(details) ?? details, []), default);
    }

    /// <summary>Shows a calendar of another site in a group, with one date in three days as if it had been read.</summary>
    public static async Task<Guid> OutsideAsync(this Scene scene, Group group, Member keeper, string name, string title, Audience audience = Audience.Group, string? place = null, string? link = null, bool exported = false, string address = "https://mairie.invalid/agenda.ics")
    {
        var start = scene.Now.Date.AddDays(3).AddHours(17);
        var calendar = new OutsideCalendar { Id = Guid.CreateVersion7(), GroupId = group.Id, Name = name, Address = address, Audience = audience, IsExported = exported, AddedById = keeper.Id, AddedAt = scene.Now, NextFetchAt = scene.Now.AddYears(1), LastFetchAt = scene.Now, SpreadAt = scene.Now, DateCount = 1 };
        await using var db = scene.Instance.Open(Viewer.System);
        db.Add(calendar);
        db.Add(new OutsideDate { CalendarId = calendar.Id, Title = title, Place = place, Link = link, StartLocal = start, EndLocal = start.AddHours(2), StartUtc = start, EndUtc = start.AddHours(2), IsAllDay = false });
        await db.SaveChangesAsync();
        return calendar.Id;
    }

    /// <summary>Answers for the next date of an event.</summary>
    public static Task<bool> ComeAsync(this Scene scene, string shortId, Member member, Answer answer = Answer.Yes) =>
        scene.Instance.Services.GetService<Register>().ExecuteAsync(Viewer.Member(member.Id), shortId, new(null, answer, Answers: []), default);
}
