using TerritoireCollab.Calendar.Resources;

namespace TerritoireCollab.Calendar;

/// <summary>What was left out of a document, or read otherwise than it is written.</summary>
public enum CalendarNoticeKind
{
    /// <summary>An event that says no start, or one that is no date.</summary>
    NoStart,

    /// <summary>An event whose rule cannot be followed: it would be shown on wrong days.</summary>
    Rule,

    /// <summary>Events beyond <see cref="CalendarReadLimits.Events"/>.</summary>
    TooManyEvents,

    /// <summary>Tasks, journals, free time, which are no events.</summary>
    OtherComponents,

    /// <summary>A zone that nobody knows: the times are read as they stand, of no zone.</summary>
    UnknownZone,

    /// <summary>An end that cannot be read, or before the start: left out.</summary>
    End,

    /// <summary>Dates of RDATE, EXDATE or RECURRENCE-ID that cannot be read, or too many of them: left out.</summary>
    Dates,

    /// <summary>Lines that are none of a calendar.</summary>
    Lines,

    /// <summary>Values longer, or lists with more in them, than is kept: cut.</summary>
    Cut,
}

/// <summary>Something that was left out, and why.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Subject">Title or UID of the event; null where it concerns the whole.</param>
/// <param name="Detail">More about it: the value, the fault, the number.</param>
public sealed record CalendarNotice(CalendarNoticeKind Kind, string? Subject, string Detail)
{
    /// <summary>Whether an event is missing because of it.</summary>
    public bool IsEventLeftOut => Kind is CalendarNoticeKind.NoStart or CalendarNoticeKind.Rule or CalendarNoticeKind.TooManyEvents;

    /// <summary>A sentence, in the reader's language.</summary>
    public string Text => (Kind switch
    {
        CalendarNoticeKind.NoStart => Detail.Length == 0 ? CalendarTexts.NoticeNoStart : CalendarTexts.NoticeStart,
        CalendarNoticeKind.Rule => CalendarTexts.NoticeRule,
        CalendarNoticeKind.TooManyEvents => CalendarTexts.NoticeTooManyEvents,
        CalendarNoticeKind.OtherComponents => CalendarTexts.NoticeOtherComponents,
        CalendarNoticeKind.UnknownZone => CalendarTexts.NoticeUnknownZone,
        CalendarNoticeKind.End => CalendarTexts.NoticeEnd,
        CalendarNoticeKind.Dates => CalendarTexts.NoticeDates,
        CalendarNoticeKind.Lines => CalendarTexts.NoticeLines,
        _ => CalendarTexts.NoticeCut,
    }).With(Subject ?? CalendarTexts.NoTitle, Detail);
}

/// <summary>Why a document is no calendar.</summary>
public enum CalendarRefusal
{
    /// <summary>There is nothing in it.</summary>
    Empty,

    /// <summary>Nothing of a calendar is in it.</summary>
    OtherDocument,

    /// <summary>Longer than <see cref="CalendarReadLimits.Size"/>.</summary>
    TooLong,
}

/// <summary>How much of a document is read.</summary>
public sealed record CalendarReadLimits
{
    /// <summary>Those of the platform.</summary>
    public static CalendarReadLimits Default { get; } = new();

    /// <summary>Octets of the whole; beyond, it is refused.</summary>
    public int Size { get; init; } = 10 * 1024 * 1024;

    /// <summary>Events.</summary>
    public int Events { get; init; } = 20_000;

    /// <summary>Characters of a value; a longer text is cut.</summary>
    public int Value { get; init; } = 64 * 1024;

    /// <summary>Properties of an event, attendees and dates among them.</summary>
    public int Properties { get; init; } = 2_000;

    /// <summary>Dates of RDATE and EXDATE of an event.</summary>
    public int Dates { get; init; } = 5_000;

    /// <summary>Components within one another.</summary>
    public int Depth { get; init; } = 12;

    /// <summary>Notices; what is found wrong beyond is counted in the last one.</summary>
    public int Notices { get; init; } = 200;
}

/// <summary>What was understood of a document.</summary>
/// <param name="Document">What it says; null when it is no calendar.</param>
/// <param name="Refusal">Why there is none.</param>
/// <param name="Notices">What was left out, in the order of the file.</param>
public sealed record CalendarReading(CalendarDocument? Document, CalendarRefusal? Refusal, IReadOnlyList<CalendarNotice> Notices)
{
    /// <summary>Why there is none, as a sentence in the reader's language; null when there is one.</summary>
    public string? RefusalText => Refusal switch
    {
        null => null,
        CalendarRefusal.Empty => CalendarTexts.RefusalEmpty,
        CalendarRefusal.TooLong => CalendarTexts.RefusalTooLong.With(CalendarReadLimits.Default.Size / (1024 * 1024)),
        _ => CalendarTexts.RefusalOtherDocument,
    };
}
