using TerritoireCollab.Syndication.Reading.Texts;

namespace TerritoireCollab.Syndication.Reading;

/// <summary>An item while its elements are being read, in whatever order and vocabulary they come.</summary>
internal sealed class ItemDraft(Uri? around)
{
    /// <summary>The element says it in the format's own words.</summary>
    public const int Own = 5;

    private const int MostCategories = 100;
    private const int MostFiles = 50;

    private readonly List<string> _categories = [];
    private readonly List<FeedFile> _files = [];
    private bool _hasSummary;
    private Ranked<string> _id;
    private Ranked<string> _title;
    private Ranked<Uri> _link;
    private Ranked<FeedText?> _summary;
    private Ranked<FeedText?> _content;
    private Ranked<Uri> _picture;
    private Ranked<DateTimeOffset?> _published;
    private Ranked<DateTimeOffset?> _updated;

    /// <summary>Base of the item.</summary>
    public Uri? Base { get; } = around;

    /// <summary>Its authors.</summary>
    public People Authors { get; } = new();

    /// <summary>Page of the comments.</summary>
    public Uri? Comments { get; set; }

    /// <summary>Where it was taken from.</summary>
    public FeedCredit? Source { get; set; }

    /// <summary>What it calls itself.</summary>
    public string? OwnId => _id.Value;

    public void Id(string? id, int rank = Own)
    {
        var trimmed = id?.Trim();
        if (!string.IsNullOrEmpty(trimmed)) _id.Offer(trimmed.Length > 2_000 ? trimmed[..2_000] : trimmed, rank);
    }

    public void Title(FeedText text, int rank = Own) => _title.Offer(FeedContext.Line(text), rank);

    /// <summary>An address of the page; of several the last of the best rank counts, as feeds are commonly read.</summary>
    public void Link(string? address, Uri? around, int rank = Own) => _link.Replace(XmlBase.Resolve(address, around), rank);

    public void Summary(FeedText text, int rank = Own)
    {
        if (text.IsEmpty) return;

        // Of two texts of one name, one is the longer form.
        if (rank == Own && _hasSummary) Content(text, 2);
        else _summary.Offer(text, rank);
        _hasSummary |= rank == Own;
    }

    public void Content(FeedText text, int rank = Own)
    {
        if (!text.IsEmpty) _content.Offer(text, rank);
    }

    public void Picture(string? address, Uri? around, int rank = Own) => _picture.Offer(XmlBase.Resolve(address, around), rank);

    public void Published(DateTimeOffset? moment, int rank = Own) => _published.Offer(moment, rank);

    public void Updated(DateTimeOffset? moment, int rank = Own) => _updated.Replace(moment, rank);

    public void Category(string? name)
    {
        if (_categories.Count < MostCategories && FeedContext.Line(name) is { } line && !_categories.Contains(line)) _categories.Add(line);
    }

    /// <summary>A file that comes with it; the same address once.</summary>
    public void File(string? address, Uri? around, string? type, string? length)
    {
        if (_files.Count >= MostFiles || XmlBase.Resolve(address, around) is not { } url || _files.Exists(f => f.Url.OriginalString == url.OriginalString)) return;

        _files.Add(new(url, FeedContext.Line(type), Bytes(length)));
    }

    /// <summary>Replaces the address of a file that was given by way of a counter.</summary>
    public void FileIsReallyAt(string? address, Uri? around)
    {
        if (_files.Count == 0 || XmlBase.Resolve(address, around) is not { } url) return;

        _files[^1] = _files[^1] with { Url = url };
    }

    /// <summary>The item.</summary>
    public FeedItem Build(FeedContext context)
    {
        var link = _link.Value ?? XmlBase.Resolve(OwnId, null);
        return new()
        {
            Id = OwnId ?? "",
            Title = _title.Value,
            Link = link,
            Published = _published.Value,
            Updated = _updated.Value,
            Authors = Authors.Best(),
            Categories = _categories,
            Summary = _summary.Value is { } summary ? context.Html(summary) : null,
            Content = _content.Value is { } content ? context.Html(content) : null,
            Enclosures = _files,
            Comments = Comments,
            Picture = _picture.Value,
            Source = Source,
        };
    }

    private static long? Bytes(string? length) =>
        long.TryParse(length, System.Globalization.NumberStyles.AllowLeadingWhite | System.Globalization.NumberStyles.AllowTrailingWhite | System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture, out var bytes) && bytes >= 0 ? bytes : null;
}
