using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using TerritoireCollab.Markup;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>What a page says of itself. All is plain text of one line, as the page puts it, and none of it is to be believed.</summary>
public sealed record PageFacts
{
    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>What it is about.</summary>
    public string? Description { get; init; }

    /// <summary>Name of the site.</summary>
    public string? SiteName { get; init; }

    /// <summary>Who wrote it.</summary>
    public string? Author { get; init; }

    /// <summary>When it was published, as it is written there.</summary>
    public string? PublishedText { get; init; }

    /// <summary>Language tag, such as <c>fr</c>.</summary>
    public string? Language { get; init; }

    /// <summary>The address under which the page wishes to be known, at its own host; null when it says none that can be.</summary>
    public Uri? Canonical { get; init; }

    /// <summary>Address of its picture.</summary>
    public Uri? Picture { get; init; }
}

/// <summary>
/// Reads what a page says of itself, for the form that proposes it. Tags are read one after the other, no tree is built: a page nested a hundred
/// thousand times costs no more than another of its length.
/// </summary>
public static partial class PageReader
{
    // Longest results, in UTF-16 units.
    private const int MaxTitle = 300;
    private const int MaxDescription = 1000;
    private const int MaxName = 200;
    private const int MaxJson = 200_000;

    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 32 };

    /// <summary>What the page says; never throws, whatever the bytes are.</summary>
    /// <param name="bytes">The page, or its beginning.</param>
    /// <param name="contentType">Content-Type of the answer.</param>
    /// <param name="address">Address that answered: relative ones start from it.</param>
    public static PageFacts Read(ReadOnlySpan<byte> bytes, string? contentType, Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var page = Scan(PageText.Decode(bytes, contentType));
        var start = Absolute(page.Base, address) ?? address;
        return new()
        {
            Title = First(MaxTitle, page.Meta("og:title"), page.Meta("twitter:title"), page.Text("title"), page.Text("h1"), page.Json("headline")),
            Description = First(MaxDescription, page.Meta("og:description"), page.Meta("description"), page.Meta("twitter:description"), page.Json("description")),
            SiteName = First(MaxName, page.Meta("og:site_name"), page.Meta("application-name")),
            Author = First(MaxName, page.Meta("author"), NotAnAddress(page.Meta("article:author")), page.Meta("dc.creator"), page.Json("author")),
            PublishedText = First(MaxName, page.Meta("article:published_time"), page.Meta("datepublished"), page.Json("datePublished"), page.Meta("dc.date"), page.Meta("date"), page.Time),
            Language = Language(page.Lang) ?? Language(page.Meta("content-language")) ?? Language(page.Meta("og:locale")),
            Canonical = CanonicalOf(page.Canonical, start, address),
            Picture = Absolute(page.Meta("og:image:secure_url") ?? page.Meta("og:image") ?? page.Meta("twitter:image"), start),
        };
    }

    private static string? First(int maxChars, params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts) if (PlainLine.Of(text, maxChars) is { } line) return line;
        return null;
    }

    private static string? NotAnAddress(string? text) => text?.Contains("://", StringComparison.Ordinal) == true ? null : text;

    private static string? Language(string? text) => text?.Trim().Replace('_', '-') is { } tag && LanguageTag().IsMatch(tag) ? tag : null;

    // The answer decides what a page is; the page may only choose among its own addresses. A site whose pages all call themselves its first
    // page, as badly set ones do, is not believed either: they would all become one.
    private static Uri? CanonicalOf(string? text, Uri start, Uri address)
    {
        if (Absolute(text, start) is not { } canonical || !HostOf(canonical).Equals(HostOf(address), StringComparison.OrdinalIgnoreCase)) return null;
        return canonical.PathAndQuery == "/" && address.PathAndQuery != "/" ? null : canonical;
    }

    private static string HostOf(Uri address) => address.IdnHost.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? address.IdnHost[4..] : address.IdnHost;

    private static Uri? Absolute(string? text, Uri start) =>
        text?.Trim() is { Length: > 0 and <= AddressPolicy.MaxLength } written && Uri.TryCreate(start, written, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 ? address : null;

    private static PageScan Scan(string html)
    {
        var page = new PageScan();
        foreach (var token in Sanitizer.Read(html))
        {
            switch (token.Type)
            {
                case HtmlTokenType.StartTag:
                    page.Start((HtmlTagToken)token);
                    break;
                case HtmlTokenType.EndTag:
                    page.End(token.Name);
                    break;
                case HtmlTokenType.Character:
                    page.Add(token.Data);
                    break;
            }
        }

        return page;
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
    private static partial Regex LanguageTag();

    // What was met on the way; of each thing the first counts.
    private sealed class PageScan
    {
        private readonly Dictionary<string, string> _metas = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, StringBuilder> _texts = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, string> _json = new(StringComparer.Ordinal);
        private string? _open;

        public string? Lang { get; private set; }
        public string? Base { get; private set; }
        public string? Canonical { get; private set; }
        public string? Time { get; private set; }

        public string? Meta(string name) => _metas.GetValueOrDefault(name);

        public string? Text(string element) => _texts.GetValueOrDefault(element)?.ToString();

        public string? Json(string name) => _json.GetValueOrDefault(name);

        public void Start(HtmlTagToken tag)
        {
            switch (tag.Name)
            {
                case "html":
                    Lang ??= Value(tag, "lang");
                    break;
                case "base":
                    Base ??= Value(tag, "href");
                    break;
                case "meta":
                    foreach (var name in new[] { tag.GetAttribute("property"), tag.GetAttribute("name"), tag.GetAttribute("itemprop"), tag.GetAttribute("http-equiv") })
                        if (name is { Length: > 0 and < 60 } && tag.GetAttribute("content") is { Length: > 0 } content) _metas.TryAdd(name.Trim(), content);
                    break;
                case "link" when tag.GetAttribute("rel")?.Split(' ').Contains("canonical", StringComparer.OrdinalIgnoreCase) == true:
                    Canonical ??= Value(tag, "href");
                    break;
                case "time" when tag.GetAttribute("datetime") is { Length: > 0 } moment:
                    Time ??= moment;
                    break;
                case "script" when tag.GetAttribute("type")?.Trim().Equals("application/ld+json", StringComparison.OrdinalIgnoreCase) == true:
                    _texts.Remove("script");
                    Open("script");
                    break;
                // Pictures have titles too, and are no page.
                case "svg" or "math" when _open is null && !tag.IsSelfClosing && !_texts.ContainsKey("title"):
                    _open = tag.Name;
                    break;
                case "title" or "h1":
                    Open(tag.Name);
                    break;
            }
        }

        public void End(string name)
        {
            if (name != _open) return;

            _open = null;
            if (name == "script") ReadJson(Text("script")!);
        }

        public void Add(string text)
        {
            if (_open is null || !_texts.TryGetValue(_open, out var texts)) return;
            if (texts.Length < (_open == "script" ? MaxJson : MaxTitle * 10)) texts.Append(text);
        }

        private static string? Value(HtmlTagToken tag, string name) => tag.GetAttribute(name) is { Length: > 0 } value ? value : null;

        private void Open(string name)
        {
            if (_open is null && _texts.TryAdd(name, new StringBuilder())) _open = name;
        }

        private void ReadJson(string text)
        {
            try
            {
                using var document = JsonDocument.Parse(text, Tolerant);
                Note(document.RootElement, 0);
            }
            catch (JsonException)
            {
                // Written by hand, as much of it is: the page says the rest elsewhere.
            }
        }

        private void Note(JsonElement element, int depth)
        {
            if (depth > 3) return;
            if (element.ValueKind == JsonValueKind.Array) foreach (var one in element.EnumerateArray().Take(50)) Note(one, depth + 1);
            if (element.ValueKind != JsonValueKind.Object) return;

            if (element.TryGetProperty("@graph", out var graph)) Note(graph, depth + 1);
            foreach (var name in (string[])["headline", "description", "datePublished", "author"])
                if (element.TryGetProperty(name, out var value) && Words(value) is { } words) _json.TryAdd(name, words);
        }

        private static string? Words(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Object => value.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null,
            JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Take(10).Select(Words).OfType<string>()),
            _ => null,
        };
    }
}
