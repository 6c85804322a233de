using System.Globalization;
using System.Text;
using AngleSharp.Html.Parser.Tokens;

namespace TerritoireCollab.Mime.Trimming.Html;

/// <summary>Lays tokens out as lines: paragraphs parted by a blank line, items after a dash or their number, links with their addresses.</summary>
internal sealed class MailTextWriter
{
    // Deeper quotations say nothing more, and would cost the square of their depth.
    private const int DeepestQuote = 40;

    private readonly StringBuilder _text = new();
    private readonly List<int> _lists = [];
    private int _quotes;
    private int _intros;
    private int _signatures;
    private int _breaks;
    private int _breakQuotes;
    private int _preformatted;
    private bool _space;
    private string? _item;
    private string? _link;
    private int _linkStart = -1;

    /// <summary>The lines so far, joined by LF.</summary>
    public string Finish() => _text.ToString();

    /// <summary>Writes text, its white space folded as browsers do.</summary>
    public void Text(string text)
    {
        foreach (var letter in text)
        {
            if (letter is '\n' && _preformatted > 0) Break(_breaks + 1);
            else if (letter is ' ' or '\t' or '\n' or '\r' && _preformatted == 0) _space = true;
            else if (letter is not (HtmlMark.Intro or HtmlMark.Signature or '\r')) Write(letter);
        }
    }

    /// <summary>Begins an element.</summary>
    public void Start(HtmlTagToken tag, ClientMark mark)
    {
        switch (tag.Name)
        {
            case "br":
                Break(_breaks + 1);
                break;
            case "hr":
                Break(1);
                Text("________________________________");
                Break(1);
                break;
            case "img":
                Image(tag);
                break;
            case "a":
                (_link, _linkStart) = (tag.GetAttribute("href"), -1);
                break;
            default:
                StartBlock(tag);
                break;
        }

        Enter(mark);
    }

    /// <summary>Ends an element; one that is marked is left by <see cref="Leave"/> first.</summary>
    public void End(string name)
    {
        if (name == "a") EndLink();
        if (name is "ul" or "ol" && _lists.Count > 0) _lists.RemoveAt(_lists.Count - 1);
        if (name == "pre") _preformatted = Math.Max(0, _preformatted - 1);
        Break(BreaksAround(name));
    }

    /// <summary>Leaves what an element was marked as.</summary>
    public void Leave(ClientMark mark)
    {
        if (mark is ClientMark.None or ClientMark.Beginning) return;

        Break(1);
        _quotes -= mark == ClientMark.Quote ? 1 : 0;
        _intros -= mark == ClientMark.Intro ? 1 : 0;
        _signatures -= mark == ClientMark.Signature ? 1 : 0;
        _breakQuotes = Math.Min(_breakQuotes, _quotes);
    }

    private void Enter(ClientMark mark)
    {
        if (mark == ClientMark.None) return;

        Break(1);
        _breakQuotes = Math.Min(_breakQuotes, _quotes);
        _quotes += mark == ClientMark.Quote ? 1 : 0;
        _intros += mark == ClientMark.Intro ? 1 : 0;
        _signatures += mark == ClientMark.Signature ? 1 : 0;
        if (mark != ClientMark.Beginning || _quotes > 0) return;

        Write(HtmlMark.Intro);
        Break(1);
    }

    private void StartBlock(HtmlTagToken tag)
    {
        Break(BreaksAround(tag.Name));
        if (tag.Name == "ul") _lists.Add(0);
        if (tag.Name == "ol") _lists.Add(int.TryParse(tag.GetAttribute("start"), NumberStyles.None, CultureInfo.InvariantCulture, out var start) && start > 0 ? start : 1);
        if (tag.Name == "li") StartItem();
        if (tag.Name == "pre") _preformatted++;
        if (tag.Name is "td" or "th") _space = true;
    }

    private void StartItem()
    {
        var number = _lists.Count == 0 ? 0 : _lists[^1];
        _item = number == 0 ? "- " : number.ToString(CultureInfo.InvariantCulture) + ". ";
        if (number > 0) _lists[^1]++;
    }

    private int BreaksAround(string name) => name switch
    {
        "p" or "ul" or "ol" => _lists.Count > 0 ? 1 : 2,
        "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "pre" or "table" or "dl" or "figure" => 2,
        "div" or "tr" or "li" or "dt" or "dd" or "blockquote" or "body" or "section" or "article" or "header" or "footer" or "center" or "address" or "form" or "fieldset" => 1,
        _ => 0,
    };

    // Pictures without words are logos; the words of an emoji are the emoji.
    private void Image(HtmlTagToken tag)
    {
        if (tag.GetAttribute("alt") is { Length: > 0 and <= 8 } words) Text(words);
    }

    private void EndLink()
    {
        if (_link is not null && _linkStart >= 0 && Readable(_link) is { } address && !IsShown(address)) Text($" ({address})");
        _link = null;
    }

    private static string? Readable(string address)
    {
        address = address.Trim();
        if (address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) return address[7..].Split('?')[0];
        return address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? address : null;
    }

    private bool IsShown(string address)
    {
        var shown = Bare(_text.ToString(_linkStart, _text.Length - _linkStart));
        return shown.Length == 0 || shown.Equals(Bare(address), StringComparison.OrdinalIgnoreCase);
    }

    private static string Bare(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        return (scheme < 0 ? address : address[(scheme + 3)..]).Trim().TrimEnd('/');
    }

    private void Break(int count)
    {
        if (count == 0) return;
        _breakQuotes = _breaks == 0 ? _quotes : _breakQuotes;
        _breaks = Math.Max(_breaks, count);
    }

    // Line ends are written before what follows them only: none is left at the end.
    private void Write(char letter)
    {
        if (_text.Length == 0 || _breaks > 0) NewLine();
        else if (_space && _text[^1] is not (' ' or '\n')) _text.Append(' ');

        (_breaks, _space) = (0, false);
        if (_link is not null && _linkStart < 0) _linkStart = _text.Length;
        _text.Append(letter);
    }

    private void NewLine()
    {
        for (var left = _text.Length == 0 ? 0 : Math.Min(_breaks, 3); left > 0; left--)
        {
            _text.Append('\n');
            if (left > 1) _text.Append('>', Math.Min(_breakQuotes, DeepestQuote));
        }

        var depth = Math.Min(_quotes, DeepestQuote);
        if (depth > 0) _text.Append('>', depth).Append(' ');
        if (_signatures > 0 && depth == 0) _text.Append(HtmlMark.Signature);
        else if (_intros > 0 && depth == 0) _text.Append(HtmlMark.Intro);
        _text.Append(_item);
        _item = null;
    }
}
