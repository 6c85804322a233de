using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Resources;
using TerritoireCollab.Articles.Series;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Resources;
using TerritoireCollab.Platform.Tags;

namespace TerritoireCollab.Articles.Writing;

/// <summary>Saves a draft: whatever is there already, however little.</summary>
internal sealed class SaveDraft(AppDb database, Rights rights, CoverPictures covers, TimeProvider clock)
{
    /// <summary>Saves the draft, which is made when there is none of that key; what was kept while typing is forgotten.</summary>
    /// <returns>Its version.</returns>
    /// <exception cref="NotFoundException">The group is absent or hidden, or the draft is somebody else's.</exception>
    /// <exception cref="ForbiddenException">The viewer may not write articles there.</exception>
    /// <exception cref="InvalidInputException">Something is too long, a co-author cannot be told, the audience is too wide, or another author saved meanwhile.</exception>
    public Task<int> ExecuteAsync(Viewer viewer, string groupSlug, ArticleInput input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, ArticlesModule.WriteArticle, groupSlug, token);
        await db.LockDraftAsync(input.Content.Id, token);
        var draft = await db.Set<ArticleDraft>().AnyAsync(d => d.Id == input.Content.Id, token)
            ? await DraftRights.RequireDraftAsync(db, standing.GroupId, input.Content.Id, token)
            : await BeginAsync(db, standing, input, token);
        var rules = new Rules();
        Check(rules, input, standing, draft);
        var coAuthors = input.CoAuthors is null ? null : await CoAuthors.FindAsync(db, standing.GroupId, input.CoAuthors, ArticleFields.CoAuthors, rules, token);
        rules.Demand();

