namespace TerritoireCollab.Platform.Text;

/// <summary>
/// Recognises, in one linear pass, the shapes on which the Markdown parser is quadratic: unclosed link brackets by
/// thousands (<c>[a](</c>), table bars by thousands in one paragraph, emphasis signs by thousands in one paragraph.
/// Unclosed HTML comments cannot happen since raw HTML is off. Lines of hundreds of list or quote markers are
/// refused here too: the parser would refuse them, but only after a second of work.
/// </summary>
internal static class ShapeGuard
{
    // Each limit keeps the worst paragraph near a tenth of a second, far above what a person writes.
    private const int MaxBracketsPerParagraph = 5_000;
    private const int MaxBarsPerParagraph = 6_000;
    private const int MaxDelimitersPerParagraph = 6_000;
    private const int MaxMarkersPerLine = 100;

    public static bool IsCostly(string markdown)
    {
        // Every shape needs hundreds of signs.
        if (markdown.Length < 2 * MaxMarkersPerLine)
        {
            return false;
        }

        var counts = default(Counts);
        var blankLine = true;
        for (var i = 0; i < markdown.Length; i++)
        {
            var letter = markdown[i];
            if (letter is '\n' or '\r')
            {
                counts = blankLine ? default : counts;
                blankLine = true;
                continue;
            }

            if ((i == 0 || markdown[i - 1] is '\n' or '\r') && HasTooManyMarkers(markdown.AsSpan(i)))
            {
                return true;
            }

            blankLine &= letter is ' ' or '\t';
            counts.Add(letter);
            if (counts.IsCostly)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasTooManyMarkers(ReadOnlySpan<char> line)
    {
        var markers = 0;
        while (markers <= MaxMarkersPerLine)
        {
            line = line.TrimStart(" \t");
            var marker = MarkerLength(line);
            if (marker == 0)
            {
                return false;
            }

            markers++;
            line = line[marker..];
        }

        return true;
    }

    private static int MarkerLength(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty || line[0] == '>')
        {
            return line.Length == 0 ? 0 : 1;
        }

        var digits = line.IndexOfAnyExceptInRange('0', '9');
        var sign = digits is > 0 and < 10 ? digits : 0;
        var signs = sign > 0 ? ".)" : "-*+";
        var followed = sign + 1 < line.Length && line[sign + 1] is ' ' or '\t';
        return followed && signs.Contains(line[sign], StringComparison.Ordinal) ? sign + 1 : 0;
    }

    private record struct Counts
    {
        private int _brackets;
        private int _bars;
        private int _delimiters;

        public readonly bool IsCostly =>
            _brackets > MaxBracketsPerParagraph
            || _bars > MaxBarsPerParagraph
            || _delimiters > MaxDelimitersPerParagraph;

        public void Add(char letter)
        {
            switch (letter)
            {
                case '[':
                    _brackets++;
                    break;
                case '|':
                    _bars++;
                    break;
                case '*' or '_' or '~':
                    _delimiters++;
                    break;
            }
        }
    }
}
