using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Veille.Faces;

/// <summary>Addresses of the veille, from the root.</summary>
internal static class VeilleAddress
{
    /// <summary>The pool of a group.</summary>
    public static string Pool(string groupSlug) => $"/groupes/{groupSlug}/veille";

    /// <summary>The board of the animators.</summary>
    public static string Board(string groupSlug) => $"/groupes/{groupSlug}/veille/tableau";

    /// <summary>Where the first comment on a card makes it a find.</summary>
    public static string CommentCard(string groupSlug, Guid card) => $"/groupes/{groupSlug}/veille/cartes/{card:N}/commenter";

    /// <summary>The whole text of a card's page, for members.</summary>
    public static string FullText(string groupSlug, Guid card) => $"/groupes/{groupSlug}/veille/cartes/{card:N}/texte";

    /// <summary>The sources that carry the news of a card.</summary>
    public static string CardSources(string groupSlug, Guid card) => $"/groupes/{groupSlug}/veille/cartes/{card:N}/sources";

    /// <summary>A find and its discussion.</summary>
    public static string Find(string groupSlug, string shortId, string title) => $"/groupes/{groupSlug}/veille/trouvailles/{shortId}-{Slug.Of(title)}";

    /// <summary>A published issue, by its short identifier: what the rest of the house knows of it.</summary>
    public static string Issue(string groupSlug, string shortId) => $"/groupes/{groupSlug}/veille/revues/{shortId}";

    /// <summary>The same by its number: what people type and remember.</summary>
    public static string NumberedIssue(string groupSlug, int number) => FormattableString.Invariant($"/groupes/{groupSlug}/veille/revues/{number}");

    /// <summary>The published issues of a group.</summary>
    public static string Archives(string groupSlug) => $"/groupes/{groupSlug}/veille/revues";

    /// <summary>An édito in its group.</summary>
    public static string Editorial(string groupSlug, string shortId, string title) => $"/groupes/{groupSlug}/veille/editos/{shortId}-{Slug.Of(title)}";

    /// <summary>The éditos of a group.</summary>
    public static string Editorials(string groupSlug) => $"/groupes/{groupSlug}/veille/editos";

    /// <summary>Where an édito is written.</summary>
    public static string WriteEditorial(string groupSlug) => $"/groupes/{groupSlug}/veille/edito";

    /// <summary>An édito of the territory's veille: the address that never changes.</summary>
    public static string TerritoryEditorial(string slug) => $"/veille/editos/{slug}";

    /// <summary>The issue being prepared.</summary>
    public static string Prepare(string groupSlug) => $"/groupes/{groupSlug}/veille/revue";

    /// <summary>Where a find is brought.</summary>
    public static string Propose(string groupSlug) => $"/groupes/{groupSlug}/veille/proposer";

    /// <summary>Where the revue is announced besides.</summary>
    public static string Outlets(string groupSlug) => $"/groupes/{groupSlug}/veille/annonces";

    /// <summary>A published issue of the territory's revue.</summary>
    public static string TerritoryIssue(int number) => FormattableString.Invariant($"/veille/revues/{number}");
}
