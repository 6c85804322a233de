using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Resources;
using TerritoireCollab.Platform.Revisions;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Issues;

/// <summary>An article corrected.</summary>
/// <param name="Id">The article.</param>
/// <param name="Title">Its title.</param>
/// <param name="Line">What the animator says of it, or null.</param>
/// <param name="Excerpt">Excerpt, plain text.</param>
public sealed record ArticleCorrection(Guid Id, string? Title, string? Line, string? Excerpt);

/// <summary>A published issue corrected.</summary>
/// <param name="Title">Title beside the number, or null.</param>
/// <param name="Introduction">The animator's word, in Markdown.</param>
/// <param name="Articles">Its articles; those left out stay as they are.</param>
/// <param name="Version">The version that was read; another one means that somebody has corrected since.</param>
public sealed record IssueCorrection(string? Title, string? Introduction, IReadOnlyList<ArticleCorrection> Articles, int Version)
{
    /// <summary>What becomes of the cover; null leaves it alone.</summary>
    public CoverChange? Cover { get; init; }
}

/// <summary>What the form of a correction shows.</summary>
/// <param name="Standing">The group.</param>
/// <param name="ShortId">Short identifier of the issue.</param>
/// <param name="Number">Its number.</param>
/// <param name="Correction">What it says now.</param>
public sealed record CorrectionForm(Standing Standing, string ShortId, int Number, IssueCorrection Correction)
{
    /// <summary>Its cover, or null.</summary>
    public CoverView? Cover { get; init; }
}

/// <summary>Corrects a published issue. Addresses and identifiers never change, and what it said before is kept.</summary>
internal sealed class CorrectIssue(AppDb database, Rights rights, ModuleCatalog modules, IEnumerable<IContentFace> faces, Bodies bodies, ContentWriter writer, CoverPictures covers, TimeProvider clock)
{
    /// <summary>The issue as it stands, to fill the form.</summary>
    /// <exception cref="NotFoundException">Absent or invisible, or the viewer does not animate the group.</exception>
    public async Task<CorrectionForm> ReadAsync(Viewer viewer, string groupSlug, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (standing, issue) = await FindAsync(db, groupSlug, shortId, cancellation);
        var articles = await ArticlesAsync(db, issue.Id, cancellation);
        return new(standing, shortId, issue.Number, new(
            IssueTitle.Own(issue.Number, issue.Item.Title), issue.Body, [.. articles.Select(a => new ArticleCorrection(a.Id, a.Title, a.Line, a.Excerpt))], issue.Item.Version)) { Cover = CoverView.Of(issue.CoverFileId, issue.CoverText) };
    }

