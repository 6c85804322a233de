using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Settings;

/// <summary>The rubrics of a revue: one a line, in their order.</summary>
internal static class RubricList
{
    /// <summary>Most rubrics of a revue.</summary>
    public const int Most = 20;

    /// <summary>The rubrics of a text, each once whatever its capitals, blank lines left out.</summary>
    public static IReadOnlyList<string> Parse(string? text) =>
        [.. (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).DistinctBy(r => r, StringComparer.CurrentCultureIgnoreCase)];

    /// <summary>Those of a group.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(AppDbContext db, Guid groupId, CancellationToken cancellation) =>
        Parse(await db.Set<VeilleProfile>().Where(p => p.GroupId == groupId).Select(p => p.Rubrics).FirstOrDefaultAsync(cancellation));

    /// <summary>The same, with one more at the end where a card still carries one that was taken off the list.</summary>
    public static IReadOnlyList<string> With(IReadOnlyList<string> rubrics, string? one) => one is null || rubrics.Contains(one) ? rubrics : [.. rubrics, one];

    /// <summary>
    /// The place of a rubric among others: none first, then the list, then those taken off it. For sorting.
    /// </summary>
    public static int Rank(IReadOnlyList<string> rubrics, string? rubric)
    {
        if (rubric is null) return -1;

        var at = Array.IndexOf([.. rubrics], rubric);
        return at < 0 ? rubrics.Count : at;
    }

    /// <summary>Longest text of a whole list, in characters.</summary>
    public static int Longest => Most * (PoolEntry.RubricLength + 2);
}
