using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Resources;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Editorials;

/// <summary>What a month gave to write an édito of.</summary>
/// <param name="Text">The draft, in Markdown; empty when no issue can be told of.</param>
/// <param name="IssueCount">Issues that it tells of.</param>
/// <param name="ArticleCount">Articles in them.</param>
/// <param name="LeftOut">Issues of the month whose readers are fewer than the édito's: nothing of them is told.</param>
public sealed record MonthDraft(string Text, int IssueCount, int ArticleCount, int LeftOut);

/// <summary>
/// Drafts the édito of a month out of what was published in it: the numbers, what was discussed most, the rubrics with their articles, the
/// issues. A beginning for the animator, who writes the rest. What was published for few is not told to many.
/// </summary>
internal sealed class DraftEditorial(Dates dates)
{
    private const int MostDiscussed = 3;
    private const int MostOfRubric = 4;

    /// <summary>The draft of an édito for that audience.</summary>
    public async Task<MonthDraft> ExecuteAsync(AppDbContext db, Standing standing, VeilleProfile? profile, int month, Audience audience, CancellationToken cancellation)
    {
        var (since, until) = (dates.Utc(EditorialMonth.First(month)), dates.Utc(EditorialMonth.First(month).AddMonths(1)));
        var published = await db.Set<PublishedIssue>().AsNoTracking().Where(i => i.Item.GroupId == standing.GroupId && i.Item.CreatedAt >= since && i.Item.CreatedAt < until)
            .OrderBy(i => i.Number).Select(i => new ToldIssue(i.Id, i.Number, i.Item.Title, i.Item.ShortId, i.Item.Audience, i.Item.CommentCount)).ToListAsync(cancellation);
        var issues = published.Where(i => i.Audience >= audience).ToList();
        if (issues.Count == 0) return new("", 0, 0, published.Count);

        var ids = issues.ConvertAll(i => i.Id);
        var articles = await (
            from a in db.Set<IssueArticle>().AsNoTracking().Where(a => ids.Contains(a.ItemId))
            from f in db.Items.Where(f => f.Id == a.FindId).DefaultIfEmpty()
            orderby a.PublishedAt, a.Position
            select new Chosen(a.Title, a.Address, a.Rubric, a.Line, a.SourceName, a.FinderId != null, (int?)f!.CommentCount ?? 0, (int?)f.UsefulCount ?? 0)).ToListAsync(cancellation);
        var text = new StringBuilder();
        Numbers(text, month, issues, articles);
        Discussed(text, articles);
        ByRubric(text, articles, RubricList.Parse(profile?.Rubrics));
        Issues(text, standing, profile, issues);
        return new(text.ToString().TrimEnd() + "\n", issues.Count, articles.Count, published.Count - issues.Count);
    }

    private static void Numbers(StringBuilder text, int month, List<ToldIssue> issues, List<Chosen> articles)
    {
        var (found, comments) = (articles.Count(a => a.IsFound), articles.Sum(a => a.Comments) + issues.Sum(i => i.Comments));
        var counts = new[]
        {
            Counted(issues.Count, EditorialTexts.OneIssue, EditorialTexts.SomeIssues),
            Counted(articles.Count, EditorialTexts.OneArticle, EditorialTexts.SomeArticles),
            Counted(articles.Select(a => a.SourceName).Distinct(StringComparer.Ordinal).Count(), EditorialTexts.OneSource, EditorialTexts.SomeSources),
            found == 0 ? null : Counted(found, EditorialTexts.OneFind, EditorialTexts.SomeFinds),
            comments == 0 ? null : Counted(comments, EditorialTexts.OneComment, EditorialTexts.SomeComments),
        };
        text.Append(EditorialTexts.DraftNumbers.With(EditorialMonth.Name(month), string.Join(", ", counts.OfType<string>()))).Append("\n\n");
    }

