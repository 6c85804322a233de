using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>What the headers of an answer say, read without believing them further than they reach.</summary>
internal static partial class AnswerHeaders
{
    // Longer ones are of no use, and would be stored and sent back.
    private const int MaxValidator = 512;

    /// <summary>One header, word for word; null when it is not there, empty or absurdly long.</summary>
    public static string? Text(HttpHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && values.FirstOrDefault()?.Trim() is { Length: > 0 and <= MaxValidator } text && !text.Any(char.IsControl) ? text : null;

    /// <summary>Every value of a header that may come several times, at most ten, each cut where it becomes absurdly long.</summary>
    public static IReadOnlyList<string> All(HttpHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? [.. values.Take(10).Select(v => v.Length > MaxValidator ? v[..MaxValidator] : v)] : [];

    /// <summary>The address of a header, made absolute; null when it is none.</summary>
    public static Uri? Address(HttpHeaders headers, string name, Uri from) =>
        headers.TryGetValues(name, out var values) && values.FirstOrDefault()?.Trim() is { Length: > 0 and <= AddressPolicy.MaxLength } text && Uri.TryCreate(from, text, out var address) ? address : null;

    /// <summary>Retry-After as a moment: in seconds, or a date.</summary>
    public static DateTime? RetryAfter(HttpResponseMessage answer, DateTime now)
    {
        if (Text(answer.Headers, "Retry-After") is not { } text) return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)) return Later(now, seconds);
        return Date(text) is { } date && date > now ? date : null;
    }

    /// <summary>Until when the answer stays good. Expires is measured from the server's own clock, which may be wrong.</summary>
    public static DateTime? FreshUntil(HttpResponseMessage answer, DateTime now)
    {
        if (answer.Headers.TryGetValues("Cache-Control", out var controls))
        {
            var control = string.Join(',', controls);
            if (NoCache().IsMatch(control)) return null;
            if (MaxAge().Match(control) is { Success: true } maxAge && double.TryParse(maxAge.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                return Later(now, seconds - (double.TryParse(Text(answer.Headers, "Age"), NumberStyles.None, CultureInfo.InvariantCulture, out var age) ? age : 0));
        }

        if (Date(Text(answer.Content.Headers, "Expires")) is not { } expires) return null;
        var left = expires - (Date(Text(answer.Headers, "Date")) ?? now);
        return left > TimeSpan.Zero ? Later(now, left.TotalSeconds) : null;
    }

    /// <summary>Addresses of Link headers with a relation (RFC 8288), at most ten.</summary>
    public static IReadOnlyList<Uri> Links(HttpResponseMessage answer, string relation, Uri from)
    {
        if (!answer.Headers.TryGetValues("Link", out var headers)) return [];

        return
        [
            .. headers.SelectMany(h => Link().Matches(h.Length > 8192 ? h[..8192] : h))
                .Where(m => Relations(m.Groups["parameters"].Value).Contains(relation, StringComparer.OrdinalIgnoreCase))
                .Select(m => Uri.TryCreate(from, m.Groups["address"].Value.Trim(), out var address) && address.Scheme is "http" or "https" ? address : null)
                .OfType<Uri>().Distinct().Take(10),
        ];
    }

    private static string[] Relations(string parameters)
    {
        var match = Relation().Match(parameters);
        return match.Success ? (match.Groups["quoted"].Success ? match.Groups["quoted"] : match.Groups["bare"]).Value.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
    }

    private static DateTime? Later(DateTime now, double seconds) => seconds <= 0 ? null : now.AddSeconds(Math.Min(seconds, TimeSpan.FromDays(365).TotalSeconds));

    private static DateTime? Date(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    [GeneratedRegex(@"\b(no-cache|no-store)\b", RegexOptions.IgnoreCase)]
    private static partial Regex NoCache();

    [GeneratedRegex(@"(?<![\w-])max-age\s*=\s*""?(\d{1,12})", RegexOptions.IgnoreCase)]
    private static partial Regex MaxAge();

    [GeneratedRegex("""<(?<address>[^<>]*)>(?<parameters>(?:\s*;\s*[^;,"=\s]+(?:\s*=\s*(?:"[^"]*"|[^;,"\s]*))?)*)""", RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex("""(?:^|[;\s])rel\s*=\s*(?:"(?<quoted>[^"]*)"|(?<bare>[^;,"\s]+))""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Relation();
}
