using System.Globalization;

namespace TerritoireCollab.Calendar.Reading;

/// <summary>What is found wrong, up to a number: events that are missing are all told, since somebody will look for them.</summary>
internal sealed class Notices(CalendarReadLimits limits)
{
    private readonly List<CalendarNotice> _all = [];
    private int _small;

    public IReadOnlyList<CalendarNotice> All => _all;

    public void Add(CalendarNoticeKind kind, string? subject, string detail = "")
    {
        var notice = new CalendarNotice(kind, Short(subject), Short(detail) ?? "");
        if (!notice.IsEventLeftOut && ++_small > limits.Notices) return;
        _all.Add(notice);
    }

    public void Count(CalendarNoticeKind kind, int number)
    {
        if (number > 0) _all.Add(new(kind, null, number.ToString(CultureInfo.InvariantCulture)));
    }

    private static string? Short(string? text) => text is { Length: > 120 } ? text[..120] + "…" : text;
}
