using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Ui.Components;
using TerritoireCollab.Wiki.Resources;

namespace TerritoireCollab.Wiki.Writing;

/// <summary>A comment beside the text of a page.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Text">How it begins.</param>
/// <param name="Quote">The passage that it is about.</param>
/// <param name="Answers">How many answered it.</param>
public sealed record PageNote(int Number, string Author, string Text, string Quote, int Answers);

/// <summary>A page with its passages marked.</summary>
/// <param name="Html">Its text.</param>
/// <param name="Beside">Open comments in the order of their passages.</param>
/// <param name="Gone">Open comments whose passage is no longer in the text.</param>
public sealed record AnnotatedPage(string Html, IReadOnlyList<PageNote> Beside, IReadOnlyList<PageNote> Gone);

/// <summary>Comments in the margin of a page: which passages they are about, and where these stand in the text of today.</summary>
internal sealed class AnnotatePage(Rights rights) : IAnnotatedText
{
    private const int Most = 100;
    private const int TextLength = 240;

    /// <inheritdoc />
    public string Kind => WikiModule.PageKind;

    /// <inheritdoc />
    public async Task<string> HtmlAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        var page = await db.Set<WikiPage>().AsNoTracking().FirstAsync(p => p.Id == item.Id, cancellation);
        return PageHtml.For(page.Html(), page.Body, await ReadPage.LinksAsync(db, page, cancellation), null).Html;
    }

    /// <inheritdoc />
    public async Task<bool> MayWriteAsync(AppDbContext db, ContentItem item, Standing standing, CancellationToken cancellation) =>
        rights.Allows(PageRights.ToWrite(await db.Set<WikiPage>().Where(p => p.Id == item.Id).Select(p => p.Writers).FirstAsync(cancellation)), standing);

    /// <summary>The text with its passages marked, each leading to its comment.</summary>
    /// <param name="db">The context of the reader.</param>
    /// <param name="item">The row of the page.</param>
    /// <param name="html">Its text as the reader sees it.</param>
    /// <param name="address">Address of the comment of a number.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static async Task<AnnotatedPage> ReadAsync(AppDbContext db, ContentItem item, string html, Func<int, string> address, CancellationToken cancellation)
    {
        var rows = await db.Comments.AsNoTracking().Where(c => c.ItemId == item.Id && c.Quote != null && c.ResolvedAt == null).OrderBy(c => c.Number).Take(Most)
            .Select(c => new { c.Number, c.Author!.Name, c.Body, Passage = new Passage(c.Quote!, c.QuotePrefix!, c.QuoteSuffix!), Answers = db.Comments.Count(a => a.ItemId == c.ItemId && a.RootNumber == c.Number && a.Number != c.Number) })
            .ToListAsync(cancellation);
        if (rows.Count == 0) return new(html, [], []);

        var text = new PassageText(html);
        var found = rows.ConvertAll(r => (Note: new PageNote(r.Number, r.Name, Excerpt.Of(r.Body, TextLength), r.Passage.Quote, r.Answers), Place: text.Find(r.Passage)));
        var beside = found.Where(f => f.Place is not null).OrderBy(f => f.Place!.Value.Start).ThenBy(f => f.Note.Number).ToList();
        var marked = text.Mark(beside.ConvertAll(f => f.Place!.Value), i => Number(beside[i].Note.Number, address));
        return new(marked, beside.ConvertAll(f => f.Note), [.. found.Where(f => f.Place is null).Select(f => f.Note)]);
    }

    private static string Number(int number, Func<int, string> address) =>
        Html.Of($"<a class=\"passage-n\" id=\"p{number}\" href=\"{address(number)}\" aria-label=\"{WikiTexts.NoteComment.With(number)}\">{number}</a>").Value;
}
