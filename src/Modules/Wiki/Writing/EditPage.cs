using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Coediting;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Coediting;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Tags;
using TerritoireCollab.Wiki.Resources;
using TerritoireCollab.Wiki.Versions;

namespace TerritoireCollab.Wiki.Writing;

/// <summary>A page rewritten.</summary>
public sealed record EditPageInput
{
    /// <summary>Title, text, tags; the audience is taken from those alone who decide it.</summary>
    public required ContentInput Content { get; init; }
    /// <summary>The version that was read. What others saved since is put together with this.</summary>
    public required int Version { get; init; }
    /// <summary>The text that was typed over; null for the one of <see cref="Version"/>. Where it is written together, it is what the editor had last from the platform.</summary>
    public string? BodyBase { get; init; }
    /// <summary>Tags as they were read; null to replace those that the page has.</summary>
    public string? TagsBefore { get; init; }
    /// <summary>What was changed, in the editor's words.</summary>
    public string? Comment { get; init; }
    /// <summary>Files received and stored, to attach.</summary>
    public IReadOnlyList<ReceivedFile> Files { get; init; } = [];
    /// <summary>Attachments to take off.</summary>
    public IReadOnlyList<Guid> RemovedFiles { get; init; } = [];
}

/// <summary>What became of an edit.</summary>
/// <param name="Title">Title as it stands now.</param>
/// <param name="WasMerged">Whether something was put into the text that whoever saved it had not read: what somebody else had saved meanwhile.</param>
public sealed record EditedPage(string Title, bool WasMerged);

/// <summary>What a person has to decide, since two have changed the same words.</summary>
/// <param name="Form">The form, with both texts where they differ, at the version of the other one.</param>
/// <param name="Passages">The passages that both have changed: what is saved, and what was typed.</param>
/// <param name="Editor">Who saved the other text; null when nobody else did, as from another window of one's own.</param>
public sealed record PageConflict(PageForm Form, IReadOnlyList<(string Saved, string Typed)> Passages, string? Editor)
{
    /// <summary>The text that is saved, which a person decides over.</summary>
    public required string Saved { get; init; }
}

