using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Agenda.Outside;

/// <summary>Tells the animators of each group of the calendars of other sites that could not be read for a week (<see cref="LongFailures"/>).</summary>
internal sealed class TellCalendarFailures(AppDb database, TimeProvider clock) : IRecurringJob
{
    /// <inheritdoc />
    public string Key => "agenda.pannes";

    /// <summary>Every morning at 7:20, before people come to work.</summary>
    public string Hours => "0 20 7 * * ?";

    /// <inheritdoc />
    public Task RunAsync(CancellationToken cancellation) => database.TransactAsync(Viewer.System, TellAsync, cancellation);

    private async Task<bool> TellAsync(AppDbContext db, CancellationToken cancellation)
    {
        var off = db.GroupsWithout(AgendaModule.ToolKey);
        var followed = db.Set<OutsideCalendar>().Where(c => !off.Contains(c.GroupId)).Select(c => new Followed<OutsideCalendar> { GroupId = c.GroupId, What = c });
        await LongFailures.TellAsync(db, CalendarFailureNotice.ActivityKind, followed, clock.GetUtcNow().UtcDateTime, cancellation);
        return true;
    }
}

/// <summary>The notice of the calendars of a group that could not be read for a week: those that were told of at the moment of its activity.</summary>
internal sealed class CalendarFailureNotice(Dates dates) : IGroupNotice
{
    /// <summary>Kind of its activity.</summary>
    public const string ActivityKind = "agenda.calendars-failing";

    /// <inheritdoc />
    public string Kind => ActivityKind;

    /// <inheritdoc />
    public string Speaker => AgendaTexts.Agenda;

    /// <inheritdoc />
    public string Address(string groupSlug) => $"/groupes/{groupSlug}/agenda/calendriers";

    /// <inheritdoc />
    public string Line(string groupName, ActivityParticulars particulars) =>
        particulars.Note is null or "1" ? AgendaTexts.FailureLineOne.With(groupName) : AgendaTexts.FailureLineSome.With(groupName, particulars.Note);

    /// <inheritdoc />
    public async Task<NoticeLetter?> WriteAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        var failing = await Told(db, activity).AsNoTracking().OrderBy(c => c.Name).ToListAsync(cancellation);
        return failing.Count == 0 ? null
            : new(failing.Count == 1 ? AgendaTexts.FailureTitleOne : AgendaTexts.FailureTitleSome.With(failing.Count), AgendaTexts.FailureText, failing.ConvertAll(c => (c.Name, CalendarHealth.Of(c, dates))), AgendaTexts.FailureButton);
    }

    /// <inheritdoc />
    public Task<bool> IsStillSoAsync(AppDbContext db, Activity activity, CancellationToken cancellation) => Told(db, activity).AnyAsync(cancellation);

    private static IQueryable<OutsideCalendar> Told(AppDbContext db, Activity activity) => db.Set<OutsideCalendar>().Where(c => c.GroupId == activity.GroupId && c.FailureToldAt == activity.At);
}

/// <summary>How a calendar does, in words: « Le site répond par une erreur (404) depuis le 3 mars ».</summary>
internal static class CalendarHealth
{
    /// <summary>The sentence.</summary>
    public static string Of(OutsideCalendar calendar, Dates dates)
    {
        if (calendar.LastFetchAt is null) return AgendaTexts.CalendarNeverRead;
        if (calendar.Fault == CalendarFault.None) return AgendaTexts.CalendarRead.With(dates.Brief(calendar.LastFetchAt.Value), calendar.DateCount);

        var since = calendar.FailingSince is { } at && calendar.Fault != CalendarFault.Gone ? " " + AgendaTexts.FailingSince.With(dates.Day(DateOnly.FromDateTime(dates.Local(at)))) : "";
        return Cause(calendar.Fault, calendar.FaultStatus) + since;
    }

    private static string Cause(CalendarFault fault, int? status) => fault switch
    {
        CalendarFault.HttpError => AgendaTexts.FaultStatus.With(status ?? 0),
        CalendarFault.Gone => AgendaTexts.FaultGone,
        CalendarFault.Unreachable => AgendaTexts.FaultUnreachable,
        CalendarFault.Certificate => AgendaTexts.FaultCertificate,
        CalendarFault.TimedOut => AgendaTexts.FaultTimedOut,
        CalendarFault.TooLarge => AgendaTexts.FaultTooLarge,
        CalendarFault.NotACalendar => AgendaTexts.FaultNotACalendar,
        _ => AgendaTexts.FaultBadAnswer,
    };
}
