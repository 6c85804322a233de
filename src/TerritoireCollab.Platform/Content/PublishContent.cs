using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Links;

namespace TerritoireCollab.Platform.Content;

/// <summary>A content to publish.</summary>
/// <typeparam name="T">The tool's entity.</typeparam>
public sealed record Publication<T> where T : class, IWritten
{
    /// <summary>What lets publish it.</summary>
    public required Permission Permission { get; init; }

    /// <summary>Key of its kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Title, text, audience, tags.</summary>
    public required ContentInput Content { get; init; }

    /// <summary>Makes the tool's entity on the row; its text is given to it afterwards.</summary>
    public required Func<ContentItem, T> Make { get; init; }

    /// <summary>Breaks a rule for each thing wrong with what only this tool has; inside the transaction.</summary>
    public Func<AppDbContext, Standing, Rules, Task>? Check { get; init; }

    /// <summary>What else is written with it, before it is saved.</summary>
    public Func<AppDbContext, T, Standing, Task>? With { get; init; }

    /// <summary>Files received and stored, to attach.</summary>
    public IReadOnlyList<ReceivedFile> Files { get; init; } = [];

    /// <summary>Short identifier of the content that it was made from; null when it was made from nothing.</summary>
    public string? Source { get; init; }
}

/// <summary>Publishes a content of any tool in a group: the rights, the row, the text, the files, and once however often it is sent.</summary>
public sealed class PublishContent(AppDb database, Rights rights, Bodies bodies, ContentWriter writer, AttachmentWriter attachments, LinkContents links)
{
    /// <summary>Publishes it and returns its short identifier.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has not this tool, or the source cannot be read.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group, or only animators create in this tool.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, or the audience too wide.</exception>
    public async Task<string> ExecuteAsync<T>(Viewer viewer, string groupSlug, Publication<T> publication, CancellationToken cancellation) where T : class, IWritten
    {
        try
        {
            return await database.TransactAsync(viewer, (db, token) => WriteAsync(db, groupSlug, publication, token), cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate() && publication.Content.Id != Guid.Empty)
        {
            await using var db = database.Open(viewer);
            return await db.Items.Where(i => i.Id == publication.Content.Id && i.AuthorId == viewer.MemberId).Select(i => i.ShortId).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        }
    }

    private async Task<string> WriteAsync<T>(AppDbContext db, string groupSlug, Publication<T> publication, CancellationToken cancellation) where T : class, IWritten
    {
        var content = publication.Content;
        var standing = await rights.RequireAsync(db, publication.Permission, groupSlug, cancellation);
        var rules = new Rules();
        ContentWriter.Check(rules, content, standing);
        if (publication.Check is { } check) await check(db, standing, rules);
        rules.Demand();

        var body = await bodies.RenderAsync(db, content.Body, cancellation);
        var item = await writer.CreateAsync(db, standing, publication.Kind, content, body, cancellation);
        item.AttachmentCount = publication.Files.Count;
        var entity = publication.Make(item);
        entity.Take(content.Body, body);
        db.Add(entity);
        await attachments.AttachAsync(db, item.Id, null, publication.Files, cancellation);
        if (publication.Source is { } source) await links.AddAsync(db, source, item, cancellation);
        if (publication.With is { } with) await with(db, entity, standing);
        await db.SaveChangesAsync(cancellation);
        return item.ShortId;
    }
}
