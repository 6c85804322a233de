using System.Net;
using System.Text.RegularExpressions;
using static TerritoireCollab.Syndication.Tests.Sample;

namespace TerritoireCollab.Syndication.Tests;

/// <summary>Texts made of pieces that break writers: what comes back is what was given, less what no XML may hold.</summary>
public partial class HostileTextTests
{
    private const int Rounds = 400;

    private static readonly (string Given, string Expected)[] Pieces =
    [
        ("]]>", "]]>"), ("<![CDATA[", "<![CDATA["), ("&", "&"), ("&amp;", "&amp;"), ("&#0;", "&#0;"), ("&lt;b&gt;", "&lt;b&gt;"),
        ("<b>", "<b>"), ("</title>", "</title>"), ("<!--", "<!--"), ("-->", "-->"), ("<?xml?>", "<?xml?>"), ("\"", "\""), ("'", "'"),
        ("\\u0000", "\\u0000"), ("{0}", "{0}"), ("%00", "%00"), ("é", "é"), ("e\u0301", "e\u0301"), ("ﬁ", "ﬁ"), ("\u00A0", "\u00A0"),
        ("\u202F", "\u202F"), ("\U0001F600", "\U0001F600"), ("👩‍👩‍👧", "👩‍👩‍👧"), ("\U0010FFFD", "\U0010FFFD"), ("עברית", "עברית"),
        ("العربية", "العربية"), ("\u202E", "\u202E"), ("\u200F", "\u200F"), ("漢字", "漢字"), (" ", " "), ("  ", "  "), ("\t", "\t"),
        ("\0", ""), ("\u0001", ""), ("\u000B", ""), ("\u001B[31m", "[31m"), ("\u007F", ""), ("\u0080", ""), ("\u009F", ""),
        ("\uFFFE", ""), ("\uFFFF", ""), ("\uFDD0", ""), ("\U0001FFFE", ""), ("\uFFFD", ""), ("\uD83Dz", "z"), ("z\uDE00", "z"), ("\uFEFF", "\uFEFF"),
        ("\r\n", "\n"), ("\rq", "\nq"), ("\u0085", "\n"), ("\u2028", "\n"), ("\u000C", "\n"),
    ];

    [Fact]
    public void Text_MadeOfHostilePieces_ComesBackFromEveryFormat()
    {
        // A fixed seed: a failure can be seen again.
        var random = new Random(20261122);
        for (var round = 0; round < Rounds; round++)
        {
            var (given, expected) = Compose(random);
            var line = Blanks().Replace(expected, " ");
            var entry = Numbered(1) with { Title = given, Summary = given, ContentHtml = given, Categories = [given], Authors = [given] };
            var feed = Empty with { Title = given, Description = given, Rights = given, Generator = given, Author = given, Entries = [entry] };

            CheckRss(feed, expected, line);
            CheckRdf(feed, expected, line);
            CheckAtom(feed, expected, line);
            CheckJson(feed, expected, line);
        }
    }

    [Theory]
    [InlineData("a]]>b")]
    [InlineData("]]>")]
    [InlineData("]]]]>>")]
    [InlineData("]]]><![CDATA[>")]
    public void Content_EndOfCData_IsNotCut(string html)
    {
        Assert.Equal(html, Item(Entry with { ContentHtml = html }).Element(Content + "encoded")!.Value);
        Assert.Equal(html, RdfItem(Entry with { ContentHtml = html }).Element(Content + "encoded")!.Value);
        Assert.Equal(html, AtomEntry(Entry with { ContentHtml = html }).Element(Atom + "content")!.Value);
    }

