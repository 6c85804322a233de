using System.Globalization;
using System.Text;
using AngleSharp.Html.Parser.Tokens;

namespace TerritoireCollab.Markup;

/// <summary>Lays sanitised tokens out as lines of text.</summary>
internal sealed class PlainTextWriter(Uri? site) : ITextWriter
{
    private readonly StringBuilder _text = new();
    private readonly List<Level> _levels = [];
    private readonly List<ListLevel> _lists = [];
    private int _pendingBreaks;
    private int _breakLevels;
    private bool _pendingSpace;
    private bool _preformatted;
    private string? _linkAddress;
    private int _linkStart;

    public string Finish() => _text.ToString();

    public void Text(string text)
    {
        if (_preformatted)
        {
            Verbatim(text);
            return;
        }

        foreach (var letter in text)
        {
            if (letter is ' ' or '\t' or '\n')
            {
                _pendingSpace = true;
                continue;
            }

            Flush();
            _text.Append(letter);
        }
    }

    public void Start(HtmlTagToken tag)
    {
        switch (tag.Name)
        {
            case "br":
                Break(Math.Min(2, _pendingBreaks + 1));
                break;
            case "hr":
                Break(2);
                Mark("---");
                Break(2);
                break;
            case "img":
                Image(tag);
                break;
            case "a":
                StartLink(tag);
                break;
            case "ul" or "ol":
                StartList(tag);
                break;
            case "li":
                StartItem();
                break;
            case "blockquote":
                Break(2);
                _levels.Add(new Level("> ", "> "));
                break;
            case "td" or "th":
                StartCell();
                break;
            default:
                Break(BreaksAround(tag.Name));
                _preformatted |= tag.Name == "pre";
                break;
        }
    }

    public void End(string name)
    {
        switch (name)
        {
            case "a":
                EndLink();
                break;
            case "ul" or "ol":
                _lists.RemoveAt(_lists.Count - 1);
                Break(_lists.Count == 0 ? 2 : 1);
                break;
            case "li":
                EndItem();
                break;
            case "blockquote":
                LeaveLevel();
                Break(2);
                break;
            default:
                Break(BreaksAround(name));
                _preformatted &= name != "pre";
                break;
        }
    }

    private int BreaksAround(string name) => name switch
    {
        "p" => _lists.Count > 0 ? 1 : 2,
        "h3" or "h4" or "h5" or "h6" or "pre" or "table" or "dl" or "figure" => 2,
        "div" or "tr" or "dt" or "dd" or "caption" or "figcaption" => 1,
        _ => 0,
    };

    private void StartList(HtmlTagToken tag)
    {
        Break(_lists.Count == 0 ? 2 : 1);
        var first = int.TryParse(tag.GetAttribute("start"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        _lists.Add(new ListLevel { IsOrdered = tag.Name == "ol", Next = first });
    }

    private void StartItem()
    {
        Break(1);
        var list = _lists[^1];
        var marker = list.IsOrdered ? list.Next.ToString(CultureInfo.InvariantCulture) + ". " : "– ";
        list.Next++;
        _levels.Add(new Level(marker, new string(' ', marker.Length)));
    }

    private void EndItem()
    {
        // The marker of an item without text is still due: numbering must not lie.
        if (_levels[^1].First is not null)
        {
            Flush();
        }

        LeaveLevel();
        Break(1);
    }

    private void StartCell()
    {
        if (_text.Length > 0 && _pendingBreaks == 0)
        {
            Mark(" | ");
        }
    }

    private void StartLink(HtmlTagToken tag)
    {
        _linkAddress = tag.GetAttribute("href");
        _linkStart = -1;
    }

    private void EndLink()
    {
        if (_linkAddress is not null && Readable(_linkAddress) is { } address && !IsShown(address))
        {
            Mark(" (" + address + ")");
        }

        _linkAddress = null;
    }

    private bool IsShown(string address)
    {
        var text = _linkStart < 0 ? string.Empty : _text.ToString(_linkStart, _text.Length - _linkStart);
        return Bare(text).Equals(Bare(address), StringComparison.OrdinalIgnoreCase);
    }

    private static string Bare(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        return (scheme < 0 ? address : address[(scheme + 3)..]).Trim().TrimEnd('/');
    }

    private string? Readable(string address)
    {
        if (address.StartsWith("mailto:", StringComparison.Ordinal))
        {
            return address[7..];
        }

        if (address[0] != '/')
        {
            return address;
        }

        return site is null ? null : site.GetLeftPart(UriPartial.Authority) + address;
    }

    private void Image(HtmlTagToken tag)
    {
        Text(tag.GetAttribute("alt") ?? string.Empty);
        if (tag.GetAttribute("src") is { } source && Readable(source) is { } address)
        {
            Mark(" (" + address + ")");
        }
    }

    private void Mark(string text)
    {
        _pendingSpace = false;
        Flush();
        _text.Append(_text.Length == 0 || _text[^1] == '\n' ? text.TrimStart() : text);
    }

    private void Verbatim(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
            {
                Break(_pendingBreaks + 1);
            }

            if (lines[i].Length > 0)
            {
                Flush();
                _text.Append(lines[i]);
            }
        }
    }

    private void Break(int count)
    {
        _breakLevels = _pendingBreaks == 0 ? _levels.Count : _breakLevels;
        _pendingBreaks = Math.Max(_pendingBreaks, count);
    }

    // A blank line between two quotes belongs to neither.
    private void LeaveLevel()
    {
        _levels.RemoveAt(_levels.Count - 1);
        _breakLevels = Math.Min(_breakLevels, _levels.Count);
    }

    // Line ends and blanks are written only before what follows them: none is left at the end.
    private void Flush()
    {
        if (_text.Length == 0 || _pendingBreaks > 0)
        {
            NewLine();
        }
        else
        {
            Space(_pendingSpace);
        }

        _pendingBreaks = 0;
        _pendingSpace = false;
        if (_linkAddress is not null && _linkStart < 0)
        {
            _linkStart = _text.Length;
        }
    }

    private void Space(bool due)
    {
        if (due && _text.Length > 0 && _text[^1] is not (' ' or '\n'))
        {
            _text.Append(' ');
        }
    }

    private void NewLine()
    {
        for (var i = 0; i < _pendingBreaks && _text.Length > 0; i++)
        {
            _text.Append('\n');
            if (i < _pendingBreaks - 1)
            {
                // A quote stays one quote across its blank lines.
                var bar = string.Concat(_levels.Take(_breakLevels).Where(level => level.First is null || level.IsQuote).Select(level => level.Rest)).TrimEnd();
                _text.Append(bar);
            }
        }

        foreach (var level in _levels)
        {
            _text.Append(level.First ?? level.Rest);
            level.First = level.IsQuote ? level.First : null;
        }
    }

    private sealed class Level(string first, string rest)
    {
        public string? First { get; set; } = first;

        public string Rest { get; } = rest;

        public bool IsQuote => Rest == "> ";
    }

    private sealed class ListLevel
    {
        public required bool IsOrdered { get; init; }

        public required int Next { get; set; }
    }
}
