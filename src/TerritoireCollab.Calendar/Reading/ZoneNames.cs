using System.Text.RegularExpressions;

namespace TerritoireCollab.Calendar.Reading;

/// <summary>Zones by the names that programs give them: IANA, prefixed by whoever made the file, of Windows, or as Outlook shows them.</summary>
internal static partial class ZoneNames
{
    // Names that Outlook shows in place of an identifier, by their cities, and abbreviations that have one meaning here.
    private static readonly Dictionary<string, string> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = "UTC", ["UTC"] = "UTC", ["GMT"] = "UTC", ["Etc/UTC"] = "UTC", ["Etc/GMT"] = "UTC", ["Etc/Universal"] = "UTC", ["Etc/Zulu"] = "UTC", ["Zulu"] = "UTC", ["Coordinated Universal Time"] = "UTC",
        ["CET"] = "Europe/Paris", ["CEST"] = "Europe/Paris", ["MET"] = "Europe/Paris", ["Paris"] = "Europe/Paris", ["Romance"] = "Europe/Paris",
        ["Brussels, Copenhagen, Madrid, Paris"] = "Europe/Paris", ["Bruxelles, Copenhague, Madrid, Paris"] = "Europe/Paris",
        ["Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"] = "Europe/Berlin", ["Amsterdam, Berlin, Berne, Rome, Stockholm, Vienne"] = "Europe/Berlin",
        ["Belgrade, Bratislava, Budapest, Ljubljana, Prague"] = "Europe/Budapest", ["Sarajevo, Skopje, Warsaw, Zagreb"] = "Europe/Warsaw",
        ["Dublin, Edinburgh, Lisbon, London"] = "Europe/London", ["Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London"] = "Europe/London", ["Dublin, Édimbourg, Lisbonne, Londres"] = "Europe/London",
        ["Athens, Bucharest"] = "Europe/Bucharest", ["Athens, Istanbul, Minsk"] = "Europe/Athens", ["Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius"] = "Europe/Helsinki",
        ["Moscow, St. Petersburg, Volgograd"] = "Europe/Moscow", ["West Central Africa"] = "Africa/Lagos", ["Casablanca"] = "Africa/Casablanca",
        ["Eastern"] = "America/New_York", ["US-Eastern"] = "America/New_York", ["US/Eastern"] = "America/New_York", ["Eastern Time (US & Canada)"] = "America/New_York",
        ["Central"] = "America/Chicago", ["US-Central"] = "America/Chicago", ["Central Time (US & Canada)"] = "America/Chicago", ["Mountain Time (US & Canada)"] = "America/Denver",
        ["Pacific"] = "America/Los_Angeles", ["US-Pacific"] = "America/Los_Angeles", ["Pacific Time (US & Canada)"] = "America/Los_Angeles", ["Pacific Time (US & Canada), Tijuana"] = "America/Los_Angeles", ["Pacific Time (US & Canada); Tijuana"] = "America/Los_Angeles",
        ["Canberra, Melbourne, Sydney"] = "Australia/Sydney", ["Osaka, Sapporo, Tokyo"] = "Asia/Tokyo", ["Beijing, Chongqing, Hong Kong, Urumqi"] = "Asia/Shanghai",
    };

    /// <summary>The zone of that name; null when nobody knows it.</summary>
    public static CalendarZone? Find(string name)
    {
        name = name.Trim().Trim('"', '\'').Trim();
        if (name.Length is 0 or > 200) return null;

        return Known(name) ?? WithoutPrefix(name) ?? Displayed(name) ?? Fixed(name);
    }

    private static CalendarZone? Known(string name)
    {
        if (Others.TryGetValue(name, out var other)) name = other;
        if (name == "UTC") return CalendarZone.Utc;
        // The name becomes that of a file, and not all files there are zones of a place.
        if (!Sound().IsMatch(name) || name.Contains("..", StringComparison.Ordinal) || OfTheMachine().IsMatch(name)) return null;
        if (TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out var iana)) name = iana;
        return System(name) ?? System(InCapitals(name));
    }

    private static CalendarZone? System(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? CalendarZone.Of(zone) : null;

    // "/mozilla.org/20070129_1/Europe/Paris": the name is at the end, in three parts at most.
    private static CalendarZone? WithoutPrefix(string name)
    {
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var count = Math.Min(3, parts.Length); count > 0; count--)
            if ((count > 1 || name[0] == '/') && Known(string.Join('/', parts[^count..])) is { } zone) return zone;
        return null;
    }

    // "(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris".
    private static CalendarZone? Displayed(string name) => Offset().Match(name) is { Success: true } match && match.Groups["place"] is { Length: > 0 } place ? Known(place.Value.Trim()) : null;

    private static CalendarZone? Fixed(string name)
    {
        if (Offset().Match(name) is not { Success: true } match || match.Groups["place"].Length > 0 || match.Groups["offset"].Value is not { Length: > 0 } written) return null;

        var text = written.Replace(".", ":", StringComparison.Ordinal);
        if (OffsetReader.Read(text.Length == 2 ? $"{text[0]}0{text[1]}" : text) is not { } offset) return null;
        return offset == TimeSpan.Zero ? CalendarZone.Utc : CalendarZone.Of(name, [new(false, new DateTime(1970, 1, 1), offset, offset)]);
    }

    private static string InCapitals(string name)
    {
        var letters = name.ToLowerInvariant().ToCharArray();
        for (var i = 0; i < letters.Length; i++) if (i == 0 || letters[i - 1] is '/' or '_' or '-') letters[i] = char.ToUpperInvariant(letters[i]);
        return new(letters);
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_+\-/ ().&,;']*$", RegexOptions.NonBacktracking)]
    private static partial Regex Sound();

    [GeneratedRegex(@"^(localtime|posixrules|factory|local)$|^(posix|right)/", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex OfTheMachine();

    [GeneratedRegex(@"^\(?(UTC|GMT)?\s*(?<offset>[+-]\d{1,2}([:.]?\d{2})?)?\)?\s*(?<place>.*)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Offset();
}
