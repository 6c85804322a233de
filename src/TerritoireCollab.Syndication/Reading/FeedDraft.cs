using TerritoireCollab.Syndication.Reading.Texts;

namespace TerritoireCollab.Syndication.Reading;

/// <summary>What a feed says of itself, while its elements are being read.</summary>
internal sealed class FeedDraft
{
    private readonly List<Uri> _hubs = [];
    private readonly List<string> _categories = [];
    private Ranked<string> _title;
    private Ranked<Uri> _link;
    private Ranked<FeedText?> _description;
    private Ranked<string> _language;
    private Ranked<string> _rights;
    private Ranked<DateTimeOffset?> _updated;
    private Ranked<Uri> _picture;
    private Ranked<Uri> _icon;
    private TimeSpan? _period;
    private int _frequency = 1;

    /// <summary>Who wrote it.</summary>
    public People Authors { get; } = new();

    /// <summary>What it calls itself.</summary>
    public string? Id { get; set; }

    /// <summary>Where it says that it is.</summary>
    public Uri? Self { get; set; }

    /// <summary>Minutes between two readings (RSS <c>ttl</c>).</summary>
    public TimeSpan? TimeToLive { get; set; }

    public void Title(FeedText text, int rank = ItemDraft.Own) => _title.Offer(FeedContext.Line(text), rank);

    public void Link(string? address, Uri? around, int rank = ItemDraft.Own) => _link.Replace(XmlBase.Resolve(address, around), rank);

    public void Description(FeedText text, int rank = ItemDraft.Own)
    {
        if (!text.IsEmpty) _description.Offer(text, rank);
    }

    public void Language(string? tag, int rank = ItemDraft.Own) => _language.Offer(FeedContext.Line(tag), rank);

    public void Rights(FeedText text, int rank = ItemDraft.Own) => _rights.Offer(FeedContext.Line(text), rank);

    public void Updated(DateTimeOffset? moment, int rank = ItemDraft.Own) => _updated.Offer(moment, rank);

    public void Picture(string? address, Uri? around, int rank = ItemDraft.Own) => _picture.Offer(XmlBase.Resolve(address, around), rank);

    public void Icon(string? address, Uri? around) => _icon.Offer(XmlBase.Resolve(address, around), ItemDraft.Own);

    public void Hub(string? address, Uri? around)
    {
        if (_hubs.Count < 10 && XmlBase.Resolve(address, around) is { } hub && !_hubs.Contains(hub)) _hubs.Add(hub);
    }

    public void Category(string? name)
    {
        if (_categories.Count < 100 && FeedContext.Line(name) is { } line && !_categories.Contains(line)) _categories.Add(line);
    }

    /// <summary>Unit of how often it changes: <c>hourly</c>, <c>daily</c>…</summary>
    public void Period(string? unit) => _period = unit?.Trim().ToLowerInvariant() switch
    {
        "hourly" => TimeSpan.FromHours(1),
        "daily" => TimeSpan.FromDays(1),
        "weekly" => TimeSpan.FromDays(7),
        "monthly" => TimeSpan.FromDays(30),
        "yearly" => TimeSpan.FromDays(365),
        _ => _period,
    };

    /// <summary>How many times in that unit.</summary>
    public void Frequency(string? times)
    {
        if (int.TryParse(times, System.Globalization.NumberStyles.AllowLeadingWhite | System.Globalization.NumberStyles.AllowTrailingWhite, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0) _frequency = number;
    }

    /// <summary>The reading, without its items.</summary>
    public FeedReading Build(FeedDialect dialect, FeedContext context) => new()
    {
        Dialect = dialect,
        Id = Id,
        Title = _title.Value,
        Link = _link.Value ?? XmlBase.Resolve(Id, null),
        Description = _description.Value is { } description ? context.Html(description) : null,
        Language = _language.Value,
        Rights = _rights.Value,
        Author = Authors.Best() is [var first, ..] ? first : null,
        Categories = _categories,
        Updated = _updated.Value,
        Picture = _picture.Value,
        Icon = _icon.Value,
        Self = Self,
        Hubs = _hubs,
        RefreshInterval = TimeToLive ?? _period / _frequency,
    };
}
