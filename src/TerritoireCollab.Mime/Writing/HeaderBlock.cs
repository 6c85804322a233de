using System.Globalization;
using System.Text;

namespace TerritoireCollab.Mime.Writing;

/// <summary>Header fields being written, folded at 78 columns (RFC 5322 section 2.1.1).</summary>
internal sealed class HeaderBlock
{
    private const int MaximumLine = 78;
    private const int HardLimit = 998;
    private const int LongestQuotedPhrase = 60;

    // Below this an encoded word would be mostly frame: better a new line.
    private const int LeastRoomForEncodedWord = 30;

    private readonly StringBuilder text = new();
    private int column;
    private int nameLength;

    // 78, or 76 once the line holds an encoded word.
    private int limit = MaximumLine;

    public override string ToString() => text.ToString();

    public void Field(string name, params IEnumerable<string> tokens)
    {
        Begin(name);
        foreach (var token in tokens)
        {
            Token(token);
        }

        End();
    }

    /// <summary>Free text, such as a subject: exact in every character once decoded.</summary>
    public void FreeText(string name, string value)
    {
        Begin(name);
        Words(value.Split(' '), word => word.Length < MaximumLine && HeaderText.IsPlainWord(word));
        End();
    }

    public void Mailbox(string name, Mailbox mailbox)
    {
        Begin(name);
        Phrase(mailbox.DisplayName ?? "");
        Token(mailbox.DisplayName is null ? mailbox.Address : $"<{mailbox.Address}>");
        End();
    }

    public void Extra(MailHeader header)
    {
        Begin(header.Name);
        if (header.Phrase is not null)
        {
            Phrase(header.Phrase);
            Token(header.Identifier!);
        }
        else
        {
            // Spaces carry no meaning here, and a long address must stay whole: only what is not plain is encoded.
            var words = header.Value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            Words(words, word => header.IsList || HeaderText.IsPlainWord(word));
        }

        End();
    }

    public void FileName(string name)
    {
        if (IsShortAscii(name))
        {
            Token($"filename={Quoted(name)}");
            return;
        }

        ExtendedFileName(name);
    }

    public void Begin(string name)
    {
        text.Append(name).Append(':');
        column = nameLength = name.Length + 1;
    }

    public void Token(string token)
    {
        if (token.Length + 1 > HardLimit)
        {
            throw new ArgumentException($"A header holds a word of {token.Length} characters; a line takes {HardLimit}.", nameof(token));
        }

        if (column + 1 + token.Length > limit && !MustOverflow(token))
        {
            Fold();
        }

        text.Append(' ').Append(token);
        column += 1 + token.Length;
    }

    public void End() => Fold();

    // A first word too long for any line gains nothing from a fold, and some readers are put out by an empty first line.
    private bool MustOverflow(string token) =>
        column == nameLength && 1 + token.Length > MaximumLine && column + 1 + token.Length <= HardLimit;

    private void Fold()
    {
        text.Append("\r\n");
        column = 0;
        limit = MaximumLine;
    }

    // Everything from the first to the last word that needs it is encoded as one text: a reader drops the space
    // between two encoded words, and keeps it between an encoded and a plain one.
    private void Words(string[] words, Predicate<string> isPlain)
    {
        var plain = Array.ConvertAll(words, word => word.Length > 0 && isPlain(word));
        for (var i = 0; i < words.Length; i++)
        {
            // An empty word is a double space, which only its neighbours' encoding preserves.
            if (words[i].Length == 0)
            {
                plain[Math.Max(0, i - 1)] = plain[Math.Min(i + 1, words.Length - 1)] = false;
            }
        }

        var first = Array.IndexOf(plain, false);
        if (first < 0 || (words.Length == 1 && words[0].Length == 0))
        {
            Array.ForEach(words, word => TokenUnlessEmpty(word));
            return;
        }

        var last = Array.LastIndexOf(plain, false);
        Array.ForEach(words[..first], Token);
        Encoded(string.Join(' ', words[first..(last + 1)]));
        Array.ForEach(words[(last + 1)..], Token);
    }

    private void TokenUnlessEmpty(string word)
    {
        if (word.Length > 0)
        {
            Token(word);
        }
    }

    private void Phrase(string phrase)
    {
        if (phrase.Length == 0)
        {
            return;
        }

        if (!IsShortAscii(phrase))
        {
            Encoded(phrase);
            return;
        }

        var words = phrase.Split(' ');
        if (words.All(word => word.Length > 0 && word.All(HeaderText.IsAtomCharacter)))
        {
            Array.ForEach(words, Token);
            return;
        }

        Token(Quoted(phrase));
    }

    private static bool IsShortAscii(string value) =>
        !value.AsSpan().ContainsAnyExceptInRange(' ', '~') && !HeaderText.HasWordMark(value)
        && Quoted(value).Length <= LongestQuotedPhrase;

    private static string Quoted(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private void Encoded(string value)
    {
        var base64 = EncodedWord.PrefersBase64(value);
        var rest = value.AsSpan();
        while (!rest.IsEmpty)
        {
            var room = EncodedWord.MaximumLine - column - 1;
            var (word, taken) = room < LeastRoomForEncodedWord ? ("", 0) : EncodedWord.Take(rest, room, base64);
            if (taken == 0)
            {
                Fold();
                (word, taken) = EncodedWord.Take(rest, EncodedWord.MaximumLength, base64);
            }

            text.Append(' ').Append(word);
            column += 1 + word.Length;
            limit = EncodedWord.MaximumLine;
            rest = rest[taken..];
        }
    }

    // RFC 2231 sections 3 and 4: percent-encoded UTF-8, in numbered pieces, each cut between characters.
    private void ExtendedFileName(string name)
    {
        const int room = 50;
        var pieces = new List<StringBuilder> { new() };
        foreach (var rune in name.EnumerateRunes())
        {
            var encoded = Percent(rune);
            if (pieces[^1].Length + encoded.Length > room)
            {
                pieces.Add(new());
            }

            pieces[^1].Append(encoded);
        }

        for (var i = 0; i < pieces.Count; i++)
        {
            var number = pieces.Count == 1 ? "" : $"*{i.ToString(CultureInfo.InvariantCulture)}";
            var charset = i == 0 ? "utf-8''" : "";
            Token($"filename{number}*={charset}{pieces[i]}{(i < pieces.Count - 1 ? ";" : "")}");
        }
    }

    private static string Percent(Rune rune)
    {
        if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value is '.' or '-' or '_'))
        {
            return ((char)rune.Value).ToString();
        }

        Span<byte> bytes = stackalloc byte[4];
        var count = rune.EncodeToUtf8(bytes);
        var encoded = new StringBuilder(12);
        foreach (var b in bytes[..count])
        {
            encoded.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }
}