    [Fact]
    public void Text_EveryCharacterOfThePlane_CanBeRead()
    {
        // Backwards, so that no two surrogates make a pair.
        var all = string.Concat(Enumerable.Range(0, 0x10000).Reverse().Select(value => (char)value));
        var feed = Empty with { Entries = [Entry with { Summary = all, ContentHtml = all }] };

        var read = AtomEntry(feed.Entries[0]).Element(Atom + "content")!.Value;
        Assert.Equal(read, JsonItem(feed.Entries[0]).Text("content_html"));
        Assert.DoesNotContain(read, character => char.IsControl(character) && character is not ('\n' or '\t'));
        Assert.DoesNotContain(read, character => char.IsSurrogate(character) || character is '\uFFFD' or '\uFFFE' or '\uFFFF');
        Assert.Contains('\uD7FF', read);
        Assert.Contains('\uFFFC', read);
    }

    private static void CheckRss(Feed feed, string expected, string line)
    {
        var channel = Channel(feed);
        var item = channel.Element("item")!;

        Assert.All(["title", "description", "copyright", "generator"], name => Assert.Equal(line, channel.Element(name)!.Value));
        Assert.All(["title", "category"], name => Assert.Equal(line, item.Element(name)!.Value));
        Assert.Equal(line, item.Element(DublinCore + "creator")!.Value);
        Assert.DoesNotContain('<', item.Element("description")!.Value);
        Assert.Equal(expected, WebUtility.HtmlDecode(item.Element("description")!.Value));
        Assert.Equal(expected, item.Element(Content + "encoded")!.Value);
    }

    private static void CheckRdf(Feed feed, string expected, string line)
    {
        var root = ReadXml(feed, FeedFormat.Rdf);
        var item = root.Element(Rss10 + "item")!;

        Assert.Equal(line, root.Element(Rss10 + "channel")!.Element(Rss10 + "title")!.Value);
        Assert.Equal(line, root.Element(Rss10 + "channel")!.Element(DublinCore + "rights")!.Value);
        Assert.Equal(line, item.Element(Rss10 + "title")!.Value);
        Assert.Equal(line, item.Element(DublinCore + "creator")!.Value);
        Assert.Equal(line, item.Element(DublinCore + "subject")!.Value);
        Assert.Equal(expected, WebUtility.HtmlDecode(item.Element(Rss10 + "description")!.Value));
        Assert.Equal(expected, item.Element(Content + "encoded")!.Value);
    }

    private static void CheckAtom(Feed feed, string expected, string line)
    {
        var root = ReadXml(feed, FeedFormat.Atom);
        var entry = root.Element(Atom + "entry")!;

        Assert.All(["title", "subtitle", "rights", "generator", "author"], name => Assert.Equal(line, root.Element(Atom + name)!.Value));
        Assert.All(["title", "author"], name => Assert.Equal(line, entry.Element(Atom + name)!.Value));
        Assert.Equal(line, entry.Element(Atom + "category")!.Attribute("term")!.Value);
        Assert.Equal(expected, entry.Element(Atom + "summary")!.Value);
        Assert.Equal(expected, entry.Element(Atom + "content")!.Value);
    }

    private static void CheckJson(Feed feed, string expected, string line)
    {
        var root = ReadJson(feed);
        var item = root.GetProperty("items")[0];

        Assert.All(["title", "description"], name => Assert.Equal(line, root.Text(name)));
        Assert.Equal(line, root.GetProperty("authors")[0].Text("name"));
        Assert.Equal(line, item.Text("title"));
        Assert.Equal(line, item.GetProperty("tags")[0].GetString());
        Assert.Equal(line, item.GetProperty("authors")[0].Text("name"));
        Assert.Equal(expected, item.Text("summary"));
        Assert.Equal(expected, item.Text("content_html"));
    }

    // The letters at both ends keep blanks inside, where they are not trimmed.
    private static (string Given, string Expected) Compose(Random random)
    {
        var pieces = Enumerable.Range(0, random.Next(1, 12)).Select(_ => Pieces[random.Next(Pieces.Length)]).ToList();
        return ($"a{string.Concat(pieces.Select(piece => piece.Given))}b", $"a{string.Concat(pieces.Select(piece => piece.Expected))}b");
    }

    [GeneratedRegex("[ \t\n]+")]
    private static partial Regex Blanks();
}
