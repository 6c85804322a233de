namespace TerritoireCollab.Platform.Access;

/// <summary>What was asked for is absent or not visible to the viewer: both look the same (404).</summary>
public sealed class NotFoundException : Exception
{
    /// <summary>Absent, or invisible.</summary>
    public NotFoundException() : base("Not found.")
    {
    }
}

/// <summary>What was asked for is visible, but the viewer may not do that (403). The message is shown to the person.</summary>
/// <param name="message">Why, in the viewer's language.</param>
public sealed class ForbiddenException(string message) : Exception(message);

/// <summary>The input breaks a rule. Nothing was written; the typed text stays with the person.</summary>
public sealed class InvalidInputException : Exception
{
    /// <summary>One broken rule.</summary>
    /// <param name="field">Name of the field of the input record, or empty for the form as a whole.</param>
    /// <param name="message">What to do, in the viewer's language.</param>
    public InvalidInputException(string field, string message) : this([new(field, message)])
    {
    }

    /// <summary>Several broken rules.</summary>
    public InvalidInputException(IReadOnlyList<BrokenRule> rules) : base(string.Join(" ", rules.Select(r => r.Message))) => Rules = rules;

    /// <summary>All that must be mended, in the order of the fields.</summary>
    public IReadOnlyList<BrokenRule> Rules { get; }
}

/// <summary>A rule that an input breaks.</summary>
/// <param name="Field">Name of the field, or empty.</param>
/// <param name="Message">What to do, in the viewer's language.</param>
public sealed record BrokenRule(string Field, string Message);

/// <summary>Gathers the broken rules of an input, then throws them together.</summary>
public sealed class Rules
{
    private readonly List<BrokenRule> _broken = [];

    /// <summary>Whether any rule was broken.</summary>
    public bool AnyBroken => _broken.Count > 0;

    /// <summary>Adds a broken rule when <paramref name="holds"/> is false.</summary>
    public Rules Check(bool holds, string field, string message)
    {
        if (!holds) _broken.Add(new(field, message));
        return this;
    }

    /// <summary>
    /// A text that must be there and not be longer than <paramref name="maxLength"/> characters. Control characters of U+0080 to U+009F
    /// have no place in HTML, where a reference to one is read as another sign (HTML, section 13.2.5.80), and U+0000 none in PostgreSQL.
    /// </summary>
    public Rules Text(string? value, string field, int maxLength, bool required = true)
    {
        if (string.IsNullOrWhiteSpace(value))
            return Check(!required, field, PlatformTexts.FieldRequired);

        return Check(value.Length <= maxLength, field, PlatformTexts.FieldTooLong.With(maxLength, value.Length))
            .Check(!value.AsSpan().ContainsAnyInRange('\u0080', '\u009F') && !value.Contains('\0', StringComparison.Ordinal), field, PlatformTexts.FieldUnreadable);
    }

    /// <summary>Throws when any rule was broken.</summary>
    /// <exception cref="InvalidInputException">With every broken rule.</exception>
    public void Demand()
    {
        if (AnyBroken) throw new InvalidInputException(_broken);
    }
}
