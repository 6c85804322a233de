using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Revisions;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Content;

/// <summary>A content as it stands, to fill its form.</summary>
/// <typeparam name="T">The tool's entity.</typeparam>
/// <param name="Standing">The group.</param>
/// <param name="Entity">The tool's entity, with its row.</param>
/// <param name="Tags">Tags separated by commas.</param>
/// <param name="PlatformMembers">Active members of the platform, for the sentence on who will read.</param>
public sealed record Editable<T>(Standing Standing, T Entity, string Tags, int PlatformMembers) where T : class, IWritten;

/// <summary>A content rewritten.</summary>
/// <typeparam name="T">The tool's entity.</typeparam>
public sealed record Rewriting<T> where T : class, IWritten
{
    /// <summary>What lets rewrite it.</summary>
    public Permission Permission { get; init; } = GroupPermissions.EditItem;

    /// <summary>Title, text, audience, tags.</summary>
    public required ContentInput Content { get; init; }

    /// <summary>The version that was read; another one means that somebody has edited since.</summary>
    public required int Version { get; init; }

    /// <summary>What was changed, in the words of whoever changed it.</summary>
    public string? Comment { get; init; }

    /// <summary>
    /// What to write when somebody has edited since: both put together, with the rules broken where a person has to decide. Without it such an edit is refused.
    /// </summary>
    public Func<AppDbContext, T, Standing, Rules, Task<ContentInput>>? Reconcile { get; init; }

    /// <summary>Breaks a rule for each thing wrong with what only this tool has; inside the transaction.</summary>
    public Func<AppDbContext, T, Standing, Rules, Task>? Check { get; init; }

    /// <summary>Writes what only this tool has, before it is saved.</summary>
    public Func<AppDbContext, T, Task>? With { get; init; }
}

/// <summary>Rewrites a content of any tool; what it was stays visible in its history.</summary>
public sealed class EditContent(AppDb database, Rights rights, Bodies bodies, ContentWriter writer, TimeProvider clock)
{
    /// <summary>The content as it stands, for whoever may rewrite it.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, in the trash, or of another kind.</exception>
    /// <exception cref="ForbiddenException">Visible, but not allowed.</exception>
    public async Task<Editable<T>> ReadAsync<T>(AppDbContext db, Permission permission, string shortId, CancellationToken cancellation) where T : class, IWritten
    {
        var (item, standing) = await rights.RequireItemAsync(db, permission, shortId, cancellation);
        var entity = await db.Set<T>().Include(e => e.Item).FirstOrDefaultAsync(e => e.Id == item.Id, cancellation) ?? throw new NotFoundException();
        var tags = await db.Tags.Where(t => t.ItemId == item.Id).OrderBy(t => t.Slug).Select(t => t.Name).ToListAsync(cancellation);
        return new(standing, entity, string.Join(", ", tags), await PlatformMembersAsync(db, cancellation));
    }

    /// <summary>Saves the content.</summary>
    /// <returns>Its row as it stands now.</returns>
    /// <exception cref="NotFoundException">Absent, invisible, in the trash, or of another kind.</exception>
    /// <exception cref="ForbiddenException">Visible, but not allowed.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, the audience too wide, or it was edited meanwhile.</exception>
    public Task<ContentItem> ExecuteAsync<T>(Viewer viewer, string shortId, Rewriting<T> rewriting, CancellationToken cancellation) where T : class, IWritten =>
        database.TransactAsync(viewer, (db, token) => WriteAsync(db, shortId, rewriting, token), cancellation);

    /// <summary>Active members of the platform, for the sentence on who will read.</summary>
    public static Task<int> PlatformMembersAsync(AppDbContext db, CancellationToken cancellation) => db.Members.CountAsync(m => m.State == MemberState.Active, cancellation);

    private async Task<ContentItem> WriteAsync<T>(AppDbContext db, string shortId, Rewriting<T> rewriting, CancellationToken cancellation) where T : class, IWritten
    {
        var content = rewriting.Content;
        // The group before its content, in the order that a narrowing takes them.
        var groupId = await db.Items.Where(i => i.ShortId == shortId).Select(i => i.GroupId).FirstOrDefaultAsync(cancellation);
        var ceiling = groupId == Guid.Empty ? Audience.Group : await ContentWriter.HoldCeilingAsync(db, groupId, cancellation);
        await db.LockAsync(shortId, cancellation);
        var (item, standing) = await rights.RequireItemAsync(db, rewriting.Permission, shortId, cancellation);
        var entity = await db.Set<T>().FirstOrDefaultAsync(e => e.Id == item.Id, cancellation) ?? throw new NotFoundException();
        var rules = new Rules();
        ContentWriter.Check(rules, content, standing);
        rules.Text(rewriting.Comment, nameof(rewriting.Comment), Revision.CommentLength, required: false);
        if (item.Version != rewriting.Version && rewriting.Reconcile is { } reconcile) content = await reconcile(db, entity, standing, rules);
        else rules.Check(item.Version == rewriting.Version, nameof(content.Body), PlatformTexts.EditedMeanwhile);
        if (rewriting.Check is { } check) await check(db, entity, standing, rules);
        rules.Demand();

        await RewriteAsync(db, entity, item, content, rewriting.Comment, cancellation);
        var audience = content.Audience ?? item.Audience;
        item.Audience = audience <= ceiling ? audience : ceiling;
        item.Version++;
        await ContentWriter.RetagAsync(db, item.Id, content.Tags, cancellation);
        if (rewriting.With is { } with) await with(db, entity);
        writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true);
        await db.SaveChangesAsync(cancellation);
        return item;
    }

    private async Task RewriteAsync(AppDbContext db, IWritten entity, ContentItem item, ContentInput content, string? comment, CancellationToken cancellation)
    {
        var title = content.Title.Trim();
        if (title == item.Title && content.Body == entity.Body) return;

        var now = clock.GetUtcNow().UtcDateTime;
        db.Revisions.Add(new Revision
        {
            TargetId = item.Id, ItemId = item.Id, Title = item.Title, Body = entity.Body, EditorId = db.Viewer.MemberId, At = now, Version = item.Version,
            Comment = string.IsNullOrWhiteSpace(comment) ? null : comment.Trim(),
        });
        var body = await bodies.RenderAsync(db, content.Body, cancellation);
        await TellMentionedAsync(db, item, entity.Body, body.Mentioned, cancellation);
        entity.Take(content.Body, body);
        (entity.EditedAt, item.Title, item.Excerpt, item.UpdatedAt) = (now, title, Excerpt.Of(content.Body, ContentItem.ExcerptLength), now);
    }

    // Whoever stood in the text before was told when the name was written.
    private async Task TellMentionedAsync(AppDbContext db, ContentItem item, string before, IReadOnlyList<Guid> mentioned, CancellationToken cancellation)
    {
        if (mentioned.Count == 0) return;

        var present = (await bodies.RenderAsync(db, before, cancellation)).Mentioned;
        var named = mentioned.Except(present).ToList();
        if (named.Count > 0) writer.Record(db, ActivityKinds.Mentioned, item, mentioned: named);
    }
}
