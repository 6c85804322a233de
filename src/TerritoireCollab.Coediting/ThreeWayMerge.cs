using System.Collections.Immutable;

namespace TerritoireCollab.Coediting;

/// <summary>A piece of a merged text.</summary>
/// <param name="Mine">What stands there in one text.</param>
/// <param name="Theirs">What stands there in the other; the same where they agree, or where one of them alone was changed.</param>
public sealed record MergedPiece(string Mine, string Theirs)
{
    /// <summary>Whether both were changed there, in different ways.</summary>
    public bool IsConflict => Mine != Theirs;
}

/// <summary>Two texts that come from one, put together.</summary>
/// <param name="Pieces">The pieces in order; never two without conflict after one another.</param>
public sealed record MergedText(ImmutableArray<MergedPiece> Pieces)
{
    /// <summary>Whether there is nothing for a person to decide.</summary>
    public bool IsClean => !Pieces.Any(p => p.IsConflict);

    /// <summary>The text; where both were changed the two stand one under the other, theirs first, so that nothing is lost.</summary>
    public string KeepBoth() => string.Concat(Pieces.Select((p, i) => p.IsConflict ? Both(p, isLast: i == Pieces.Length - 1) : p.Mine));

    private static string Both(MergedPiece piece, bool isLast)
    {
        if (piece.Mine.Length == 0 || piece.Theirs.Length == 0) return piece.Theirs + piece.Mine;

        var both = piece.Theirs.EndsWith('\n') ? piece.Theirs + piece.Mine : $"{piece.Theirs}\n{piece.Mine}";
        return isLast || both.EndsWith('\n') ? both : both + "\n";
    }
}

/// <summary>
/// Puts together two texts that were changed from one: line by line, and word by word in the lines that both have changed. Where neither helps,
/// both are shown and a person decides.
/// </summary>
public static class ThreeWayMerge
{
    /// <summary>Merges <paramref name="mine"/> and <paramref name="theirs"/>, both made out of <paramref name="original"/>.</summary>
    public static MergedText Merge(string original, string mine, string theirs)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(mine);
        ArgumentNullException.ThrowIfNull(theirs);
        var pieces = new PieceList();
        foreach (var region in Regions(Tokens.Lines(Ended(original)), Tokens.Lines(Ended(mine)), Tokens.Lines(Ended(theirs))))
        {
            if (region.Settled is { } settled) pieces.Add(settled, settled);
            else if (ByWords(region) is { } merged) pieces.Add(merged, merged);
            else pieces.Add(region.Mine, region.Theirs);
        }

        var isEnded = mine.EndsWith('\n') == original.EndsWith('\n') ? theirs.EndsWith('\n') : mine.EndsWith('\n');
        return new(isEnded ? pieces.ToPieces() : pieces.WithoutLastLineEnd());
    }

    // A line under the last one is then a line more, and no change of the last one.
    private static string Ended(string text) => text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";

    // Null unless each word was changed by one of them alone.
    private static string? ByWords(Region lines)
    {
        if (lines.Original.Length == 0) return null;

        var regions = Regions(Tokens.Words(lines.Original), Tokens.Words(lines.Mine), Tokens.Words(lines.Theirs)).ToList();
        return regions.TrueForAll(r => r.Settled is not null) ? string.Concat(regions.Select(r => r.Settled)) : null;
    }

    private static IEnumerable<Region> Regions(List<string> original, List<string> mine, List<string> theirs)
    {
        var (ours, others) = (new Side(original, mine), new Side(original, theirs));
        var at = 0;
        while (ours.Next is not null || others.Next is not null)
        {
            var from = Math.Min(ours.Next?.From ?? int.MaxValue, others.Next?.From ?? int.MaxValue);
            var kept = string.Concat(original.GetRange(at, from - at));
            yield return new(kept, kept, kept);

            // As long as a change of one touches a change of the other, they belong together.
            var to = from;
            while (ours.Take(ref to) | others.Take(ref to))
            {
            }

            yield return new(string.Concat(original.GetRange(from, to - from)), ours.Text(from, to), others.Text(from, to));
            at = to;
        }

        var rest = string.Concat(original.GetRange(at, original.Count - at));
        yield return new(rest, rest, rest);
    }

    private sealed record Region(string Original, string Mine, string Theirs)
    {
        /// <summary>What stands there when only one has changed it, or both in the same way.</summary>
        public string? Settled => Mine == Theirs || Theirs == Original ? Mine : Mine == Original ? Theirs : null;
    }

    /// <summary>One of the two texts, as differences from the first.</summary>
    private sealed class Side(List<string> original, List<string> changed)
    {
        private readonly List<Difference> _differences = Comparison.Between(original, changed);
        private int _next;

        // By how much what follows the last difference taken stands further on.
        private int _shift;

        public Difference? Next => _next < _differences.Count ? _differences[_next] : null;

        /// <summary>Takes the next difference when it begins at or before <paramref name="to"/>, which it may move.</summary>
        public bool Take(ref int to)
        {
            if (Next is not { } difference || difference.From > to) return false;

            to = Math.Max(to, difference.To);
            _next++;
            return true;
        }

        /// <summary>What stands in the place of those tokens of the first text.</summary>
        public string Text(int from, int to)
        {
            var start = from + _shift;
            _shift = _next == 0 ? 0 : _differences[_next - 1].NewTo - _differences[_next - 1].To;
            return string.Concat(changed.GetRange(start, to + _shift - start));
        }
    }

    private sealed class PieceList
    {
        private readonly List<MergedPiece> _pieces = [];

        public void Add(string mine, string theirs)
        {
            if (mine.Length == 0 && theirs.Length == 0) return;

            var piece = new MergedPiece(mine, theirs);
            if (_pieces.Count > 0 && _pieces[^1] is { IsConflict: false } last && !piece.IsConflict) _pieces[^1] = new(last.Mine + mine, last.Mine + mine);
            else _pieces.Add(piece);
        }

        public ImmutableArray<MergedPiece> ToPieces() => [.. _pieces];

        public ImmutableArray<MergedPiece> WithoutLastLineEnd()
        {
            if (_pieces.Count > 0) _pieces[^1] = new(Cut(_pieces[^1].Mine), Cut(_pieces[^1].Theirs));
            if (_pieces.Count > 0 && _pieces[^1] is { Mine: "", Theirs: "" }) _pieces.RemoveAt(_pieces.Count - 1);
            return ToPieces();
        }

        private static string Cut(string text) => text.EndsWith('\n') ? text[..^1] : text;
    }
}
