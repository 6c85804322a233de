using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Questionnaires;
using TerritoireCollab.Polls.Questionnaires.Answering;
using TerritoireCollab.Polls.Questionnaires.Building;

namespace TerritoireCollab.Testing;

/// <summary>Questionnaires of a test, opened and answered as members do.</summary>
public static class QuestionnairesScene
{
    /// <summary>A question of every kind, in two sections; each is numbered by its place.</summary>
    public static IReadOnlyList<TypedPart> EveryKind { get; } =
    [
        new() { Kind = PartKind.Section, Text = "Vous", Help = "Pour commencer." },
        new() { Kind = PartKind.ShortText, Text = "Votre commune", IsRequired = true },
        new() { Kind = PartKind.OneChoice, Text = "Comment venez-vous ?", Choices = "À pied\nEn train", TakesOther = true, IsRequired = true },
        new() { Kind = PartKind.SeveralChoices, Text = "Quels jours ?", Choices = "Lundi\nMardi\nJeudi" },
        new() { Kind = PartKind.Section, Text = "Votre avis" },
        new() { Kind = PartKind.Scale, Text = "Êtes-vous à l’aise ?", From = "1", To = "5", FromWord = "pas du tout", ToWord = "tout à fait", IsRequired = true },
        new() { Kind = PartKind.Grid, Text = "Qu’en dites-vous ?", Choices = "Le lieu\nL’heure", Columns = "Mal\nBien", IsRequired = true },
        new() { Kind = PartKind.Date, Text = "À partir de quand ?" },
        new() { Kind = PartKind.Ranking, Text = "Dans quel ordre ?", Choices = "Nord\nSud\nEst" },
        new() { Kind = PartKind.Number, Text = "Combien de minutes ?", From = "0", To = "240" },
        new() { Kind = PartKind.LongText, Text = "Autre chose ?" },
    ];

    /// <summary>Opens a questionnaire that closes in so many days at six in the evening, and returns its short identifier.</summary>
    public static Task<string> QuestionnaireAsync(
        this Scene scene, Group group, Member author, string title, int inDays = 7, string body = "", Audience? audience = null, IReadOnlyList<TypedPart>? parts = null, Func<QuestionnaireDetails, QuestionnaireDetails>? with = null)
    {
        var details = new QuestionnaireDetails { Day = PollDetails.Typed(DateOnly.FromDateTime(scene.Now.AddDays(inDays))), Hour = "18:00", Parts = parts ?? [new() { Kind = PartKind.ShortText, Text = "Votre commune", IsRequired = true }] };
        return scene.Instance.Services.GetService<CreateQuestionnaire>().ExecuteAsync(
            Viewer.Member(author.Id), group.Slug, new(new ContentInput { Title = title, Body = body, Audience = audience }, with?.Invoke(details) ?? details, []), default);
    }

    /// <summary>Answers the first question with those words, and that one with a file.</summary>
    public static Task<AnswerOutcome> AnswerQuestionnaireAsync(this Scene scene, string shortId, Member member, string words, (int Question, ReceivedFile File)? with = null)
    {
        var files = with is { } given ? new ReceivedAnswers(new Dictionary<int, ReceivedFile> { [given.Question] = given.File }, new Dictionary<int, string>()) : ReceivedAnswers.None;
        return scene.Instance.Services.GetService<AnswerQuestionnaire>().ExecuteAsync(Viewer.Member(member.Id), shortId, new(new(new Dictionary<string, IReadOnlyList<string>> { [TypedAnswers.Field(1)] = [words] }), Files: files), default);
    }
}
