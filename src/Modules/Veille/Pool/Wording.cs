using System.Text;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Veille.Pool;

/// <summary>What two texts have to do with one another.</summary>
public enum Kinship
{
    /// <summary>Nothing that can be told.</summary>
    None = 0,
    /// <summary>They tell the same news, perhaps in other words.</summary>
    Same = 1,
    /// <summary>They are alike, yet of other places, people, days or figures: one formula, filled in twice.</summary>
    Formula = 2,
}

/// <summary>
/// The words of a piece of news, to know it again when another site tells it in its own words. Alike are texts that share half of their pairs of
/// meaning words; the same are those that also name the same people, places, days and figures. In doubt they are two: the same news shown
/// twice is a nuisance, one hidden behind another is lost.
/// </summary>
internal sealed class Wording
{
    /// <summary>Meaning words of the beginning, below which a text is too short to be known by its words.</summary>
    public const int Fewest = 12;

    /// <summary>Marks of a text.</summary>
    public const int MarkCount = 6;

    // Sites cut their beginnings at lengths of their own: marks are of what most of them show.
    private const int Marked = 30;
    private const int ShortestWord = 4;
    private const double Alike = 0.5;
    private const int FewestShared = 2;

    // The word where the shorter one ends may stand a little further in the longer.
    private const int Slack = 4;

