using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DiffPlex;
using DiffPlex.Model;

namespace TerritoireCollab.Platform.Text;

/// <summary>What happened to a piece of text between two versions.</summary>
public enum DiffKind
{
    /// <summary>In both versions.</summary>
    Kept,

    /// <summary>Only in the newer version.</summary>
    Added,

    /// <summary>Only in the older version.</summary>
    Removed,
}

/// <summary>A run of text with one fate; never empty.</summary>
public sealed record DiffPart(DiffKind Kind, string Text);

/// <summary>
/// Differences between two versions of a text, word by word, for a visible edit history. The kept and removed
/// parts put together give the older text, the kept and added parts the newer one, line ends being <c>\n</c>.
/// </summary>
public static class TextDiff
{
    // Myers' algorithm takes the product of the sizes in the worst case: beyond these, lines are compared first,
    // and beyond what can be a text of the platform nothing is.
    private const int MaxText = 2 * RichText.MaxLength;
    private const int MaxWords = 3_000;
    private const int MaxLines = 3_000;

    private static readonly Differ Engine = new();

    /// <summary>Compares two texts. Very long and wholly different passages are given as one removal and one addition.</summary>
    public static ImmutableArray<DiffPart> Between(string older, string newer)
    {
        ArgumentNullException.ThrowIfNull(older);
        ArgumentNullException.ThrowIfNull(newer);
        var builder = new PartBuilder();
        if (Math.Max(older.Length, newer.Length) > MaxText && older != newer)
        {
            builder.Add(DiffKind.Removed, Unix(older));
            builder.Add(DiffKind.Added, Unix(newer));
        }
        else
        {
            CompareWords(Unix(older), Unix(newer), builder);
        }

        return Smooth(builder.Parts);
    }

    private static string Unix(string text) =>
        text.Contains('\r', StringComparison.Ordinal)
            ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            : text;

    private static void CompareWords(string older, string newer, PartBuilder parts)
    {
        var oldWords = Words(older);
        var newWords = Words(newer);
        var (start, end) = CommonEnds(oldWords, newWords);
        parts.Add(DiffKind.Kept, oldWords.AsSpan(0, start));
        var oldMiddle = oldWords.AsSpan(start, oldWords.Length - start - end);
        var newMiddle = newWords.AsSpan(start, newWords.Length - start - end);
        if (oldMiddle.Length > MaxWords || newMiddle.Length > MaxWords)
        {
            CompareLines(string.Concat(oldMiddle), string.Concat(newMiddle), parts);
        }
        else
        {
            AddBlocks(Compare(oldMiddle.ToArray(), newMiddle.ToArray()), parts, null);
        }

        parts.Add(DiffKind.Kept, oldWords.AsSpan(oldWords.Length - end));
    }

    private static void CompareLines(string older, string newer, PartBuilder parts)
    {
        var oldLines = Lines(older);
        var newLines = Lines(newer);
        if (oldLines.Length > MaxLines || newLines.Length > MaxLines)
        {
            parts.Add(DiffKind.Removed, older);
            parts.Add(DiffKind.Added, newer);
            return;
        }

        // A quarter of the budget for each changed passage: there may be several.
        AddBlocks(Compare(oldLines, newLines), parts, MaxWords / 4);
    }

    private static DiffResult Compare(string[] older, string[] newer) =>
        Engine.CreateCustomDiffs("o", "n", false, side => side == "o" ? older : newer);

    private static void AddBlocks(DiffResult diff, PartBuilder parts, int? refineBelow)
    {
        var kept = 0;
        foreach (var block in diff.DiffBlocks)
        {
            parts.Add(DiffKind.Kept, diff.PiecesOld.AsSpan(kept, block.DeleteStartA - kept));
            kept = block.DeleteStartA + block.DeleteCountA;
            var removed = diff.PiecesOld.AsSpan(block.DeleteStartA, block.DeleteCountA);
            var added = diff.PiecesNew.AsSpan(block.InsertStartB, block.InsertCountB);
            AddChange(string.Concat(removed), string.Concat(added), parts, refineBelow);
        }

        parts.Add(DiffKind.Kept, diff.PiecesOld.AsSpan(kept));
    }

