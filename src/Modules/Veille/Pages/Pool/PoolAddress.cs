using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Pages.Pool;

/// <summary>What the address of the pool asks for, and addresses that ask for something else of it.</summary>
/// <param name="Slug">Address form of the group.</param>
/// <param name="Filter">Which news.</param>
/// <param name="Query">Words looked for, or null.</param>
/// <param name="Source">The source, or null.</param>
/// <param name="ByScore">Whether the best come first.</param>
internal sealed record PoolAddress(string Slug, PoolFilter Filter, string? Query, Guid? Source, bool ByScore)
{
    /// <summary>The words of filters in addresses.</summary>
    private static readonly (PoolFilter Filter, string? Word)[] Words =
        [(PoolFilter.ToRead, null), (PoolFilter.Finds, "trouvailles"), (PoolFilter.Kept, "retenus"), (PoolFilter.SetAside, "ecartes"), (PoolFilter.Published, "publies"), (PoolFilter.Old, "anciennes")];

    /// <summary>The address with this page, relative to the base.</summary>
    public string Here(string? more = null)
    {
        var parts = new[]
        {
            Words.First(w => w.Filter == Filter).Word is { } word ? $"filtre={word}" : null,
            string.IsNullOrWhiteSpace(Query) ? null : $"q={Uri.EscapeDataString(Query)}",
            Source is { } source ? $"source={source:N}" : null,
            ByScore ? "tri=score" : null,
            more,
        }.OfType<string>().ToList();
        return VeilleAddress.Pool(Slug)[1..] + (parts.Count == 0 ? "" : "?" + string.Join('&', parts));
    }

    /// <summary>The filter of a word; what is to be read for any other.</summary>
    public static PoolFilter FilterOf(string? word) => Words.FirstOrDefault(w => w.Word is not null && w.Word == word).Filter;

    /// <summary>The word of the filter, or null.</summary>
    public string? FilterWord => Words.First(w => w.Filter == Filter).Word;
}
