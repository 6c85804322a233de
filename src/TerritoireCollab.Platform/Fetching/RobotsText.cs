namespace TerritoireCollab.Platform.Fetching;

/// <summary>What a site says in its <c>robots.txt</c> (RFC 9309), for the programs that read it without a person in front of each page.</summary>
public static class RobotsText
{
    /// <summary>Most that is read of it, in bytes: what the standard asks for.</summary>
    public const int MaxBytes = 500 * 1024;

    private const int MaxRules = 1_000;
    private const int MaxPattern = 500;

    /// <summary>Whether a program of that name may ask for the page. The longest rule decides, and of two alike the one that allows.</summary>
    /// <param name="text">The file.</param>
    /// <param name="product">Name of the program.</param>
    /// <param name="address">The page.</param>
    public static bool Allows(string text, string product, Uri address)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(address);
        var path = address.PathAndQuery;
        var best = RulesOf(text, product).Where(r => Matches(r.Pattern, path)).OrderByDescending(r => r.Pattern.Length).ThenByDescending(r => r.Allows).FirstOrDefault();
        return best.Pattern is null || best.Allows;
    }

    // Those of the groups that name the program; those of « * » when none does.
    private static List<(string Pattern, bool Allows)> RulesOf(string text, string product)
    {
        List<(string, bool)> own = [], common = [];
        var (names, isNamed, isCommon, isOpen, hasOwn) = (false, false, false, false, false);
        foreach (var (name, value) in Lines(text))
        {
            switch (name)
            {
                case "user-agent":
                    // A line of names after a rule begins another group.
                    if (!names) (isNamed, isCommon) = (false, false);
                    names = isOpen = true;
                    isNamed |= value.Split('/')[0].Trim().Equals(product, StringComparison.OrdinalIgnoreCase);
                    isCommon |= value == "*";
                    hasOwn |= isNamed;
                    break;
                case "allow" or "disallow" when isOpen:
                    names = false;
                    if (value.Length is 0 or > MaxPattern || own.Count + common.Count >= MaxRules) break;
                    if (isNamed) own.Add((value, name == "allow"));
                    if (isCommon) common.Add((value, name == "allow"));
                    break;
            }
        }

        return hasOwn ? own : common;
    }

    private static IEnumerable<(string Name, string Value)> Lines(string text)
    {
        foreach (var line in text.TrimStart('\uFEFF').Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var said = line.Split('#')[0];
            var colon = said.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) yield return (said[..colon].Trim().ToLowerInvariant(), said[(colon + 1)..].Trim());
        }
    }

    // « * » stands for anything, « $ » at the end for the end; one pass, going back to the last star.
    private static bool Matches(string pattern, string path)
    {
        var isWhole = pattern.EndsWith('$');
        var rule = isWhole ? pattern[..^1] : pattern.EndsWith('*') ? pattern : pattern + "*";
        var (at, in_, star, from) = (0, 0, -1, 0);
        while (in_ < path.Length)
        {
            if (at < rule.Length && rule[at] == '*') (star, from, at) = (at, in_, at + 1);
            else if (at < rule.Length && rule[at] == path[in_]) (at, in_) = (at + 1, in_ + 1);
            else if (star >= 0) (at, from, in_) = (star + 1, from + 1, from + 1);
            else return false;
        }

        return rule.AsSpan(at).Trim('*').IsEmpty;
    }
}
