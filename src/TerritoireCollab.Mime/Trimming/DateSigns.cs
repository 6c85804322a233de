namespace TerritoireCollab.Mime.Trimming;

/// <summary>What a line holds of a date, as mail programs of any language write one.</summary>
/// <param name="FirstDigit">Where the first figure stands; -1 without any.</param>
/// <param name="AfterDigits">Where the last figure ends.</param>
/// <param name="HasTime">A time such as 14:02, 14h02 or 18.30.</param>
/// <param name="HasYear">A year of four figures.</param>
/// <param name="HasNumericDate">A date in figures: 03/11/2026, 2026-11-03, 3.11.26.</param>
internal readonly record struct DateSigns(int FirstDigit, int AfterDigits, bool HasTime, bool HasYear, bool HasNumericDate)
{
    public bool HasDate => HasYear || HasNumericDate;

    /// <summary>Reads the runs of figures and what parts them, once over the line.</summary>
    public static DateSigns In(ReadOnlySpan<char> text)
    {
        var signs = new DateSigns(-1, -1, false, false, false);
        var run = Run.Next(text, 0);
        while (run.Start >= 0)
        {
            var next = Run.Next(text, run.End);
            signs = signs.With(text, run, next);
            run = next;
        }

        return signs;
    }

    private DateSigns With(ReadOnlySpan<char> text, Run run, Run next)
    {
        var joined = next.Start == run.End + 1;
        var between = joined ? text[run.End] : '\0';
        var isTime = joined && run.Length <= 2 && next.Length == 2 && (between is ':' or 'h' || (between == '.' && run.PartedBy != '.' && !next.IsFollowedBy(text, '.')));
        return this with
        {
            FirstDigit = FirstDigit < 0 ? run.Start : FirstDigit,
            AfterDigits = run.End,
            HasTime = HasTime || isTime || SpacedHour(text, run, next),
            HasYear = HasYear || (run.Length == 4 && text[run.Start..run.End] is ['1', '9', ..] or ['2', '0', ..]),
            HasNumericDate = HasNumericDate || (joined && between is '/' or '-' or '.' && next.IsFollowedBy(text, between) && next.IsFollowedByDigit(text)),
        };
    }

    // « 14 h 02 », « 下午5:21 » is a plain one.
    private static bool SpacedHour(ReadOnlySpan<char> text, Run run, Run next) =>
        run.Length <= 2 && next.Start > 0 && next.Length == 2 && text[run.End..next.Start] is " h ";

    private readonly record struct Run(int Start, int End, char PartedBy)
    {
        public int Length => End - Start;

        public static Run Next(ReadOnlySpan<char> text, int from)
        {
            var offset = text[from..].IndexOfAnyInRange('0', '9');
            if (offset < 0) return new Run(-1, -1, '\0');

            var start = from + offset;
            var length = text[start..].IndexOfAnyExceptInRange('0', '9');
            return new Run(start, length < 0 ? text.Length : start + length, start == 0 ? '\0' : text[start - 1]);
        }

        public bool IsFollowedBy(ReadOnlySpan<char> text, char letter) => End < text.Length && text[End] == letter;

        public bool IsFollowedByDigit(ReadOnlySpan<char> text) => End + 1 < text.Length && char.IsAsciiDigit(text[End + 1]);
    }
}
