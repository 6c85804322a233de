using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Platform.Quotes;

/// <summary>
/// A passage that a member quotes from the page that a content is about, and what he says of it. Read by the members of the group alone, through
/// <see cref="QuoteRows"/>; the filter of the context lets the content's readers at most.
/// </summary>
public abstract class PageQuote
{
    /// <summary>Longest note, in characters.</summary>
    public const int NoteLength = 1000;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The content's row.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The content's row.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>Who quotes it.</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>The passage, plain text.</summary>
    public required string Text { get; set; }

    /// <summary>What the member says of it, plain text, or null.</summary>
    public string? Note { get; set; }

    /// <summary>When.</summary>
    public required DateTime At { get; init; }
}

/// <summary>The words of a passage and of its note.</summary>
public static class QuoteText
{
    /// <summary>A text as it is kept; null when nothing is written.</summary>
    public static string? Plain(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.ReplaceLineEndings("\n").Trim();

    /// <summary>Breaks a rule for what is wrong with a passage and its note.</summary>
    /// <param name="rules">Where rules are broken.</param>
    /// <param name="text">The passage.</param>
    /// <param name="note">The note.</param>
    /// <param name="longest">Longest passage, in characters: what may be quoted of somebody else's text.</param>
    public static void Check(Rules rules, string? text, string? note, int longest)
    {
        ArgumentNullException.ThrowIfNull(rules);
        rules.Text(Plain(text), nameof(PageQuote.Text), longest).Text(Plain(note), nameof(PageQuote.Note), PageQuote.NoteLength, required: false);
    }
}
