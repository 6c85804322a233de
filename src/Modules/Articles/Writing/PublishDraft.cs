using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Reading;
using TerritoireCollab.Articles.Series;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Resources;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Articles.Writing;

/// <summary>Makes an article of a draft, with the rights of this very moment.</summary>
internal sealed class PublishDraft(AppDb database, Rights rights, PublishContent publish, TimeProvider clock)
{
    /// <summary>Publishes the draft under the name of whoever began it, or of the viewer where that member may publish there no more.</summary>
    /// <returns>Short identifier and title of the article.</returns>
    /// <exception cref="NotFoundException">Absent, the viewer is none of its authors, or the group has no articles any more.</exception>
    /// <exception cref="ForbiddenException">The viewer may not publish articles there.</exception>
    /// <exception cref="InvalidInputException">Something is missing or too long, or the audience is too wide.</exception>
    public async Task<(string ShortId, string Title)> ExecuteAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        ArticleDraft draft;
        await using (var db = database.Open(viewer))
        {
            var standing = await rights.RequireAsync(db, ArticlesModule.WriteArticle, groupSlug, cancellation);
            draft = await DraftRights.RequireDraftAsync(db, standing.GroupId, id, cancellation);
            var rules = new Rules();
            Check(rules, draft, standing);
            rules.Demand();
        }

        var author = draft.CreatedById != viewer.MemberId && await MayAsync(draft.CreatedById, groupSlug, cancellation) ? Viewer.Member(draft.CreatedById) : viewer;
        return (await publish.ExecuteAsync(author, groupSlug, await PublicationAsync(draft, author, cancellation), cancellation), draft.Title);
    }

    /// <summary>Says what the draft lacks to be published.</summary>
    /// <exception cref="InvalidInputException">With every broken rule.</exception>
    public async Task CheckAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, ArticlesModule.WriteArticle, groupSlug, cancellation);
        var rules = new Rules();
        Check(rules, await DraftRights.RequireDraftAsync(db, standing.GroupId, id, cancellation), standing);
        rules.Demand();
    }

    /// <summary>Short identifier of the article that a draft has become, as far as the viewer may read it; null when it has become none.</summary>
    public async Task<string?> FindAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return await db.Items.Where(i => i.Id == id && i.Kind == ArticlesModule.ArticleKind).Select(i => i.ShortId).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Breaks a rule for each thing that an article needs and a draft has not yet.</summary>
    public static void Check(Rules rules, ArticleDraft draft, Standing standing)
    {
        ContentWriter.Check(rules, Content(draft), standing);
        ArticleFields.CheckCover(rules, draft.CoverFileId, draft.CoverText);
    }

    private static ContentInput Content(ArticleDraft draft) => new() { Id = draft.Id, Title = draft.Title, Body = draft.Body, Audience = draft.Audience, Tags = draft.Tags };

    private async Task<Publication<Article>> PublicationAsync(ArticleDraft draft, Viewer author, CancellationToken cancellation)
    {
        await using var theirs = database.Open(author);
        // What it was made from may be gone since, or out of sight of its author: the article stands by itself then.
        var source = draft.SourceShortId is { } shortId && await theirs.Items.AnyAsync(i => i.ShortId == shortId, cancellation) ? shortId : null;
        return new()
        {
            Permission = ArticlesModule.WriteArticle,
            Kind = ArticlesModule.ArticleKind,
            Content = Content(draft),
            Source = source,
            Files = [.. draft.Files.Select(f => new ReceivedFile(f.Name, new StoredBytes(f.File!.Sha256, f.File.Length, f.File.ContentType)))],
            Make = item => new Article
            {
                Id = item.Id,
                Item = item,
                Summary = draft.Summary,
                CoverFileId = draft.CoverFileId,
                CoverText = draft.CoverText,
                WordCount = ReadingTime.Words(draft.Summary) + ReadingTime.Words(draft.Body),
            },
            With = async (db, article, _) =>
            {
                // Another author may have saved in between: what is published is what somebody has seen.
                if (await db.Set<ArticleDraft>().Where(d => d.Id == draft.Id && d.Version == draft.Version).ExecuteDeleteAsync(cancellation) == 0)
                    throw new InvalidInputException(nameof(ContentInput.Body), PlatformTexts.EditedMeanwhile);

                await SeriesName.GiveAsync(db, article, draft.Series, cancellation);
                if (draft.Summary.Length > 0) article.Item.Excerpt = Excerpt.Cut(draft.Summary, ContentItem.ExcerptLength);
                if (!draft.IsCommentable) article.Item.LockedAt = clock.GetUtcNow().UtcDateTime;
                await CoAuthors.SetAsync(db, article.Item, draft.Authors.Select(a => a.MemberId), cancellation);
                var key = ReadDraft.KeyOf(draft.Id);
                await db.Drafts.Where(d => d.Key == key).ExecuteDeleteAsync(cancellation);
            },
        };
    }

    private async Task<bool> MayAsync(Guid memberId, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.Member(memberId));
        if (!await db.Members.AnyAsync(m => m.Id == memberId && m.State == MemberState.Active, cancellation)) return false;

        try
        {
            return rights.Allows(ArticlesModule.WriteArticle, await rights.StandingAsync(db, groupSlug, cancellation));
        }
        catch (NotFoundException)
        {
            // The group is hidden, and the member left it.
            return false;
        }
    }
}
