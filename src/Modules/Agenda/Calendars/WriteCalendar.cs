using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Faces;
using TerritoireCollab.Agenda.Outside;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Calendar;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Agenda.Calendars;

/// <summary>A calendar to hand out.</summary>
/// <param name="Bytes">The document.</param>
/// <param name="Updated">When it changed last.</param>
/// <param name="FileName">Name of the file.</param>
public sealed record CalendarFile(byte[] Bytes, DateTime Updated, string FileName);

/// <summary>Writes events as calendars read them (RFC 5545), with what the viewer may read at that moment.</summary>
internal sealed class WriteCalendar(AppDb database, Rights rights, ModuleCatalog modules, EventDates dates, PlatformOptions platform, TimeProvider clock)
{
    private const int Most = 1000;
    private const int LongestText = 2000;
    private static readonly TimeSpan Past = TimeSpan.FromDays(90);
    private static readonly DateTime Oldest = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>One event, with all its dates.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<CalendarFile> OneAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var found = await ReadAsync(db, db.Set<AgendaEvent>().Where(e => e.Item.ShortId == shortId), cancellation);
        return found is [var (e, _, _)] ? File(null, found, Slug.Of(e.Item.Title)) : throw new NotFoundException();
    }

    /// <summary>The agenda of a group.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden or has no agenda, or holds nothing that somebody without a key may read.</exception>
    public async Task<CalendarFile> GroupAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(AgendaModule.ToolKey)!)) throw new NotFoundException();

        var found = await ReadAsync(db, db.Set<AgendaEvent>().Where(e => e.Item.GroupId == standing.GroupId), cancellation);
        return found.Count == 0 && !viewer.IsSignedIn ? throw new NotFoundException() : File(standing.Name, found, "agenda-" + standing.Slug, await OutsideAsync(db, standing.GroupId, cancellation));
    }

    /// <summary>The agenda of a member: what the groups of the member announce, and what the member answered elsewhere; but for what was declined.</summary>
    /// <exception cref="NotFoundException">Nobody asks.</exception>
    public async Task<CalendarFile> MineAsync(Viewer viewer, CancellationToken cancellation)
    {
        if (!viewer.IsMember) throw new NotFoundException();

        await using var db = database.Open(viewer);
        var (me, off) = (viewer.MemberId, db.GroupsWithout(AgendaModule.ToolKey));
        var found = await ReadAsync(db, db.Set<AgendaEvent>().Where(e => !off.Contains(e.Item.GroupId)).Where(e =>
            (db.Memberships.Any(m => m.GroupId == e.Item.GroupId && m.MemberId == me && m.State == MembershipState.Active) && !(e.Rule == null && e.ExtraDates == null && db.Set<Registration>().Any(r => r.ItemId == e.Id && r.MemberId == me && r.Answer == Answer.No)))
            || db.Set<Registration>().Any(r => r.ItemId == e.Id && r.MemberId == me && r.Answer != Answer.No)), cancellation);
        return File(AgendaTexts.MyAgenda, found, "agenda");
    }

    /// <summary>All dates of a series, to be taken into a calendar.</summary>
    /// <param name="db">The context.</param>
    /// <param name="e">The event, with its row and group.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<string> SeriesAsync(AppDbContext db, AgendaEvent e, CancellationToken cancellation)
    {
        var id = e.Id;
        var changes = await db.Set<DateChange>().AsNoTracking().Where(c => c.ItemId == id).ToListAsync(cancellation);
        return Encoding.UTF8.GetString(File(null, [(e, e.Item.Group!.Slug, changes)], e.Item.ShortId).Bytes);
    }

    private async Task<List<(AgendaEvent Event, string GroupSlug, List<DateChange> Changes)>> ReadAsync(AppDbContext db, IQueryable<AgendaEvent> events, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().UtcDateTime - Past;
        var rows = await events.AsNoTracking().Include(e => e.Item.Group).Where(e => db.Set<EventDate>().Any(d => d.ItemId == e.Id && d.EndUtc > since)).OrderByDescending(e => e.StartLocal).Take(Most).ToListAsync(cancellation);
        var ids = rows.ConvertAll(e => e.Id);
        var changes = (await db.Set<DateChange>().AsNoTracking().Where(c => ids.Contains(c.ItemId)).ToListAsync(cancellation)).ToLookup(c => c.ItemId);
        return rows.ConvertAll(e => (e, e.Item.Group!.Slug, changes[e.Id].ToList()));
    }

    // Dates of other sites, where the animators asked for them.
    private async Task<List<(OutsideDate Date, DateTime At)>> OutsideAsync(AppDbContext db, Guid groupId, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().UtcDateTime - Past;
        var dates = await OutsideRows.Of(db, groupId).Where(d => d.Calendar!.IsExported && d.EndUtc > since).OrderBy(d => d.StartUtc).Take(Most).Select(d => new { Date = d, d.Calendar!.SpreadAt }).ToListAsync(cancellation);
        return dates.ConvertAll(d => (d.Date, d.SpreadAt ?? Oldest));
    }

    private CalendarFile File(string? name, List<(AgendaEvent Event, string GroupSlug, List<DateChange> Changes)> found, string fileName, IReadOnlyList<(OutsideDate Date, DateTime At)>? outside = null)
    {
        var updated = found.Select(f => f.Event.Item.UpdatedAt).Concat((outside ?? []).Select(o => o.At)).DefaultIfEmpty(Oldest).Max();
        var document = new CalendarDocument
        {
            Method = CalendarMethod.Publish,
            Name = name,
            RefreshInterval = name is null ? null : new CalendarDuration(0, TimeSpan.FromHours(1)),
            Events = [.. found.OrderBy(f => f.Event.StartLocal).ThenBy(f => f.Event.Item.ShortId, StringComparer.Ordinal).SelectMany(f => Entries(f.Event, f.GroupSlug, f.Changes)), .. (outside ?? []).Select(o => Entry(o.Date, o.At))],
        };
        // The same events give the same octets, whenever they are asked for.
        return new(CalendarWriter.ToBytes(document, updated), updated, fileName + ".ics");
    }

    // Its key changes each time that its calendar is read: what it says names it.
    private CalendarEvent Entry(OutsideDate date, DateTime at) => new()
    {
        Uid = $"ext-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{date.CalendarId:N} {date.StartUtc:O} {date.Title}")))[..24]}@{platform.BaseUrl.Host}",
        Start = SeriesDates.Moment(date.StartLocal, date.IsAllDay, platform.TimeZone),
        End = SeriesDates.Moment(date.EndLocal, date.IsAllDay, platform.TimeZone),
        Summary = date.Title,
        Location = date.Place,
        Url = date.Link,
        Stamp = at,
    };

    /// <summary>One date alone, as the calendar of the event has it: an occurrence where it is a series.</summary>
    /// <param name="e">The event, with its row and group.</param>
    /// <param name="key">The date, as <see cref="EventDate.Key"/>.</param>
    /// <param name="change">What is otherwise at that date, or null.</param>
    public CalendarEvent DateOf(AgendaEvent e, DateTime key, DateChange? change)
    {
        var (master, zone) = (Master(e, e.Item.Group!.Slug), dates.ZoneOf(e));
        if (e.IsSeries) return Changed(master, e, change ?? new DateChange { ItemId = e.Id, Key = key }, zone);

        return change is { IsCancelled: false } ? Changed(master, e, change, zone) with { RecurrenceId = null } : master;
    }

    private IEnumerable<CalendarEvent> Entries(AgendaEvent e, string groupSlug, List<DateChange> changes)
    {
        var zone = dates.ZoneOf(e);
        var master = Master(e, groupSlug);
        yield return e.IsSeries || changes is not [{ IsCancelled: false } only] ? master : Changed(master, e, only, zone) with { RecurrenceId = null };
        if (!e.IsSeries) yield break;

        foreach (var change in changes) yield return Changed(master, e, change, zone);
    }

    private CalendarEvent Master(AgendaEvent e, string groupSlug) =>
        SeriesDates.Master(e, dates.ZoneOf(e), UidOf(e, platform)) with
        {
            Summary = e.Item.Title,
            Description = DescriptionOf(e, e.StartLocal),
            Location = EventWords.Where(e.Place, e.Commune),
            Url = platform.Absolute(EventAddress.Of(groupSlug, e.Item.ShortId, e.Item.Title)).AbsoluteUri,
            Conference = e.OnlineUrl,
            Categories = [EventWords.Of(e.Kind)],
            Status = e.CancelledAt is null ? EventStatus.Confirmed : EventStatus.Cancelled,
            Sequence = e.Sequence,
            Stamp = e.Item.UpdatedAt,
            Created = e.Item.CreatedAt,
            LastModified = e.Item.UpdatedAt,
            RelatedTo = e.RelatedTo,
        };

    // The text, and the programme at the hours of that date.
    private static string? DescriptionOf(AgendaEvent e, DateTime start)
    {
        List<string> parts = [.. e.Body.Length == 0 ? Array.Empty<string>() : [Excerpt.Of(e.Body, LongestText)]];
        if (Programme.Read(e.Programme) is { Count: > 0 } slots) parts.Add(string.Join('\n', Programme.Lines(slots, start).Prepend(AgendaTexts.ProgrammeTitle)));
        return parts.Count == 0 ? null : string.Join("\n\n", parts);
    }

    private static CalendarEvent Changed(CalendarEvent master, AgendaEvent e, DateChange change, TimeZoneInfo zone)
    {
        var start = change.StartLocal ?? change.Key;
        return master with
        {
            Rules = [],
            Dates = [],
            ExceptionDates = [],
            RecurrenceId = new RecurrenceId(SeriesDates.Moment(change.Key, e.IsAllDay, zone)),
            Start = SeriesDates.Moment(start, e.IsAllDay, zone),
            Description = change.StartLocal is null ? master.Description : DescriptionOf(e, start),
            End = SeriesDates.Moment(change.EndLocal ?? (start + (e.EndLocal - e.StartLocal)), e.IsAllDay, zone),
            Location = change.Place is null ? master.Location : EventWords.Where(change.Place, e.Commune),
            Status = change.IsCancelled ? EventStatus.Cancelled : master.Status,
        };
    }

    /// <summary>The identifier of an event in calendars: the one that it came with, or the platform's own.</summary>
    public static string UidOf(AgendaEvent e, PlatformOptions platform) => e.Uid ?? $"{e.Item.ShortId}@{platform.BaseUrl.Host}";
}
