using System.Text;

namespace TerritoireCollab.Calendar.Writing;

/// <summary>Content lines: escaped where they are texts, folded at 75 octets, never within a character (RFC 5545, 3.1).</summary>
internal sealed class LineWriter
{
    private const int MostOctets = 75;

    private readonly StringBuilder _text = new();

    /// <summary>Writes a line whose value is as RFC 5545 has it.</summary>
    /// <param name="name">Name, with its parameters.</param>
    /// <param name="value">Value; what would end the line is left out.</param>
    public void Write(string name, string value) => Fold($"{name}:{OneLine(value)}");

    /// <summary>Writes a TEXT; nothing where there is none.</summary>
    public void WriteText(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) Fold($"{name}:{Escape(value)}");
    }

    /// <summary>Writes texts that commas part; nothing where there are none.</summary>
    public void WriteTexts(string name, IReadOnlyCollection<string> values)
    {
        if (values.Count > 0) Fold($"{name}:{string.Join(',', values.Select(Escape))}");
    }

    /// <summary>A parameter in quotes (RFC 6868), with the semicolon before it.</summary>
    public static string Parameter(string name, string value)
    {
        var text = new StringBuilder($";{name}=\"");
        foreach (var letter in value)
        {
            if (letter == '^') text.Append("^^");
            else if (letter == '"') text.Append("^'");
            else if (letter == '\n') text.Append("^n");
            else if (!char.IsControl(letter)) text.Append(letter);
        }

        return text.Append('"').ToString();
    }

    /// <summary>A TEXT value (RFC 5545, 3.3.11).</summary>
    public static string Escape(string value)
    {
        var text = new StringBuilder(value.Length + 8);
        for (var i = 0; i < value.Length; i++)
        {
            var letter = value[i];
            if (letter is '\\' or ';' or ',') text.Append('\\').Append(letter);
            else if (letter == '\n') text.Append("\\n");
            else if (letter == '\r') text.Append(i + 1 < value.Length && value[i + 1] == '\n' ? "" : "\\n");
            else if (letter == '\t' || !char.IsControl(letter)) text.Append(letter);
        }

        return text.ToString();
    }

    /// <summary>What was written.</summary>
    public override string ToString() => _text.ToString();

    private static string OneLine(string value) => value.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0 ? value : string.Concat(value.Where(c => !char.IsControl(c)));

    private void Fold(string line)
    {
        var octets = 0;
        Span<char> letters = stackalloc char[2];
        foreach (var rune in line.EnumerateRunes())
        {
            var length = rune.Utf8SequenceLength;
            if (octets + length > MostOctets)
            {
                _text.Append("\r\n ");
                octets = 1;
            }

            _text.Append(letters[..rune.EncodeToUtf16(letters)]);
            octets += length;
        }

        _text.Append("\r\n");
    }
}
