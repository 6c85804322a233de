using TerritoireCollab.Members.Organisations;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Members.Pages;

/// <summary>Kinds of organisations as a form proposes them and as addresses name them.</summary>
internal static class KindChoices
{
    private static readonly (string Word, OrganisationKind Kind)[] Words =
    [
        ("collectivite", OrganisationKind.LocalAuthority), ("entreprise", OrganisationKind.Firm), ("association", OrganisationKind.Association), ("etablissement", OrganisationKind.PublicBody),
    ];

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<Choice> All => [.. Words.Select(w => new Choice(w.Word, OrganisationNames.Of(w.Kind)))];

    /// <summary>The kind of a word, or null.</summary>
    public static OrganisationKind? Parse(string? word) => Words.Where(w => w.Word == word).Select(w => (OrganisationKind?)w.Kind).FirstOrDefault();

    /// <summary>The word of a kind.</summary>
    public static string Word(OrganisationKind kind) => Words.First(w => w.Kind == kind).Word;
}
