using System.Net;
using System.Xml.Linq;
using TerritoireCollab.Markup;
using TerritoireCollab.Syndication.Reading.Texts;
using TerritoireCollab.Syndication.Text;

namespace TerritoireCollab.Syndication.Reading;

/// <summary>What the parts of one reading share: names, limits, and what was repaired.</summary>
internal sealed class FeedContext(Uri? baseAddress)
{
    // All the HTML of a document together, in characters where a tag counts for as many as it takes time: what half a second can clean,
    // and ten megabytes of articles.
    private const int MostHtml = 40_000_000;
    private const int CostOfATag = 60;

    // A title of more is a text, of which nobody reads the end.
    private const int LongestLine = 10_000;

    private readonly Dictionary<string, SanitizerOptions> _options = new(StringComparer.Ordinal);
    private int _html;
    private int _textsLeftOut;
    private int _unreadableDates;
    private string? _firstUnreadableDate;

    /// <summary>Base of the document.</summary>
    public Uri? Base { get; } = baseAddress;

    /// <summary>Names of its elements.</summary>
    public Names Names { get; } = new();

    /// <summary>What was repaired so far.</summary>
    public List<FeedRepair> Repairs { get; } = [];

    /// <summary>Plain text on one line; null when nothing is left to read.</summary>
    public static string? Line(FeedText text)
    {
        if (text.IsEmpty) return null;

        var value = Letters.WithoutControls(text.Value.Length > LongestLine ? text.Value[..LongestLine] : text.Value);
        return LegalText.OneLineOrNull(text.IsPlain ? value : HtmlText.Line(StrayDeclarations.Mended(StrayDeclarations.Unwrapped(value.Trim()) ?? value)));
    }

    /// <summary>Plain text of an attribute or of an element that cannot hold markup.</summary>
    public static string? Line(string? text) => string.IsNullOrWhiteSpace(text) ? null : Line(new FeedText(text, false, null));

    /// <summary>Plain text of an element.</summary>
    public static string? Line(XElement element) => Line(element.Value);

    /// <summary>Sanitised HTML; null when nothing is left.</summary>
    public string? Html(FeedText text)
    {
        if (text.IsEmpty) return null;

        _html += text.Value.Length + (CostOfATag * text.Value.AsSpan().Count('<'));
        if (_html > MostHtml)
        {
            _textsLeftOut++;
            return null;
        }

        var value = Letters.WithoutControls(text.Value.Trim());
        if (text.IsPlain) return Clean(WebUtility.HtmlEncode(value), text.Base);

        return (StrayDeclarations.Unwrapped(value) is { } inner ? Clean(StrayDeclarations.Mended(inner), text.Base) : null) ?? Clean(StrayDeclarations.Mended(value), text.Base);
    }

    /// <summary>A moment; null when the text is none, which is then remembered.</summary>
    public DateTimeOffset? Date(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (FeedDates.Parse(text) is { } moment) return moment;

        _unreadableDates++;
        _firstUnreadableDate ??= LegalText.OneLine(text.Length > 60 ? text[..60] : text);
        return null;
    }

    /// <summary>Says what was left out on the way.</summary>
    public void Conclude(int itemsLeftOut)
    {
        if (_unreadableDates > 0) Repairs.Add(new(FeedRepairKind.Dates, _firstUnreadableDate));
        if (itemsLeftOut + _textsLeftOut is > 0 and var left) Repairs.Add(new(FeedRepairKind.Size, left.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private string? Clean(string html, Uri? around) => Sanitizer.Clean(html, Options(around)) is { Length: > 0 } clean ? clean : null;

    private SanitizerOptions Options(Uri? around)
    {
        var key = around?.OriginalString ?? "";
        if (_options.TryGetValue(key, out var known)) return known;

        // Where every item has a base of its own, only the last ones are kept.
        if (_options.Count > 100) _options.Clear();
        return _options[key] = new SanitizerOptions { BaseUri = around, KeepPictures = true };
    }
}
