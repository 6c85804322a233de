using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Agenda.Rides;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Agenda.Events;

/// <summary>An event at one of its dates.</summary>
public sealed record EventView
{
    /// <summary>What the page of any content shows.</summary>
    public required ContentView Content { get; init; }
    /// <summary>The event.</summary>
    public required AgendaEvent Event { get; init; }
    /// <summary>The zone of its hours.</summary>
    public required TimeZoneInfo Zone { get; init; }
    /// <summary>The date shown.</summary>
    public required EventDate Date { get; init; }
    /// <summary>The next dates of the series.</summary>
    public required IReadOnlyList<EventDate> Others { get; init; }
    /// <summary>Who answered, when the viewer is signed in.</summary>
    public required IReadOnlyList<Participant> People { get; init; }
    /// <summary>Who drives there with whom, when the viewer is signed in.</summary>
    public required IReadOnlyList<RideView> Rides { get; init; }
    /// <summary>Who organises it, where that is said.</summary>
    public required IReadOnlyList<OrganiserName> Organisers { get; init; }
    /// <summary>What else takes place at that time, as far as the viewer may read it; for those who prepare the event.</summary>
    public required IReadOnlyList<EventRow> Besides { get; init; }
    /// <summary>Minutes of the date shown, or those asked for of a date that is there no more; null without any.</summary>
    public required MinutesOfDate? Minutes { get; init; }
    /// <summary>What was decided there, when there are minutes.</summary>
    public required IReadOnlyList<EventDecision> Decisions { get; init; }
    /// <summary>The other dates that have minutes, as <see cref="EventDate.Key"/>, the latest first.</summary>
    public required IReadOnlyList<DateTime> Minuted { get; init; }
    /// <summary>Why no answer is taken any more; null while one is.</summary>
    public string? Closed { get; init; }
    /// <summary>Places that are taken.</summary>
    public int Taken => People.Count(p => p is { Answer: Answer.Yes, WaitingSince: null });
    /// <summary>What the viewer answered.</summary>
    public Participant? Mine => People.FirstOrDefault(p => p.PersonId == Content.Standing.Viewer.MemberId && !p.IsGuest);
}

/// <summary>Somebody who organises an event, or an organisation that does.</summary>
/// <param name="Name">The name.</param>
/// <param name="Address">Page of the organisation, relative to the base; null where it has none, or the reader may not see it.</param>
public sealed record OrganiserName(string Name, string? Address);

/// <summary>Minutes as readers see them.</summary>
/// <param name="Key">The date, as <see cref="EventDate.Key"/>.</param>
/// <param name="Html">Sanitised HTML; null where there is no text.</param>
/// <param name="CameToo">Who came without having registered.</param>
public sealed record MinutesOfDate(DateTime Key, string? Html, IReadOnlyList<CameToo> CameToo);

/// <summary>Reads an event at one of its dates.</summary>
internal sealed class ReadEvent(AppDb database, ReadContent content, EventDates dates, FindBesides besides, TimeProvider clock)
{
    private const int MostOthers = 6;

