using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Polls.Questionnaires;

/// <summary>Who sees what a questionnaire gave.</summary>
public enum ResultsFor
{
    /// <summary>Its author and those who animate the group.</summary>
    Animators = 0,
    /// <summary>The members of the group too, without names.</summary>
    Members = 1,
}

/// <summary>Questions in order, in sections, that each reader answers once until a given moment; its text is the introduction.</summary>
public sealed class Questionnaire : IWritten
{
    /// <summary>Most questions and sections together.</summary>
    public const int MostParts = 60;

    /// <summary>Most questions that take a file: a form brings no more at once.</summary>
    public const int MostFiles = 5;

    /// <summary>Most answers that can be asked for.</summary>
    public const int MostSheets = 20_000;

    /// <inheritdoc />
    public Guid Id { get; init; }

    /// <inheritdoc />
    public ContentItem Item { get; init; } = null!;

    /// <inheritdoc />
    public string Body { get; set; } = "";

    /// <inheritdoc />
    public string BodyHtml { get; set; } = "";

    /// <inheritdoc />
    public int BodyRenderer { get; set; }

    /// <inheritdoc />
    public DateTime? EditedAt { get; set; }

    /// <summary>Its questions and sections, as <see cref="FormParts"/> writes them.</summary>
    public string Parts { get; set; } = "[]";

    /// <summary>Whether answers are kept apart from those who gave them.</summary>
    public bool IsAnonymous { get; set; }

    /// <summary>Who sees the results.</summary>
    public ResultsFor ResultsFor { get; set; }

    /// <summary>When it closes.</summary>
    public DateTime ClosesAt { get; set; }

    /// <summary>Answers after which it closes; null for as many as come.</summary>
    public int? MostAnswers { get; set; }

    /// <summary>Hours before the end when those who have not answered are reminded; 0 for never.</summary>
    public int RemindBefore { get; set; }

    /// <summary>When they were reminded by themselves, which is done once.</summary>
    public DateTime? RemindedAt { get; set; }

    /// <summary>When they were last reminded by the button.</summary>
    public DateTime? PressedAt { get; set; }

    /// <summary>Whether names are shown no more: it went to another group than the one whose animators were to see them.</summary>
    public bool HidesNames { get; set; }

    /// <summary>Whether no answer is taken any more, whatever their number.</summary>
    public bool IsOver(DateTime now) => now >= ClosesAt;
}

/// <summary>That somebody answered, without what: one row, however often it is sent. It holds no moment.</summary>
public sealed class Respondent
{
    /// <summary>The questionnaire.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The questionnaire.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>Key of whoever answered.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The member who answered.</summary>
    public Guid? MemberId { get; init; }

    /// <summary>The member who answered.</summary>
    public Member? Member { get; init; }
}

/// <summary>
/// What somebody answered. <see cref="PersonId"/> leads to who; in an anonymous questionnaire there is none, nor a moment, and the key, drawn at random,
/// tells no order: nothing leads from the row to a person.
/// </summary>
public sealed class AnswerSheet
{
    /// <summary>Key, drawn at random.</summary>
    public Guid Id { get; init; } = new(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    /// <summary>The questionnaire.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The questionnaire.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>Key of whoever answered; null in an anonymous questionnaire.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The answers, as <see cref="Answering.AnswerText"/> writes them.</summary>
    public required string Answers { get; set; }

    /// <summary>When it was answered, or last changed; null in an anonymous questionnaire.</summary>
    public DateTime? AnsweredAt { get; set; }
}

/// <summary>A file that somebody gave as an answer. It goes with the sheet that names it; its key, drawn at random, tells no order.</summary>
public sealed class AnswerFile
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = 200;

    /// <summary>Key, drawn at random.</summary>
    public Guid Id { get; init; } = new(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    /// <summary>The questionnaire.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The questionnaire.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>The answers that it belongs to.</summary>
    public required Guid SheetId { get; init; }

    /// <summary>The answers that it belongs to.</summary>
    public AnswerSheet? Sheet { get; init; }

    /// <summary>Number of the question.</summary>
    public required int Question { get; init; }

    /// <summary>The bytes.</summary>
    public required Guid FileId { get; init; }

    /// <summary>The bytes.</summary>
    public StoredFile? File { get; init; }

    /// <summary>Name as it was sent.</summary>
    public required string Name { get; init; }
}
