using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Agenda.Calendars;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Faces;
using TerritoireCollab.Agenda.Pages;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Agenda.Reminders;
using TerritoireCollab.Calendar;
using TerritoireCollab.Documents.Writing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Agenda;

/// <summary>What the agenda answers besides its pages: calendars, the table of who comes, gestures of one button.</summary>
internal static class AgendaEndpoints
{
    public static void MapAgenda(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/groupes/{slug}/agenda.ics", GroupCalendarAsync);
        endpoints.MapGet("/moi/agenda.ics", MyCalendarAsync);
        endpoints.MapGet("/groupes/{slug}/agenda/{shortId:length(8)}.ics", EventCalendarAsync);
        endpoints.MapGet("/groupes/{slug}/agenda/{shortId}/inscrits.csv", TableAsync);
        endpoints.MapGet("/groupes/{slug}/agenda/{shortId}/inscrits.xlsx", WorkbookAsync);
        endpoints.MapPost("/groupes/{slug}/agenda/{shortId}/rappel", RemindAsync);
        endpoints.MapPost("/groupes/{slug}/agenda/{shortId}/maintenir", TakesPlaceAsync);
    }

    private static async Task GroupCalendarAsync(string slug, HttpContext http, WriteCalendar calendars, FeedViewer reader, CancellationToken cancellation)
    {
        var viewer = await reader.ViewerAsync(http, cancellation);
        await WriteAsync(http, await calendars.GroupAsync(viewer, slug, cancellation), viewer);
    }

    private static async Task MyCalendarAsync(HttpContext http, WriteCalendar calendars, FeedViewer reader, CancellationToken cancellation)
    {
        var viewer = await reader.ViewerAsync(http, cancellation);
        await WriteAsync(http, await calendars.MineAsync(viewer, cancellation), viewer);
    }

    private static async Task EventCalendarAsync(string slug, string shortId, HttpContext http, WriteCalendar calendars, FeedViewer reader, CancellationToken cancellation)
    {
        var viewer = await reader.ViewerAsync(http, cancellation);
        await WriteAsync(http, await calendars.OneAsync(viewer, shortId, cancellation), viewer);
    }

    private static Task WriteAsync(HttpContext http, CalendarFile calendar, Viewer viewer)
    {
        http.Response.Headers.ContentDisposition = $"inline; filename=\"{calendar.FileName}\"";
        return FeedEndpoints.WriteAsync(http, calendar.Bytes, CalendarWriter.MediaType + "; charset=utf-8", calendar.Updated, viewer.IsSignedIn);
    }

    private static async Task<IResult> TableAsync(string slug, string shortId, string? date, ListRegistrations registrations, CurrentViewer current, CancellationToken cancellation)
    {
        var (fileName, bytes) = await registrations.CsvAsync(current.Viewer, shortId, DateKey.Parse(date) ?? throw new NotFoundException(), cancellation);
        return Results.File(bytes, CsvText.ContentType, fileName);
    }

    private static async Task<IResult> WorkbookAsync(string slug, string shortId, string? date, ListRegistrations registrations, CurrentViewer current, CancellationToken cancellation)
    {
        var (fileName, bytes) = await registrations.XlsxAsync(current.Viewer, shortId, DateKey.Parse(date) ?? throw new NotFoundException(), cancellation);
        return Results.File(bytes, XlsxWriter.ContentType, fileName);
    }

    private static async Task<IResult> RemindAsync(string slug, string shortId, [FromForm] ReminderLead? rappel, [FromForm] bool? partout, [FromForm] string? retour, ChooseReminder choose, CurrentViewer current, CancellationToken cancellation)
    {
        await choose.ExecuteAsync(current.Viewer, partout == true ? null : shortId, rappel, cancellation);
        return ContentEndpoints.Back(retour ?? EventAddress.Short(slug, shortId), shortId, null, "fait=" + EventFlash.Reminded);
    }

    private static async Task<IResult> TakesPlaceAsync(string slug, string shortId, [FromForm] string date, CancelEvent cancel, CurrentViewer current, CancellationToken cancellation)
    {
        await cancel.UndoAsync(current.Viewer, shortId, DateKey.Parse(date) ?? throw new NotFoundException(), cancellation);
        return Results.LocalRedirect($"{EventAddress.Short(slug, shortId)}?date={date}&fait={EventFlash.TakesPlace}");
    }
}