        await WriteAsync(db, draft, input, token);
        if (coAuthors is not null) Tell(db, draft, Sign(db, draft, coAuthors));
        await db.SaveChangesAsync(token);
        string[] keys = [ReadDraft.KeyOf(draft.Id), ReadDraft.KeyOf(standing.GroupId, draft.SourceShortId)];
        await db.Drafts.Where(d => d.MemberId == viewer.MemberId && keys.Contains(d.Key)).ExecuteDeleteAsync(token);
        return draft.Version;
    }, cancellation);

    // A key that is a published article's already is a form that was sent once more after it was published.
    private async Task<ArticleDraft> BeginAsync(AppDbContext db, Standing standing, ArticleInput input, CancellationToken cancellation)
    {
        if (await db.Items.IgnoreQueryFilters([AppDbContext.DeletedFilter]).AnyAsync(i => i.Id == input.Content.Id, cancellation)) throw new NotFoundException();

        var (id, me) = (input.Content.Id, db.Viewer.MemberId);
        var source = ShortIds.FromSegment(input.Source) is { } shortId && await db.Items.AnyAsync(i => i.ShortId == shortId, cancellation) ? shortId : null;
        var draft = new ArticleDraft { Id = id == Guid.Empty ? Guid.CreateVersion7() : id, GroupId = standing.GroupId, CreatedById = me, UpdatedAt = clock.GetUtcNow().UtcDateTime, SourceShortId = source, Version = 0 };
        draft.Authors.Add(new DraftAuthor { DraftId = draft.Id, MemberId = me, Position = 0 });
        db.Add(draft);
        return draft;
    }

    private static void Check(Rules rules, ArticleInput input, Standing standing, ArticleDraft draft)
    {
        var content = input.Content;
        rules.Text(content.Title, nameof(content.Title), ContentItem.TitleLength, required: false);
        input.CheckLengths(rules);
        rules.Text(content.Body, nameof(content.Body), Bodies.MaxLength, required: false);
        rules.Check(content.Audience is null || (Enum.IsDefined(content.Audience.Value) && content.Audience <= standing.Ceiling), nameof(content.Audience), PlatformTexts.AudienceTooWide);
        rules.Check(TagList.Parse(content.Tags).Count <= TagList.Most, nameof(content.Tags), PlatformTexts.TooManyTags.With(TagList.Most));
        rules.Check(draft.Files.Count(f => !input.RemovedFiles.Contains(f.Id)) + input.Files.Count <= AttachmentWriter.Most, ReceiveFiles.Field, PlatformTexts.TooManyFiles.With(AttachmentWriter.Most));
        rules.Check(draft.Version == input.Version, nameof(content.Body), PlatformTexts.EditedMeanwhile);
    }

    private async Task WriteAsync(AppDbContext db, ArticleDraft draft, ArticleInput input, CancellationToken cancellation)
    {
        var (content, now) = (input.Content, clock.GetUtcNow().UtcDateTime);
        (draft.Title, draft.Summary, draft.Body) = (content.Title.Trim(), (input.Summary ?? "").Trim(), content.Body);
        (draft.Tags, draft.Audience, draft.IsCommentable) = (string.Join(", ", TagList.Parse(content.Tags).Select(t => t.Name)), content.Audience ?? draft.Audience, input.IsCommentable ?? true);
        if (input.Series is not null) draft.Series = SeriesName.Of(input.Series);
        (draft.CoverFileId, draft.CoverText) = await input.Cover.ApplyAsync(db, covers, draft.CoverFileId, cancellation);
        foreach (var file in draft.Files.Where(f => input.RemovedFiles.Contains(f.Id)).ToList()) draft.Files.Remove(file);
        foreach (var file in input.Files)
        {
            var row = await AttachmentWriter.StoredFileAsync(db, file, now, cancellation);
            db.Add(new DraftFile { DraftId = draft.Id, FileId = row.Id, Name = file.Name });
        }

        draft.UpdatedAt = now;
        draft.Failure = null;
        draft.Version++;
    }

    // Whoever began it stays its first author; whoever saves does not take oneself out by the way. Those who were none of its authors are returned.
    private static List<Guid> Sign(AppDbContext db, ArticleDraft draft, IReadOnlyList<Guid> coAuthors)
    {
        var me = db.Viewer.MemberId;
        List<Guid> wanted = [draft.CreatedById, .. coAuthors.Where(a => a != draft.CreatedById)];
        if (!wanted.Contains(me)) wanted.Add(me);
        foreach (var gone in draft.Authors.Where(a => !wanted.Contains(a.MemberId)).ToList()) draft.Authors.Remove(gone);
        var added = wanted.Where(member => !draft.Authors.Exists(a => a.MemberId == member)).ToList();
        foreach (var (position, member) in wanted.Index())
        {
            if (draft.Authors.Find(a => a.MemberId == member) is { } author) author.Position = position;
            else draft.Authors.Add(new DraftAuthor { DraftId = draft.Id, MemberId = member, Position = position });
        }

        return added;
    }

    private void Tell(AppDbContext db, ArticleDraft draft, IEnumerable<Guid> named)
    {
        var (me, now) = (db.Viewer.MemberId, clock.GetUtcNow().UtcDateTime);
        foreach (var member in named.Where(m => m != me))
            db.Activities.Add(new Activity { Kind = NamedInDraft.NoticeKind, GroupId = draft.GroupId, ActorId = me, SubjectId = member, Particulars = LeftInDraft.ParticularsOf(draft.Id), At = now });
    }
}

/// <summary>Throws a draft away.</summary>
internal sealed class DropDraft(AppDb database, Rights rights)
{
    /// <summary>Erases the draft for good; it was never published.</summary>
    /// <exception cref="NotFoundException">Absent, or the viewer is none of its authors.</exception>
    public Task ExecuteAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.StandingAsync(db, groupSlug, token);
        var draft = await DraftRights.RequireDraftAsync(db, standing.GroupId, id, token);
        // One's own name among others: the draft stays theirs.
        if (draft.CreatedById != viewer.MemberId) throw new ForbiddenException(ArticlesTexts.OnlyTheFirstDrops);

        await db.Drafts.Where(d => d.Key == ReadDraft.KeyOf(id)).ExecuteDeleteAsync(token);
        db.Remove(draft);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}
