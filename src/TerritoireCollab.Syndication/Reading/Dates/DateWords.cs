using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace TerritoireCollab.Syndication.Reading.Dates;

/// <summary>Names of months, days and zones in the languages of the feeds around: French, English, German, Italian, Spanish, Dutch, Catalan.</summary>
internal static class DateWords
{
    private static readonly string[][] MonthNames =
    [
        ["janvier", "january", "januar", "gennaio", "enero", "januari", "jänner", "gener"],
        ["fevrier", "february", "februar", "febbraio", "febrero", "februari", "feber", "febrer"],
        ["mars", "march", "maerz", "marz", "marzo", "maart", "mrt"],
        ["avril", "april", "aprile", "abril"],
        ["mai", "may", "maggio", "mayo", "mei", "maig"],
        ["juin", "june", "juni", "giugno", "junio", "juny"],
        ["juillet", "july", "juli", "luglio", "julio", "juliol"],
        ["aout", "august", "agosto", "augustus", "agost"],
        ["septembre", "september", "settembre", "septiembre", "setiembre", "setembre"],
        ["octobre", "october", "oktober", "ottobre", "octubre"],
        ["novembre", "november", "noviembre"],
        ["decembre", "december", "dezember", "dicembre", "diciembre", "desembre"],
    ];

    // From Sunday, as DayOfWeek counts.
    private static readonly string[][] DayNames =
    [
        ["dimanche", "sunday", "sonntag", "domenica", "domingo", "zondag", "so", "zo", "diumenge"],
        ["lundi", "monday", "montag", "lunedi", "lunes", "maandag", "mo", "dilluns"],
        ["mardi", "tuesday", "dienstag", "martedi", "martes", "dinsdag", "tues", "di", "dimarts"],
        ["mercredi", "wednesday", "mittwoch", "mercoledi", "miercoles", "woensdag", "mi", "wo", "dimecres"],
        ["jeudi", "thursday", "donnerstag", "giovedi", "jueves", "donderdag", "thurs", "do", "dijous"],
        ["vendredi", "friday", "freitag", "venerdi", "viernes", "vrijdag", "fr", "vr", "divendres"],
        ["samedi", "saturday", "samstag", "sonnabend", "sabato", "sabado", "zaterdag", "sa", "za", "dissabte"],
    ];

    private const string Zones =
        "UT 0 UTC 0 GMT 0 WET 0 WEST 60 BST 60 IST 330 CET 60 MET 60 MEZ 60 CEST 120 MEST 120 MESZ 120 HNEC 60 HAEC 120 EET 120 EEST 180 SAST 120 MSK 180 MSD 240 "
        + "TRT 180 GST 240 PKT 300 ICT 420 WIB 420 SGT 480 HKT 480 PHT 480 AWST 480 JST 540 KST 540 ACST 570 ACDT 630 AEST 600 AEDT 660 NCT 660 NZST 720 NZDT 780 "
        + "NST -210 NDT -150 AST -240 ADT -180 AT -240 EST -300 EDT -240 ET -300 CST -360 CDT -300 CT -360 MST -420 MDT -360 MT -420 PST -480 PDT -420 PT -480 "
        + "AKST -540 AKDT -480 HST -600 HAST -600 HADT -540 SST -660 BRT -180 ART -180 GFT -180 PMST -180 PMDT -120 TAHT -600 "
        // Letters as RFC 822 gives them.
        + "Z 0 A -60 B -120 C -180 D -240 E -300 F -360 G -420 H -480 I -540 K -600 L -660 M -720 N 60 O 120 P 180 Q 240 R 300 S 360 T 420 U 480 V 540 W 600 X 660 Y 720";

    private static readonly FrozenDictionary<string, int> Months = Index(MonthNames, 1);
    private static readonly FrozenDictionary<string, int> Days = Index(DayNames, 0);
    private static readonly FrozenDictionary<string, int> Offsets = Zones.Split(' ').Chunk(2).ToFrozenDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture));

    /// <summary>Month, from 1; null when the word names none, or more than one.</summary>
    public static int? Month(string folded) => Months.TryGetValue(folded, out var month) ? month : null;

    /// <summary>Day of the week; null when the word names none, or more than one.</summary>
    public static DayOfWeek? Day(string folded) => Days.TryGetValue(folded, out var day) && day >= 0 ? (DayOfWeek)day : null;

    /// <summary>Whether the word may be a day, if only of several.</summary>
    public static bool IsDay(string folded) => Days.ContainsKey(folded);

    /// <summary>Minutes east of Greenwich of a zone's abbreviation.</summary>
    public static int? Offset(string word) => Offsets.TryGetValue(word.ToUpperInvariant(), out var minutes) ? minutes : null;

    /// <summary>A word in lower case, without accents nor points.</summary>
    public static string Fold(ReadOnlySpan<char> word)
    {
        var folded = new StringBuilder(word.Length);
        foreach (var letter in word.ToString().ToLowerInvariant().Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && letter != '.') folded.Append(letter);
        return folded.ToString();
    }

    // Whole names, and their beginnings from three letters on that no other name shares.
    private static FrozenDictionary<string, int> Index(string[][] names, int first)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        var whole = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
            foreach (var name in names[i].Select(n => Fold(n)))
            {
                found[name] = i + first;
                whole.Add(name);
            }

        for (var i = 0; i < names.Length; i++)
            foreach (var name in names[i].Select(n => Fold(n)))
                for (var length = 3; length < name.Length; length++)
                {
                    var beginning = name[..length];
                    if (whole.Contains(beginning)) continue;

                    found[beginning] = found.TryGetValue(beginning, out var other) && other != i + first ? -1 : i + first;
                }

        return first == 1 ? found.Where(pair => pair.Value > 0).ToFrozenDictionary() : found.ToFrozenDictionary();
    }
}
