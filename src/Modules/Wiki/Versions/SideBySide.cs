using System.Collections.Immutable;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Wiki.Versions;

/// <summary>Lines that stand beside one another.</summary>
/// <param name="Older">The pieces of the older version.</param>
/// <param name="Newer">The pieces of the newer one.</param>
public sealed record PairedLines(IReadOnlyList<DiffPart> Older, IReadOnlyList<DiffPart> Newer)
{
    /// <summary>Whether they differ.</summary>
    public bool IsChanged => Older.Concat(Newer).Any(p => p.Kind != DiffKind.Kept);
}

/// <summary>Sets two versions side by side: a new row begins where a line ends in both.</summary>
public static class SideBySide
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<PairedLines> Rows(ImmutableArray<DiffPart> parts)
    {
        var rows = new List<PairedLines>();
        var (older, newer) = (new List<DiffPart>(), new List<DiffPart>());
        foreach (var part in parts)
        {
            if (part.Kind == DiffKind.Removed) older.Add(part);
            else if (part.Kind == DiffKind.Added) newer.Add(part);
            else AddKept(part.Text);
        }

        if (older.Count + newer.Count > 0) rows.Add(new(older, newer));
        return rows;

        void AddKept(string text)
        {
            for (var start = 0; start < text.Length;)
            {
                var feed = text.IndexOf('\n', start);
                var line = new DiffPart(DiffKind.Kept, feed < 0 ? text[start..] : text[start..feed]);
                if (line.Text.Length > 0)
                {
                    older.Add(line);
                    newer.Add(line);
                }

                if (feed < 0) return;

                if (older.Count + newer.Count > 0) rows.Add(new(older, newer));
                (older, newer) = ([], []);
                start = feed + 1;
            }
        }
    }
}
