using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Platform.Tags;

namespace TerritoireCollab.Agenda;

/// <summary>An event that a program announces, or what it changes of one: what is absent stays.</summary>
public sealed record PostedEvent
{
    /// <summary>Title.</summary>
    public string? Title { get; init; }
    /// <summary>Text, in Markdown.</summary>
    public string? Body { get; init; }
    /// <summary><c>group</c>, <c>platform</c> or <c>public</c>.</summary>
    public string? Audience { get; init; }
    /// <summary>Tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
    /// <summary><c>meeting</c>, <c>training</c>, <c>workshop</c>, <c>publicEvent</c> or <c>other</c>.</summary>
    public string? Kind { get; init; }
    /// <summary>When it begins on the platform's clocks: <c>2026-12-08T18:30</c>.</summary>
    public string? LocalStart { get; init; }
    /// <summary>When it ends on those clocks; for whole days the midnight after the last.</summary>
    public string? LocalEnd { get; init; }
    /// <summary>Whether it takes whole days.</summary>
    public bool? AllDay { get; init; }
    /// <summary>How it comes back (RFC 5545, RRULE).</summary>
    public string? Rule { get; init; }
    /// <summary>Where.</summary>
    public string? Place { get; init; }
    /// <summary>The commune.</summary>
    public string? Commune { get; init; }
    /// <summary>Link of the video conference, https.</summary>
    public string? OnlineUrl { get; init; }
    /// <summary>Places at each date.</summary>
    public int? Places { get; init; }
    /// <summary>Members who organise it, by name or <c>@handle</c>, its author among them or not.</summary>
    public IReadOnlyList<string>? Organisers { get; init; }
    /// <summary>Organisations that organise it.</summary>
    public IReadOnlyList<string>? Organisations { get; init; }
    /// <summary>Its programme, at its first date.</summary>
    public IReadOnlyList<PostedSlot>? Programme { get; init; }
    /// <summary>The version that was read: a change is refused when somebody has edited since.</summary>
    public int? Version { get; init; }
}

/// <summary>A part of a programme that a program sends.</summary>
public sealed record PostedSlot
{
    /// <summary>When it begins on the platform's clocks: <c>2026-12-08T09:30</c>.</summary>
    public string? LocalStart { get; init; }
    /// <summary>When it ends; may be absent.</summary>
    public string? LocalEnd { get; init; }
    /// <summary>What it is.</summary>
    public string? Title { get; init; }
    /// <summary>The room.</summary>
    public string? Place { get; init; }
    /// <summary>Who speaks.</summary>
    public string? Speakers { get; init; }
}

/// <summary>The agenda under <c>/api/v1</c>, by the handlers of its pages.</summary>
internal static class AgendaApi
{
    private static readonly ApiKind Kind = new(AgendaModule.EventKindKey, "events", "Event");

