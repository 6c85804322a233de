using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Faces;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Paging;

namespace TerritoireCollab.Agenda.Events;

/// <summary>An event in the API.</summary>
public sealed record ApiEvent
{
    /// <summary>Short identifier.</summary>
    public required string Id { get; init; }
    /// <summary>Address form of the group.</summary>
    public required string Group { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>Text, in Markdown.</summary>
    public required string Body { get; init; }
    /// <summary>Text, sanitised HTML.</summary>
    public required string BodyHtml { get; init; }
    /// <summary>Who announced it.</summary>
    public required ApiAuthor Author { get; init; }
    /// <summary><c>group</c>, <c>platform</c> or <c>public</c>.</summary>
    public required string Audience { get; init; }
    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
    /// <summary><c>meeting</c>, <c>training</c>, <c>workshop</c>, <c>publicEvent</c> or <c>other</c>.</summary>
    public required string Kind { get; init; }
    /// <summary>When its next date begins, or the last when none is left.</summary>
    public DateTime? Start { get; init; }
    /// <summary>When that date ends.</summary>
    public DateTime? End { get; init; }
    /// <summary>When its first date begins, on the clocks of <see cref="TimeZone"/>.</summary>
    public required string LocalStart { get; init; }
    /// <summary>When its first date ends, on those clocks.</summary>
    public required string LocalEnd { get; init; }
    /// <summary>IANA name of its zone.</summary>
    public required string TimeZone { get; init; }
    /// <summary>Whether it takes whole days; <see cref="LocalEnd"/> is then the midnight after the last.</summary>
    public required bool AllDay { get; init; }
    /// <summary>How it comes back (RFC 5545, RRULE), or null.</summary>
    public string? Rule { get; init; }
    /// <summary>Where.</summary>
    public string? Place { get; init; }
    /// <summary>The commune.</summary>
    public string? Commune { get; init; }
    /// <summary>Link of the video conference.</summary>
    public string? OnlineUrl { get; init; }
    /// <summary>Places at each date, or null.</summary>
    public int? Places { get; init; }
    /// <summary>Members who organise it.</summary>
    public required IReadOnlyList<ApiAuthor> Organisers { get; init; }
    /// <summary>Organisations that organise it.</summary>
    public required IReadOnlyList<string> Organisations { get; init; }
    /// <summary>Its programme, in order.</summary>
    public required IReadOnlyList<ApiSlot> Programme { get; init; }
    /// <summary>Whether it does not take place any more.</summary>
    public required bool IsCancelled { get; init; }
    /// <summary>Minutes of the last date that has some, in Markdown, or null.</summary>
    public string? Minutes { get; init; }
    /// <summary>Those minutes, sanitised HTML, or null.</summary>
    public string? MinutesHtml { get; init; }
    /// <summary>What was decided at that date.</summary>
    public required IReadOnlyList<ApiDecision> Decisions { get; init; }
    /// <summary>Minutes of each date that has some, the last one first.</summary>
    public required IReadOnlyList<ApiMinutes> MinutesOfDates { get; init; }
    /// <summary>Comments that can be read.</summary>
    public required int CommentCount { get; init; }
    /// <summary>First publication.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Last change.</summary>
    public required DateTime UpdatedAt { get; init; }
    /// <summary>Version to send back when changing it.</summary>
    public required int Version { get; init; }
    /// <summary>Address of its page.</summary>
    public required string Url { get; init; }
}

/// <summary>A part of a programme in the API, at the first date of its event.</summary>
/// <param name="LocalStart">When it begins, on the clocks of the event's zone.</param>
/// <param name="LocalEnd">When it ends, or null.</param>
/// <param name="Title">What it is.</param>
/// <param name="Place">The room, or null.</param>
/// <param name="Speakers">Who speaks, or null.</param>
public sealed record ApiSlot(string LocalStart, string? LocalEnd, string Title, string? Place, string? Speakers);

/// <summary>Minutes of one date in the API.</summary>
/// <param name="LocalDate">When the series would have that date begin, on the clocks of the event's zone.</param>
/// <param name="Minutes">In Markdown, or null.</param>
/// <param name="MinutesHtml">Sanitised HTML, or null.</param>
/// <param name="Decisions">What was decided there.</param>
public sealed record ApiMinutes(string LocalDate, string? Minutes, string? MinutesHtml, IReadOnlyList<ApiDecision> Decisions);

/// <summary>A decision in the API.</summary>
/// <param name="Text">What was decided.</param>
/// <param name="Who">Who does it, or null.</param>
/// <param name="Due">By when, or null.</param>
public sealed record ApiDecision(string Text, string? Who, DateOnly? Due);

/// <summary>Reads events for programs, with the rights of the screens.</summary>
internal sealed class ReadEvents(AppDb database, Rights rights, ModuleCatalog modules, PlatformOptions site, TimeProvider clock)
{
    private const string LocalPattern = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>A page of the group's events, the last announced first.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no agenda.</exception>
    public async Task<CursorPage<ApiEvent>> ListAsync(Viewer viewer, string groupSlug, PageCursor? after, int limit, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(AgendaModule.ToolKey)!)) throw new NotFoundException();

