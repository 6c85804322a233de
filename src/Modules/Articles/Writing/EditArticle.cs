using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Faces;
using TerritoireCollab.Articles.Reading;
using TerritoireCollab.Articles.Series;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Articles.Writing;

/// <summary>Rewrites a published article: its authors may, and the animators.</summary>
internal sealed class EditArticle(AppDb database, Rights rights, EditContent edit, AttachmentWriter attachments, CoverPictures covers, Traces traces, TimeProvider clock)
{
    /// <summary>The article as it stands, to fill the form, with what was kept while typing.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither one of its authors nor an animator.</exception>
    public async Task<ArticleForm> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (standing, article, tags, members) = await edit.ReadAsync<Article>(db, GroupPermissions.EditItem, shortId, cancellation);
        var coAuthors = await CoAuthors.OfAsync(db, article.Item, cancellation);
        var kept = await ReadDraft.KeptAsync(db, KeyOf(shortId), cancellation);
        return new()
        {
            Standing = standing,
            PlatformMembers = members,
            ShortId = shortId,
            Title = article.Item.Title,
            Summary = article.Summary,
            SavedBody = article.Body,
            Body = kept?.Text ?? article.Body,
            Tags = tags,
            Series = article.Series ?? "",
            UsualSeries = await SeriesName.UsualAsync(db, standing.GroupId, cancellation),
            Audience = article.Item.Audience,
            CoAuthors = string.Join(", ", coAuthors.Select(a => a.Name)),
            IsCommentable = article.Item.LockedAt is null,
            IsClosed = await IsClosedAsync(db, article.Item, standing, cancellation),
            Files = await AttachmentWriter.OfAsync(db, article.Id, cancellation),
            CoverAddress = ArticleAddress.Cover(standing.Slug, shortId, article.CoverFileId)?[1..],
            CoverText = article.CoverText ?? "",
            Version = article.Item.Version,
            IsOvertaken = kept is not null && kept.Text != article.Body && kept.SavedAt < article.Item.UpdatedAt,
            DraftKey = KeyOf(shortId),
        };
    }

    /// <summary>Saves the article.</summary>
    /// <returns>Its row as it stands now.</returns>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither one of its authors nor an animator.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, the audience too wide, a co-author cannot be told, or it was edited meanwhile.</exception>
    public async Task<ContentItem> ExecuteAsync(Viewer viewer, string shortId, ArticleInput input, CancellationToken cancellation)
    {
        IReadOnlyList<Guid>? coAuthors = null;
        var (file, text, isClosed, files) = ((Guid?)null, (string?)null, false, new FileChanges(input.Files, input.RemovedFiles));
        return await edit.ExecuteAsync(viewer, shortId, new Rewriting<Article>
        {
            Content = input.Content,
            Version = input.Version,
            Check = async (db, article, standing, rules) =>
            {
                input.CheckLengths(rules);
                (file, text) = await input.Cover.ApplyAsync(db, covers, article.CoverFileId, cancellation);
                ArticleFields.CheckCover(rules, file, text);
                coAuthors = input.CoAuthors is null ? null : await FindAsync(db, article, standing, input.CoAuthors, rules, cancellation);
                isClosed = await IsClosedAsync(db, article.Item, standing, cancellation);
                await AttachmentWriter.CheckAsync(db, article.Id, files, rules, cancellation);
            },
            With = async (db, article) =>
            {
                article.Summary = (input.Summary ?? "").Trim();
                (article.CoverFileId, article.CoverText) = (file, text);
                article.WordCount = ReadingTime.Words(article.Summary) + ReadingTime.Words(article.Body);
                article.Item.Excerpt = article.Summary.Length > 0 ? Excerpt.Cut(article.Summary, ContentItem.ExcerptLength) : Excerpt.Of(article.Body, ContentItem.ExcerptLength);
                if (input.Series is not null) await SeriesName.GiveAsync(db, article, input.Series, cancellation);
                if (coAuthors is not null) await CoAuthors.SetAsync(db, article.Item, coAuthors, cancellation);
                await attachments.ChangeAsync(db, article.Item, files, cancellation);
                if (!isClosed && input.IsCommentable is { } open) await OpenAsync(db, article.Item, open, cancellation);
            },
        }, cancellation);
    }

    // With the line that an animator leaves, once somebody has commented: whoever reads sees why no answer comes any more.
    private async Task OpenAsync(AppDbContext db, ContentItem item, bool open, CancellationToken cancellation)
    {
        if (item.LockedAt is null == open) return;

        item.LockedAt = open ? null : clock.GetUtcNow().UtcDateTime;
        await traces.AddAsync(db, item.Id, open ? TraceActions.Reopened : TraceActions.Closed, "", cancellation);
    }

    // What an animator has closed, its authors do not open again; what they closed themselves they do.
    private async Task<bool> IsClosedAsync(AppDbContext db, ContentItem item, Standing standing, CancellationToken cancellation)
    {
        if (item.LockedAt is null || rights.Allows(GroupPermissions.Moderate, standing)) return false;

        var authors = (await CoAuthors.OfAsync(db, item, cancellation)).Select(a => a.Id).Append(item.AuthorId);
        var by = await db.Comments.Where(c => c.ItemId == item.Id && c.Kind == CommentKind.Trace && c.Body.StartsWith(TraceActions.Closed)).OrderByDescending(c => c.Number).Select(c => (Guid?)c.AuthorId).FirstOrDefaultAsync(cancellation);
        return by is { } who && !authors.Contains(who);
    }

    /// <summary>Key under which the text is kept while one writes.</summary>
    public static string KeyOf(string shortId) => "article-publie/" + shortId;

    // Whoever wrote it and has left the group since stays among its authors: such a name is found nowhere else any more.
    private static async Task<IReadOnlyList<Guid>> FindAsync(AppDbContext db, Article article, Standing standing, string typed, Rules rules, CancellationToken cancellation)
    {
        var present = await CoAuthors.OfAsync(db, article.Item, cancellation);
        var words = typed.Split([',', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var kept = present.Where(p => words.Contains(p.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        var others = words.Where(w => !kept.Exists(k => k.Name.Equals(w, StringComparison.OrdinalIgnoreCase)));
        var found = await CoAuthors.FindAsync(db, standing.GroupId, string.Join(',', others), ArticleFields.CoAuthors, rules, cancellation);
        return [.. kept.Select(k => k.Id), .. found];
    }
}
