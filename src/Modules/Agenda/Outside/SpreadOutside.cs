using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Calendar;
using TerritoireCollab.Calendar.Recurrences;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Agenda.Outside;

/// <summary>Spreads a calendar of another site over its dates, within a window that moves. What is private there stays out.</summary>
internal sealed class SpreadOutside(PlatformOptions platform, TimeProvider clock)
{
    /// <summary>How far back its dates stand.</summary>
    public static readonly TimeSpan Past = TimeSpan.FromDays(62);

    /// <summary>How far ahead.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(400);

    // A calendar of thousands of rules takes no more than this together.
    private const long Work = 4 * WorkBudget.Usual;

    /// <summary>The dates in order, and whether there are more than are kept.</summary>
    public (IReadOnlyList<OutsideDate> Dates, bool IsCut) Execute(Guid calendarId, CalendarDocument document)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (from, to, budget) = (now - Past, now + Ahead, new WorkBudget(Work));
        var found = document.Series().SelectMany(s => s.Between(from, to, platform.TimeZone, budget))
            .Where(o => o.Event is { Status: not EventStatus.Cancelled, IsPrivate: false })
            .SelectMany(o => Rows(calendarId, o, from, to)).OrderBy(d => d.StartUtc).ThenBy(d => d.Title, StringComparer.Ordinal).Take(OutsideDate.Most + 1).ToList();
        return (found.Count > OutsideDate.Most ? found[..OutsideDate.Most] : found, found.Count > OutsideDate.Most || budget.IsSpent);
    }

    // Lists look no further back than the longest event: what lasts longer is several rows.
    private IEnumerable<OutsideDate> Rows(Guid calendarId, Occurrence occurrence, DateTime from, DateTime to)
    {
        var (start, over) = (occurrence.Start.ToUtc(platform.TimeZone), occurrence.End.ToUtc(platform.TimeZone));
        var end = over < start ? start : over;
        if (end - start <= TimeSpan.FromDays(AgendaEvent.MostDays)) return [Row(calendarId, occurrence, start, end)];

        var first = ZoneClock.ToLocal(start > from ? start : from, platform.TimeZone).Date;
        var last = ZoneClock.ToLocal(end < to ? end : to, platform.TimeZone);
        return Enumerable.Range(0, (int)Math.Ceiling((last - first).TotalDays / AgendaEvent.MostDays))
            .Select(n => (From: first.AddDays(n * AgendaEvent.MostDays), To: Earlier(first.AddDays((n + 1) * AgendaEvent.MostDays), last)))
            .Select(part => Row(calendarId, occurrence, ZoneClock.ToUtc(part.From, platform.TimeZone), ZoneClock.ToUtc(part.To, platform.TimeZone)));
    }

    private OutsideDate Row(Guid calendarId, Occurrence occurrence, DateTime start, DateTime end) => new()
    {
        CalendarId = calendarId,
        Title = Plain(occurrence.Event.Summary, OutsideDate.TitleLength) ?? AgendaTexts.Untitled,
        Place = Plain(occurrence.Event.Location, AgendaEvent.PlaceLength),
        Link = WebLink.Of(occurrence.Event.Url, AgendaEvent.LinkLength),
        StartUtc = start,
        EndUtc = end,
        StartLocal = ZoneClock.ToLocal(start, platform.TimeZone),
        EndLocal = ZoneClock.ToLocal(end, platform.TimeZone),
        IsAllDay = occurrence.Event.IsAllDay,
    };

    private static string? Plain(string? text, int length) => text is null ? null
        : Excerpt.Cut(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), length) is { Length: > 0 } plain ? plain : null;

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;
}

/// <summary>Addresses of calendars that become links.</summary>
internal static class WebLink
{
    /// <summary>The address, when it is one of the web without an account in it; null otherwise.</summary>
    public static string? Of(string? text, int length, bool isSecure = false) =>
        Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (!isSecure && address.Scheme == Uri.UriSchemeHttp)) && address.UserInfo.Length == 0 && address.AbsoluteUri.Length <= length
            ? address.AbsoluteUri : null;
}
