using System.Buffers;

namespace TerritoireCollab.Mime.Trimming;

/// <summary>Judges folded words: are they an introduction, from the first to the last?</summary>
internal static class IntroShape
{
    // « On », then a day of the week and a comma: a date begins within these letters or there is none.
    private const int DateWithin = 40;
    private const int MostNameWords = 5;

    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" ,.;:'(");

    /// <summary>Whether a line may be the first of an introduction: it opens with a date, or it holds an address, a verb or dashes.</summary>
    public static bool MayBegin(string key) =>
        key.Length > 3 && (BeginsWithDate(key) || key.Contains('<', StringComparison.Ordinal) || key.Contains('@', StringComparison.Ordinal) || key[^1] is ':' or '-');

    /// <summary>Whether a line may be the last of an introduction: it ends with a colon or dashes; after a date, a verb or an address will do.</summary>
    public static bool MayEnd(string words, bool isDated) =>
        words[^1] is ':' or '-' || (isDated && (words[^1] == '>' || IntroVerb.EndsWith(words) || words.Contains(" gmt", StringComparison.Ordinal)));

    /// <summary>Whether the words open with a date, « Le 3 nov. » or « 03/11/2026 ».</summary>
    public static bool BeginsWithDate(ReadOnlySpan<char> key)
    {
        key = key.TrimStart("->—– ");
        var digit = key.IndexOfAnyInRange('0', '9');
        if (digit is < 0 or > DateWithin) return false;
        return digit == 0 || Opens(FirstWord(key)) || key[0] >= '\u0590';
    }

    /// <summary>Whether the words open with a word and then a date: a line that begins so is never the rest of another.</summary>
    public static bool OpensWithDate(ReadOnlySpan<char> key) => key.Length > 0 && !char.IsAsciiDigit(key[0]) && BeginsWithDate(key);

    /// <summary>Whether the last word is cut short, as months are: « nov. ».</summary>
    public static bool EndsAbbreviated(ReadOnlySpan<char> words) => words.Length - 1 - words.LastIndexOf(' ') <= 6;

    /// <summary>Whether the words are an introduction.</summary>
    /// <param name="key">All lines of it, folded and joined.</param>
    /// <param name="raw">The same before folding: names have capitals.</param>
    /// <param name="quoteFollows">Whether quoted lines follow, which settles what would be doubtful.</param>
    public static bool IsWhole(string key, string raw, bool quoteFollows)
    {
        var core = key.AsSpan().Trim("-—–_=> ");
        var body = core.TrimEnd(": ");
        if (body.Length < 4) return false;

        var facts = new Facts(body, body.Length < core.Length, quoteFollows);
        var verb = IntroVerb.In(body);
        if (verb.Found) return WithVerb(facts, verb, body, key, raw);
        return WithoutVerb(facts, body, key.AsSpan().TrimEnd(": *").EndsWith(">"));
    }

    private static bool WithVerb(Facts facts, IntroVerb verb, ReadOnlySpan<char> body, string key, string raw)
    {
        if (IsBetweenDashes(key) && body.Length <= 200) return true;
        if (facts.IsDated) return verb.IsLast ? DatedThenVerb(facts, body) : verb.MayPrecedeName && facts.Colon && (facts.Address || facts.Signs.HasTime || facts.QuoteFollows);
        return verb.IsLast ? NamedThenVerb(facts, body, raw) : facts.Colon && VerbThenDate(facts, verb, body, raw);
    }

    // « Le 3 nov. 2026 à 14:02, Camille Durand <x@y> a écrit : »
    private static bool DatedThenVerb(Facts facts, ReadOnlySpan<char> body)
    {
        if (facts.Address) return facts.Colon || facts.Signs.HasTime || facts.Signs.HasDate;
        if (facts.QuoteFollows) return facts.Colon || facts.Signs.HasDate;
        if (IsSpokenOf(body[facts.Signs.AfterDigits..])) return false;
        return facts.Signs.HasTime ? facts.Colon || facts.Signs.HasDate : facts.Colon && facts.Signs.HasDate && NamesDay(body);
    }

    // « Camille Durand <x@y> a écrit : », « Camille Durand a écrit : » above a quotation.
    private static bool NamedThenVerb(Facts facts, ReadOnlySpan<char> body, string raw)
    {
        if (!facts.Colon) return false;
        if (facts.Address) return (body.ContainsAny("<([") || facts.QuoteFollows) && body.Count(' ') <= 14;
        return IsName(raw) && (facts.QuoteFollows || body.Contains(" via ", StringComparison.Ordinal));
    }

    // « Camille Durand <x@y> schrieb am Di., 3. Nov. 2026 um 14:02: »
    private static bool VerbThenDate(Facts facts, IntroVerb verb, ReadOnlySpan<char> body, string raw)
    {
        var after = DateSigns.In(body[verb.End..]);
        if (!after.HasTime && !after.HasDate) return false;
        return facts.Address || (IsName(raw) && (after.HasTime || facts.QuoteFollows));
    }

    // « 03.11.2026, 14:02, "Camille" <x@y>: », « 2026-11-03 14:02 GMT+01:00 Camille », « Citation de Camille <x@y> : »
    private static bool WithoutVerb(Facts facts, ReadOnlySpan<char> body, bool endsByAddress)
    {
        if (facts.Colon && IntroWords.Quoting.Length(body) > 0 && (facts.Address || (facts.QuoteFollows && facts.Signs.FirstDigit >= 0))) return true;
        if (facts.IsDated && facts.Address && endsByAddress && StartsNumeric(body)) return true;
        if (!facts.IsDated || !facts.Signs.HasTime || !facts.Signs.HasDate) return false;
        if (facts.Address) return facts.Colon && (endsByAddress || body[^1] is ')' or ']' || facts.QuoteFollows || EndsByUnknownVerb(body));
        return body.Length < 160 && char.IsAsciiDigit(body[0]) && body.Contains(" gmt", StringComparison.Ordinal);
    }

    // A date alone is anybody's; programs that leave the hour out name the day or the month first: « On Thursday, June 27, 2013 ».
    private static bool NamesDay(ReadOnlySpan<char> body)
    {
        var words = body.TrimStart("-—–> ");
        var first = FirstWord(words);
        var second = FirstWord(words[first.Length..].TrimStart(" ,."));
        var days = IntroWords.DaysAndMonths.GetAlternateLookup<ReadOnlySpan<char>>();
        return days.Contains(first) || days.Contains(second) || words[0] >= '\u0590';
    }

    // A date, an hour, « <x@y> » and a word: « wrote » in one more language.
    private static bool EndsByUnknownVerb(ReadOnlySpan<char> body)
    {
        var close = body.LastIndexOf('>');
        return close > 0 && body[..close].Contains('<') && body.Length - close <= 30;
    }

    // « 2026/11/3 Camille <x@y> », as Gmail wrote for years.
    private static bool StartsNumeric(ReadOnlySpan<char> body)
    {
        var space = body.IndexOf(' ');
        return space > 7 && DateSigns.In(body[..space]).HasNumericDate;
    }

    private static bool IsBetweenDashes(string key) =>
        key.StartsWith("--", StringComparison.Ordinal) && key.EndsWith("--", StringComparison.Ordinal);

    private static bool IsSpokenOf(ReadOnlySpan<char> afterDate)
    {
        var rest = afterDate.TrimStart(" ,.;:)'");
        foreach (var unit in (ReadOnlySpan<string>)["am", "pm", "a.m.", "p.m.", "uhr", "h", "hrs"])
        {
            if (rest.StartsWith(unit, StringComparison.Ordinal) && rest.Length > unit.Length && !char.IsLetter(rest[unit.Length])) rest = rest[unit.Length..].TrimStart(" ,");
        }

        return IntroWords.Articles.GetAlternateLookup<ReadOnlySpan<char>>().Contains(FirstWord(rest));
    }

    // Two to five words before the verb, the first with a capital, none of them the beginning of a sentence.
    private static bool IsName(string raw)
    {
        var words = raw.AsSpan().Trim("-—–_=>\"'* :");
        if (words.Length == 0 || !char.IsLetter(words[0]) || char.IsLower(words[0])) return false;

        var count = 0;
        foreach (var range in words.Split(' '))
        {
            var word = words[range];
            if (word.Length == 0) continue;
            if (IntroVerb.IsVerb(Folding.Fold(word)) || IntroWords.Auxiliaries.Contains(Folding.Fold(word))) return count > 0;
            if (char.IsLower(word[0]) && word.Length > 3) return false;
            if (++count > MostNameWords) return false;
        }

        return false;
    }

    private static bool Opens(ReadOnlySpan<char> word) =>
        IntroWords.Openers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word) || IntroWords.DaysAndMonths.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(WordEnds);
        return end < 0 ? text : text[..end];
    }

    private readonly ref struct Facts(ReadOnlySpan<char> body, bool colon, bool quoteFollows)
    {
        public bool Colon { get; } = colon;

        public bool QuoteFollows { get; } = quoteFollows;

        public bool IsDated { get; } = BeginsWithDate(body);

        public bool Address { get; } = HasAddress(body);

        public DateSigns Signs { get; } = DateSigns.In(body);

        private static bool HasAddress(ReadOnlySpan<char> body)
        {
            var at = body.IndexOf('@');
            return at > 0 && at + 1 < body.Length && body[at - 1] != ' ' && body[at + 1] != ' ';
        }
    }
}
