using System.Text.RegularExpressions;

namespace TerritoireCollab.Testing;

/// <summary>
/// The typography of French (Lexique des règles typographiques en usage à l’Imprimerie nationale) and the plain words that the house
/// chose. A narrow no-break space stands before ; ! ?, a no-break space before : and inside « ».
/// </summary>
public static class FrenchTypography
{
    private const char NoBreak = '\u00a0';
    private const char Narrow = '\u202f';

    private static readonly (Regex Pattern, string What)[] Faults =
    [
        (new("'"), "a straight apostrophe instead of ’"),
        (new("\""), "straight quotation marks instead of « »"),
        (new($"[ {NoBreak}{Narrow}]{{2,}}"), "two spaces"),
        (new(@"\.\.\."), "three dots instead of …"),
        (new($"«(?!{NoBreak})"), "no no-break space after «"),
        (new($"(?<!{NoBreak})»"), "no no-break space before »"),
        (new($@"(?<!{NoBreak}):(?=\s|$)"), "no no-break space before :"),
        (new($@"(?<![{Narrow}!?(«{NoBreak}]|^)[;!?]"), "no narrow no-break space before ; ! ?"),
        (new($@"{NoBreak}[;!?]"), "a wide no-break space before ; ! ?"),
        (new(@"\p{L}[·•‧]\p{L}|\p{L}\.(e|es|s|trice|euse)(\.s)?\b|\p{L}\((e|es|s)\)"), "inclusive signs inside a word: name both, or neither"),
        (new(@"\bveuillez\b", RegexOptions.IgnoreCase), "« veuillez »: say what to do"),
        (new(@"\b(Etat|Etats|Etape|Ecrire|Editer|Edito|Evenement|Equipe|Election|Elu|Elue|Economie|Ecole|Etes|Etre|Epingler|Energie)\b"), "a capital without its accent"),
        (new(@"(?<=^|[.!?]\s|«\s?)A (?=propos|partir|bientôt|savoir|venir|qui|quoi|la une|l’)"), "« A » for « À »"),
        (new(@"(?<=^|[.!?]\s)Ca\b"), "« Ca » for « Ça »"),
        (new(@"^\s|\s$"), "a space at an end"),
    ];

    // Addresses, e-mail addresses, settings and commands are not French.
    private static readonly Regex NotFrench = new(@"https?://\S+|/[a-z0-9][\w./?=&{}-]*|\S+@\S+|`[^`]*`|[A-Z]\w+(:[A-Z]\w+)+|\{\d+[^}]*\}");

    /// <summary>What is wrong in a text.</summary>
    public static IEnumerable<string> FaultsOf(string text)
    {
        var french = NotFrench.Replace(text, "x");
        return Faults.Where(f => f.Pattern.IsMatch(french)).Select(f => f.What);
    }
}
