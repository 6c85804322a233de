using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace TerritoireCollab.Testing;

/// <summary>A mail as its reader sees it.</summary>
/// <param name="To">The address it went to.</param>
/// <param name="Text">Its texts, decoded: the plain one, then the other; without the headers.</param>
public sealed partial record Letter(string To, string Text)
{
    /// <summary>Reads a mail of the folder.</summary>
    public static Letter Of(string source) => new(Recipient().Match(source).Groups[1].Value, WebUtility.HtmlDecode(Decoded(source[source.IndexOf("\r\n\r\n", StringComparison.Ordinal)..])));

    /// <summary>Path of the first link that begins so, such as <c>/invitation/</c>.</summary>
    public string LinkTo(string start) =>
        Links().Matches(Text).Select(m => new Uri(m.Value).PathAndQuery).FirstOrDefault(p => p.StartsWith(start, StringComparison.Ordinal)) ?? throw new InvalidOperationException($"No link to {start} in: {Text}");

    /// <summary>Paths of all the links that begin so, in order, each once.</summary>
    public IReadOnlyList<string> LinksTo(string start) => [.. Links().Matches(Text).Select(m => new Uri(m.Value).PathAndQuery).Where(p => p.StartsWith(start, StringComparison.Ordinal)).Distinct()];

    // Quoted-printable (RFC 2045, 6.7): a soft line break disappears, =XX is a byte.
    private static string Decoded(string source)
    {
        var (joined, bytes) = (source.Replace("=\r\n", "", StringComparison.Ordinal), new List<byte>(source.Length));
        for (var i = 0; i < joined.Length; i++)
        {
            if (joined[i] == '=' && i + 2 < joined.Length && Uri.IsHexDigit(joined[i + 1]) && Uri.IsHexDigit(joined[i + 2]))
            {
                bytes.Add(Convert.ToByte(joined.Substring(i + 1, 2), 16));
                i += 2;
            }
            else bytes.AddRange(Encoding.UTF8.GetBytes(joined, i, 1));
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(@"^To:.*?<?([^<>\s]+@[^<>\s]+?)>?\r?$", RegexOptions.Multiline)]
    private static partial Regex Recipient();

    [GeneratedRegex("https?://[^\\s\"<>)]+")]
    private static partial Regex Links();
}
