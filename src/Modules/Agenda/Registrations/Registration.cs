using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Agenda.Registrations;

/// <summary>What somebody answered.</summary>
public enum Answer
{
    /// <summary>Je participe.</summary>
    Yes = 0,
    /// <summary>Peut-être.</summary>
    Maybe = 1,
    /// <summary>Non.</summary>
    No = 2,
}

/// <summary>An answer for one date of an event, whoever gave it.</summary>
internal interface IRegistration
{
    /// <summary>Key of the member, or of the guest.</summary>
    Guid PersonId { get; }

    /// <inheritdoc cref="Registration.Key"/>
    DateTime Key { get; }

    /// <inheritdoc cref="Registration.Answer"/>
    Answer Answer { get; set; }

    /// <inheritdoc cref="Registration.WaitingSince"/>
    DateTime? WaitingSince { get; set; }

    /// <inheritdoc cref="Registration.Attendance"/>
    Attendance Attendance { get; set; }

    /// <inheritdoc cref="Registration.Answers"/>
    string Answers { get; set; }

    /// <inheritdoc cref="Registration.AnsweredAt"/>
    DateTime AnsweredAt { get; set; }

    /// <inheritdoc cref="Registration.WasThere"/>
    bool? WasThere { get; set; }
}

/// <summary>A member's answer for one date of an event: one row a member and date, so that each date of a series has its own places.</summary>
public sealed class Registration : IRegistration
{
    /// <summary>Longest answers to the questions, in characters, written one after the other.</summary>
    public const int AnswersLength = 2000;

    /// <summary>The event.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The shared row.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>The date, as <see cref="EventDate.Key"/>.</summary>
    public required DateTime Key { get; init; }

    /// <summary>The member.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>The member.</summary>
    public Member? Member { get; init; }

    Guid IRegistration.PersonId => MemberId;

    /// <summary>What was answered.</summary>
    public Answer Answer { get; set; }

    /// <summary>Since when the member waits for a place; null with one, or without wanting any.</summary>
    public DateTime? WaitingSince { get; set; }

    /// <summary>How the member takes part.</summary>
    public Attendance Attendance { get; set; }

    /// <summary>What was answered to the questions, one a line in their order.</summary>
    public string Answers { get; set; } = "";

    /// <summary>When it was answered last.</summary>
    public DateTime AnsweredAt { get; set; }

    /// <summary>Whether the member was there, as somebody ticked afterwards; null before.</summary>
    public bool? WasThere { get; set; }

    /// <summary>The same answer for the date that this one has become.</summary>
    public Registration At(DateTime key) => new()
    {
        ItemId = ItemId, Key = key, MemberId = MemberId, Answer = Answer, WaitingSince = WaitingSince, Attendance = Attendance, Answers = Answers, AnsweredAt = AnsweredAt, WasThere = WasThere,
    };
}

/// <summary>Something asked of whoever takes part.</summary>
/// <param name="Text">The question.</param>
/// <param name="Choices">What can be chosen; empty for a free text.</param>
/// <param name="IsRequired">Whether it must be answered.</param>
public sealed record Question(string Text, IReadOnlyList<string> Choices, bool IsRequired)
{
    /// <summary>Most questions of an event.</summary>
    public const int Most = 8;

    /// <summary>Longest text of all of them, in characters.</summary>
    public const int TextLength = 1500;

    /// <summary>The questions, one a line: « Repas : sur place / tiré du sac * » is a choice that must be made, « Une allergie ? » a free text.</summary>
    public static IReadOnlyList<Question> Parse(string? lines) =>
        [.. (lines ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(l => l != "*").Select(One)];

    private static Question One(string line)
    {
        var required = line.EndsWith('*');
        var text = line.TrimEnd('*').TrimEnd();
        if (text.LastIndexOf(':') is var at && at <= 0) return new(text, [], required);

        var choices = text[(at + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return choices.Length < 2 ? new(text, [], required) : new(text[..at].TrimEnd(), choices, required);
    }
}