/// <summary>
/// Rewrites a page. Whoever saved in the meantime loses nothing: the two texts are put together by what each has changed, and where both have changed
/// the same words neither is saved over the other.
/// </summary>
internal sealed class EditPage(AppDb database, Rights rights, EditContent edit, PageLinks links, AttachmentWriter attachments, ListComments files, FollowedEdits followed, CoeditStore together)
{
    /// <summary>The page as it stands, with all that was written together by then.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Not the viewer's to write.</exception>
    public async Task<PageForm> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        await rights.RequireWriterAsync(db, shortId, cancellation);
        await together.HandOverAsync(shortId, cancellation);
        db.ChangeTracker.Clear();
        return await FormAsync(db, shortId, cancellation);
    }

    /// <summary>Saves the page.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Not the viewer's to write.</exception>
    /// <exception cref="InvalidInputException">A field is empty or too long, the title taken, or both have changed the same words.</exception>
    public async Task<EditedPage> ExecuteAsync(Viewer viewer, string shortId, EditPageInput input, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (page, standing) = await rights.RequireWriterAsync(db, shortId, cancellation);
        await together.HandOverAsync(shortId, cancellation);
        var content = await KeptAsync(db, standing, page.Item, input.Content, cancellation);
        var (title, merged) = (content.Title, false);
        var item = await edit.ExecuteAsync(viewer, shortId, new Rewriting<WikiPage>
        {
            Permission = WikiModule.Edit,
            Content = content,
            Version = input.Version,
            Comment = input.Comment,
            Reconcile = async (inner, stored, at, rules) =>
            {
                var made = await MergeAsync(inner, stored, at, content, input.Version, input.BodyBase, cancellation);
                rules.Check(made.Text.IsClean, nameof(content.Body), WikiTexts.BothChanged);
                rules.Check(made.Title is not null, nameof(content.Title), WikiTexts.BothRetitled.With(stored.Item.Title));
                (title, merged) = (made.Title ?? content.Title, made.IsMerged);
                return content with { Title = title, Body = made.Text.KeepBoth(), Tags = await TagsAsync(inner, stored.Id, content.Tags, input.TagsBefore, cancellation) };
            },
            Check = async (inner, stored, at, rules) =>
            {
                rights.Require(PageRights.ToWrite(stored.Writers), at);
                if (PageTitle.Fold(title) != stored.FoldedTitle) await PageRules.CheckTitleAsync(inner, at.GroupId, title, stored.Id, rules, cancellation);
            },
            With = (inner, stored) => AfterAsync(inner, stored, input, cancellation),
        }, cancellation);
        return new(item.Title, merged);
    }

    /// <summary>What a person has to decide before a text typed over an older version can be saved; null when nothing stands there that is not in it.</summary>
    public async Task<PageConflict?> ConflictAsync(Viewer viewer, string shortId, EditPageInput input, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var form = await FormAsync(db, shortId, cancellation);
        if (form.Version == input.Version) return null;

        var (page, standing) = await rights.RequireWriterAsync(db, shortId, cancellation);
        var typed = input.Content;
        var content = await KeptAsync(db, standing, page.Item, typed, cancellation);
        var merged = await MergeAsync(db, page, standing, content, input.Version, input.BodyBase, cancellation);
        if (!merged.IsMerged && merged.Title is not null) return null;

        var passages = merged.Text.Pieces.Where(p => p.IsConflict).Select(p => (p.Theirs, p.Mine)).ToList();
        var shown = await links.EditedAsync(db, standing.GroupId, [merged.Text.KeepBoth(), .. passages.SelectMany(p => new[] { p.Theirs, p.Mine })], cancellation);
        var editor = await db.Revisions.Where(r => r.TargetId == page.Id && r.Version >= input.Version && r.EditorId != viewer.MemberId).OrderByDescending(r => r.At).Select(r => r.Editor!.Name).FirstOrDefaultAsync(cancellation);
        return new(
            form with { Title = merged.Title ?? typed.Title, Body = shown[0], Tags = typed.Tags ?? form.Tags },
            [.. passages.Select((_, i) => (shown[(2 * i) + 1], shown[(2 * i) + 2]))], editor) { Saved = form.Body };
    }

    private async Task<PageForm> FormAsync(AppDbContext db, string shortId, CancellationToken cancellation)
    {
        var (page, standing) = await rights.RequireWriterAsync(db, shortId, cancellation);
        var tags = await db.Tags.Where(t => t.ItemId == page.Id).OrderBy(t => t.Slug).Select(t => t.Name).ToListAsync(cancellation);
        return new()
        {
            Standing = standing,
            PlatformMembers = await EditContent.PlatformMembersAsync(db, cancellation),
            ShortId = shortId,
            Title = page.Item.Title,
            Body = await links.EditedAsync(db, standing.GroupId, page.Body, cancellation),
            Tags = string.Join(", ", tags),
            Audience = page.Item.Audience,
            DecidesAudience = rights.DecidesAudience(standing, page.Item),
            Version = page.Item.Version,
            Files = [.. (await files.FilesAsync(db, page.Item, cancellation))[page.Id]],
        };
    }

    private async Task<ContentInput> KeptAsync(AppDbContext db, Standing standing, ContentItem item, ContentInput typed, CancellationToken cancellation)
    {
        var body = typed.Body.ReplaceLineEndings("\n");
        return typed with
        {
            Title = typed.Title.Trim(),
            Body = body.Length <= Bodies.MaxLength ? await links.KeptAsync(db, standing.GroupId, body, cancellation) : body,
            Audience = rights.DecidesAudience(standing, item) ? typed.Audience : null,
        };
    }

    // All three as they are kept today: a page that was renamed since is no change of the text.
    private async Task<(MergedText Text, string? Title, bool IsMerged)> MergeAsync(AppDbContext db, WikiPage stored, Standing standing, ContentInput typed, int version, string? bodyBase, CancellationToken cancellation)
    {
        var before = await BeforeAsync(db, stored, version, cancellation);
        var typedOver = bodyBase is { Length: <= 2 * Bodies.MaxLength } ? bodyBase.ReplaceLineEndings("\n") : null;
        var original = await links.KeptAsync(db, standing.GroupId, typedOver ?? before.Body, cancellation);
        var theirs = await links.KeptAsync(db, standing.GroupId, stored.Body, cancellation);
        var (titleBefore, titleNow) = (before.Title ?? stored.Item.Title, stored.Item.Title);
        var title = typed.Title == titleBefore || typed.Title == titleNow ? titleNow : titleNow == titleBefore ? typed.Title : null;
        var text = ThreeWayMerge.Merge(original, typed.Body, theirs);
        // What was written together is known to whoever wrote it, though it is a version by now; and who has sent all of a shared text adds nothing to it.
        return (text, title, typed.Body != theirs && text.KeepBoth() != typed.Body && (typedOver is null || original != typed.Body));
    }

    // The text of a version is kept by the first edit that came after it. Of a sitting only the last version is kept: for one that was read in between, the
    // text before the sitting is where all that was written since begins.
    private static async Task<(string? Title, string Body)> BeforeAsync(AppDbContext db, WikiPage stored, int version, CancellationToken cancellation)
    {
        var next = await db.Revisions.AsNoTracking().Where(r => r.TargetId == stored.Id && r.Version >= version).OrderBy(r => r.Version).Select(r => new { r.Title, r.Body, r.Version }).FirstOrDefaultAsync(cancellation);
        var standing = (next?.Title, next?.Body ?? stored.Body);
        if (version == stored.Item.Version || next?.Version == version) return standing;

        var last = await db.Revisions.AsNoTracking().Where(r => r.TargetId == stored.Id && r.Version < version).OrderByDescending(r => r.Version).Select(r => new { r.Id, r.Body }).FirstOrDefaultAsync(cancellation);
        return last is not null && await JointVersions.IsJointAsync(db, stored.Id, last.Id, cancellation) ? (next?.Title, last.Body) : standing;
    }

    private static async Task<string?> TagsAsync(AppDbContext db, Guid id, string? typed, string? before, CancellationToken cancellation)
    {
        if (before is null) return typed;

        var (now, mine, old) = (await db.Tags.Where(t => t.ItemId == id).Select(t => t.Name).ToListAsync(cancellation), TagList.Parse(typed).Select(t => t.Name).ToList(), TagList.Parse(before).Select(t => t.Name).ToList());
        return string.Join(", ", now.Except(old.Except(mine)).Union(mine.Except(old)));
    }

    private async Task AfterAsync(AppDbContext db, WikiPage page, EditPageInput input, CancellationToken cancellation)
    {
        var folded = PageTitle.Fold(page.Item.Title);
        var isRetitled = folded != page.FoldedTitle;
        page.FoldedTitle = folded;
        await links.WriteAsync(db, page, page.Item.GroupId, cancellation);
        await attachments.AttachAsync(db, page.Id, null, input.Files, cancellation);
        page.Item.AttachmentCount += input.Files.Count;
        if (input.RemovedFiles.Count > 0)
            page.Item.AttachmentCount -= await db.Attachments.Where(a => a.ItemId == page.Id && a.CommentId == null && input.RemovedFiles.Contains(a.Id)).ExecuteDeleteAsync(cancellation);
        if (isRetitled) await links.FoundAsync(db, page, page.Item.GroupId, cancellation);
        await followed.RecordAsync(db, page, db.Viewer.MemberId, cancellation);
        if (!string.IsNullOrWhiteSpace(input.Comment)) await CommentAsync(db, page, input.Comment.Trim(), cancellation);
    }

    // What was written together is a version already: what its writer says of it belongs to that one.
    private static async Task CommentAsync(AppDbContext db, WikiPage page, string comment, CancellationToken cancellation)
    {
        if (db.Revisions.Local.Any(r => r.TargetId == page.Id)) return;

        var me = db.Viewer.MemberId;
        var last = await db.Revisions.Where(r => r.TargetId == page.Id).OrderByDescending(r => r.At).FirstOrDefaultAsync(cancellation);
        if (last is { Comment: null } && last.EditorId == me) last.Comment = comment;
    }
}
