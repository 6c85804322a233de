using System.Text;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Issues;

/// <summary>
/// A whole issue as one Markdown text: what the search finds, and what feeds and mails carry. What comes from elsewhere is plain text
/// and stays so, whatever signs it holds.
/// </summary>
internal static class IssueMarkdown
{
    // A mail takes some 40 kB of HTML before its styles: a longer issue keeps every article there and quotes less of each.
    private const int Long = 28_000;
    private const int ShortExcerpt = 160;

    /// <summary>The introduction, then each rubric with its articles.</summary>
    /// <param name="introduction">The animator's word, in Markdown.</param>
    /// <param name="articles">In order, with the name of who found each.</param>
    public static string Of(string introduction, IReadOnlyList<(IssueArticle Article, string? Finder)> articles)
    {
        var whole = Write(introduction, articles, Pool.News.ExcerptLength);
        if (whole.Length > Long) whole = Write(introduction, articles, ShortExcerpt);
        return whole.Length > RichText.MaxLength ? Write(introduction, articles, 0) : whole;
    }

    private static string Write(string introduction, IReadOnlyList<(IssueArticle Article, string? Finder)> articles, int excerptLength)
    {
        var text = new StringBuilder(introduction.TrimEnd());
        string? rubric = null;
        foreach (var (article, finder) in articles)
        {
            if (article.Rubric is { } named && named != rubric) Block(text, $"# {PlainMarkdown.Quiet(named)}");
            rubric = article.Rubric;
            Block(text, $"## [{PlainMarkdown.Quiet(article.Title)}]({Destination(article.Address)})");
            if (!string.IsNullOrWhiteSpace(article.Line)) Block(text, PlainMarkdown.Quiet(article.Line));
            if (article.Excerpt.Length > 0 && excerptLength > 0) Block(text, "> " + PlainMarkdown.Quiet(Excerpt.Cut(article.Excerpt, excerptLength)));
            Block(text, PlainMarkdown.Quiet(Credit(article.SourceName, article.Author, article.DatedAt, finder)));
        }

        return text.ToString();
    }

    /// <summary>« La Gazette, Anne Essai, 28 novembre 2026. Trouvé par Luc Essai. »</summary>
    private static string Credit(string source, string? author, DateTime datedAt, string? finder)
    {
        var from = string.Join(", ", new[] { source, author, Dates.Full(DateOnly.FromDateTime(datedAt)) }.Where(p => !string.IsNullOrWhiteSpace(p)));
        return finder is null ? $"{from}." : IssueTexts.CreditFound.With(from, finder);
    }

    private static void Block(StringBuilder text, string block)
    {
        if (text.Length > 0) text.Append("\n\n");
        text.Append(block);
    }

    /// <summary>An address as the destination of a link.</summary>
    public static string Destination(string address) => $"<{address.Replace("\\", "%5C", StringComparison.Ordinal).Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal).Replace("&", "&amp;", StringComparison.Ordinal)}>";
}
