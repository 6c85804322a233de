using System.Globalization;
using TerritoireCollab.Veille.Board;

namespace TerritoireCollab.Veille.Pages.Board;

/// <summary>A page of the board: what its first column shows, and which column a phone shows.</summary>
/// <param name="GroupSlug">The group.</param>
/// <param name="Order">What the first column shows.</param>
/// <param name="Page">Page of the first column, from 1.</param>
/// <param name="Column">Key of the column that a narrow screen shows.</param>
internal sealed record BoardAddress(string GroupSlug, ReadingOrder Order, int Page, string Column)
{
    public const string Reading = "a-lire";
    public const string Kept = "retenus";
    public const string Issue = "revue";

    /// <summary>The page that a query asks for; what it does not know is the first.</summary>
    public static BoardAddress Of(string groupSlug, string? order, int? page, string? column) => new(
        groupSlug, order switch { "score" => ReadingOrder.BestScore, "ecartes" => ReadingOrder.SetAside, _ => ReadingOrder.Newest }, Math.Max(1, page ?? 1), column is Kept or Issue ? column : Reading);

    /// <summary>The address, from the root.</summary>
    public string Path => Faces.VeilleAddress.Board(GroupSlug) + (Query.Length == 0 ? "" : "?" + Query);

    /// <summary>The address, relative to the base.</summary>
    public string Href => Path[1..];

    private string Query => string.Join('&', new[]
    {
        Order switch { ReadingOrder.BestScore => "voir=score", ReadingOrder.SetAside => "voir=ecartes", _ => null },
        Page == 1 ? null : "page=" + Page.ToString(CultureInfo.InvariantCulture),
        Column == Reading ? null : "colonne=" + Column,
    }.OfType<string>());
}
