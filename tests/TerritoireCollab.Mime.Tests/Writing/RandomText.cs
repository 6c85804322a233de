using System.Text;

namespace TerritoireCollab.Mime.Tests.Writing;

/// <summary>Texts that break careless encoders, the same for the same seed.</summary>
internal sealed class RandomText(int seed)
{
    private static readonly string[] Pieces =
    [
        "a", "Z", "0", "é", "è", "ç", "œ", "É", "’", "«\u00A0", "\u00A0»", "\u202F!", "e\u0301", "—", "…", "€", "😀", "👩‍👩‍👧‍👦", "🇫🇷", "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "日本", "ي", "a\u0300\u0316\u0323\u0331\u0324\u0317\u0330\u032D\u0332\u0333\u0346\u034A\u0342\u0303", "=", "?", "=?", "?=", "_", "\"", "\\",
        "(", ")", "<", ">", ",", ";", ":", "@", ".", "From ", "\t", "=?utf-8?Q?x?=", "x-y", "réunion", "compte-rendu", "\u007F", "\u0001", "\u0085", "\u2028",
    ];

    // A fixed seed on purpose: the test must say the same twice.
#pragma warning disable CA5394
    private readonly Random random = new(seed);

    public int Below(int limit) => random.Next(limit);
#pragma warning restore CA5394

    public string Line(int pieces, bool spaces = true)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pieces; i++)
        {
            text.Append(Pieces[Below(Pieces.Length)]);
            text.Append(spaces && Below(3) == 0 ? new string(' ', 1 + (Below(8) / 7)) : "");
        }

        return text.ToString();
    }

    public string Body(int lines)
    {
        var text = new StringBuilder();
        for (var i = 0; i < lines; i++)
        {
            text.Append(Line(Below(40))).Append(new string(' ', Below(2))).Append(Below(12) == 0 ? new string('x', 1200) : "");
            text.Append("\r\n");
        }

        return text.ToString();
    }
}
