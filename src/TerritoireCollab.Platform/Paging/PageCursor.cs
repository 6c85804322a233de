using System.Buffers.Text;
using System.Globalization;
using System.Text;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Platform.Paging;

/// <summary>Where a page of the API ends: the date and the key of its last row. Opaque to programs.</summary>
/// <param name="At">Date by which the list is ordered.</param>
/// <param name="Key">What tells rows of one moment apart; ordered as text.</param>
public sealed record PageCursor(DateTime At, string Key)
{
    /// <summary>Rows on a page when the program does not say.</summary>
    public const int DefaultLimit = 30;

    /// <summary>Most rows on a page.</summary>
    public const int MostLimit = 100;

    /// <summary>The cursor as base64url.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At.Ticks}|{Key}")));

    /// <summary>The cursor that a program sent back, or null for the first page.</summary>
    /// <exception cref="InvalidInputException">Not one that was given.</exception>
    public static PageCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;

        var parts = Base64Url.IsValid(text) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|', 2) : [];
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
            ? new(new DateTime(ticks, DateTimeKind.Utc), parts[1])
            : throw Unknown();
    }

    /// <summary>The number of rows asked for, or the usual one.</summary>
    /// <exception cref="InvalidInputException">Not between 1 and <see cref="MostLimit"/>.</exception>
    public static int Limit(int? asked) =>
        asked is null or (>= 1 and <= MostLimit) ? asked ?? DefaultLimit : throw new InvalidInputException("limit", PlatformTexts.UnknownLimit.With(MostLimit));

    /// <summary>What to send for the page after <paramref name="rows"/>, of which one more than <paramref name="limit"/> was asked for; null at the end.</summary>
    public static string? Next<T>(IReadOnlyList<T> rows, int limit, Func<T, PageCursor> end) => rows.Count > limit ? end(rows[limit - 1]).ToString() : null;

    /// <summary>What a cursor that was never given is refused by.</summary>
    public static InvalidInputException Unknown() => new("after", PlatformTexts.UnknownCursor);
}

/// <summary>A page of the API.</summary>
/// <param name="Items">Rows.</param>
/// <param name="Next">What to send as <c>after</c> for the next page; null at the end.</param>
public sealed record CursorPage<T>(IReadOnlyList<T> Items, string? Next);