        var rows = await Events(db, db.Set<AgendaEvent>().Where(e => e.Item.GroupId == standing.GroupId).NewestFirst(after, limit)).ToListAsync(cancellation);
        var others = await OthersAsync(db, rows, cancellation);
        return new([.. rows.Take(limit).Select(r => Json(r, others))], PageCursor.Next(rows, limit, e => e.Row.AtCreation));
    }

    /// <summary>One event.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<ApiEvent> OneAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var row = await Events(db, db.Set<AgendaEvent>().Of(shortId)).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return Json(row, await OthersAsync(db, [row], cancellation));
    }

    private static Task<ILookup<Guid, AuthorView>> OthersAsync(AppDbContext db, List<EventRow> rows, CancellationToken cancellation) =>
        CoAuthors.OfAsync(db, [.. rows.Where(r => r.Row.Item.HasCoAuthors).Select(r => r.Row.Item.Id)], cancellation);

    private IQueryable<EventRow> Events(AppDbContext db, IQueryable<AgendaEvent> events)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return events.Rows(db).Select(r => new EventRow(
            r,
            db.Set<EventDate>().Where(d => d.ItemId == r.Item.Id && d.EndUtc > now).OrderBy(d => d.StartUtc).FirstOrDefault(),
            db.Set<EventDate>().Where(d => d.ItemId == r.Item.Id).OrderByDescending(d => d.StartUtc).FirstOrDefault(),
            // Each date with what was decided there: both lists beside each other would be read once for every pair of them.
            db.Set<EventMinutes>().Where(m => m.ItemId == r.Item.Id && m.ReplacedAt == null).OrderByDescending(m => m.Key)
                .Select(m => new MinutesRow(m.Key, m.Text, m.Html, db.Set<EventDecision>().Where(d => d.ItemId == m.ItemId && d.Key == m.Key).OrderBy(d => d.Position).ToList())).ToList()));
    }

    private static ApiMinutes Json(MinutesRow minutes) => new(
        LocalOf(minutes.Key), minutes.Text, minutes.Html,
        [.. minutes.Decisions.Select(d => new ApiDecision(d.Text, d.Who.Length > 0 ? d.Who : null, d.Due))]);

    private static ApiSlot Json(Slot slot, DateTime start) => new(LocalOf(start.AddMinutes(slot.From)), slot.To is { } to ? LocalOf(start.AddMinutes(to)) : null, slot.Title, slot.Place, slot.Speakers);

    private static string LocalOf(DateTime local) => local.ToString(LocalPattern, System.Globalization.CultureInfo.InvariantCulture);

    private ApiEvent Json(EventRow announced, ILookup<Guid, AuthorView> others) => Json(announced, others, announced.Minutes.ConvertAll(Json));

    private ApiEvent Json(EventRow announced, ILookup<Guid, AuthorView> others, IReadOnlyList<ApiMinutes> minutes) => new()
    {
        Id = announced.Row.Item.ShortId,
        Group = announced.Row.Group,
        Title = announced.Row.Item.Title,
        Body = announced.Row.Content.Body,
        BodyHtml = announced.Row.Content.Html(),
        Author = announced.Row.Author,
        Audience = AudienceWord.Of(announced.Row.Item.Audience),
        Tags = announced.Row.Tags,
        Kind = KindWord.Of(announced.Row.Content.Kind),
        Start = (announced.Next ?? announced.Last)?.StartUtc,
        End = (announced.Next ?? announced.Last)?.EndUtc,
        LocalStart = LocalOf(announced.Row.Content.StartLocal),
        LocalEnd = LocalOf(announced.Row.Content.EndLocal),
        TimeZone = announced.Row.Content.TimeZone,
        AllDay = announced.Row.Content.IsAllDay,
        Rule = announced.Row.Content.Rule,
        Place = announced.Row.Content.Place,
        Commune = announced.Row.Content.Commune,
        OnlineUrl = announced.Row.Content.OnlineUrl,
        Places = announced.Row.Content.Places,
        Organisers = [.. announced.Row.Content.IsByOthers ? [] : new[] { announced.Row.Author }, .. others[announced.Row.Item.Id].Select(o => new ApiAuthor(o.Handle, o.Name, o.Organisation))],
        Organisations = Organisers.Split(announced.Row.Content.Organisations),
        Programme = [.. Programme.Read(announced.Row.Content.Programme).Select(s => Json(s, announced.Row.Content.StartLocal))],
        IsCancelled = announced.Row.Content.CancelledAt is not null,
        Minutes = minutes.Count == 0 ? null : minutes[0].Minutes,
        MinutesHtml = minutes.Count == 0 ? null : minutes[0].MinutesHtml,
        Decisions = minutes.Count == 0 ? [] : minutes[0].Decisions,
        MinutesOfDates = minutes,
        CommentCount = announced.Row.Item.CommentCount,
        CreatedAt = announced.Row.Item.CreatedAt,
        UpdatedAt = announced.Row.Item.UpdatedAt,
        Version = announced.Row.Item.Version,
        Url = site.Absolute(EventAddress.Of(announced.Row.Group, announced.Row.Item.ShortId, announced.Row.Item.Title)).ToString(),
    };

    private sealed record EventRow(ContentRow<AgendaEvent> Row, EventDate? Next, EventDate? Last, List<MinutesRow> Minutes);

    private sealed record MinutesRow(DateTime Key, string? Text, string? Html, List<EventDecision> Decisions);
}

/// <summary>A kind of event as the API writes it.</summary>
internal static class KindWord
{
    /// <summary>The word of a kind.</summary>
    public static string Of(EventKind kind) => kind switch
    {
        EventKind.Meeting => "meeting",
        EventKind.Training => "training",
        EventKind.Workshop => "workshop",
        EventKind.PublicEvent => "publicEvent",
        _ => "other",
    };

    /// <summary>The kind of a word; a meeting without one; for any other word one that is refused at its field.</summary>
    public static EventKind Parse(string? word) => word is null ? EventKind.Meeting : Enum.GetValues<EventKind>().Cast<EventKind?>().FirstOrDefault(k => Of(k!.Value) == word) ?? (EventKind)(-1);
}
