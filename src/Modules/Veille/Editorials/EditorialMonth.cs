using System.Globalization;
using TerritoireCollab.Platform;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Editorials;

/// <summary>Months of éditos as one number: year times 100 plus month, such as 202611.</summary>
internal static class EditorialMonth
{
    // How many days before its end a month can be looked back on.
    private const int LastDays = 3;

    /// <summary>The earliest month that an édito can be of.</summary>
    public const int Earliest = 200001;

    /// <summary>The month of a day.</summary>
    public static int Of(DateOnly day) => (day.Year * 100) + day.Month;

    /// <summary>Its first day.</summary>
    public static DateOnly First(int month) => new(month / 100, month % 100, 1);

    /// <summary>The last month that is over.</summary>
    public static int LastComplete(DateOnly today) => Of(today.AddMonths(-1));

    /// <summary>The month whose édito is to be written: this one in its last days, else the one before.</summary>
    public static int Due(DateOnly today) => today.AddDays(LastDays).Month != today.Month ? Of(today) : LastComplete(today);

    /// <summary>Whether an édito can be of that month: a real one that has begun.</summary>
    public static bool IsUsable(int month, DateOnly today) => month % 100 is >= 1 and <= 12 && month >= Earliest && month <= Of(today);

    /// <summary>As addresses and programs write it: « 2026-11 ».</summary>
    public static string Word(int month) => FormattableString.Invariant($"{month / 100:0000}-{month % 100:00}");

    /// <summary>The month of such a word, or null.</summary>
    public static int? Parse(string? word) =>
        DateOnly.TryParseExact(word + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) ? Of(first) : null;

    /// <summary>« novembre 2026 ».</summary>
    public static string Name(int month)
    {
        var culture = CultureInfo.CurrentUICulture;
        return First(month).ToString("MMMM yyyy", culture);
    }

    /// <summary>« Novembre 2026 ».</summary>
    public static string Heading(int month)
    {
        var name = Name(month);
        return char.ToUpper(name[0], CultureInfo.CurrentUICulture) + name[1..];
    }

    /// <summary>« L’édito d’octobre 2026 », « L’édito de novembre 2026 ».</summary>
    public static string Title(int month) => (Name(month)[0] is 'a' or 'o' ? EditorialTexts.TitleOfVowel : EditorialTexts.TitleOf).With(Name(month));
}
