using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace TerritoireCollab.Syndication.Tests.Reading;

/// <summary>Thousands of feeds of public suites, real ones and those made to trouble a reader, with what the suites say of them.</summary>
public sealed partial class FeedCorpusTests
{
    // For each byte of a document, and to begin with. What takes long allocates much; the clock of a test machine says nothing.
    private const long MostAllocatedPerByte = 200;
    private const long MostAllocatedAtFirst = 20_000_000;

    private static readonly HashSet<string> Active = [.. "script style iframe frame frameset object embed applet form input button textarea select link meta base svg math template noscript audio video source".Split(' ')];

    [Fact]
    public void Corpus_EveryFile_ReadWithinItsMeans()
    {
        var wrong = new List<string>();
        var feeds = FeedCorpus.Feeds();
        foreach (var feed in feeds)
        {
            var bytes = feed.Bytes();
            var before = GC.GetAllocatedBytesForCurrentThread();
            FeedReader.Read(bytes, feed.Origin);
            if (GC.GetAllocatedBytesForCurrentThread() - before is var spent && spent > MostAllocatedAtFirst + (MostAllocatedPerByte * bytes.Length)) wrong.Add($"{feed.Name}: {spent}");
        }

        Assert.NotEmpty(feeds);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Corpus_AssertedKeys_NearlyAllRight()
    {
        var (right, wrong) = (0, new List<string>());
        foreach (var feed in FeedCorpus.Feeds().Where(f => f.Kind != "sanitize" && f.Expected.Count > 0))
        {
            var read = FeedReader.Read(feed.Bytes(), feed.Origin);
            foreach (var (key, expected) in feed.Expected)
                if (CorpusValue.IsAsExpected(read, key, expected) is { } isRight)
                    if (isRight) right++;
                    else wrong.Add($"{feed.Name}: {key} = {expected}");
        }

        Assert.True(right > 1_000, $"only {right} keys");
        Assert.True(right >= 0.985 * (right + wrong.Count), $"{wrong.Count} of {right + wrong.Count}:\n" + string.Join('\n', wrong));
    }

    [Fact]
    public void Corpus_TextsMadeToRun_OnlyTheHarmlessIsLeft()
    {
        var (seen, wrong) = (0, new List<string>());
        foreach (var feed in FeedCorpus.Feeds().Where(f => f.Kind == "sanitize"))
        {
            var read = FeedReader.Read(feed.Bytes(), feed.Origin);
            if (read is null) continue;

            foreach (var html in new[] { read.Description }.Concat(read.Items.SelectMany(i => new[] { i.Summary, i.Content })).OfType<string>())
                if (Dangers(html) is { Count: > 0 } dangers) wrong.Add($"{feed.Name}: {string.Join(' ', dangers)}: {html}");
            foreach (var (key, expected) in feed.Expected.Where(e => e.Key.EndsWith("summary", StringComparison.Ordinal) || e.Key.EndsWith("value", StringComparison.Ordinal) || e.Key.EndsWith("title", StringComparison.Ordinal)))
            {
                seen++;
                if (!IsThere(read, key, expected.GetString())) wrong.Add($"{feed.Name}: {key} lacks {expected}");
            }
        }

        Assert.True(seen > 200, $"only {seen} texts");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Dates_OfTheTable_AllRight()
    {
        var wrong = new List<string>();
        foreach (var row in FeedCorpus.Table("tables/dates.json"))
        {
            var (input, read) = (row.GetProperty("input").GetString(), FeedDates.Parse(row.GetProperty("input").GetString()));
            var expected = row.TryGetProperty("utc", out var utc) ? utc.GetString() : read is null ? "a date" : Written(read);
            if (Written(read) != expected) wrong.Add($"{input}: {read}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Pages_OfTheCorpus_AllTheirFeedsFound()
    {
        var page = new Uri("https://page.example/rep/page.html");
        foreach (var row in FeedCorpus.Table("discovery/expectations.json"))
        {
            var name = row.GetProperty("file").GetString()!;
            var expected = row.GetProperty("links").EnumerateArray().Select(link => new Uri(page, link.GetProperty("href").GetString())).Select(a => a.AbsoluteUri);
            var found = FeedDiscovery.Find(File.ReadAllText(Path.Combine(FeedCorpus.Folder, name)), page).Named.Select(c => c.Address.AbsoluteUri);

            Assert.Equal(expected.Order(), found.Order());
        }
    }

    [Fact]
    public void Addresses_OfTheTable_WithoutTheirMarks()
    {
        foreach (var row in FeedCorpus.Table("tables/url-cleaning.json"))
        {
            Uri?[] sites = [.. new[] { "baseURL", "feedURL" }.Select(name => row.TryGetProperty(name, out var site) ? new Uri(site.GetString()!) : null)];
            var clean = CanonicalAddress.WithoutTracking(new(row.GetProperty("input").GetString()!), sites).AbsoluteUri;

            // A blank may be written in two ways.
            Assert.Equal(row.GetProperty("expected").GetString()!.Replace('+', ' ').Replace("%20", " ", StringComparison.Ordinal), clean.Replace('+', ' ').Replace("%20", " ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Pairs_OfTheSanitiserTable_NothingActiveAndTheTextThere()
    {
        foreach (var row in FeedCorpus.Table("tables/sanitizer.json"))
        {
            var item = TownHall.Item($"<description>{System.Net.WebUtility.HtmlEncode(row.GetProperty("input").GetString())}</description>", row.GetProperty("baseUrl").GetString());

            Assert.Empty(Dangers(item.Summary ?? ""));
            // What stands there for those without script is for us too: more words than expected may be left, not fewer.
            Assert.Subset(WordSet(item.Summary), WordSet(row.GetProperty("expected").GetString()));
        }
    }

    [Fact]
    public void Attacks_OfTheCorpus_ReadOrRefused()
    {
        var folder = Path.Combine(FeedCorpus.Root, "xml-feed-attacks");
        Assert.SkipUnless(File.Exists(Path.Combine(folder, "manifest.json")), "skipped: not here");
        var wrong = new List<string>();
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        foreach (var row in manifest.RootElement.EnumerateArray().Where(r => r.GetProperty("format").GetString() != "opml"))
        {
            var (name, expect) = (row.GetProperty("file").GetString()!, row.GetProperty("expect").GetString()!);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var read = FeedReader.Read(Bytes(Path.Combine(folder, name)), new() { Address = new("http://attack.test/feed") });
            if (GC.GetAllocatedBytesForCurrentThread() - before > 300_000_000) wrong.Add(name + ": memory");
            if (!IsAsAsked(read, expect, row.TryGetProperty("title", out var title) ? title.GetString() : null)) wrong.Add($"{name}: {expect}, {read?.Title}");
        }

        // UTF-7 is dead, for good reasons.
        Assert.Equal(["charset-utf-7.xml"], wrong.Select(w => w.Split(':')[0]));
    }

    private static bool IsAsAsked(FeedReading? read, string expect, string? title) => expect switch
    {
        "parse" or "degrade-or-parse" when title is not null => read is not null && (read.Title == title || read.Items.Any(i => i.Title == title)),
        "parse" or "parse-without-fetch" or "degrade-or-parse" => read is { Items.Count: > 0 },
        "limit" => read is { Items.Count: > 0 and <= FeedReader.MostItems },
        "reject-with-message" => read is null,
        "sanitize" => read is { Items.Count: > 0 } && read.Items.SelectMany(i => new[] { i.Summary, i.Content }).OfType<string>().All(html => Dangers(html).Count == 0),
        "no-fetch-no-leak" => read is null || !string.Concat(read.Title, read.Description, string.Concat(read.Items.Select(i => i.Title + i.Summary))).Contains("root:", StringComparison.Ordinal),
        _ => true,
    };

    private static byte[] Bytes(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.Ordinal)) return File.ReadAllBytes(path);

        using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        packed.CopyTo(memory);
        return memory.ToArray();
    }

    // By a parser's tree, and by a list that is not the sanitiser's.
    private static List<string> Dangers(string html)
    {
        using var document = new HtmlParser().ParseDocument("<body>" + html);
        var elements = document.Body!.QuerySelectorAll("*").Concat(document.Head!.QuerySelectorAll("*")).ToList();
        return
        [
            .. elements.Select(e => e.LocalName).Where(Active.Contains),
            .. elements.SelectMany(e => e.Attributes).Where(a => a.Name.StartsWith("on", StringComparison.Ordinal) || a.Name is "style" or "srcset" or "id" or "background" || (a.Name is "href" or "src" && !Harmless().IsMatch(a.Value))).Select(a => $"{a.Name}={a.Value}"),
        ];
    }

    private static bool IsThere(FeedReading read, string key, string? expected)
    {
        var item = read.Items is [var first, ..] ? first : null;
        var html = key switch
        {
            "feed.title" => System.Net.WebUtility.HtmlEncode(read.Title),
            "feed.subtitle" => read.Description,
            _ when key.EndsWith("title", StringComparison.Ordinal) => System.Net.WebUtility.HtmlEncode(item?.Title),
            _ when key.EndsWith("value", StringComparison.Ordinal) => item?.Content ?? item?.Summary,
            _ => item?.Summary ?? item?.Content,
        };
        return Words(CorpusValue.Text(html)).Contains(Words(CorpusValue.Text(expected)), StringComparison.Ordinal);
    }

    // The letters: a frame becomes a link, whose name may stand between two words, and signs of markup are none.
    private static string Words(string text) => string.Concat(text.Replace("example.com", "", StringComparison.Ordinal).Where(char.IsLetterOrDigit));

    private static HashSet<string> WordSet(string? html) => [.. CorpusValue.Text(html).Split([' ', '.'], StringSplitOptions.RemoveEmptyEntries)];

    private static string? Written(DateTimeOffset? moment) => moment?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?:https?://|mailto:)", RegexOptions.IgnoreCase)]
    private static partial Regex Harmless();
}
