using System.Text;
using AngleSharp.Html.Parser.Tokens;

namespace TerritoireCollab.Markup;

/// <summary>
/// Lays sanitised tokens out on one line, as somebody would read them out: what stood apart by its place on the page is told apart by the
/// signs of a sentence, where the writer put none.
/// </summary>
/// <param name="withHeadings">Whether headings are words too: before what they announce they say nothing to whoever reads one line.</param>
internal sealed class SentenceWriter(bool withHeadings) : ITextWriter
{
    // After one of these nothing is missing.
    private const string Stops = ".!?…:;,–—-/·|(«\u00A0";

    private readonly StringBuilder _text = new();
    private Pause _pause;
    private bool _space;
    private int _lists;
    private int _tables;
    private bool _skips;

    // What parts two pieces, the weakest first; of several the strongest is written.
    private enum Pause
    {
        None,
        Cell,
        Item,
        Sentence,
        List,
        Heading,
    }

    public string Finish() => _text.ToString();

    public void Text(string text)
    {
        if (_skips) return;

        foreach (var letter in text)
        {
            if (letter is ' ' or '\t' or '\n')
            {
                _space = true;
                continue;
            }

            Part();
            _text.Append(letter);
        }
    }

    public void Start(HtmlTagToken tag)
    {
        switch (tag.Name)
        {
            case "br":
                _space = true;
                break;
            case "img":
                Text(tag.GetAttribute("alt") ?? "");
                break;
            case "ul" or "ol":
                Due(Pause.List);
                _lists++;
                break;
            case "table":
                Due(Around);
                _tables++;
                break;
            default:
                Due(PauseAround(tag.Name));
                _skips |= IsHeading(tag.Name) && !withHeadings;
                break;
        }
    }

    public void End(string name)
    {
        switch (name)
        {
            case "ul" or "ol":
                _lists--;
                Due(Around);
                break;
            case "table":
                _tables--;
                Due(Around);
                break;
            default:
                Due(PauseAround(name));
                _skips &= !IsHeading(name);
                break;
        }
    }

    private Pause Around => _tables > 0 ? Pause.Cell : _lists > 0 ? Pause.Item : Pause.Sentence;

    private Pause PauseAround(string name) => name switch
    {
        "td" or "th" => Pause.Cell,
        "li" or "tr" or "dt" or "dd" => Pause.Item,
        "p" or "div" or "pre" or "hr" or "blockquote" or "dl" or "figure" or "figcaption" or "caption" => Around,
        _ => IsHeading(name) ? Pause.Heading : Pause.None,
    };

    private static bool IsHeading(string name) => name is ['h', >= '1' and <= '6'];

    private void Due(Pause pause) => _pause = pause > _pause ? pause : _pause;

    private void Part()
    {
        if (_text.Length > 0 && (_space || _pause != Pause.None))
        {
            if (!IsStopped(_text[^1])) _text.Append(Sign(_pause));
            _text.Append(' ');
        }

        (_pause, _space) = (Pause.None, false);
    }

    private static bool IsStopped(char last) => Stops.Contains(last, StringComparison.Ordinal) || char.IsSurrogate(last);

    private static string Sign(Pause pause) => pause switch
    {
        Pause.Cell => ",",
        Pause.Item => "\u00A0;",
        Pause.List => "\u00A0:",
        Pause.Sentence or Pause.Heading => ".",
        _ => "",
    };
}
