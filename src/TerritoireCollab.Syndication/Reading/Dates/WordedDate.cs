namespace TerritoireCollab.Syndication.Reading.Dates;

/// <summary>
/// Dates written for people, or nearly as RFC 822 asks: words and numbers in the order of any language. What cannot be part of a date is
/// refused where it stands for one; words such as « à », « um » or « at » are passed over.
/// </summary>
internal sealed class WordedDate
{
    private readonly List<(int Value, int Digits)> _numbers = [];
    private DayOfWeek? _weekday;
    private int? _month;
    private int? _maybeMonth;
    private long? _ticks;
    private bool? _isAfternoon;
    private Zone? _zone;
    private (int First, int Second, int Third, int ThirdDigits, int FirstDigits)? _triple;
    private int _unknownWords;

    /// <summary>The moment; null when the text is no date.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        var date = new WordedDate();
        return date.Read(text) ? date.Moment() : null;
    }

    private bool Read(string text)
    {
        var comment = text.IndexOf('(');
        var rest = (comment > 0 ? text[..comment] : text).AsSpan();
        while (true)
        {
            rest = rest.TrimStart(" \t\r\n,;\u00A0\u202F|");
            if (rest.IsEmpty) return true;

            var length = rest[0] switch
            {
                >= '0' and <= '9' => Number(rest),
                '+' or '-' or '−' => Sign(rest),
                _ when char.IsLetter(rest[0]) => Word(rest),
                '.' or '\'' or '’' or '@' or '/' or '–' or ':' => 1,
                _ => -1,
            };
            if (length < 0) return false;

            rest = rest[length..];
        }
    }

    private int Number(ReadOnlySpan<char> rest)
    {
        if (Triple(rest) is > 0 and var whole) return whole;

        var digits = Run(rest);
        if (IsClock(rest, digits))
        {
            if (_ticks is not null || !Clock.Read(rest, out var ticks, out var end)) return -1;

            _ticks = ticks;
            return end;
        }

        if (digits > 4) return -1;

        var value = int.Parse(rest[..digits], System.Globalization.CultureInfo.InvariantCulture);
        var after = rest[digits..];
        if (Ordinal(after) is > 0 and var suffix)
        {
            _numbers.Add((value, 2));
            return digits + suffix;
        }

        // 3pm, 8 PM.
        if (digits <= 2 && _ticks is null && Afternoon(after.TrimStart()) is not null && value <= 12)
        {
            _ticks = TimeSpan.FromHours(value).Ticks;
            return digits;
        }

        _numbers.Add((value, digits));
        return digits;
    }

    // 03/30/2020, 30.10.23, 30-10-2023, 2020/03/30, 30-Oct-2023 is not one.
    private int Triple(ReadOnlySpan<char> rest)
    {
        var first = Run(rest);
        if (_triple is not null || first is 0 or > 4 || first >= rest.Length || rest[first] is not ('/' or '.' or '-')) return 0;

        var sign = rest[first];
        var from = first + 1;
        var second = Run(rest[from..]);
        var next = from + second;
        if (second is 0 or > 2 || next >= rest.Length || rest[next] != sign) return 0;

        var third = Run(rest[(next + 1)..]);
        if (third is 0 or > 4) return 0;

        _triple = (Value(rest[..first]), Value(rest.Slice(from, second)), Value(rest.Slice(next + 1, third)), third, first);
        return next + 1 + third;
    }

    private static bool IsClock(ReadOnlySpan<char> rest, int digits)
    {
        if (digits is 0 or > 2 || digits >= rest.Length) return false;
        if (rest[digits] == ':') return true;

        var after = rest[digits..].TrimStart();
        if (after.IsEmpty || after[0] is not ('h' or 'H')) return false;

        // « 15 h », « 15h30 », not « 15 hiver ».
        return after.Length == 1 || !char.IsLetter(after[1]);
    }

    private int Sign(ReadOnlySpan<char> rest)
    {
        var digits = Run(rest[1..]);
        var isOffset = _ticks is not null && digits is 1 or 2 or 3 or 4;
        if (!isOffset) return rest[0] == '+' ? -1 : 1;

        var end = 1 + digits;
        if (end + 2 < rest.Length && rest[end] == ':' && Run(rest[(end + 1)..]) is 2) end += 3;
        if (!Zone.TryRead(rest[..end], out var zone)) return -1;

        _zone = zone;
        return end;
    }

    private int Word(ReadOnlySpan<char> rest)
    {
        if (_ticks is not null && _isAfternoon is null && (rest.StartsWith("a.m", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("p.m", StringComparison.OrdinalIgnoreCase)))
        {
            _isAfternoon = rest[0] is 'p' or 'P';
            return 3;
        }

        var length = 0;
        while (length < rest.Length && (char.IsLetter(rest[length]) || (length > 0 && rest[length] is '/' or '_' && length + 1 < rest.Length && char.IsLetter(rest[length + 1])))) length++;
        if (length < rest.Length && rest[length] == '.') length++;
        var word = rest[..length].TrimEnd('.');
        if (word.Contains('/'))
        {
            if (Zone.TryNamed(word.ToString(), out var named)) _zone = named;
            else _unknownWords++;
            return length;
        }

        Name(word);
        return length;
    }

    private void Name(ReadOnlySpan<char> word)
    {
        if (_ticks is not null && _isAfternoon is null && Afternoon(word) is { } afternoon)
        {
            _isAfternoon = afternoon;
            return;
        }

        var folded = DateWords.Fold(word);
        var (month, isDay) = (DateWords.Month(folded), DateWords.IsDay(folded));
        if (month is not null && isDay && _weekday is null && _numbers.Count == 0) (_maybeMonth, _weekday) = (month, DateWords.Day(folded));
        else if (month is not null && _month is null) _month = month;
        else if (isDay && _weekday is null) _weekday = DateWords.Day(folded);
        else if (IsPassedOver(folded)) return;
        else if (_ticks is not null && _zone is null && (word.Length > 1 || char.IsAsciiLetterUpper(word[0])) && Zone.TryNamed(word.ToString(), out var zone)) _zone = zone;
        else if (!(word.Length == 1 && word[0] is 'T' or 't' && _ticks is null)) _unknownWords++;
    }

    private static bool IsPassedOver(string folded) => folded is
        "a" or "at" or "um" or "uhr" or "le" or "la" or "de" or "du" or "del" or "den" or "der" or "the" or "of" or "om" or "alle" or "ore" or "las" or "el" or "il" or "on" or "op" or "am" or "and" or "et" or "h" or "heure" or "heures" or "d" or "publie" or "date";

    private static int Ordinal(ReadOnlySpan<char> after)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["st", "nd", "rd", "th", "er", "re", "ème", "eme", "º", "°", "ª"])
            if (after.StartsWith(suffix, StringComparison.OrdinalIgnoreCase) && (after.Length == suffix.Length || !char.IsLetter(after[suffix.Length]))) return suffix.Length;
        return 0;
    }

    // The word at the beginning of the text.
    private static bool? Afternoon(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || (text.Length > 2 && char.IsLetter(text[2]))) return null;

        return text[..2].Equals("pm", StringComparison.OrdinalIgnoreCase) ? true : text[..2].Equals("am", StringComparison.OrdinalIgnoreCase) ? false : null;
    }

    private DateTimeOffset? Moment()
    {
        if (_unknownWords > 1 || Day() is not { } date) return null;

        return Hour() is { } ticks ? Dates.Moment.Of(date, ticks, _zone) : null;
    }

    private long? Hour()
    {
        if (_isAfternoon is not { } afternoon || _ticks is not { } ticks) return _ticks ?? 0;

        var hour = ticks / TimeSpan.TicksPerHour;
        // 15:09 PM says twice what it means.
        if (hour > 12) return ticks;

        var onTheDial = ticks - (hour == 12 ? 12 * TimeSpan.TicksPerHour : 0);
        return onTheDial + (afternoon ? 12 * TimeSpan.TicksPerHour : 0);
    }

    private DateOnly? Day()
    {
        if (_triple is { } t) return _month is null ? OfTriple(t) : null;

        var month = _month ?? _maybeMonth;
        return month is null ? OfNumbers() : OfNames(month.Value);
    }

    private DateOnly? OfTriple((int First, int Second, int Third, int ThirdDigits, int FirstDigits) t)
    {
        if (t.FirstDigits >= 3) return Make(t.First, t.Second, t.Third);

        return OfThree(t.First, t.Second, Year(t.Third, t.ThirdDigits));
    }

    // Day first, as here; month first where the day of the week proves it, or where nothing else is possible.
    private DateOnly? OfThree(int first, int second, int year)
    {
        var (dayFirst, monthFirst) = (Make(year, second, first), Make(year, first, second));
        if (dayFirst is null || monthFirst is null || _weekday is null) return dayFirst ?? monthFirst;

        return monthFirst.Value.DayOfWeek == _weekday && dayFirst.Value.DayOfWeek != _weekday ? monthFirst : dayFirst;
    }

    private DateOnly? OfNames(int month)
    {
        if (_numbers.Count is 0 or > 2) return null;

        // The year is the longer number, or the later one: « 9 Dec 16 », « Dec 9, 2016 », « 2016 Dec 9 ».
        if (_numbers.Count == 1) return _numbers[0].Digits == 4 ? Make(_numbers[0].Value, month, 1) : null;

        var (day, year) = _numbers[0].Digits > 2 ? (_numbers[1], _numbers[0]) : (_numbers[0], _numbers[1]);
        return Make(Year(year.Value, year.Digits), month, day.Value);
    }

    // « 11 04 2020 », « 2020 04 11 ».
    private DateOnly? OfNumbers()
    {
        if (_numbers.Count != 3) return null;

        var (a, b, c) = (_numbers[0], _numbers[1], _numbers[2]);
        if (a.Digits == 4) return Make(a.Value, b.Value, c.Value);

        return c.Digits == 4 ? OfThree(a.Value, b.Value, c.Value) : null;
    }

    private static int Year(int value, int digits) => digits > 2 ? value : value < 70 ? 2000 + value : 1900 + value;

    private static DateOnly? Make(int year, int month, int day) =>
        year is >= 1 and <= 9998 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static int Run(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return end;
    }

    private static int Value(ReadOnlySpan<char> digits) => int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
}
