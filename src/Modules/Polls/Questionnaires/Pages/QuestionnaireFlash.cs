using TerritoireCollab.Platform;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Questionnaires.Pages;

/// <summary>What was just done to a questionnaire, by the code that an address carries after it.</summary>
internal static class QuestionnaireFlash
{
    public const string Kept = "reponse";
    public const string Changed = "reponse-changee";
    public const string Already = "reponse-deja";
    public const string Withdrawn = "reponses-retirees";
    public const string Draft = "brouillon";
    public const string Reminded = "relance";
    public const string NobodyReminded = "relance-personne";

    /// <summary>The sentence of a code; null when another room knows it.</summary>
    public static string? Text(string code) => code switch
    {
        Kept => QuestionnaireTexts.FlashKept,
        Changed => QuestionnaireTexts.FlashChanged,
        Already => QuestionnaireTexts.AlreadyAnswered,
        Withdrawn => QuestionnaireTexts.FlashWithdrawn,
        Draft => QuestionnaireTexts.FlashDraft,
        Reminded => QuestionnaireTexts.FlashReminded,
        NobodyReminded => QuestionnaireTexts.FlashNobodyReminded,
        _ => null,
    };
}

/// <summary>Questionnaires in words.</summary>
internal static class QuestionnaireWords
{
    /// <summary>What a part is.</summary>
    public static string Of(PartKind kind) => kind switch
    {
        PartKind.Section => QuestionnaireTexts.KindSection,
        PartKind.ShortText => QuestionnaireTexts.KindShortText,
        PartKind.LongText => QuestionnaireTexts.KindLongText,
        PartKind.OneChoice => QuestionnaireTexts.KindOneChoice,
        PartKind.SeveralChoices => QuestionnaireTexts.KindSeveralChoices,
        PartKind.Scale => QuestionnaireTexts.KindScale,
        PartKind.Grid => QuestionnaireTexts.KindGrid,
        PartKind.Date => QuestionnaireTexts.KindDate,
        PartKind.Ranking => QuestionnaireTexts.KindRanking,
        PartKind.File => QuestionnaireTexts.KindFile,
        _ => QuestionnaireTexts.KindNumber,
    };

    /// <summary>Which files a question takes.</summary>
    public static string Of(FilesTaken takes) => takes switch
    {
        FilesTaken.Documents => QuestionnaireTexts.TakesDocuments,
        FilesTaken.Pictures => QuestionnaireTexts.TakesPictures,
        _ => QuestionnaireTexts.TakesBoth,
    };

    /// <summary>Who will see what is answered, and whether it can be changed: said before one answers.</summary>
    public static string WhoSees(Questionnaire q, string groupName) => q switch
    {
        { HidesNames: true } => QuestionnaireTexts.SeenMoved,
        { IsAnonymous: true, ResultsFor: ResultsFor.Members } => QuestionnaireTexts.SeenAnonymousMembers.With(groupName),
        { IsAnonymous: true } => QuestionnaireTexts.SeenAnonymous.With(groupName),
        { ResultsFor: ResultsFor.Members } => QuestionnaireTexts.SeenNamedMembers.With(groupName),
        _ => QuestionnaireTexts.SeenNamed.With(groupName),
    };

    /// <summary>How many answered.</summary>
    public static string Answers(int count) => count switch { 0 => QuestionnaireTexts.NoAnswers, 1 => QuestionnaireTexts.OneAnswer, var n => QuestionnaireTexts.SomeAnswers.With(n) };
}
