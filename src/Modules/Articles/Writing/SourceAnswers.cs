using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Articles.Writing;

/// <summary>An answer to the content that an article is made from.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Extract">Its beginning.</param>
/// <param name="IsAccepted">Whether it was accepted as the answer.</param>
public sealed record SourceAnswer(int Number, string Author, string Extract, bool IsAccepted);

/// <summary>The answers to what an article is made from: its writer chooses which are quoted in it.</summary>
internal sealed class SourceAnswers(Platform.Modules.Faces faces)
{
    private const int Most = 100;
    private const int ExtractLength = 240;

    /// <summary>Those to choose from, in their order.</summary>
    public async Task<IReadOnlyList<SourceAnswer>> ListAsync(AppDbContext db, ContentItem source, CancellationToken cancellation)
    {
        if (source.CommentCount == 0) return [];

        var found = await Messages(db, source).Take(Most).Select(c => new { c.Number, c.Author!.Name, c.Body }).ToListAsync(cancellation);
        var accepted = found.Count == 0 ? null : await faces.Of(source.Kind).AcceptedAsync(db, source.Id, cancellation);
        return [.. found.Select(c => new SourceAnswer(c.Number, c.Name, Excerpt.Of(c.Body, ExtractLength), c.Number == accepted))];
    }

    /// <summary>Those of these numbers as quotations in Markdown, each under the name of its author; in their order.</summary>
    public static async Task<string> QuoteAsync(AppDbContext db, ContentItem source, IReadOnlyCollection<int> numbers, CancellationToken cancellation)
    {
        if (numbers.Count == 0) return "";

        var found = await Messages(db, source).Where(c => numbers.Contains(c.Number)).Take(Most).Select(c => new { c.Author!.Name, c.Body }).ToListAsync(cancellation);
        return string.Concat(found.Select(c => "\n\n" + Quoted(c.Name, c.Body)));
    }

    private static IQueryable<Comment> Messages(AppDbContext db, ContentItem source) =>
        db.Comments.AsNoTracking().Where(c => c.ItemId == source.Id && c.Kind == CommentKind.Message).OrderBy(c => c.RootNumber).ThenBy(c => c.Number);

    private static string Quoted(string author, string body) =>
        $"> **{author}**\n>\n{string.Join('\n', body.ReplaceLineEndings("\n").Trim().Split('\n').Select(l => l.Length == 0 ? ">" : "> " + l))}";
}
