namespace TerritoireCollab.Mime.Trimming;

/// <summary>Where an introduction says « wrote ».</summary>
/// <param name="Found">Whether it does.</param>
/// <param name="End">Where the verb ends.</param>
/// <param name="IsLast">Whether nothing follows it.</param>
/// <param name="MayPrecedeName">Whether its language puts it before the name.</param>
internal readonly record struct IntroVerb(bool Found, int End, bool IsLast, bool MayPrecedeName)
{
    /// <summary>Finds the last verb of folded words.</summary>
    public static IntroVerb In(ReadOnlySpan<char> body)
    {
        var end = body.Length;
        while (end > 0)
        {
            var start = body[..end].LastIndexOf(' ') + 1;
            var word = body[start..end].Trim(",;:");
            word = word[(word.LastIndexOf('>') + 1)..];
            if (IsVerb(word) || (IsParticiple(word) && FollowsAuxiliary(body[..start])))
            {
                return new(true, end, body[end..].Trim("-: >.").Length == 0, IntroWords.BeforeTheName.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word));
            }

            end = start - 1;
        }

        return Unspaced(body);
    }

    /// <summary>Whether one folded word says « wrote ».</summary>
    public static bool IsVerb(ReadOnlySpan<char> word) => IntroWords.Verbs.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Whether the last of folded words may be the verb.</summary>
    public static bool EndsWith(string words)
    {
        var last = words.AsSpan(words.LastIndexOf(' ') + 1);
        last = last[(last.LastIndexOf('>') + 1)..].TrimEnd(".");
        return last.Length > 0 && (IsVerb(last) || IsParticiple(last) || last[^1] >= '\u1100');
    }

    private static bool IsParticiple(ReadOnlySpan<char> word) => IntroWords.Participles.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private static bool FollowsAuxiliary(ReadOnlySpan<char> before)
    {
        before = before.TrimEnd();
        var start = before.LastIndexOf(' ') + 1;
        return IntroWords.Auxiliaries.GetAlternateLookup<ReadOnlySpan<char>>().Contains(before[start..]);
    }

    private static IntroVerb Unspaced(ReadOnlySpan<char> body)
    {
        if (!body.ContainsAnyExceptInRange('\0', '\u10FF')) return default;
        foreach (var verb in IntroWords.Unspaced)
        {
            var at = body.LastIndexOf(verb, StringComparison.Ordinal);
            if (at > 0) return new(true, at + verb.Length, at + verb.Length >= body.Length - 4, true);
        }

        return default;
    }
}
