using TerritoireCollab.Syndication.Text;

namespace TerritoireCollab.Syndication;

/// <summary>
/// A feed to be published, whatever the format. Every value is checked and cleaned when it is set, so that what a
/// <see cref="FeedWriter"/> receives can always be written: characters that XML forbids are dropped from texts,
/// addresses are absolute.
/// </summary>
public sealed record Feed
{
    /// <summary>Permanent identifier, the same in every format: an http(s) address, a <c>urn:</c> or a <c>tag:</c> (RFC 4287 section 4.2.6).</summary>
    /// <exception cref="ArgumentException">The identifier is not absolute.</exception>
    public required string Id { get; init => field = FeedIdentifier.Require(value, nameof(Id)); }

    /// <summary>Title, plain text. When nothing legible is left, the address of the page stands for it.</summary>
    public required string Title
    {
        get => field.Length == 0 ? WebAddress.Text(Link) : field;
        init => field = LegalText.OneLine(value);
    }

    /// <summary>Address of the page that the feed follows.</summary>
    /// <exception cref="ArgumentException">The address is not absolute http or https.</exception>
    public required Uri Link { get; init => field = WebAddress.Require(value, nameof(Link)); }

    /// <summary>Address of this very document, in the format being written: <c>feed with { Self = … }</c> for each format.</summary>
    /// <exception cref="ArgumentException">The address is not absolute http or https.</exception>
    public required Uri Self { get; init => field = WebAddress.Require(value, nameof(Self)); }

    /// <summary>Language tag (RFC 5646), such as <c>fr</c>.</summary>
    /// <exception cref="ArgumentException">Not shaped as a language tag.</exception>
    public required string Language { get; init => field = LanguageTag.Require(value, nameof(Language)); }

    /// <summary>Moment of the last change of the feed. Given, never read from the clock: the same feed gives the same bytes.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>Description, plain text; the title when absent, because RSS requires one.</summary>
    public string Description
    {
        get => field.Length == 0 ? Title : field;
        init => field = LegalText.OneLine(value);
    } = "";

    /// <summary>Name of the author of the whole feed; the title when absent, because Atom requires one (RFC 4287 section 4.1.1). No e-mail address.</summary>
    public string Author
    {
        get => field.Length == 0 ? Title : field;
        init => field = AuthorName.CleanOrNull(value) ?? "";
    } = "";

    /// <summary>Name of the program that made the feed, plain text.</summary>
    public string? Generator { get; init => field = LegalText.OneLineOrNull(value); } = "TerritoireCollab";

    /// <summary>Copyright or licence line, plain text.</summary>
    public string? Rights { get; init => field = LegalText.OneLineOrNull(value); }

    /// <summary>Banner or logo. RSS readers expect GIF, JPEG or PNG, at most 144 pixels wide.</summary>
    /// <exception cref="ArgumentException">The address is not absolute http or https.</exception>
    public Uri? Image { get; init => field = WebAddress.RequireOrNull(value, nameof(Image)); }

    /// <summary>Small square icon, for Atom and JSON Feed.</summary>
    /// <exception cref="ArgumentException">The address is not absolute http or https.</exception>
    public Uri? Icon { get; init => field = WebAddress.RequireOrNull(value, nameof(Icon)); }

    /// <summary>Addresses of WebSub hubs that announce changes of this feed. Empty for a private feed: announcing would reveal its address.</summary>
    /// <exception cref="ArgumentException">An address is not absolute http or https.</exception>
    public IReadOnlyList<Uri> Hubs { get; init => field = WebAddress.RequireAll(value, nameof(Hubs)); } = [];

    /// <summary>How long a reader may wait before it asks again, in whole minutes (RSS <c>ttl</c>). One hour by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one minute.</exception>
    public TimeSpan RefreshInterval
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMinutes(1));
            field = value;
        }
    } = TimeSpan.FromHours(1);

    /// <summary>Whether what was changed last stands first, rather than what is newest: for texts that go on being written.</summary>
    public bool ChangedFirst { get; init; }

    /// <summary>Entries, always newest first whatever the order given, or as <see cref="ChangedFirst"/> says; entries of the same moment keep their order.</summary>
    /// <exception cref="ArgumentException">Two entries share an identifier.</exception>
    public IReadOnlyList<FeedEntry> Entries { get => ChangedFirst ? [.. field.OrderByDescending(entry => entry.LastChange)] : field; init => field = NewestFirst(value); } = [];

    private static List<FeedEntry> NewestFirst(IReadOnlyList<FeedEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (entries.FirstOrDefault(entry => !seen.Add(entry.Id)) is { } twin)
            throw new ArgumentException($"Two entries share the identifier '{twin.Id}'.", nameof(entries));

        return [.. entries.OrderByDescending(entry => entry.Published)];
    }
}