    private static void AddChange(string removed, string added, PartBuilder parts, int? refineBelow)
    {
        if (refineBelow is { } limit && removed.Length > 0 && added.Length > 0)
        {
            var oldWords = Words(removed);
            var newWords = Words(added);
            if (oldWords.Length <= limit && newWords.Length <= limit)
            {
                AddBlocks(Compare(oldWords, newWords), parts, null);
                return;
            }
        }

        parts.Add(DiffKind.Removed, removed);
        parts.Add(DiffKind.Added, added);
    }

    private static (int Start, int End) CommonEnds(string[] older, string[] newer)
    {
        var limit = Math.Min(older.Length, newer.Length);
        var start = 0;
        while (start < limit && older[start] == newer[start])
        {
            start++;
        }

        var end = 0;
        while (end < limit - start && older[^(end + 1)] == newer[^(end + 1)])
        {
            end++;
        }

        return (start, end);
    }

    private static string[] Lines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var feed = text.IndexOf('\n', start);
            var end = feed < 0 ? text.Length : feed + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return [.. lines];
    }

    private static string[] Words(string text)
    {
        var words = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var kind = KindOf(text[start]);
            var end = start + 1;
            while (end < text.Length && Continues(kind, text[end]))
            {
                end++;
            }

            words.Add(text[start..end]);
            start = end;
        }

        return [.. words];
    }

    private static bool Continues(ChunkKind kind, char next) => KindOf(next) switch
    {
        // A mark or the second half of a character never starts a piece: graphemes stay whole.
        ChunkKind.Attached => true,
        ChunkKind.Word => kind is ChunkKind.Word or ChunkKind.Attached,
        ChunkKind.Blank => kind is ChunkKind.Blank,
        _ => false,
    };

    private static ChunkKind KindOf(char letter)
    {
        if (letter == '\n')
        {
            return ChunkKind.Sign;
        }

        if (char.IsWhiteSpace(letter))
        {
            return ChunkKind.Blank;
        }

        if (char.IsLetterOrDigit(letter) || char.IsHighSurrogate(letter))
        {
            return ChunkKind.Word;
        }

        return char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.Surrogate
            ? ChunkKind.Attached
            : ChunkKind.Sign;
    }

    // « old a / kept blank / old b » reads better as « old a b »: blanks alone between two changes belong to both.
    private static ImmutableArray<DiffPart> Smooth(List<DiffPart> parts)
    {
        var removed = new StringBuilder();
        var added = new StringBuilder();
        var smooth = ImmutableArray.CreateBuilder<DiffPart>(parts.Count);
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            if (part.Kind == DiffKind.Removed)
            {
                removed.Append(part.Text);
            }
            else if (part.Kind == DiffKind.Added)
            {
                added.Append(part.Text);
            }
            else if (IsBridge(parts, i) && removed.Length > 0 && added.Length > 0)
            {
                removed.Append(part.Text);
                added.Append(part.Text);
            }
            else
            {
                Flush(removed, added, smooth);
                smooth.Add(part);
            }
        }

        Flush(removed, added, smooth);
        return smooth.ToImmutable();
    }

    private static bool IsBridge(List<DiffPart> parts, int index) =>
        index > 0
        && index < parts.Count - 1
        && string.IsNullOrWhiteSpace(parts[index].Text)
        && !parts[index].Text.Contains('\n', StringComparison.Ordinal);

    private static void Flush(StringBuilder removed, StringBuilder added, ImmutableArray<DiffPart>.Builder parts)
    {
        if (removed.Length > 0)
        {
            parts.Add(new DiffPart(DiffKind.Removed, removed.ToString()));
            removed.Clear();
        }

        if (added.Length > 0)
        {
            parts.Add(new DiffPart(DiffKind.Added, added.ToString()));
            added.Clear();
        }
    }

    private enum ChunkKind
    {
        Sign,
        Word,
        Blank,
        Attached,
    }

    private sealed class PartBuilder
    {
        public List<DiffPart> Parts { get; } = [];

        public void Add(DiffKind kind, ReadOnlySpan<string> pieces) => Add(kind, string.Concat(pieces));

        public void Add(DiffKind kind, string text)
        {
            if (text.Length == 0)
            {
                return;
            }

            if (Parts.Count > 0 && Parts[^1].Kind == kind)
            {
                Parts[^1] = new DiffPart(kind, Parts[^1].Text + text);
                return;
            }

            Parts.Add(new DiffPart(kind, text));
        }
    }
}
