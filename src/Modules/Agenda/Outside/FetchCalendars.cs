using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Calendar;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Agenda.Outside;

/// <summary>Wakes the reader of calendars: one was added, or somebody wants it asked again.</summary>
internal sealed class CalendarWake : WorkerWake;

/// <summary>
/// Asks the calendars of other sites that are due, however many processes there are, and puts their dates into the agenda. Unchanged, they are not read
/// again, but once in a while, since the window of their dates moves on.
/// </summary>
internal sealed class FetchCalendars(AppDb database, OutgoingClient client, SpreadOutside spread, FetchPool pool, CalendarWake wake, TimeProvider clock) : IWorker
{
    private const int MostClaimed = 100;
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Rhythm = TimeSpan.FromHours(4);
    private static readonly TimeSpan Window = TimeSpan.FromDays(7);

    /// <inheritdoc />
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var asked = 0;
        for (var due = await ClaimAsync(cancellation); due.Count > 0; due = await ClaimAsync(cancellation))
        {
            await AskAsync(due, cancellation);
            asked += due.Count;
        }

        return asked;
    }

    /// <inheritdoc />
    public Task WaitAsync(CancellationToken cancellation) => wake.WaitAsync(Sweep, cancellation);

    private async Task<List<OutsideCalendar>> ClaimAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = clock.GetUtcNow().UtcDateTime;
        var off = db.GroupsWithout(AgendaModule.ToolKey);
        var due = db.Set<OutsideCalendar>().Where(c => c.NextFetchAt <= now && c.Fault != CalendarFault.Gone && c.Group!.ArchivedAt == null && !off.Contains(c.GroupId)).OrderBy(c => c.NextFetchAt);
        return await db.ClaimAsync(due, MostClaimed, now, cancellation);
    }

    private async Task AskAsync(List<OutsideCalendar> calendars, CancellationToken cancellation)
    {
        var answered = new ConcurrentBag<Guid>();
        var tasks = calendars.Select(c => (Calendar: c, Task: new FetchTask(new Uri(c.Address), async token =>
        {
            var answer = await client.FetchAsync(RequestOf(c), token);
            await StoreAsync(c, answer, token);
            answered.Add(c.Id);
            return answer.Outcome;
        }) { IsSlow = c.Fault == CalendarFault.TimedOut })).ToList();
        await pool.RunAsync(tasks.Select(t => t.Task), cancellation);
        // A site that stayed silent for its other calendars was not asked for these.
        foreach (var (calendar, _) in tasks.Where(t => !answered.Contains(t.Calendar.Id))) await StoreAsync(calendar, new FetchResult(FetchOutcome.TimedOut) { FinalAddress = new Uri(calendar.Address) }, cancellation);
    }

    // Without validators the whole comes again.
    private FetchRequest RequestOf(OutsideCalendar c)
    {
        var isFresh = c.SpreadAt > clock.GetUtcNow().UtcDateTime - Window;
        return new FetchRequest(new Uri(c.Address)) { ETag = isFresh ? c.ETag : null, LastModified = isFresh ? c.LastModified : null };
    }

    private Task StoreAsync(OutsideCalendar asked, FetchResult answer, CancellationToken cancellation)
    {
        var at = clock.GetUtcNow().UtcDateTime;
        var hash = answer.Outcome == FetchOutcome.Ok ? Convert.ToHexStringLower(SHA256.HashData(answer.Body.Span)) : null;
        var isSame = answer.Outcome == FetchOutcome.NotModified || (hash is not null && hash == asked.BodyHash && asked.SpreadAt > at - Window);
        var document = answer.Outcome == FetchOutcome.Ok && !isSame ? CalendarReader.Read(answer.Body.Span).Document : null;
        var fault = answer.Outcome == FetchOutcome.Ok && !isSame && document is null ? CalendarFault.NotACalendar : FaultOf(answer.Outcome);
        return database.TransactAsync(Viewer.System, async (db, token) =>
        {
            if (await db.Set<OutsideCalendar>().FirstOrDefaultAsync(c => c.Id == asked.Id, token) is not { } calendar) return false;

            Note(calendar, answer, fault, document, at);
            if (fault == CalendarFault.None) (calendar.ETag, calendar.LastModified, calendar.BodyHash) = (Kept(answer.ETag) ?? calendar.ETag, Kept(answer.LastModified) ?? calendar.LastModified, hash ?? calendar.BodyHash);
            if (document is not null) await ReplaceAsync(db, calendar, document, at, token);
            await db.SaveChangesAsync(token);
            return true;
        }, cancellation);
    }

    private async Task ReplaceAsync(AppDbContext db, OutsideCalendar calendar, CalendarDocument document, DateTime at, CancellationToken cancellation)
    {
        var (dates, isCut) = spread.Execute(calendar.Id, document);
        (calendar.SpreadAt, calendar.DateCount, calendar.IsCut) = (at, dates.Count, isCut);
        await db.Set<OutsideDate>().Where(d => d.CalendarId == calendar.Id).ExecuteDeleteAsync(cancellation);
        foreach (var date in dates) date.Id = Guid.CreateVersion7();
        await db.InsertAsync(dates, cancellation);
    }

    private static void Note(OutsideCalendar calendar, FetchResult answer, CalendarFault fault, CalendarDocument? document, DateTime at)
    {
        (calendar.LastFetchAt, calendar.LeaseUntil, calendar.Fault, calendar.FaultStatus) = (at, null, fault, fault == CalendarFault.None ? null : answer.Status);
        if (fault == CalendarFault.None) (calendar.Failures, calendar.FailingSince, calendar.FailureToldAt, calendar.LastSuccessAt) = (0, null, null, at);
        else (calendar.Failures, calendar.FailingSince) = (calendar.Failures + 1, calendar.FailingSince ?? at);
        calendar.NextFetchAt = FetchRhythm.Next(new RhythmInput(at, fault is CalendarFault.NotACalendar ? FetchOutcome.BadAnswer : answer.Outcome)
        {
            RetryAfter = answer.RetryAfter,
            FreshUntil = answer.FreshUntil,
            TimeToLive = document?.RefreshInterval?.Length is { } wished && wished > Rhythm ? wished : Rhythm,
            Failures = calendar.Failures,
            Spread = Math.Abs(calendar.Id.GetHashCode() / (double)int.MaxValue),
        }) ?? at + FetchRhythm.LongestAfterFailures;
    }

    private static string? Kept(string? validator) => validator?.Length <= OutsideCalendar.ValidatorLength ? validator : null;

    private static CalendarFault FaultOf(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.Ok or FetchOutcome.NotModified => CalendarFault.None,
        FetchOutcome.HttpError => CalendarFault.HttpError,
        FetchOutcome.Gone => CalendarFault.Gone,
        // Told apart, they would say which names are known inside.
        FetchOutcome.RefusedAddress or FetchOutcome.NameNotFound or FetchOutcome.ConnectionFailed => CalendarFault.Unreachable,
        FetchOutcome.TlsFailure => CalendarFault.Certificate,
        FetchOutcome.TimedOut => CalendarFault.TimedOut,
        FetchOutcome.TooLarge => CalendarFault.TooLarge,
        _ => CalendarFault.BadAnswer,
    };
}
