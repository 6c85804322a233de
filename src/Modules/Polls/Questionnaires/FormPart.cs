using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TerritoireCollab.Polls.Questionnaires;

/// <summary>What a part of a questionnaire is.</summary>
public enum PartKind
{
    /// <summary>A title with a text, over the questions that follow.</summary>
    Section = 0,
    /// <summary>A line.</summary>
    ShortText = 1,
    /// <summary>Paragraphs.</summary>
    LongText = 2,
    /// <summary>One of several choices.</summary>
    OneChoice = 3,
    /// <summary>As many of several choices as one likes.</summary>
    SeveralChoices = 4,
    /// <summary>A figure between two, with words at both ends.</summary>
    Scale = 5,
    /// <summary>One column for each row.</summary>
    Grid = 6,
    /// <summary>A day.</summary>
    Date = 7,
    /// <summary>Choices put in order.</summary>
    Ranking = 8,
    /// <summary>A number.</summary>
    Number = 9,
    /// <summary>A file.</summary>
    File = 10,
}

/// <summary>Which files a question takes.</summary>
public enum FilesTaken
{
    /// <summary>Documents and pictures.</summary>
    Both = 0,
    /// <summary>Documents: PDF, those of an office suite, plain text.</summary>
    Documents = 1,
    /// <summary>Pictures.</summary>
    Pictures = 2,
}

/// <summary>A question of a questionnaire, or the title of a section.</summary>
public sealed record FormPart
{
    /// <summary>Longest question, title or help, in characters.</summary>
    public const int TextLength = 500;

    /// <summary>Longest text under the title of a section, in characters.</summary>
    public const int SectionLength = 2000;

    /// <summary>Longest choice, row or column, in characters.</summary>
    public const int ChoiceLength = 200;

    /// <summary>Most choices.</summary>
    public const int MostChoices = 40;

    /// <summary>Most rows or columns of a grid.</summary>
    public const int MostRows = 12;

    /// <summary>Longest short answer, in characters.</summary>
    public const int ShortLength = 300;

    /// <summary>Longest long answer, in characters.</summary>
    public const int LongLength = 5000;

    /// <summary>Largest file, in bytes.</summary>
    public const int MostBytes = 10 * 1024 * 1024;

    /// <summary>Its number in the questionnaire, which answers name.</summary>
    public required int Number { get; init; }

    /// <summary>What it is.</summary>
    public required PartKind Kind { get; init; }

    /// <summary>The question, or the title of the section.</summary>
    public required string Text { get; init; }

    /// <summary>A line of help; of a section its text.</summary>
    public string Help { get; init; } = "";

    /// <summary>Whether one must answer.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What one chooses from, or puts in order; of a grid the rows.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Columns of a grid.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Whether one may name something else than the choices.</summary>
    public bool TakesOther { get; init; }

    /// <summary>First figure of a scale; least number, or null.</summary>
    public int? From { get; init; }

    /// <summary>Last figure of a scale; greatest number, or null.</summary>
    public int? To { get; init; }

    /// <summary>What the first figure of a scale means.</summary>
    public string FromWord { get; init; } = "";

    /// <summary>What the last figure of a scale means.</summary>
    public string ToWord { get; init; } = "";

    /// <summary>Which files it takes.</summary>
    public FilesTaken Takes { get; init; }

    /// <summary>Whether it asks something.</summary>
    [JsonIgnore]
    public bool IsQuestion => Kind != PartKind.Section;

    /// <summary>Whether its answers are words of those who answer.</summary>
    [JsonIgnore]
    public bool IsText => Kind is PartKind.ShortText or PartKind.LongText;

    /// <summary>The figures of a scale.</summary>
    [JsonIgnore]
    public IEnumerable<int> Figures => Enumerable.Range(From ?? 1, (To ?? 5) - (From ?? 1) + 1);
}

/// <summary>The parts of a questionnaire as they are kept.</summary>
public static class FormParts
{
    // Kept in the database, never written into a page as it is.
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The text that is kept.</summary>
    public static string Write(IReadOnlyList<FormPart> parts) => JsonSerializer.Serialize(parts, Json);

    /// <summary>The parts that were kept.</summary>
    public static IReadOnlyList<FormPart> Read(string text) => JsonSerializer.Deserialize<List<FormPart>>(text, Json) ?? [];
}