    private static void Discussed(StringBuilder text, List<Chosen> articles)
    {
        var discussed = articles.Where(a => a.Points > 0).OrderByDescending(a => a.Points).Take(MostDiscussed).ToList();
        if (discussed.Count == 0) return;

        Heading(text, EditorialTexts.DraftDiscussed);
        foreach (var article in discussed)
        {
            string?[] why = [article.Comments == 0 ? null : Counted(article.Comments, EditorialTexts.OneComment, EditorialTexts.SomeComments), article.Useful == 0 ? null : EditorialTexts.DraftUseful.With(article.Useful)];
            Item(text, article, string.Join(", ", why.OfType<string>()));
        }

        text.Append('\n');
    }

    // In the order that the readers know from the revue; what stands in no rubric last, since its heading is « and also ».
    private static void ByRubric(StringBuilder text, List<Chosen> articles, IReadOnlyList<string> order)
    {
        foreach (var rubric in articles.GroupBy(a => a.Rubric).OrderBy(r => r.Key is null ? int.MaxValue : RubricList.Rank(order, r.Key)).ThenBy(r => r.Key, StringComparer.CurrentCulture))
        {
            Heading(text, rubric.Key ?? EditorialTexts.DraftOthers);
            foreach (var article in rubric.OrderByDescending(a => a.Points).ThenByDescending(a => a.Line is not null).Take(MostOfRubric)) Item(text, article, article.Line);
            if (rubric.Count() - MostOfRubric is > 0 and var more) text.Append("- ").Append(Counted(more, EditorialTexts.DraftOneMore, EditorialTexts.DraftSomeMore)).Append('\n');
            text.Append('\n');
        }
    }

    private static void Issues(StringBuilder text, Standing standing, VeilleProfile? profile, List<ToldIssue> issues)
    {
        Heading(text, EditorialTexts.DraftIssues);
        foreach (var issue in issues)
        {
            var address = profile is { ServesTerritory: true } ? VeilleAddress.TerritoryIssue(issue.Number) : VeilleAddress.Issue(standing.Slug, issue.ShortId);
            text.Append("- [").Append(Plain(IssueTitle.Full(issue.Number, issue.Title))).Append("](").Append(address).Append(")\n");
        }
    }

    private static string Counted(int count, string one, string some) => count == 1 ? one : some.With(count);

    private static void Heading(StringBuilder text, string words) => text.Append("## ").Append(Plain(words)).Append("\n\n");

    private static void Item(StringBuilder text, Chosen article, string? note)
    {
        var line = $"[{Plain(article.Title)}]({Destination(article.Address)}), {Plain(article.SourceName)}";
        text.Append("- ").Append(string.IsNullOrWhiteSpace(note) ? line : EditorialTexts.DraftNote.With(line, Plain(note))).Append('\n');
    }

    // A title is a text, whatever signs of Markdown it holds; only those are marked, since a person goes on writing there.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length + 8);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (char.IsControl(letter)) plain.Append(' ');
            else if (IsMark(letter) || IsOfAddress(text, at)) plain.Append('\\').Append(letter);
            else plain.Append(letter);
        }

        return plain.ToString().Trim();
    }

    // Bare where it can be: people read it there.
    private static string Destination(string address) =>
        address.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '/' or '?' or '=' or '.' or '-' or '%' or '+' or '_') ? address : IssueMarkdown.Destination(address);

    private static bool IsMark(char letter) => letter is '\\' or '*' or '_' or '[' or ']' or '`' or '<' or '>' or '#' or '|' or '~' or '@' or '&';

    // A bare address would become a link of its own.
    private static bool IsOfAddress(string text, int at) => text[at] switch
    {
        ':' => EndsWith(text, at, "http") || EndsWith(text, at, "https") || EndsWith(text, at, "mailto"),
        '.' => EndsWith(text, at, "www"),
        _ => false,
    };

    private static bool EndsWith(string text, int at, string word) => text.AsSpan(0, at).EndsWith(word, StringComparison.OrdinalIgnoreCase);

    private sealed record ToldIssue(Guid Id, int Number, string Title, string ShortId, Audience Audience, int Comments);

    private sealed record Chosen(string Title, string Address, string? Rubric, string? Line, string SourceName, bool IsFound, int Comments, int Useful)
    {
        /// <summary>As on the board: a vote says more than a comment.</summary>
        public int Points => (Useful * Board.BoardCard.PointsOfAVote) + (Comments * Board.BoardCard.PointsOfAComment);
    }
}
