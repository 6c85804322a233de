using System.Numerics;

namespace TerritoireCollab.Mime.Trimming;

/// <summary>
/// The block by which Outlook and many webmails introduce a quotation: « De : », « Envoyé : », « À : », « Objet : », in any order.
/// One such line is a sentence; three with an address or a time among them are a program's.
/// </summary>
internal static class QuotedHeaders
{
    private const int MostLines = 60;
    private const int MostContinuations = 6;

    /// <summary>The line after a block that begins at <paramref name="start"/>; <paramref name="start"/> itself where none does.</summary>
    /// <param name="lines">The lines of the body.</param>
    /// <param name="start">Where the block would begin.</param>
    /// <param name="announced">Whether « message d'origine » stands above: then any header will do.</param>
    public static int EndOf(MailLines lines, int start, bool announced = false)
    {
        var first = HeaderNames.Of(lines.Key(start));
        if (first is HeaderKind.None or HeaderKind.Other) return start;

        var block = new Block();
        block.Take(lines.Key(start), first);
        block.TakeOthersOf(lines.Key(start));
        var end = start + 1;
        for (var next = NextHeader(lines, end, lines.Depth(start)); next >= 0 && next - start < MostLines; next = NextHeader(lines, end, lines.Depth(start)))
        {
            block.Take(lines.Key(next), HeaderNames.Of(lines.Key(next)));
            end = next + 1;
        }

        return announced || block.IsAProgram ? end : start;
    }

    // The next line of the block: below, after one blank line, or after the rest of a long list of addresses.
    private static int NextHeader(MailLines lines, int from, int depth)
    {
        var blanks = 0;
        for (var index = from; index < lines.Count && index <= from + MostContinuations && lines.Depth(index) == depth; index++)
        {
            if (lines.IsEmpty(index))
            {
                if (++blanks > 1) return -1;
                continue;
            }

            if (HeaderNames.Of(lines.Key(index)) != HeaderKind.None) return index;
            if (blanks > 0) return -1;
        }

        return -1;
    }

    private sealed class Block
    {
        private HeaderKind _kinds;
        private bool _hasAddress;
        private bool _hasTime;

        // From, and either three kinds with an address or a time, or the four that every program writes; or whatever has both.
        public bool IsAProgram => Has(HeaderKind.From)
            ? Kinds >= 4 || (Kinds == 3 && (_hasAddress || _hasTime)) || (Kinds == 2 && _hasAddress && _hasTime)
            : Has(HeaderKind.To) && Has(HeaderKind.Date) && _hasAddress && _hasTime;

        private bool Has(HeaderKind kind) => (_kinds & kind) != 0;

        private int Kinds => BitOperations.PopCount((uint)(_kinds & ~HeaderKind.Other));

        public void Take(string key, HeaderKind kind)
        {
            // « De : 9 h » is no sender.
            if (kind == HeaderKind.From && StartsWithFigure(key)) return;

            _kinds |= kind;
            _hasAddress |= key.Contains('@', StringComparison.Ordinal);
            _hasTime |= kind == HeaderKind.Date && DateSigns.In(key) is { HasTime: true } or { HasDate: true };
        }

        // Some programs lose the line ends: « De : Camille Envoyé : mardi 14:02 À : Paul Objet : Réunion ».
        public void TakeOthersOf(string key)
        {
            for (var colon = key.IndexOf(':', StringComparison.Ordinal); colon > 0; colon = key.IndexOf(':', colon + 1))
            {
                var start = key.LastIndexOf(' ', Math.Max(0, colon - 2)) + 1;
                if (start == 0) continue;

                var kind = HeaderNames.Of(key[start..]);
                if (kind is not (HeaderKind.None or HeaderKind.Other)) Take(key[start..], kind);
            }
        }

        private static bool StartsWithFigure(string key) =>
            key.AsSpan(key.IndexOf(':', StringComparison.Ordinal) + 1).TrimStart() is { Length: > 0 } value && char.IsAsciiDigit(value[0]) && !value.Contains('@');
    }
}
