using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace TerritoireCollab.Testing;

/// <summary>A mail as its reader gets it: decoded for the tests alone, from the RFCs and not from the writer.</summary>
public sealed partial class ReceivedMail
{
    private readonly List<(string Name, string Value)> _fields;

    private ReceivedMail(string raw)
    {
        Raw = raw.ReplaceLineEndings("\r\n");
        var (head, body) = Cut(Raw);
        _fields = Fields(head);
        var parts = Parts(Field("Content-Type"), body);
        // Around the two parts, files that go with them.
        if (Field("Content-Type").StartsWith("multipart/mixed", StringComparison.OrdinalIgnoreCase)) parts = Parts(Fields(parts[0].Head).First(f => f.Item1.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Item2, parts[0].Body);
        Text = Part(parts, "text/plain");
        Html = Part(parts, "text/html");
        Document = new HtmlParser().ParseDocument(Html);
    }

    /// <summary>As it came.</summary>
    public string Raw { get; }

    /// <summary>The text part, with LF.</summary>
    public string Text { get; }

    /// <summary>The HTML part.</summary>
    public string Html { get; }

    /// <summary>The HTML part, parsed.</summary>
    public IDocument Document { get; }

    /// <summary>Names of the fields, in order.</summary>
    public IReadOnlyList<string> FieldNames => [.. _fields.Select(f => f.Name)];

    /// <summary>Address it was sent to.</summary>
    public string To => Address().Match(Field("To")).Groups[1].Value;

    /// <summary>Subject in words.</summary>
    public string Subject => Words(Field("Subject"));

    /// <summary>Path and token of each link of the text part that acts without signing in, in order.</summary>
    public IReadOnlyList<string> Actions => [.. Action().Matches(Text).Select(m => m.Value)];

    /// <summary>Every address of the text part.</summary>
    public IReadOnlyList<string> TextLinks => [.. Link().Matches(Text).Select(m => m.Value)];

    /// <summary>Every address of the HTML part.</summary>
    public IReadOnlyList<string> HtmlLinks => [.. Document.QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")!)];

    /// <summary>Letters and digits of the text part, addresses left out.</summary>
    public string TextLetters => Letters(AnswerAddress().Replace(Link().Replace(Text, ""), ""));

    /// <summary>Letters and digits that the HTML part shows, addresses left out.</summary>
    public string HtmlLetters
    {
        get
        {
            var shown = (IElement)Document.Body!.Clone();
            foreach (var hidden in shown.QuerySelectorAll("[style*='display:none'],style").ToList()) hidden.Remove();
            // Where a line ends, a word does.
            foreach (var line in shown.QuerySelectorAll("br,p,li,td,h1,h2,blockquote").ToList()) line.After(shown.Owner!.CreateTextNode("\n"));
            return Letters(Link().Replace(shown.TextContent, ""));
        }
    }

    /// <summary>Reads a mail of two parts.</summary>
    public static ReceivedMail Parse(string raw) => new(raw);

    /// <summary>Mails that left the instance so far, oldest first.</summary>
    public static IReadOnlyList<ReceivedMail> AllOf(Instance instance) => [.. instance.Mails().Select(Parse)];

    /// <summary>A field as it came, unfolded; empty when it is not there.</summary>
    public string Field(string name) => _fields.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    /// <summary>Encoded words decoded (RFC 2047).</summary>
    public static string Words(string value) => EncodedWord().Replace(BetweenWords().Replace(value, "?==?"), word =>
        Encoding.UTF8.GetString(word.Groups[1].Value is "B" or "b" ? Convert.FromBase64String(word.Groups[2].Value) : Quoted(word.Groups[2].Value.Replace('_', ' '))));

    private static (string Head, string Body) Cut(string part) => part.IndexOf("\r\n\r\n", StringComparison.Ordinal) is > 0 and var at ? (part[..at], part[(at + 4)..]) : (part, "");

    private static List<(string, string)> Fields(string head) =>
        [.. Fold().Replace(head, " ").Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(l => (l[..l.IndexOf(':', StringComparison.Ordinal)], l[(l.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()))];

    private static List<(string Head, string Body)> Parts(string type, string body) => Boundary().Match(type) is { Success: true } boundary
        ? [.. body.Split("--" + boundary.Groups[1].Value)[1..^1].Select(p => Cut(p.TrimStart('\r', '\n')))]
        : throw new FormatException("The mail has no two parts.");

    private static string Part(List<(string Head, string Body)> parts, string type)
    {
        var (_, body) = parts.Single(p => p.Head.Contains(type, StringComparison.OrdinalIgnoreCase));
        return Encoding.UTF8.GetString(Quoted(body.Replace("=\r\n", "", StringComparison.Ordinal))).Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n');
    }

    private static byte[] Quoted(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '=')
            {
                bytes.Add(checked((byte)text[i]));
                continue;
            }

            bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            i += 2;
        }

        return [.. bytes];
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    [GeneratedRegex("boundary=\"([^\"]+)\"")]
    private static partial Regex Boundary();

    [GeneratedRegex("\r\n[ \t]+")]
    private static partial Regex Fold();

    [GeneratedRegex("<?([^<>\\s\"]+@[^<>\\s\"]+?)>?$")]
    private static partial Regex Address();

    [GeneratedRegex("(?<=https?://[^/\\s]+)/desabonnement/[A-Za-z0-9_-]+")]
    private static partial Regex Action();

    [GeneratedRegex("https?://[^\\s<>\"»)]+")]
    private static partial Regex Link();

    [GeneratedRegex("reponse\\+\\S+@\\S+")]
    private static partial Regex AnswerAddress();

    [GeneratedRegex("=\\?utf-8\\?([QBqb])\\?([^? ]*)\\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex("\\?=[ \t]+=\\?")]
    private static partial Regex BetweenWords();
}
