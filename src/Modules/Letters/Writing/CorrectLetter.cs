using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Resources;
using TerritoireCollab.Platform.Revisions;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Letters.Writing;

/// <summary>A letter corrected.</summary>
/// <param name="Content">Title, text, audience.</param>
/// <param name="Version">The version that was read; another one means that somebody has corrected since.</param>
public sealed record LetterCorrection(ContentInput Content, int Version);

/// <summary>Corrects the page of a letter: the mails that left stay as they were, and what it said before stays visible in its history.</summary>
internal sealed class CorrectLetter(AppDb database, Rights rights, Bodies bodies, ContentWriter writer, TimeProvider clock)
{
    /// <summary>The letter as it stands, to fill the form.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<LetterForm> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (item, standing) = await RequireLetterAsync(db, GroupPermissions.EditItem, shortId, cancellation);
        var letter = await db.Set<Letter>().AsNoTracking().FirstAsync(l => l.Id == item.Id, cancellation);
        return new()
        {
            Standing = standing,
            PlatformMembers = await NewLetter.PlatformMembersAsync(db, cancellation),
            ShortId = shortId,
            Title = item.Title,
            Body = letter.Body,
            Audience = item.Audience,
            IsUrgent = letter.IsUrgent,
            Version = item.Version,
        };
    }

    /// <summary>Saves the correction.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, the audience too wide, or it was corrected meanwhile.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, LetterCorrection input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        // The group before its content, in the order that a narrowing takes them.
        var groupId = await db.Items.Where(i => i.ShortId == shortId).Select(i => i.GroupId).FirstOrDefaultAsync(token);
        var ceiling = groupId == Guid.Empty ? Audience.Group : await ContentWriter.HoldCeilingAsync(db, groupId, token);
        await db.LockAsync(shortId, token);
        var (item, standing) = await RequireLetterAsync(db, GroupPermissions.EditItem, shortId, token);
        var content = input.Content with { Audience = input.Content.Audience ?? item.Audience };
        var rules = new Rules();
        ContentWriter.Check(rules, content, standing);
        rules.Check(item.Version == input.Version, nameof(content.Body), PlatformTexts.EditedMeanwhile).Demand();

        await RewriteAsync(db, item, content, token);
        item.Audience = content.Audience <= ceiling ? content.Audience!.Value : ceiling;
        item.Version++;
        writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    private async Task<(ContentItem Item, Standing Standing)> RequireLetterAsync(AppDbContext db, Permission permission, string shortId, CancellationToken cancellation)
    {
        var (item, standing) = await rights.RequireItemAsync(db, permission, shortId, cancellation);
        return item.Kind == LettersModule.LetterKind ? (item, standing) : throw new NotFoundException();
    }

    private async Task RewriteAsync(AppDbContext db, ContentItem item, ContentInput input, CancellationToken cancellation)
    {
        var letter = await db.Set<Letter>().FirstAsync(l => l.Id == item.Id, cancellation);
        var title = input.Title.Trim();
        if (title == item.Title && input.Body == letter.Body) return;

        var now = clock.GetUtcNow().UtcDateTime;
        var body = await bodies.RenderAsync(db, input.Body, cancellation);
        db.Revisions.Add(new Revision { TargetId = item.Id, ItemId = item.Id, Title = item.Title, Body = letter.Body, EditorId = db.Viewer.MemberId, At = now });
        (letter.Body, letter.BodyHtml, letter.BodyRenderer) = (input.Body, body.Html, body.Renderer);
        (item.Title, item.Excerpt, item.UpdatedAt) = (title, Excerpt.Of(input.Body, ContentItem.ExcerptLength), now);
    }
}

/// <summary>Puts a letter into the trash, and back. What has not left yet leaves no more while it is there.</summary>
internal sealed class RemoveLetter(AppDb database, Rights rights, ContentWriter writer)
{
    /// <summary>Puts it into the trash and returns the address form of its group.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public Task<string> ExecuteAsync(Viewer viewer, string shortId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, standing) = await rights.RequireItemAsync(db, GroupPermissions.RemoveItem, shortId, token);
        if (item.Kind != LettersModule.LetterKind) throw new NotFoundException();

        writer.Remove(db, item);
        await db.SaveChangesAsync(token);
        return standing.Slug;
    }, cancellation);

    /// <summary>Takes it out of the trash and returns the address form of its group.</summary>
    /// <exception cref="NotFoundException">Absent or invisible, or neither its author nor an animator.</exception>
    public Task<string> UndoAsync(Viewer viewer, string shortId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var item = await db.Items.IgnoreQueryFilters([AppDbContext.DeletedFilter]).FirstOrDefaultAsync(i => i.ShortId == shortId && i.Kind == LettersModule.LetterKind, token) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, item.GroupId, token);
        if (!rights.Allows(GroupPermissions.RemoveItem, standing, item.AuthorId)) throw new NotFoundException();
        if (item.DeletedAt is null) return standing.Slug;

        writer.Restore(db, item);
        await db.SaveChangesAsync(token);
        return standing.Slug;
    }, cancellation);
}
