using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Agenda.Events;

/// <summary>Something that was decided at one date of an event: what, who does it, by when.</summary>
public sealed class EventDecision
{
    /// <summary>Most decisions of a date.</summary>
    public const int Most = 40;

    /// <summary>Longest text, in characters.</summary>
    public const int TextLength = 500;

    /// <summary>Longest name of who does it, in characters.</summary>
    public const int WhoLength = 120;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The event.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The shared row.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>The date, as <see cref="EventDate.Key"/>.</summary>
    public required DateTime Key { get; init; }

    /// <summary>Its place among the others of the date, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>What was decided, plain text.</summary>
    public required string Text { get; init; }

    /// <summary>Who does it; empty for nobody named.</summary>
    public string Who { get; init; } = "";

    /// <summary>By when; null for no day.</summary>
    public DateOnly? Due { get; init; }
}
