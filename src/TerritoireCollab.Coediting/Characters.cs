namespace TerritoireCollab.Coediting;

/// <summary>Characters that take two code units.</summary>
internal static class Characters
{
    /// <summary>Whether each first half is followed by its second, and no second half stands alone.</summary>
    public static bool AreWhole(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return false;
            i++;
        }

        return true;
    }
}
