using System.Globalization;
using TerritoireCollab.Agenda.Events;

namespace TerritoireCollab.Agenda.Pages;

/// <summary>What an address of the agenda asks for: whose, which dates, as a list, as a month or as a day.</summary>
public sealed record AgendaPlace
{
    private const string DayForm = "yyyy-MM-dd";

    /// <summary>Address of the agenda, relative to the base.</summary>
    public required string Base { get; init; }

    /// <summary>First day of the month shown as a table; null for the list.</summary>
    public DateOnly? Month { get; init; }

    /// <summary>The day whose dates are all listed; null for all days.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Of that kind alone.</summary>
    public EventKind? Kind { get; init; }

    /// <summary>Those that the viewer answered or announced.</summary>
    public bool IsMine { get; init; }

    /// <summary>What is over.</summary>
    public bool IsPast { get; init; }

    /// <summary>Whether calendars of other sites are left out.</summary>
    public bool HidesOutside { get; init; }

    /// <summary>Page, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>The place of an address.</summary>
    public static AgendaPlace Of(string address, string? month, string? day, string? kind, string? mine, string? past, int? page, string? outside, DateOnly today) => new()
    {
        Base = address,
        Month = month is null ? null : DateOnly.TryParseExact(month + "-01", DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first.Year is >= 1970 and <= 2200 ? first : new(today.Year, today.Month, 1),
        Day = DateOnly.TryParseExact(day, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var one) && one.Year is >= 1970 and <= 2200 ? one : null,
        Kind = Enum.GetValues<EventKind>().Cast<EventKind?>().FirstOrDefault(k => Word(k!.Value) == kind),
        IsMine = mine is not null,
        IsPast = past is not null,
        HidesOutside = outside == "non",
        Page = Math.Max(1, page ?? 1),
    };

    /// <summary>The filter that it asks for.</summary>
    internal EventFilter Filter => new(Kind, IsMine, WithOutside: !HidesOutside && Kind is null && !IsMine);

    /// <summary>Whether it is a list of what is to come, or of what is over.</summary>
    public bool IsList => Month is null && Day is null;

    /// <summary>Asks for the dates.</summary>
    /// <param name="events">Who knows them.</param>
    /// <param name="viewer">Who reads.</param>
    /// <param name="groupSlug">The group; null for the whole territory.</param>
    /// <exception cref="Platform.Access.NotFoundException">The group is absent or hidden, or has no agenda.</exception>
    internal Task<EventListView> AskAsync(ListEvents events, Platform.Access.Viewer viewer, string? groupSlug) => (Day, Month) switch
    {
        ({ } day, _) => events.OnDayAsync(viewer, groupSlug, Filter, day, default),
        (_, { } month) => events.BetweenAsync(viewer, groupSlug, Filter, month, month.AddMonths(1), default),
        _ => events.ExecuteAsync(viewer, groupSlug, Filter, IsPast, Page, default),
    };

    /// <summary>Its address, relative to the base.</summary>
    public override string ToString()
    {
        var parts = new[]
        {
            Month is { } month && Day is null ? $"mois={MonthWord(month)}" : null,
            Day is { } day ? $"jour={day.ToString(DayForm, CultureInfo.InvariantCulture)}" : null,
            Kind is { } kind ? $"nature={Word(kind)}" : null,
            IsMine ? "miens=oui" : null,
            IsPast && IsList ? "passe=oui" : null,
            HidesOutside ? "exterieur=non" : null,
            Page > 1 && IsList ? string.Create(CultureInfo.InvariantCulture, $"page={Page}") : null,
        }.OfType<string>().ToList();
        return parts.Count == 0 ? Base : $"{Base}?{string.Join('&', parts)}";
    }

    /// <summary>A month as addresses have it.</summary>
    public static string MonthWord(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string Word(EventKind kind) => kind switch
    {
        EventKind.Meeting => "reunion",
        EventKind.Training => "formation",
        EventKind.Workshop => "atelier",
        EventKind.PublicEvent => "public",
        _ => "autre",
    };
}

/// <summary>What was just done, by the code that an address carries.</summary>
internal static class EventFlash
{
    public const string Answered = "repondu";
    public const string Waiting = "attente";
    public const string Cancelled = "annule";
    public const string TakesPlace = "maintenu";
    public const string DateMoved = "date-changee";
    public const string SeriesMoved = "dates-changees";
    public const string CalendarAdded = "calendrier-ajoute";
    public const string CalendarChanged = "calendrier-change";
    public const string CalendarAsked = "calendrier-relu";
    public const string CalendarRemoved = "calendrier-retire";
    public const string Reminded = "rappel";
    public const string Minuted = "compte-rendu";

    /// <summary>The sentence of a code; null when it is not one of the agenda.</summary>
    public static string? Text(string? code) => code switch
    {
        Answered => Resources.AgendaTexts.FlashAnswered,
        Waiting => Resources.AgendaTexts.FlashWaiting,
        Cancelled => Resources.AgendaTexts.FlashCancelled,
        TakesPlace => Resources.AgendaTexts.FlashTakesPlace,
        DateMoved => Resources.AgendaTexts.FlashDateMoved,
        SeriesMoved => Resources.AgendaTexts.FlashSeriesMoved,
        CalendarAdded => Resources.AgendaTexts.FlashCalendarAdded,
        CalendarChanged => Resources.AgendaTexts.FlashCalendarChanged,
        CalendarAsked => Resources.AgendaTexts.FlashCalendarAsked,
        CalendarRemoved => Resources.AgendaTexts.FlashCalendarRemoved,
        Reminded => Resources.AgendaTexts.FlashReminded,
        Minuted => Resources.AgendaTexts.FlashMinuted,
        _ => null,
    };
}
