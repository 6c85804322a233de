using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace TerritoireCollab.Mime.Trimming.Html;

/// <summary>
/// Reads an HTML body as lines of text with the marks of its program: quotations after <c>&gt;</c>, introductions and signatures
/// after a sign of <see cref="HtmlMark"/>. It follows the tokens, not a tree, so that no nesting is too deep.
/// </summary>
internal sealed class HtmlReading
{
    /// <summary>Characters read of one body, pictures inside the markup aside. What people write stays far below.</summary>
    public const int LongestRead = 200_000;

    // Elements whose end tag may be left out: their end says nothing unless they are marked.
    private static readonly HashSet<string> Unclosed = new("p li td th tr dt dd thead tbody tfoot option".Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> Void = new("br hr img meta link input base col wbr area source track embed param".Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> Dropped = new("style script head title noscript object svg math template select textarea".Split(' '), StringComparer.Ordinal);

    // A mail of this length has a tenth of them; an attack has one for each letter.
    private const int MostTokens = 30_000;

    // An end tag looks for its start tag among this many open elements.
    private const int DeepestSearch = 64;

    private readonly MailTextWriter _writer = new();
    private readonly List<Open> _open = [];
    private string? _dropped;

    /// <summary>The lines of a body, joined by LF.</summary>
    public static string Of(string html)
    {
        var reading = new HtmlReading();
        foreach (var token in Tokens(Beginning(html)).Take(MostTokens)) reading.Take(token);
        return reading._writer.Finish();
    }

    // A picture pasted into the answer is megabytes of letters before the next sentence.
    private static string Beginning(string html)
    {
        const string picture = "\"data:";
        var read = new StringBuilder();
        var start = 0;
        while (start < html.Length && read.Length < LongestRead)
        {
            var found = html.IndexOf(picture, start, StringComparison.OrdinalIgnoreCase);
            var end = found < 0 ? html.Length : found;
            read.Append(html, start, Math.Min(end - start, LongestRead - read.Length));
            if (found < 0) break;

            var close = html.IndexOf('"', found + 1);
            start = close < 0 ? html.Length : close + 1;
            read.Append("\"\"");
        }

        return read.ToString();
    }

    private static IEnumerable<HtmlToken> Tokens(string html)
    {
        using var source = new TextSource(html);
        var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.Resolver) { SkipComments = true };
        while (true)
        {
            var token = tokenizer.Get();
            if (token.Type == HtmlTokenType.EndOfFile) yield break;
            if (token.Type == HtmlTokenType.StartTag) tokenizer.State = ModeOf(token.Name);
            yield return token;
        }
    }

    private static HtmlParseMode ModeOf(string name) => name switch
    {
        "style" or "noscript" or "xmp" or "iframe" or "noembed" => HtmlParseMode.Rawtext,
        "script" => HtmlParseMode.Script,
        "title" or "textarea" => HtmlParseMode.RCData,
        _ => HtmlParseMode.PCData,
    };

    private void Take(HtmlToken token)
    {
        if (_dropped is not null)
        {
            var ends = (token.Type == HtmlTokenType.EndTag && token.Name == _dropped) || (token.Type == HtmlTokenType.StartTag && token.Name == "body");
            if (!ends) return;
            _dropped = null;
        }

        switch (token.Type)
        {
            case HtmlTokenType.Character:
                _writer.Text(token.Data);
                break;
            case HtmlTokenType.StartTag:
                Start((HtmlTagToken)token);
                break;
            case HtmlTokenType.EndTag:
                End(token.Name);
                break;
        }
    }

    private void Start(HtmlTagToken tag)
    {
        if (Dropped.Contains(tag.Name) && !tag.IsSelfClosing)
        {
            _dropped = tag.Name;
            return;
        }

        var mark = ClientMarks.Of(tag);
        _writer.Start(tag, mark);
        if (!Void.Contains(tag.Name) && (mark != ClientMark.None || !Unclosed.Contains(tag.Name))) _open.Add(new Open(tag.Name, mark));
    }

    private void End(string name)
    {
        for (var index = _open.Count - 1; index >= 0 && index >= _open.Count - DeepestSearch; index--)
        {
            if (_open[index].Name != name) continue;

            while (_open.Count > index)
            {
                _writer.Leave(_open[^1].Mark);
                _open.RemoveAt(_open.Count - 1);
            }

            break;
        }

        _writer.End(name);
    }

    private readonly record struct Open(string Name, ClientMark Mark);
}
