namespace TerritoireCollab.Mime;

/// <summary>Message identifiers (RFC 5322 section 3.6.4) as they are written: in angle brackets.</summary>
public static class MessageIds
{
    /// <summary>The longest identifier taken, in characters: a header line holds 998 octets (RFC 5322 section 2.1.1).</summary>
    public const int MaximumLength = 900;

    /// <summary>
    /// Says whether an identifier, with or without angle brackets, can be written in a header. The rule is wide, since
    /// identifiers of members' own mails come from any program: visible ASCII without angle brackets, an @ not required.
    /// </summary>
    /// <param name="identifier">The identifier, possibly from a received mail.</param>
    /// <returns>Whether it can be used in <see cref="OutgoingMail"/>.</returns>
    public static bool IsUsable(string? identifier) => identifier is not null && Bare(identifier) is { Length: > 0 and <= MaximumLength } bare
        && !bare.AsSpan().ContainsAnyExceptInRange('!', '~') && bare.AsSpan().IndexOfAny('<', '>') < 0;

    /// <summary>Writes an identifier in angle brackets.</summary>
    /// <exception cref="ArgumentException">It is not usable.</exception>
    internal static string Bracketed(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return IsUsable(identifier)
            ? $"<{Bare(identifier)}>"
            : throw new ArgumentException(
                "The message identifier is empty, too long, or contains a space, a line break, an angle bracket or a character outside ASCII.",
                nameof(identifier));
    }

    private static string Bare(string identifier) =>
        identifier is ['<', .. var inner, '>'] ? inner : identifier;
}
