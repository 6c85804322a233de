namespace TerritoireCollab.Web.Tests.Conformance;

/// <summary>Questionnaires of one question, open for two weeks.</summary>
public sealed record QuestionnaireDriver : KindDriver
{
    /// <inheritdoc />
    public override string Kind => "polls.questionnaire";

    /// <inheritdoc />
    public override string Collection => "questionnaires";

    /// <inheritdoc />
    public override string Tool => "sondages";

    /// <inheritdoc />
    public override object Posted(string title, string body, string? audience = null) => new { title, body, audience, questions = new[] { new { kind = "shortText", text = "Votre commune" } } };
}