    /// <summary>Saves the correction.</summary>
    /// <exception cref="NotFoundException">Absent or invisible, or the viewer does not animate the group.</exception>
    /// <exception cref="InvalidInputException">A field is empty or too long, nothing would be left, or it was corrected meanwhile.</exception>
    public Task ExecuteAsync(Viewer viewer, string groupSlug, string shortId, IssueCorrection input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (_, issue) = await FindAsync(db, groupSlug, shortId, token);
        var articles = await ArticlesAsync(db, issue.Id, token);
        var item = issue.Item;
        Check(input, item, articles.Count);
        var before = new Revision { TargetId = item.Id, ItemId = item.Id, Title = item.Title, Body = await WholeAsync(db, item.Id, token), EditorId = viewer.MemberId, At = Now };
        var cover = input.Cover is { } change ? await change.ApplyAsync(db, covers, issue.CoverFileId, token) : (issue.CoverFileId, issue.CoverText);
        if (!Rewrite(issue, articles, input) && cover == (issue.CoverFileId, issue.CoverText)) return false;

        (issue.CoverFileId, issue.CoverText) = cover;

        if (issue.Body != (input.Introduction?.Trim() ?? ""))
        {
            var body = await bodies.RenderAsync(db, input.Introduction?.Trim() ?? "", token);
            (issue.Body, issue.BodyHtml, issue.BodyRenderer) = (input.Introduction?.Trim() ?? "", body.Html, body.Renderer);
        }

        db.Revisions.Add(before);
        issue.EditedAt = before.At;
        (item.Title, item.UpdatedAt) = (IssueTitle.Stored(issue.Number, input.Title), before.At);
        item.Excerpt = issue.Body.Length > 0 ? Excerpt.Of(issue.Body, ContentItem.ExcerptLength) : Excerpt.Cut(string.Join(" · ", articles.Select(a => a.Title)), ContentItem.ExcerptLength);
        item.Version++;
        writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<(Standing, PublishedIssue)> FindAsync(AppDbContext db, string groupSlug, string shortId, CancellationToken cancellation)
    {
        var standing = await rights.VeilleOfAsync(db, modules, groupSlug, cancellation);
        if (!rights.Allows(VeilleModule.Curate, standing)) throw new NotFoundException();

        var issue = await db.Set<PublishedIssue>().Include(i => i.Item).FirstOrDefaultAsync(i => i.Item.ShortId == shortId && i.Item.GroupId == standing.GroupId, cancellation);
        return (standing, issue ?? throw new NotFoundException());
    }

    private static Task<List<IssueArticle>> ArticlesAsync(AppDbContext db, Guid itemId, CancellationToken cancellation) =>
        db.Set<IssueArticle>().Where(a => a.ItemId == itemId).OrderBy(a => a.Position).ToListAsync(cancellation);

    // The whole issue as it was read, its articles too.
    private async Task<string> WholeAsync(AppDbContext db, Guid itemId, CancellationToken cancellation) =>
        (await faces.Single(f => f.Kind == VeilleModule.IssueKind).BodiesAsync(db, [itemId], cancellation)).GetValueOrDefault(itemId, "");

    private static void Check(IssueCorrection input, ContentItem item, int articleCount)
    {
        var rules = new Rules();
        rules.Text(input.Title, nameof(input.Title), ContentItem.TitleLength, required: false);
        PrepareIssue.CheckIntroduction(rules, input.Introduction, nameof(input.Introduction));
        rules.Text(input.Cover?.Text, nameof(PublishedIssue.CoverText), Issue.CoverTextLength, required: false);
        rules.Check(articleCount > 0 || !string.IsNullOrWhiteSpace(input.Introduction), nameof(input.Introduction), IssueTexts.NothingToPublish);
        for (var i = 0; i < input.Articles.Count; i++)
        {
            var (article, field) = (input.Articles[i], FormattableString.Invariant($"Articles[{i}]."));
            rules.Text(article.Title, field + nameof(article.Title), News.TitleLength);
            rules.Text(article.Line, field + nameof(article.Line), PoolEntry.LineLength, required: false);
            rules.Text(article.Excerpt, field + nameof(article.Excerpt), News.ExcerptLength, required: false);
        }

        rules.Check(item.Version == input.Version, nameof(input.Introduction), PlatformTexts.EditedMeanwhile);
        rules.Demand();
    }

    private static bool Rewrite(PublishedIssue issue, List<IssueArticle> articles, IssueCorrection input)
    {
        var changed = issue.Body != (input.Introduction?.Trim() ?? "") || issue.Item.Title != IssueTitle.Stored(issue.Number, input.Title);
        foreach (var correction in input.Articles)
        {
            if (articles.Find(a => a.Id == correction.Id) is not { } article) continue;

            var (title, line, excerpt) = (correction.Title!.Trim(), string.IsNullOrWhiteSpace(correction.Line) ? null : correction.Line.Trim(), correction.Excerpt?.Trim() ?? "");
            changed |= (title, line, excerpt) != (article.Title, article.Line, article.Excerpt);
            (article.Title, article.Line, article.Excerpt) = (title, line, excerpt);
        }

        return changed;
    }
}

/// <summary>Puts an issue into the trash, and takes it out. Its number is not given again.</summary>
internal sealed class RemoveIssue(AppDb database, Rights rights, ContentWriter writer)
{
    /// <summary>Puts the issue into the trash and returns the address form of its group.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public Task<string> ExecuteAsync(Viewer viewer, string shortId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, standing) = await rights.RequireItemAsync(db, GroupPermissions.RemoveItem, shortId, token);
        if (item.Kind != VeilleModule.IssueKind) throw new NotFoundException();

        writer.Remove(db, item);
        await db.SaveChangesAsync(token);
        return standing.Slug;
    }, cancellation);

    /// <summary>Takes the issue out of the trash.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public Task UndoAsync(Viewer viewer, string shortId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var item = await db.Items.IgnoreQueryFilters([AppDbContext.DeletedFilter]).FirstOrDefaultAsync(i => i.ShortId == shortId && i.Kind == VeilleModule.IssueKind, token) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, item.GroupId, token);
        if (!rights.Allows(GroupPermissions.RemoveItem, standing, item.AuthorId)) throw new NotFoundException();
        if (item.DeletedAt is null) return false;

        writer.Restore(db, item);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}
