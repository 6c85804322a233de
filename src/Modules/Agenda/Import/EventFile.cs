using System.Security.Cryptography;
using System.Text.Json;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Outside;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Calendar;
using TerritoireCollab.Calendar.Recurrences;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Agenda.Import;

/// <summary>What is otherwise at one date of an event of a file, as <see cref="DateChange"/> keeps it.</summary>
/// <param name="Key">The date.</param>
/// <param name="IsCancelled">Whether it does not take place.</param>
/// <param name="StartLocal">When it begins instead.</param>
/// <param name="EndLocal">When it ends instead.</param>
/// <param name="Place">Where instead.</param>
public sealed record ImportedChange(DateTime Key, bool IsCancelled, DateTime? StartLocal, DateTime? EndLocal, string? Place);

/// <summary>An event of a file, as the agenda would hold it.</summary>
public sealed record ImportedEvent
{
    /// <summary>Its identifier in calendars.</summary>
    public required string Uid { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>Text, in Markdown.</summary>
    public string Body { get; init; } = "";
    /// <summary>What it is.</summary>
    public EventKind Kind { get; init; } = EventKind.Other;
    /// <summary>Beginning of the first date, on the clocks of its zone.</summary>
    public required DateTime StartLocal { get; init; }
    /// <summary>End of the first date; for whole days the midnight after the last.</summary>
    public required DateTime EndLocal { get; init; }
    /// <summary>IANA name of its zone.</summary>
    public required string TimeZone { get; init; }
    /// <summary>Whether it takes whole days.</summary>
    public bool IsAllDay { get; init; }
    /// <summary>How it comes back (RRULE), or null.</summary>
    public string? Rule { get; init; }
    /// <summary>Dates beside the rule, or null.</summary>
    public string? ExtraDates { get; init; }
    /// <summary>Dates of the rule that are none, or null.</summary>
    public string? LeftOut { get; init; }
    /// <summary>Where, or null.</summary>
    public string? Place { get; init; }
    /// <summary>The commune, or null.</summary>
    public string? Commune { get; init; }
    /// <summary>Link of the video conference, or null.</summary>
    public string? OnlineUrl { get; init; }
    /// <summary>Whether it does not take place.</summary>
    public bool IsCancelled { get; init; }
    /// <summary>What is otherwise at single dates.</summary>
    public IReadOnlyList<ImportedChange> Changes { get; init; } = [];
    /// <summary>What of it is not kept, in words; null when all is.</summary>
    public string? Remark { get; init; }

    /// <summary>SHA-256 of all that it says.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { Remark = null })));

    /// <summary>Writes what it says into an event.</summary>
    public AgendaEvent Into(AgendaEvent e)
    {
        (e.Kind, e.StartLocal, e.EndLocal, e.TimeZone, e.IsAllDay) = (Kind, StartLocal, EndLocal, TimeZone, IsAllDay);
        (e.Rule, e.ExtraDates, e.LeftOut, e.Place, e.Commune, e.OnlineUrl) = (Rule, ExtraDates, LeftOut, Place, Commune, OnlineUrl);
        if (OnlineUrl is not null && Place is null) e.Attendance = Attendance.Online;
        return e;
    }

    /// <summary>What it changes of single dates, as rows.</summary>
    public IEnumerable<DateChange> ChangesOf(Guid itemId) => Changes.Select(c => new DateChange { ItemId = itemId, Key = c.Key, IsCancelled = c.IsCancelled, StartLocal = c.StartLocal, EndLocal = c.EndLocal, Place = c.Place });
}

/// <summary>What a file holds.</summary>
/// <param name="Events">Its events, in the order of the file.</param>
/// <param name="Skipped">What is left out, and why.</param>
public sealed record ReadEventFile(IReadOnlyList<ImportedEvent> Events, IReadOnlyList<string> Skipped);

/// <summary>Reads the events of a calendar (.ics) as the agenda keeps them: series stay series, on the clocks of their zones; texts become Markdown that says what they say.</summary>
internal sealed class EventFile(PlatformOptions platform)
{
    // A year of dates tells whether two zones have the same clocks.
    private const int Compared = 60;

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidInputException">It is no calendar.</exception>
    public ReadEventFile Read(ReadOnlySpan<byte> bytes, string field)
    {
        var reading = CalendarReader.Read(bytes);
        if (reading.Document is null) throw new InvalidInputException(field, reading.RefusalText!);

        var (events, skipped, seen) = (new List<ImportedEvent>(), reading.Notices.Select(n => n.Text).ToList(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var series in reading.Document.Series())
        {
            var (made, why) = Of(series);
            if (made is not null && !seen.Add(made.Uid)) (made, why) = (null, AgendaTexts.SkippedTwice);
            if (made is not null) events.Add(made);
            else skipped.Add(AgendaTexts.SkippedLine.With((series.Master ?? series.Changes[0]).Summary ?? AgendaTexts.Untitled, why));
        }

        return new(events, skipped);
    }

    private (ImportedEvent? Event, string? Why) Of(CalendarSeries series)
    {
        // An occurrence that came alone, without its series, is an event of its own.
        var master = series.Master ?? (series.Changes.Count == 1 ? series.Changes[0] with { RecurrenceId = null } : null);
        if (master is null) return (null, AgendaTexts.SkippedNoSeries);
        if (master.IsPrivate) return (null, AgendaTexts.SkippedPrivate);
        if (master.Rules.Count > 1 || master.ExceptionRules.Count > 0 || series.Changes.Any(c => c.RecurrenceId is { IsThisAndFuture: true })) return (null, AgendaTexts.SkippedRules);
        if (master.Uid.Length > AgendaEvent.UidLength || master.Rules.Any(r => r.ToString().Length > AgendaEvent.RuleLength)) return (null, AgendaTexts.SkippedLong);
        if (ZoneOf(series, master) is not { } zone) return (null, AgendaTexts.SkippedZone);

        var (start, end) = (Told(master.Start, zone), Told(master.EndOf(master.Start), zone));
        if (start.Local.Year is < 1970 or > 2200) return (null, AgendaTexts.SkippedYear);
        if (end.Local - start.Local > TimeSpan.FromDays(AgendaEvent.MostDays)) return (null, AgendaTexts.TooLong);

        return (new()
        {
            Uid = master.Uid,
            Title = Cut(master.Summary, ContentItem.TitleLength) ?? AgendaTexts.Untitled,
            Body = BodyOf(master),
            Kind = Enum.GetValues<EventKind>().FirstOrDefault(k => master.Categories.Contains(EventWords.Of(k), StringComparer.OrdinalIgnoreCase), EventKind.Other),
            StartLocal = start.Local,
            EndLocal = end.Local,
            TimeZone = zone.Id,
            IsAllDay = master.IsAllDay,
            Rule = master.Rules.Count == 0 ? null : master.Rules[0].ToString(),
            ExtraDates = SeriesDates.Write(master.Dates.Select(d => Told(d.Start, zone).Local)),
            LeftOut = SeriesDates.Write(LeftOut(master, zone)),
            Place = Cut(master.Location, AgendaEvent.PlaceLength),
            OnlineUrl = WebLink.Of(master.Conference, AgendaEvent.LinkLength, isSecure: true),
            IsCancelled = master.Status == EventStatus.Cancelled,
            Changes = [.. ChangesOf(series, master, zone).DistinctBy(c => c.Key).OrderBy(c => c.Key)],
            Remark = RemarkOf(series, master),
        }, null);
    }

    // Hours of a zone with the clocks of the platform are the platform's own; other zones keep their name, where it is known.
    private TimeZoneInfo? ZoneOf(CalendarSeries series, CalendarEvent master)
    {
        var here = platform.TimeZone;
        if (master.Start.Zone is not { } zone || !master.IsRecurring) return here;
        if (zone.Info?.Id == here.Id) return here;

        var (from, to) = (master.Start.Local, master.Start.Local.AddDays(400));
        var own = series.Occurrences(from, to, new WorkBudget()).Take(Compared).Select(o => o.Start.ToUtc(here));
        var moved = master with { Start = Told(master.Start, here), End = Told(master.EndOf(master.Start), here), Duration = null, Dates = [], ExceptionDates = [] };
        var plain = CalendarSeries.Of(master with { Dates = [], ExceptionDates = [] }, []).Occurrences(from, to, new WorkBudget()).Take(Compared).Select(o => o.Start.ToUtc(here)).ToList();
        var ours = CalendarSeries.Of(moved, []).Occurrences(moved.Start.Local, moved.Start.Local.AddDays(400), new WorkBudget()).Take(Compared).Select(o => o.Start.ToUtc(here)).ToList();
        return plain.SequenceEqual(ours) && own.Any() ? here : zone.Info;
    }

    // The same instant on the clocks of a zone; a day is a day everywhere, and so is an hour of no zone.
    private static CalendarMoment Told(CalendarMoment moment, TimeZoneInfo zone)
    {
        if (moment.IsDate) return moment;
        return CalendarMoment.At(moment.Zone is { } own ? ZoneClock.ToLocal(own.ToUtc(moment.Local), zone) : moment.Local, zone);
    }

    // Whole days are left out of an event with times, too: programs write that.
    private static IEnumerable<DateTime> LeftOut(CalendarEvent master, TimeZoneInfo zone) => master.ExceptionDates.Select(d =>
        d.IsDate && !master.IsAllDay ? d.Local.Add(Told(master.Start, zone).Local.TimeOfDay) : Told(d, zone).Local);

    private static IEnumerable<ImportedChange> ChangesOf(CalendarSeries series, CalendarEvent master, TimeZoneInfo zone)
    {
        if (series.Master is null) yield break;

        var place = Cut(master.Location, AgendaEvent.PlaceLength);
        foreach (var change in series.Changes)
        {
            var other = Cut(change.Location, AgendaEvent.PlaceLength);
            yield return new(Key(change.RecurrenceId!.Value.Moment, master, zone), change.Status == EventStatus.Cancelled, Told(change.Start, zone).Local, Told(change.EndOf(change.Start), zone).Local, other == place ? null : other);
        }

        // What lasts otherwise at one date.
        foreach (var date in master.Dates.Where(d => d.Duration is not null))
            yield return new(Told(date.Start, zone).Local, false, Told(date.Start, zone).Local, Told(date.Start.Plus(date.Duration!.Value), zone).Local, null);
    }

    private static DateTime Key(CalendarMoment id, CalendarEvent master, TimeZoneInfo zone) =>
        id.IsDate && !master.IsAllDay ? id.Local.Add(Told(master.Start, zone).Local.TimeOfDay) : master.IsAllDay ? id.Local.Date : Told(id, zone).Local;

    private static string? RemarkOf(CalendarSeries series, CalendarEvent master) =>
        series.Master is not null && series.Changes.Any(c => (c.Summary is not null && c.Summary != master.Summary) || (c.Description is not null && c.Description != master.Description)) ? AgendaTexts.RemarkOtherTitle : null;

    private static string BodyOf(CalendarEvent master)
    {
        var text = master.Description is null ? "" : PlainMarkdown.Lines(master.Description.Trim());
        var link = WebLink.Of(master.Url, AgendaEvent.LinkLength) is { } address ? $"<{address}>" : null;
        return Cut(text, Bodies.MaxLength - AgendaEvent.LinkLength - 10) is { } body ? link is null ? body : $"{body}\n\n{link}" : link ?? "";
    }

    private static string? Cut(string? text, int length) => string.IsNullOrWhiteSpace(text) ? null : Excerpt.Cut(text.Trim(), length);
}