    private static readonly HashSet<string> Calendar = new(
        ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"], StringComparer.Ordinal);

    // Words that begin sentences, and are no names for their capital.
    private static readonly HashSet<string> Openings = new(
        [
            "a", "afin", "ainsi", "alors", "apres", "attention", "au", "aucun", "aucune", "aujourd", "aussi", "autre", "aux", "avant", "avec", "avis", "beaucoup", "bientot", "c", "ca", "ce", "cela", "ces", "cet", "cette",
            "chaque", "chez", "cinq", "comme", "comment", "d", "dans", "de", "depuis", "des", "desormais", "deux", "dix", "donc", "douze", "du", "elle", "elles", "en", "enfin", "entre", "est", "et", "grace", "hier", "huit", "ici", "il",
            "ils", "j", "je", "jusqu", "l", "la", "le", "les", "leur", "leurs", "lors", "mais", "meme", "mes", "mon", "n", "ne", "neuf", "nombre", "non", "nos", "notre", "nous", "nouveau", "nouvelle", "nouvelles", "on", "or", "ou", "outre",
            "par", "parmi", "pendant", "plus", "plusieurs", "pour", "pourquoi", "pres", "premier", "premiere", "qu", "quand", "quatre", "que", "quel", "quelle", "quelques", "qui", "quinze", "s", "sa", "sans", "se", "selon", "sept", "ses", "si", "six",
            "son", "sous", "sur", "ta", "tous", "tout", "toute", "toutes", "trente", "tres", "trois", "un", "une", "vers", "vingt", "voici", "voila", "vos", "votre", "vous", "y",
        ],
        StringComparer.Ordinal);

    private readonly List<Word> _title;
    private readonly List<Word> _text;
    private readonly List<int> _meaning;
    private readonly HashSet<string> _all;

    private Wording(List<Word> title, List<Word> text)
    {
        (_title, _text) = (title, text);
        _meaning = Meaning(text);
        _all = [.. title.Concat(text).Select(w => w.Folded)];
    }

    /// <summary>Whether its beginning is long enough to be known by its words.</summary>
    public bool IsTelling => _meaning.Count >= Fewest;

    /// <summary>The words of a title and of the beginning of the text, both plain.</summary>
    public static Wording Of(string title, string excerpt) => new(Read(title), Read(excerpt));

    /// <summary>
    /// Marks: two texts that share half of their pairs of words have one in common in nine cases of ten, two that share none have none. None for
    /// a text that is too short.
    /// </summary>
    public IReadOnlyList<long> Marks()
    {
        if (!IsTelling) return [];

        var pairs = Pairs(Math.Min(Marked, _meaning.Count));
        var marks = new long[MarkCount];
        for (var place = 0; place < MarkCount; place++) marks[place] = (long)pairs.Min(pair => Mix(pair + ((ulong)(place + 1) * 0x9E3779B97F4A7C15)));
        return marks;
    }

    /// <summary>What this text and another have to do with one another, whichever asks.</summary>
    public Kinship With(Wording other)
    {
        var (mine, theirs) = (Facts(other), other.Facts(this));
        var contradict = Contradict(mine, other, theirs, fact => fact.IsFigure) || Contradict(mine, other, theirs, fact => !fact.IsFigure);
        if (!IsTelling || !other.IsTelling) return contradict ? Kinship.Formula : Kinship.None;

        var length = Math.Min(_meaning.Count, other._meaning.Count);
        var (one, two) = (Pairs(length), other.Pairs(length));
        if (one.Count(two.Contains) < Alike * Math.Min(one.Count, two.Count)) return Kinship.None;
        if (contradict) return Kinship.Formula;
        return mine.Where(f => f.IsSure).Select(f => f.Folded).Intersect(theirs.Where(f => f.IsSure).Select(f => f.Folded)).Count() >= FewestShared ? Kinship.Same : Kinship.None;
    }

    // Each tells something of its own: one that only says more is the same news in greater detail.
    private bool Contradict(List<Word> mine, Wording other, List<Word> theirs, Func<Word, bool> kind) =>
        mine.Exists(f => kind(f) && !other._all.Contains(f.Folded)) && theirs.Exists(f => kind(f) && !_all.Contains(f.Folded));

    // Of what both show: beyond the end of the shorter one, the longer may say what it likes.
    private List<Word> Facts(Wording other)
    {
        var end = other._meaning.Count >= _meaning.Count ? _text.Count : _meaning[other._meaning.Count] - Slack;
        return [.. _title.Concat(_text.Take(Math.Max(0, end))).Where(w => w.IsFigure || w.IsName)];
    }

    private HashSet<ulong> Pairs(int length) => [.. PairsOf(_title, Meaning(_title)), .. PairsOf(_text, _meaning.GetRange(0, Math.Min(length, _meaning.Count)))];

    private static IEnumerable<ulong> PairsOf(List<Word> words, List<int> meaning)
    {
        for (var place = 1; place < meaning.Count; place++) yield return Mix(words[meaning[place - 1]].Hash + (words[meaning[place]].Hash * 31));
    }

    private static List<int> Meaning(List<Word> words) => [.. words.Index().Where(w => w.Item.Folded.Length >= ShortestWord || w.Item.IsFigure).Select(w => w.Index)];

    private static List<Word> Read(string text)
    {
        var words = new List<Word>();
        var (folded, capitals, opens, isCapital) = (new StringBuilder(), 0, true, false);
        foreach (var rune in text.EnumerateRunes())
        {
            if (TextFold.IsWordPart(rune) || (rune.Value is '-' or 0x2010 or 0x2011 && folded.Length > 0))
            {
                if (folded.Length == 0) isCapital = Rune.IsUpper(rune);
                if (folded.Length == 0 || folded[^1] == '-') capitals += Rune.IsUpper(rune) ? 1 : 0;
                if (TextFold.IsWordPart(rune)) TextFold.Append(folded, rune);
                else folded.Append('-');
                continue;
            }

            if (Take()) opens = false;
            if (rune.Value is '.' or '!' or '?' or ':' or '…' or '«' or '\n' or '–' or '—' or '•') opens = true;
        }

        Take();
        // Where every word has its capital, none is a name for it.
        if (words.Count(w => w.IsCapital) * 2 > words.Count) words = words.ConvertAll(w => w with { IsName = false });
        return words;

        bool Take()
        {
            var word = folded.ToString().Trim('-');
            if (word.Length > 0) words.Add(new(word, isCapital, IsFigure(word), isCapital && IsName(word, opens, capitals > 1), !opens || capitals > 1, HashOf(word)));
            folded.Clear();
            (capitals, isCapital) = (0, false);
            return word.Length > 0;
        }
    }

    private static bool IsFigure(string word) => word.Any(char.IsAsciiDigit) || Calendar.Contains(word);

    // « Lancée mardi… », « Rapidement… »: at the beginning of a sentence, endings of participles and adverbs are no names'.
    private static bool IsName(string word, bool opens, bool isCompound) =>
        isCompound || (word.Length > 1 && !(opens && (Openings.Contains(word) || word.EndsWith("ee", StringComparison.Ordinal) || word.EndsWith("ees", StringComparison.Ordinal) || word.EndsWith("ant", StringComparison.Ordinal) || word.EndsWith("ment", StringComparison.Ordinal))));

    private static ulong HashOf(string word)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var letter in word) hash = (hash ^ letter) * 0x100000001B3;
        return hash;
    }

    // The finaliser of splitmix64: near numbers come out far apart.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    // A capital at the beginning of a sentence may be a name's: enough to part two texts, too little to bring them together.
    private sealed record Word(string Folded, bool IsCapital, bool IsFigure, bool IsName, bool MayJoin, ulong Hash)
    {
        public bool IsSure => IsFigure || (IsName && MayJoin);
    }
}
