using TerritoireCollab.Platform.Access;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Polls.Questionnaires.Pages;

/// <summary>What is wrong with answers. Their files need not be chosen again: the form holds them.</summary>
internal static class AnswerErrors
{
    public static IReadOnlyList<FieldMessage> Of(InvalidInputException invalid) => [.. invalid.Rules.Select(r => new FieldMessage(r.Field, r.Message))];
}
