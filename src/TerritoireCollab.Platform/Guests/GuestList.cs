using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Guests;

/// <summary>Addresses typed in a list.</summary>
/// <param name="Addresses">Those that can be written to, each once, in lower case.</param>
/// <param name="Unreadable">Lines that hold none.</param>
public sealed record GuestList(IReadOnlyList<string> Addresses, IReadOnlyList<string> Unreadable)
{
    /// <summary>Most addresses at once.</summary>
    public const int Most = 200;

    private static readonly char[] Separators = [';', ',', '\t', '"', '<', '>', ' ', '\u00A0'];

    /// <summary>Reads the lines: whatever stands beside an address, such as a name, is left out.</summary>
    public static GuestList Read(string? text)
    {
        var (addresses, unreadable) = (new List<string>(), new List<string>());
        foreach (var line in (text ?? "").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = line.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(w => w.Contains('@', StringComparison.Ordinal)).ToList();
            var usable = words.Where(Emails.IsUsable).Select(w => w.ToLowerInvariant()).ToList();
            if (words.Count == 0 || usable.Count < words.Count) unreadable.Add(line.Length > Guest.NameLength ? line[..Guest.NameLength] : line);
            addresses.AddRange(usable.Where(a => !addresses.Contains(a)));
        }

        return new([.. addresses.Distinct(StringComparer.Ordinal)], unreadable);
    }
}
