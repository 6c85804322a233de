using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using TerritoireCollab.Markup;
using TerritoireCollab.Syndication;

namespace TerritoireCollab.Platform.Mail;

/// <summary>A link that a mail brings.</summary>
/// <param name="Address">Where it leads; what wrapped or marked it to look over the reader's shoulder is taken off where it can be.</param>
/// <param name="Label">Words of the link, or null when there are none but the address.</param>
/// <param name="Around">Words of its paragraph besides, or of the one that goes with it; null when there are none.</param>
/// <param name="IsTracked">Whether it leads through a service that counts clicks, to nobody knows where.</param>
public sealed record LinkOfMail(Uri Address, string? Label, string? Around, bool IsTracked);

/// <summary>
/// Finds in a mail the links that somebody would send a friend: those of its text, not those of its frame, by which one leaves, shares, reads
/// online or is counted. HTML is read tag by tag, no tree is built. What is found is plain text, and none of it is to be believed.
/// </summary>
public static partial class LinksOfMail
{
    private const int MostLinks = 500;
    private const int LongestAround = 600;
    private const int ShortestAround = 12;

    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "address", "article", "aside", "blockquote", "center", "div", "dl", "dt", "dd", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "tr", "ul",
    };

    /// <summary>The links in their order, each once for one page.</summary>
    /// <param name="text">The text part, or null.</param>
    /// <param name="html">The HTML part, or null; it is believed before the text when it has any link.</param>
    public static IReadOnlyList<LinkOfMail> Read(string? text, string? html)
    {
        var fromHtml = string.IsNullOrWhiteSpace(html) ? [] : Worthy(ParagraphsOfHtml(html));
        return fromHtml.Count > 0 || string.IsNullOrWhiteSpace(text) ? fromHtml : Worthy(ParagraphsOfText(text));
    }

    private static List<LinkOfMail> Worthy(List<Paragraph> paragraphs)
    {
        var found = new List<LinkOfMail>();
        foreach (var (place, paragraph) in paragraphs.Index())
        {
            // The foot of a letter begins where it says how to leave; at its head that is but a line to skip.
            if (Foot().IsMatch(paragraph.Text))
            {
                if (found.Count > 0) break;
                continue;
            }

            foreach (var (written, label) in paragraph.Links)
                if (Unwrapped(written) is { } address && !IsFrame(address, label)) found.Add(new(CanonicalAddress.WithoutTracking(address), label, Around(paragraphs, place, label), IsTracked(address)));
        }

        return [.. found.GroupBy(l => CanonicalAddress.Of(l.Address), StringComparer.Ordinal).Select(g => g.First() with { Label = g.Select(l => l.Label).OfType<string>().MaxBy(l => l.Length), Around = g.Select(l => l.Around).FirstOrDefault(a => a is not null) })
            // A picture that leads to the front page is a logo.
            .Where(l => l.Label is not null || l.Address.AbsolutePath != "/" || l.Around is not null)];
    }

    private static string? Around(List<Paragraph> paragraphs, int place, string? label)
    {
        var own = Without(paragraphs[place], label);
        if (own.Length >= ShortestAround) return own;

        // In letters the words stand under the title that links, in what people write above the link.
        foreach (var near in new[] { place + 1, place - 1 })
            if (near >= 0 && near < paragraphs.Count && paragraphs[near] is { Links.Count: 0, Text.Length: >= ShortestAround } words && !Foot().IsMatch(words.Text)) return Cut(words.Text);
        return own.Length > 0 ? own : null;
    }

    private static string Without(Paragraph paragraph, string? label)
    {
        var text = paragraph.Text;
        if (label is not null && text.IndexOf(label, StringComparison.Ordinal) is >= 0 and var at) text = text.Remove(at, label.Length);
        return Cut(Blanks().Replace(Written().Replace(text, " "), " ").Trim(' ', ':', '-', '–', '•', '*', '>', '<', '(', ')', '.'));
    }

    private static string Cut(string text) => Text.Excerpt.Cut(text, LongestAround);

    // What it leads to is written in the address itself.
    private static Uri? Unwrapped(string written)
    {
        for (var times = 0; times < 3; times++)
        {
            if (!Uri.TryCreate(written, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0) return null;
            if (Inner(address) is not { } inner) return address;

            written = inner;
        }

        return null;
    }

    private static string? Inner(Uri address)
    {
        var host = address.IdnHost;
        if (host.EndsWith(".safelinks.protection.outlook.com", StringComparison.OrdinalIgnoreCase)) return Parameter(address, "url");
        if (host.StartsWith("www.google.", StringComparison.OrdinalIgnoreCase) && address.AbsolutePath == "/url") return Parameter(address, "q") ?? Parameter(address, "url");
        if (host is "l.facebook.com" or "lm.facebook.com") return Parameter(address, "u");
        return host == "urldefense.com" && DefendedAddress().Match(address.AbsoluteUri) is { Success: true } match ? match.Groups[1].Value : null;
    }

    private static string? Parameter(Uri address, string name) =>
        address.Query.TrimStart('?').Split('&').Where(p => p.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase)).Select(p => Uri.UnescapeDataString(p[(name.Length + 1)..])).FirstOrDefault(v => v.Length > 0);

    private static bool IsFrame(Uri address, string? label) =>
        (label is not null && FrameLabel().IsMatch(label)) || FrameAddress().IsMatch(address.AbsoluteUri) || (SocialHost().IsMatch(address.IdnHost) && (label is null || SocialLabel().IsMatch(label))) || PictureFile().IsMatch(address.AbsolutePath);

    private static bool IsTracked(Uri address) => TrackingService().IsMatch(address.IdnHost) || (TrackingHost().IsMatch(address.IdnHost) && OpaquePath().IsMatch(address.PathAndQuery));

    private static List<Paragraph> ParagraphsOfText(string text)
    {
        var paragraphs = new List<Paragraph>();
        var words = new StringBuilder();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimStart('>', ' ', '\t').TrimEnd()))
        {
            if (line is "" or "--" || line.Length > 3 && line.All(c => c is '-' or '_' or '=' or '*')) End();
            else words.Append(words.Length == 0 ? "" : " ").Append(line);
        }

        End();
        return paragraphs;

        void End()
        {
            if (words.Length == 0) return;

            var paragraph = Blanks().Replace(words.ToString(), " ").Trim();
            paragraphs.Add(new(paragraph, [.. Written().Matches(paragraph).Take(MostLinks).Select(m => (Address(m.Value), (string?)null))]));
            words.Clear();
        }
    }

    // A sentence ends after an address, a bracket closes that did not open in it.
    private static string Address(string written)
    {
        written = written.TrimEnd('.', ',', ';', ':', '!', '?', '»', '”', '’', '"', '\'', '*', '_');
        return written.EndsWith(')') && !written.Contains('(', StringComparison.Ordinal) ? written.TrimEnd(')') : written;
    }

    private static List<Paragraph> ParagraphsOfHtml(string html)
    {
        var reader = new HtmlParagraphs();
        foreach (var token in Sanitizer.Read(html))
        {
            switch (token.Type)
            {
                case HtmlTokenType.StartTag:
                    reader.Start((HtmlTagToken)token);
                    break;
                case HtmlTokenType.EndTag:
                    reader.End(token.Name);
                    break;
                case HtmlTokenType.Character:
                    reader.Add(token.Data);
                    break;
            }
        }

        return reader.Finish();
    }

    [GeneratedRegex(@"d[ée]s(inscri|abonn)|unsubscribe|opt[ -]?out|ne (souhaitez|voulez|d[ée]sirez) plus (recevoir|de)|ne plus recevoir|vous recevez (ce|cet|cette)|you (are receiving|received) this", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Foot();

    [GeneratedRegex(@"d[ée]s(inscri|abonn)|unsubscribe|opt[ -]?out|pr[ée]f[ée]rences|g[ée]rer (mes|vos) |mentions l[ée]gales|confidentialit[ée]|donn[ée]es personnelles|privacy|(voir|lire|lise[rz]|version|consulte[rz]|affiche[rz]).{0,30}(en ligne|navigateur)|view (it )?(in|this|online)|s.abonner|abonnez-vous|inscrivez-vous|partage[rz]?\b|^share|transf[ée]rer|faire suivre|nous contacter|contactez-nous|^contact$|plan du site|haut de page", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FrameLabel();

    [GeneratedRegex(@"unsub|d[ei]sinscri|d[ei]sabonn|opt-?out|/preferences?\b|list-manage\.com/(profile|subscribe)|campaign-archive|facebook\.com/sharer|(twitter|x)\.com/(intent|share)|linkedin\.com/share|wa\.me/|api\.whatsapp\.com|w3\.org/|schemas\.microsoft\.com", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FrameAddress();

    [GeneratedRegex(@"(^|\.)(facebook|instagram|twitter|x|linkedin|youtube|tiktok|threads|bsky)\.(com|net|app)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SocialHost();

    [GeneratedRegex(@"^\W*(sur )?(facebook|instagram|twitter|x|linkedin|youtube|tiktok|threads|bluesky)\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SocialLabel();

    [GeneratedRegex(@"\.(png|jpe?g|gif|webp|svg|ico)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PictureFile();

    [GeneratedRegex(@"(^|\.)(list-manage\.com|mjt\.lu|sendibt?\d*\.com|sendibm\d+\.com|sendgrid\.net|mailgun\.org|sparkpostmail\.com|mandrillapp\.com|emlnk\.com|hubspotlinks\.com|awstrack\.me|mlsend\.com|rs6\.net|cmail\d+\.com|createsend\d*\.com|acemlna\d?\.com|sarbacane\.com|mailinblack\.com)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TrackingService();

    [GeneratedRegex(@"^(clicks?|clic|tracking|track|trk|links?|lnk|email|url\d+|u\d+|r|t|tr|e)\.[^.]+\.", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TrackingHost();

    [GeneratedRegex(@"[A-Za-z0-9_%=-]{32,}", RegexOptions.CultureInvariant)]
    private static partial Regex OpaquePath();

    [GeneratedRegex(@"/v3/__(https?://?.+?)__;", RegexOptions.CultureInvariant)]
    private static partial Regex DefendedAddress();

    [GeneratedRegex(@"https?://[^\s<>""«]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    private sealed record Paragraph(string Text, List<(string Written, string? Label)> Links);

    private sealed class HtmlParagraphs
    {
        private readonly List<Paragraph> _done = [];
        private readonly StringBuilder _words = new();
        private readonly StringBuilder _label = new();
        private List<(string, string?)> _links = [];
        private string? _address;
        private string? _silent;
        private int _count;

        public void Start(HtmlTagToken tag)
        {
            if (_silent is not null) return;
            if (tag.Name is "style" or "script" or "title" or "head" or "template") _silent = tag.IsSelfClosing ? null : tag.Name;
            else if (tag.Name == "a") Open(tag.GetAttribute("href"));
            else if (tag.Name == "br") Add(" ");
            else if (Blocks.Contains(tag.Name)) Break();
        }

        public void End(string name)
        {
            if (_silent is not null)
            {
                if (name == _silent) _silent = null;
            }
            else if (name == "a") Close();
            else if (Blocks.Contains(name)) Break();
        }

        public void Add(string text)
        {
            if (_silent is not null) return;

            _words.Append(text);
            if (_address is not null) _label.Append(text);
        }

        public List<Paragraph> Finish()
        {
            Close();
            Break();
            return _done;
        }

        private void Open(string? address)
        {
            Close();
            if (++_count <= MostLinks) _address = address?.Trim();
        }

        private void Close()
        {
            if (_address is { Length: > 0 } address)
            {
                var label = Blanks().Replace(_label.ToString(), " ").Trim();
                _links.Add((address, label.Length == 0 || Written().IsMatch(label) ? null : label));
            }

            _address = null;
            _label.Clear();
        }

        // A link may hold blocks, as those around a picture and its title do: it stands in the paragraph in which it ends.
        private void Break()
        {
            if (_address is not null)
            {
                Add(" ");
                return;
            }

            var text = Blanks().Replace(_words.ToString(), " ").Trim();
            if (text.Length > 0 || _links.Count > 0) _done.Add(new(text, _links));
            _words.Clear();
            _links = [];
        }
    }
}
