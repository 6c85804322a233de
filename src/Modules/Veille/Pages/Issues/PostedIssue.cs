using System.Globalization;
using TerritoireCollab.Platform;
using T = TerritoireCollab.Veille.Resources.IssueTexts;

namespace TerritoireCollab.Veille.Pages.Issues;

/// <summary>The issue being prepared, as its form posts it.</summary>
public sealed record PostedIssue
{
    /// <summary>Number of the issue that was shown.</summary>
    public int Number { get; init; }

    /// <summary>Title beside the number.</summary>
    public string? Title { get; init; }

    /// <summary>The animator's word, in Markdown.</summary>
    public string? Introduction { get; init; }

    /// <summary>The version that was read.</summary>
    public int Version { get; init; }

    /// <summary>What the cover shows.</summary>
    public string? CoverText { get; init; }

    /// <summary>Whether the cover is taken away.</summary>
    public bool RemovesCover { get; init; }

    /// <summary>Day of departure, such as <c>2026-11-30</c>.</summary>
    public string? Date { get; init; }

    /// <summary>Hour of departure, such as <c>08:00</c>.</summary>
    public string? Hour { get; init; }

    /// <summary>The button that was pressed.</summary>
    public string? Gesture { get; init; }

    /// <summary>Day and hour, in the platform's time zone; null when they cannot be read.</summary>
    internal DateTime? At =>
        DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && TimeOnly.TryParseExact(Hour, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour)
            ? day.ToDateTime(hour)
            : null;
}

/// <summary>A published issue corrected, as its form posts it.</summary>
public sealed record PostedCorrection
{
    /// <summary>Title beside the number.</summary>
    public string? Title { get; init; }

    /// <summary>The animator's word, in Markdown.</summary>
    public string? Introduction { get; init; }

    /// <summary>The version that was read.</summary>
    public int Version { get; init; }

    /// <summary>What the cover shows.</summary>
    public string? CoverText { get; init; }

    /// <summary>Whether the cover is taken away.</summary>
    public bool RemovesCover { get; init; }

    /// <summary>Its articles.</summary>
    public List<PostedArticle> Articles { get; init; } = [];
}

/// <summary>An article of a correction.</summary>
public sealed record PostedArticle
{
    /// <summary>The article.</summary>
    public Guid Id { get; init; }

    /// <summary>Its title.</summary>
    public string? Title { get; init; }

    /// <summary>What the animator says of it.</summary>
    public string? Line { get; init; }

    /// <summary>Excerpt.</summary>
    public string? Excerpt { get; init; }
}

/// <summary>A departure in words.</summary>
internal static class PublishWords
{
    /// <summary>« lundi 8 h ».</summary>
    public static string Of(DateTime local)
    {
        var culture = CultureInfo.CurrentUICulture;
        return T.DayAtHour.With(local.ToString("dddd", culture), Dates.Hour(local));
    }
}
