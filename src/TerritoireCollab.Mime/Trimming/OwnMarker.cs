using System.Collections.Frozen;
using System.Text;

namespace TerritoireCollab.Mime.Trimming;

/// <summary>
/// The line that our mails, and those of others, carry above the text to answer. Letters alone are compared: the line
/// comes back quoted, broken in two, without its dashes or its accents.
/// </summary>
internal static class OwnMarker
{
    private const int MostLines = 3;

    private static readonly FrozenSet<string> Sentences = new[]
    {
        ReplyTrimmer.Marker, ReplyTrimmer.EnglishMarker,
        "Répondez au-dessus de cette ligne pour publier votre réponse", "Répondre au-dessus de cette ligne", "Merci de répondre au-dessus de cette ligne", "Écrivez votre réponse au-dessus de cette ligne",
        "Please reply above this line", "Please type your reply above this line", "Type your response above this line", "Write above this line to post a reply", "Write above this line to reply",
        "Antworten Sie oberhalb dieser Linie", "Bitte antworten Sie oberhalb dieser Linie", "Antwort oberhalb dieser Linie eingeben", "Responda por encima de esta línea", "Rispondi sopra questa linea", "Rispondi sopra questa riga", "Antwoord boven deze lijn", "Responda acima desta linha",
    }.Select(sentence => Letters(Folding.Fold(sentence))).ToFrozenSet(StringComparer.Ordinal);

    private static readonly int Longest = Sentences.Max(sentence => sentence.Length);

    private static readonly FrozenSet<char> Firsts = Sentences.Select(sentence => sentence[0]).ToFrozenSet();

    /// <summary>The line after a marker that begins at <paramref name="start"/>; <paramref name="start"/> itself where none does.</summary>
    public static int EndOf(MailLines lines, int start)
    {
        var letters = "";
        for (var index = start; index < lines.Count && index < start + MostLines && lines.Depth(index) == lines.Depth(start); index++)
        {
            letters += Letters(lines.Key(index));
            if (letters.Length == 0 || letters.Length > Longest || !Firsts.Contains(letters[0])) return start;
            if (Sentences.Contains(letters)) return index + 1;
        }

        return start;
    }

    private static string Letters(string key)
    {
        if (key.Length > 120) return "";

        var letters = new StringBuilder(key.Length);
        foreach (var letter in key)
        {
            if (char.IsLetter(letter)) letters.Append(letter);
        }

        return letters.ToString();
    }
}
