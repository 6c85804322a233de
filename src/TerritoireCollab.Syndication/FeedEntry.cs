using TerritoireCollab.Syndication.Text;

namespace TerritoireCollab.Syndication;

/// <summary>One entry of a <see cref="Feed"/>. Values are checked and cleaned when they are set.</summary>
public sealed record FeedEntry
{
    /// <summary>Permanent identifier, which outlives a new title or slug: an http(s) address, a <c>urn:</c> or a <c>tag:</c>.</summary>
    /// <exception cref="ArgumentException">The identifier is not absolute.</exception>
    public required string Id { get; init => field = FeedIdentifier.Require(value, nameof(Id)); }

    /// <summary>Title, plain text. When nothing legible is left, the address stands for it.</summary>
    public required string Title
    {
        get => field.Length == 0 ? WebAddress.Text(Link) : field;
        init => field = LegalText.OneLine(value);
    }

    /// <summary>Address of the page to open.</summary>
    /// <exception cref="ArgumentException">The address is not absolute http or https.</exception>
    public required Uri Link { get; init => field = WebAddress.Require(value, nameof(Link)); }

    /// <summary>Moment of first publication; entries are ordered by it.</summary>
    public required DateTimeOffset Published { get; init; }

    /// <summary>Moment of the last change worth a reader's attention; <see cref="Published"/> when absent.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>Names of the authors. E-mail addresses in them are dropped.</summary>
    public IReadOnlyList<string> Authors { get; init => field = AuthorName.Clean(value); } = [];

    /// <summary>Categories or tags, plain text.</summary>
    public IReadOnlyList<string> Categories { get; init => field = LegalText.Lines(value); } = [];

    /// <summary>Summary, plain text; line breaks allowed.</summary>
    public string? Summary { get; init => field = LegalText.CleanOrNull(value); }

    /// <summary>Body in HTML. The caller has sanitised it and made its links absolute; only illegal characters are dropped here.</summary>
    public string? ContentHtml { get; init => field = LegalText.CleanOrNull(value); }

    /// <summary>Attached files. RSS 2.0 carries the first only, Atom and JSON Feed all, RSS 1.0 none.</summary>
    public IReadOnlyList<FeedEnclosure> Enclosures { get; init => field = [.. value]; } = [];

    /// <summary>Address of the page where readers comment.</summary>
    /// <exception cref="ArgumentException">The address is not absolute http or https.</exception>
    public Uri? Comments { get; init => field = WebAddress.RequireOrNull(value, nameof(Comments)); }

    /// <summary>The feed that the entry was taken from, to give credit.</summary>
    public FeedSource? Source { get; init; }

    internal DateTimeOffset LastChange => Updated ?? Published;

    internal string SummaryOrTitle => Summary ?? Title;
}
