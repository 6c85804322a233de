using System.Globalization;
using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using TerritoireCollab.Markup;
using TerritoireCollab.Syndication.Reading;
using TerritoireCollab.Syndication.Text;

namespace TerritoireCollab.Syndication;

/// <summary>A bookmark of a file of bookmarks.</summary>
/// <param name="Title">Title, plain text of one line.</param>
/// <param name="Address">Address of the page: http or https.</param>
public sealed record BookmarkEntry(string Title, Uri Address)
{
    /// <summary>When it was added, where it is known.</summary>
    public DateTime? AddedAt { get; init; }

    /// <summary>What is said of it, plain text, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Its tags; of a file that has folders, the folders around it too, from the root.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>
/// The file of bookmarks that every browser writes and reads (« NETSCAPE-Bookmark-file-1 »), which no standard describes: a list of links in a
/// HTML of 1996, whose elements nobody closes.
/// </summary>
public static class NetscapeBookmarks
{
    private const int LongestTitle = 300;
    private const int LongestText = 10_000;
    private const int MostFolders = 64;

    /// <summary>The links of web pages of a file, or of any page, in order. Never throws, whatever the bytes are; tags are read one after the other.</summary>
    /// <param name="bytes">The file.</param>
    public static IReadOnlyList<BookmarkEntry> Read(ReadOnlySpan<byte> bytes)
    {
        var reading = new Reading();
        foreach (var token in Sanitizer.Read(DocumentText.Decode(bytes, null).Text))
        {
            if (token.Type == HtmlTokenType.StartTag) reading.Start((HtmlTagToken)token);
            else if (token.Type == HtmlTokenType.EndTag) reading.End(token.Name);
            else if (token.Type == HtmlTokenType.Character) reading.Add(token.Data);
        }

        return reading.Finish();
    }

    /// <summary>Writes a file that every browser takes.</summary>
    /// <param name="title">Title of the file.</param>
    /// <param name="entries">Bookmarks, in order.</param>
    public static byte[] WriteUtf8(string title, IEnumerable<BookmarkEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var text = new StringBuilder("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=UTF-8\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<TITLE>{Html(title)}</TITLE>\n<H1>{Html(title)}</H1>\n<DL><p>\n");
        foreach (var entry in entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"    <DT><A HREF=\"{Html(entry.Address.AbsoluteUri)}\"");
            if (entry.AddedAt is { } at) text.Append(CultureInfo.InvariantCulture, $" ADD_DATE=\"{new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)).ToUnixTimeSeconds()}\"");
            if (entry.Tags.Count > 0) text.Append(CultureInfo.InvariantCulture, $" TAGS=\"{Html(string.Join(',', entry.Tags.Select(t => t.Replace(',', ' '))))}\"");
            text.Append(CultureInfo.InvariantCulture, $">{Html(entry.Title)}</A>\n");
            if (LegalText.OneLineOrNull(entry.Description) is { } description) text.Append(CultureInfo.InvariantCulture, $"    <DD>{Html(description)}\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("</DL><p>\n").ToString());
    }

    private static string Html(string text) => WebUtility.HtmlEncode(LegalText.OneLineOrNull(text) ?? "");

    // One link is under way at a time: its title until </a>, then its description until whatever comes next.
    private sealed class Reading
    {
        private readonly List<BookmarkEntry> _entries = [];
        private readonly List<string> _folders = [];
        private readonly StringBuilder _text = new();
        private string? _heading;
        private BookmarkEntry? _entry;
        private Part _part;

        private enum Part
        {
            None,
            Heading,
            Title,
            Description,
        }

        public void Start(HtmlTagToken tag)
        {
            switch (tag.Name)
            {
                case "a":
                    Keep();
                    if (Entry(tag) is not { } entry) break;
                    (_entry, _part) = (entry, Part.Title);
                    break;
                case "dd" when _entry is not null:
                    EndTitle();
                    _part = Part.Description;
                    break;
                case "h3":
                    Keep();
                    _part = Part.Heading;
                    break;
                case "dl":
                    Keep();
                    // The list of the whole file stands under no heading.
                    if (_folders.Count < MostFolders) _folders.Add(_heading ?? "");
                    _heading = null;
                    break;
                case "dt" or "hr":
                    Keep();
                    break;
            }
        }

        public void End(string name)
        {
            if (name == "a") EndTitle();
            else if (name == "h3" && _part == Part.Heading) (_heading, _part) = (Taken(LongestTitle), Part.None);
            else if (name == "dl")
            {
                Keep();
                if (_folders.Count > 0) _folders.RemoveAt(_folders.Count - 1);
            }
        }

        public void Add(string text)
        {
            if (_part != Part.None && _text.Length < LongestText) _text.Append(text);
        }

        public IReadOnlyList<BookmarkEntry> Finish()
        {
            Keep();
            return _entries;
        }

        private BookmarkEntry? Entry(HtmlTagToken tag)
        {
            if (!Uri.TryCreate(tag.GetAttribute("href")?.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) return null;

            var tags = (tag.GetAttribute("tags") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return new("", address)
            {
                AddedAt = long.TryParse(tag.GetAttribute("add_date"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime : null,
                Tags = [.. _folders.Where(f => f.Length > 0).Concat(tags).Distinct(StringComparer.OrdinalIgnoreCase)],
            };
        }

        private void EndTitle()
        {
            if (_part != Part.Title || _entry is null) return;

            _entry = _entry with { Title = Taken(LongestTitle) ?? _entry.Address.Host };
            _part = Part.None;
        }

        private void Keep()
        {
            EndTitle();
            if (_entry is not null) _entries.Add(_part == Part.Description ? _entry with { Description = Taken(LongestText) } : _entry);
            (_entry, _part) = (null, Part.None);
            _text.Clear();
        }

        private string? Taken(int most)
        {
            var line = LegalText.OneLineOrNull(_text.ToString());
            _text.Clear();
            return line?.Length > most ? line[..most] : line;
        }
    }
}