    /// <summary>The event at that date, or at its next one.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<EventView> ExecuteAsync(Viewer viewer, string shortId, DateTime? key, DiscussionPlace place, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var e = await db.Set<AgendaEvent>().AsNoTracking().Include(x => x.Item).FirstOrDefaultAsync(x => x.Item.ShortId == shortId, cancellation) ?? throw new NotFoundException();
        var now = clock.GetUtcNow().UtcDateTime;
        var date = await NearestAsync(db, e.Id, key, now, cancellation) ?? throw new NotFoundException();
        var view = await content.ExecuteAsync(db, e.Item, place, cancellation);
        var id = e.Id;
        var (minutes, minuted) = await MinutesAsync(db, id, key, date.Key, cancellation);
        return new()
        {
            Content = view,
            Event = e,
            Zone = dates.ZoneOf(e),
            Date = date,
            Others = !e.IsSeries ? [] : await db.Set<EventDate>().AsNoTracking().Where(d => d.ItemId == id && d.EndUtc > now && d.Key != date.Key).OrderBy(d => d.StartUtc).Take(MostOthers).ToListAsync(cancellation),
            People = viewer.IsSignedIn ? await ListRegistrations.OfAsync(db, e.Id, date.Key, cancellation) : [],
            Rides = viewer.IsMember && e.Attendance != Attendance.Online ? await KeepRides.OfAsync(db, e.Id, date.Key, cancellation) : [],
            Besides = view.MayEdit && date.EndUtc > now ? await besides.ExecuteAsync(db, date.StartUtc, date.EndUtc, e.Id, cancellation) : [],
            Minutes = minutes,
            Decisions = minutes is null ? [] : await db.Set<EventDecision>().AsNoTracking().Where(d => d.ItemId == id && d.Key == minutes.Key).OrderBy(d => d.Position).ToListAsync(cancellation),
            Minuted = minuted,
            Organisers = await OrganisersAsync(db, e, view.Author.Name, view.CoAuthors, cancellation),
            Closed = Register.Closed(e, date, now),
        };
    }

    /// <summary>Who organises an event; an organisation of the directory by a link for those who may open it.</summary>
    public static async Task<IReadOnlyList<OrganiserName>> OrganisersAsync(AppDbContext db, AgendaEvent e, string author, IReadOnlyList<AuthorView> others, CancellationToken cancellation)
    {
        var folded = db.Viewer.IsSignedIn ? Organisers.Split(e.Organisations).Select(FoldedName.Of).ToList() : [];
        var known = folded.Count == 0 ? [] : await db.Organisations.AsNoTracking().Where(o => folded.Contains(o.FoldedName)).Select(o => new { o.FoldedName, o.Slug }).ToListAsync(cancellation);
        return
        [
            .. Organisers.Shown(e, author, others).Select(name => new OrganiserName(name, null)),
            .. Organisers.Split(e.Organisations).Select(name => new OrganiserName(name, known.Find(o => o.FoldedName == FoldedName.Of(name)) is { } one ? $"organisations/{one.Slug}" : null)),
        ];
    }

    // A rule that was changed since may have left minutes of a date that is none any more: they stay readable.
    private static async Task<(MinutesOfDate? Minutes, IReadOnlyList<DateTime> Others)> MinutesAsync(AppDbContext db, Guid id, DateTime? asked, DateTime shown, CancellationToken cancellation)
    {
        var wanted = asked ?? shown;
        var all = await db.Set<EventMinutes>().AsNoTracking().Where(m => m.ItemId == id && m.ReplacedAt == null).OrderByDescending(m => m.Key)
            .Select(m => new { m.Key, Html = m.Key == wanted || m.Key == shown ? m.Html : null, m.CameToo }).ToListAsync(cancellation);
        var found = all.Find(m => m.Key == wanted) ?? all.Find(m => m.Key == shown);
        return (found is null ? null : new(found.Key, found.Html, CameToo.Read(found.CameToo)), [.. all.Where(m => m != found).Select(m => m.Key)]);
    }

    /// <summary>The date of that key, for who follows a link that may be older than the hour of the event: else one of that day, the next one, or the last.</summary>
    public static async Task<EventDate?> NearestAsync(AppDbContext db, Guid id, DateTime? key, DateTime now, CancellationToken cancellation)
    {
        if (key is not { } wanted) return await DateAsync(db, id, null, now, cancellation);

        var (day, next) = (wanted.Date, wanted.Date.AddDays(1));
        return await db.Set<EventDate>().AsNoTracking().Where(d => d.ItemId == id && ((d.Key >= day && d.Key < next) || (d.StartLocal >= day && d.StartLocal < next)))
            .OrderByDescending(d => d.Key == wanted).ThenBy(d => d.StartUtc).FirstOrDefaultAsync(cancellation) ?? await DateAsync(db, id, null, now, cancellation);
    }

    /// <summary>The date of that key and no other; without one the next that takes place, or the last.</summary>
    public static async Task<EventDate?> DateAsync(AppDbContext db, Guid id, DateTime? key, DateTime now, CancellationToken cancellation)
    {
        var all = db.Set<EventDate>().AsNoTracking().Where(d => d.ItemId == id);
        if (key is { } wanted) return await all.FirstOrDefaultAsync(d => d.Key == wanted, cancellation);

        return await all.Where(d => d.EndUtc > now).OrderBy(d => d.IsCancelled).ThenBy(d => d.StartUtc).FirstOrDefaultAsync(cancellation)
            ?? await all.OrderByDescending(d => d.StartUtc).FirstOrDefaultAsync(cancellation);
    }
}

/// <summary>How a date is named in addresses: <c>20261208-1830</c>.</summary>
internal static class DateKey
{
    private const string Pattern = "yyyyMMdd'-'HHmm";

    /// <summary>The name of a date.</summary>
    public static string Of(DateTime key) => key.ToString(Pattern, CultureInfo.InvariantCulture);

    /// <summary>The date of a name; null without one.</summary>
    /// <exception cref="NotFoundException">It names none.</exception>
    public static DateTime? Parse(string? text) => string.IsNullOrEmpty(text) ? null
        : DateTime.TryParseExact(text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var key) ? DateTime.SpecifyKind(key, DateTimeKind.Utc) : throw new NotFoundException();
}