    public static void MapAgendaApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").WithTags("events");
        api.AddEndpointFilter<ApiGuard>();
        api.MapGet("/groups/{slug}/events", ListAsync).WithName("listEvents").WithSummary(AgendaTexts.ApiList);
        api.MapPost("/groups/{slug}/events", CreateAsync).WithName("announceEvent").WithSummary(AgendaTexts.ApiCreate);
        api.MapGet("/events/{id}", ReadAsync).WithName("readEvent").WithSummary(AgendaTexts.ApiRead);
        api.MapPatch("/events/{id}", ChangeAsync).WithName("changeEvent").WithSummary(AgendaTexts.ApiChange);
        api.MapRemoval(Kind, AgendaTexts.ApiRemove);
        api.MapComments(Kind, AgendaTexts.ApiComments, AgendaTexts.ApiComment);
    }

    private static Task<CursorPage<ApiEvent>> ListAsync(string slug, string? after, int? limit, ReadEvents read, CurrentViewer current, CancellationToken cancellation) =>
        read.ListAsync(current.Viewer, slug, PageCursor.Parse(after), PageCursor.Limit(limit), cancellation);

    private static async Task<Created<ApiEvent>> CreateAsync(string slug, PostedEvent body, CreateEvent create, ReadEvents read, CurrentViewer current, CancellationToken cancellation)
    {
        var content = new ContentInput { Title = body.Title ?? "", Body = body.Body ?? "", Audience = AudienceWord.Parse(body.Audience), Tags = TagList.Typed(body.Tags) };
        var id = await InApiWordsAsync(() => create.ExecuteAsync(current.Viewer, slug, new CreateEventInput(content, Details(body, new()), []), cancellation));
        return TypedResults.Created($"/api/v1/events/{id}", await read.OneAsync(current.Viewer, id, cancellation));
    }

    private static Task<ApiEvent> ReadAsync(string id, ReadEvents read, CurrentViewer current, CancellationToken cancellation) => read.OneAsync(current.Viewer, id, cancellation);

    private static async Task<ApiEvent> ChangeAsync(string id, PostedEvent body, EditEvent edit, ReadEvents read, CurrentViewer current, CancellationToken cancellation)
    {
        var form = await edit.ReadAsync(current.Viewer, id, cancellation);
        var content = new ContentInput { Title = body.Title ?? form.Title, Body = body.Body ?? form.Body, Audience = AudienceWord.Parse(body.Audience) ?? form.Audience, Tags = TagList.Typed(body.Tags) ?? form.Tags };
        await InApiWordsAsync(() => edit.ExecuteAsync(current.Viewer, id, new EditEventInput(content, Details(body, form.Details), body.Version ?? form.Version), cancellation));
        return await read.OneAsync(current.Viewer, id, cancellation);
    }

    private static EventDetails Details(PostedEvent body, EventDetails present)
    {
        var isAllDay = body.AllDay ?? present.IsAllDay;
        var details = present with
        {
            Kind = body.Kind is null ? present.Kind : KindWord.Parse(body.Kind),
            IsAllDay = isAllDay,
            Place = body.Place ?? present.Place,
            Commune = body.Commune ?? present.Commune,
            OnlineUrl = body.OnlineUrl ?? present.OnlineUrl,
            Places = body.Places?.ToString(CultureInfo.InvariantCulture) ?? present.Places,
            Organisers = body.Organisers is null ? null : string.Join(", ", body.Organisers),
            Organisations = body.Organisations is null ? present.Organisations : string.Join(", ", body.Organisations),
            // Left out, it moves along with the event.
            Programme = null,
            Repetition = body.Rule is null ? present.Repetition : new() { Frequency = body.Rule.Length == 0 ? Frequency.None : Frequency.Other, Whole = body.Rule },
        };
        if (Moment(body.LocalStart) is { } start) details = details with { Day = EventDetails.Typed(start), From = EventDetails.Hour(start), To = null, LastDay = null };
        else if (body.LocalStart is not null) details = details with { Day = null };
        if (body.Programme is { } programme) details = details with { Programme = [.. programme.Select(s => Slot(s, Moment(details.Day)))] };
        if (body.LocalEnd is null) return details;
        if (Moment(body.LocalEnd) is not { } end) return details with { To = "?" };

        return details with { LastDay = EventDetails.Typed(isAllDay ? end.AddDays(-1) : end), To = EventDetails.Hour(end) };
    }

    private static SlotDetails Slot(PostedSlot posted, DateTime? day)
    {
        var (start, end) = (Moment(posted.LocalStart), Moment(posted.LocalEnd));
        return new()
        {
            Day = start is { } at && day is { } first ? ((at.Date - first.Date).Days + 1).ToString(CultureInfo.InvariantCulture) : null,
            From = start is { } from ? EventDetails.Hour(from) : posted.LocalStart,
            To = end is { } to ? EventDetails.Hour(to) : posted.LocalEnd,
            Title = posted.Title, Place = posted.Place, Speakers = posted.Speakers,
        };
    }

    private static DateTime? Moment(string? text) =>
        DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment : null;

    // What is wrong is said at the field that the program sent.
    private static async Task<T> InApiWordsAsync<T>(Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (InvalidInputException invalid)
        {
            throw new InvalidInputException([.. invalid.Rules.Select(r => r with { Field = r.Field switch { "Day" or "From" => "LocalStart", "To" or "LastDay" => "LocalEnd", "Whole" => "Rule", var field => field.StartsWith("Slot", StringComparison.Ordinal) ? "Programme" : field } })]);
        }
    }
}
