using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Polls.Questionnaires.Building;

namespace TerritoireCollab.Polls.Questionnaires.Pages;

/// <summary>A questionnaire as its form posts it; each button of the builder posts the whole of it, so that nothing typed is lost.</summary>
public sealed record QuestionnairePosted
{
    /// <summary>Name of the field by which a button says what it does.</summary>
    public const string GestureField = "Input.Gesture";

    /// <summary>Name of the field that holds what was just taken out.</summary>
    public const string RemovedField = "Input.Removed";

    /// <summary>Key proposed by the form, so that sending it twice publishes once.</summary>
    public Guid Id { get; init; }
    /// <summary>The title.</summary>
    public string Title { get; init; } = "";
    /// <summary>The introduction, in Markdown.</summary>
    public string Body { get; init; } = "";
    /// <summary>Tags separated by commas.</summary>
    public string Tags { get; init; } = "";
    /// <summary>Who may read it.</summary>
    public Audience? Audience { get; init; }
    /// <summary>Files to take off.</summary>
    public IReadOnlyList<Guid> RemovedFiles { get; init; } = [];
    /// <summary>The version that was read.</summary>
    public int Version { get; init; }
    /// <summary>What it asks, and how.</summary>
    public QuestionnaireDetails Details { get; init; } = new();
    /// <summary>What the button that was pressed does to the parts, such as <c>monter:2</c>; empty for the one that publishes.</summary>
    public string Gesture { get; init; } = "";
    /// <summary>The part that was taken out last, with its place; null for none.</summary>
    public RemovedPart? Removed { get; init; }

    /// <summary>The form as it was posted.</summary>
    internal static QuestionnairePosted Read(IFormCollection form)
    {
        string Text(string name) => form["Input." + name].ToString();
        return new()
        {
            Id = Guid.TryParse(Text("Id"), out var id) ? id : Guid.Empty,
            Title = Text("Title"),
            Body = Text("Body"),
            Tags = Text("Tags"),
            Audience = Enum.TryParse<Audience>(Text("Audience"), out var audience) ? audience : null,
            RemovedFiles = [.. form["Input.RemovedFiles"].Select(v => Guid.TryParse(v, out var file) ? file : Guid.Empty).Where(f => f != Guid.Empty)],
            Version = Whole(Text("Version")),
            Gesture = Text("Gesture"),
            Removed = RemovedPart.Read(Text("Removed")),
            Details = new()
            {
                Parts = ReadParts(Text),
                NewKind = Enum.TryParse<PartKind>(Text("NewKind"), out var kind) ? kind : PartKind.ShortText,
                Day = Text("Day"),
                Hour = Text("Hour"),
                IsAnonymous = Text("IsAnonymous") == "true",
                ResultsFor = Enum.TryParse<ResultsFor>(Text("ResultsFor"), out var results) ? results : ResultsFor.Animators,
                MostAnswers = Text("MostAnswers"),
                RemindBefore = Whole(Text("RemindBefore")),
            },
        };
    }

    internal ContentInput Content => new() { Id = Id, Title = Title, Body = Body, Tags = Tags, Audience = Audience };

    /// <summary>The form with what was typed.</summary>
    internal QuestionnaireForm Into(QuestionnaireForm form) => form with { Title = Title, Body = Body, Tags = Tags, Audience = Audience ?? form.Audience, RemovedFiles = RemovedFiles, Details = form.IsAnswered ? Details with { Parts = form.Details.Parts, IsAnonymous = form.Details.IsAnonymous, ResultsFor = form.Details.ResultsFor } : Details };

    /// <summary>As a draft keeps it.</summary>
    internal string Write() => JsonSerializer.Serialize(this with { Gesture = "", Removed = null }, FormParts.Json);

    /// <summary>As a draft kept it; null when that is no draft of a questionnaire.</summary>
    internal static QuestionnairePosted? Restore(string? draft)
    {
        try
        {
            return draft is null ? null : JsonSerializer.Deserialize<QuestionnairePosted>(draft, FormParts.Json) is { Details.Parts: not null } posted ? posted : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<TypedPart> ReadParts(Func<string, string> text)
    {
        var parts = new List<TypedPart>();
        for (var index = 0; index < Questionnaire.MostParts + 1 && text(PartRules.Field(index, "Kind")) is { Length: > 0 } kind; index++)
        {
            string Field(string name) => text(PartRules.Field(index, name));
            parts.Add(new()
            {
                Kind = Enum.TryParse<PartKind>(kind, out var known) ? known : (PartKind)(-1),
                Number = Whole(Field("Number")),
                Text = Field("Text"),
                Help = Field("Help"),
                IsRequired = Field("IsRequired") == "true",
                Choices = Field("Choices"),
                Columns = Field("Columns"),
                TakesOther = Field("TakesOther") == "true",
                Takes = Enum.TryParse<FilesTaken>(Field("Takes"), out var takes) ? takes : FilesTaken.Both,
                From = Field("From"),
                To = Field("To"),
                FromWord = Field("FromWord"),
                ToWord = Field("ToWord"),
            });
        }

        return parts;
    }

    private static int Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

/// <summary>A part that was just taken out, which one can put back.</summary>
/// <param name="Index">Where it stood, from 0.</param>
/// <param name="Part">The part.</param>
public sealed record RemovedPart(int Index, TypedPart Part)
{
    /// <summary>As a field of the form holds it.</summary>
    internal string Write() => JsonSerializer.Serialize(this, FormParts.Json);

    /// <summary>As the form posted it; null when it holds none.</summary>
    internal static RemovedPart? Read(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonSerializer.Deserialize<RemovedPart>(text, FormParts.Json) is { Part: not null } removed ? removed : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What the buttons of the builder do to the parts.</summary>
internal static class PartGestures
{
    public const string Nothing = "rien";
    public const string Up = "monter";
    public const string Down = "descendre";
    public const string Copy = "dupliquer";
    public const string Remove = "retirer";
    public const string PutBack = "remettre";
    public const string Add = "ajouter";
    public const string AddSection = "section";
    public const string Preview = "apercu";
    public const string Keep = "garder";
    public const string StartAgain = "recommencer";

    /// <summary>The form after a gesture.</summary>
    public static QuestionnairePosted Apply(QuestionnairePosted posted)
    {
        var (verb, index) = posted.Gesture.Split(':') is [var name, var at] && int.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (name, number) : (posted.Gesture, -1);
        var parts = posted.Details.Parts.ToList();
        var stands = index >= 0 && index < parts.Count;
        RemovedPart? removed = null;
        switch (verb)
        {
            case Up when stands && index > 0:
                (parts[index - 1], parts[index]) = (parts[index], parts[index - 1]);
                break;
            case Down when stands && index < parts.Count - 1:
                (parts[index + 1], parts[index]) = (parts[index], parts[index + 1]);
                break;
            case Copy when stands && parts.Count < Questionnaire.MostParts:
                parts.Insert(index + 1, parts[index] with { Number = 0 });
                break;
            case Remove when stands:
                removed = new(index, parts[index]);
                parts.RemoveAt(index);
                break;
            case PutBack when posted.Removed is { } back:
                parts.Insert(Math.Clamp(back.Index, 0, parts.Count), back.Part);
                break;
            case Add when parts.Count < Questionnaire.MostParts:
                parts.Add(TypedPart.New(posted.Details.NewKind));
                break;
            case AddSection when parts.Count < Questionnaire.MostParts:
                parts.Add(TypedPart.New(PartKind.Section));
                break;
            default:
                removed = posted.Removed;
                break;
        }

        return posted with { Details = posted.Details with { Parts = parts }, Removed = removed };
    }
}
