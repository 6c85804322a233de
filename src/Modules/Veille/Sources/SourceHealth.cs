using TerritoireCollab.Platform;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Sources;

/// <summary>How a source does, in the animator's words: « Le site répond 404 depuis mardi ; dernier article le 3 mars ».</summary>
/// <param name="IsFailing">Whether something is wrong.</param>
/// <param name="Sentence">What, since when, and its last news.</param>
public sealed record SourceHealth(bool IsFailing, string Sentence)
{
    /// <summary>The health of <paramref name="source"/>.</summary>
    public static SourceHealth Of(Source source, Dates dates)
    {
        if (source.LastFetchAt is null) return new(false, SourceTexts.NeverAsked);

        var last = source.LastEntryAt is { } entry ? SourceTexts.LastEntry.With(dates.Day(DateOnly.FromDateTime(dates.Local(entry)))) : SourceTexts.NoEntryYet;
        if (source.Fault == SourceFault.None) return new(false, $"{SourceTexts.UpToDate}{Separator}{last}");

        var since = source.FailingSince is { } at && source.Fault != SourceFault.Gone ? $" {SourceTexts.Since.With(dates.Day(DateOnly.FromDateTime(dates.Local(at))))}" : "";
        return new(true, $"{Cause(source.Fault, source.FaultStatus)}{since}{Separator}{last}");
    }

    // No-break space before, as French wants it.
    private const string Separator = " ; ";

    /// <summary>What is wrong, in words.</summary>
    internal static string Cause(SourceFault fault, int? status) => fault switch
    {
        SourceFault.HttpError => status switch
        {
            401 or 403 => SourceTexts.FaultForbidden.With(status),
            404 => SourceTexts.FaultNotFound,
            429 => SourceTexts.FaultTooMany,
            >= 500 => SourceTexts.FaultBroken.With(status),
            _ => SourceTexts.FaultStatus.With(status ?? 0),
        },
        SourceFault.Gone => SourceTexts.FaultGone,
        // Told apart, they would say which names are known inside.
        SourceFault.NameNotFound or SourceFault.RefusedAddress => SourceTexts.FaultName,
        SourceFault.ConnectionFailed => SourceTexts.FaultConnection,
        SourceFault.TlsFailure => SourceTexts.FaultTls,
        SourceFault.TimedOut => SourceTexts.FaultTimeOut,
        SourceFault.TooLarge => SourceTexts.FaultTooLarge,
        SourceFault.TooManyRedirects => SourceTexts.FaultRedirects,
        SourceFault.NothingFound => SourceTexts.FaultNothingFound,
        SourceFault.NotAFeed => SourceTexts.FaultNotAFeed,
        _ => SourceTexts.FaultBadAnswer,
    };
}
