using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Resources;

namespace TerritoireCollab.Letters.Writing;

/// <summary>A letter to send.</summary>
/// <param name="Content">Title, text, audience.</param>
/// <param name="IsUrgent">Whether it leaves at once to those who get summaries too.</param>
/// <param name="Files">Files received and stored, to attach.</param>
public sealed record WriteLetterInput(ContentInput Content, bool IsUrgent, IReadOnlyList<ReceivedFile> Files);

/// <summary>Sends a letter to the whole group: it is published as a content, and who is told follows from that.</summary>
internal sealed class WriteLetter(AppDb database, Rights rights, Bodies bodies, ContentWriter writer, AttachmentWriter attachments)
{
    /// <summary>Publishes the letter and returns its short identifier; that of before when the form was sent already.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no letters.</exception>
    /// <exception cref="ForbiddenException">The viewer may not write to the whole group, or it is archived.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, or the audience too wide.</exception>
    public async Task<string> ExecuteAsync(Viewer viewer, string groupSlug, WriteLetterInput input, CancellationToken cancellation)
    {
        try
        {
            return await database.TransactAsync(viewer, (db, token) => WriteAsync(db, groupSlug, input, token), cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate() && input.Content.Id != Guid.Empty)
        {
            await using var db = database.Open(viewer);
            return await db.Items.Where(i => i.Id == input.Content.Id && i.AuthorId == viewer.MemberId).Select(i => i.ShortId).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        }
    }

    private async Task<string> WriteAsync(AppDbContext db, string groupSlug, WriteLetterInput input, CancellationToken cancellation)
    {
        var standing = await rights.RequireAsync(db, LettersModule.WriteLetter, groupSlug, cancellation);
        var content = input.Content with { Audience = input.Content.Audience ?? Audience.Group };
        var rules = new Rules();
        ContentWriter.Check(rules, content, standing);
        rules.Check(input.Files.Count <= AttachmentWriter.Most, ReceiveFiles.Field, PlatformTexts.TooManyFiles.With(AttachmentWriter.Most)).Demand();

        var body = await bodies.RenderAsync(db, content.Body, cancellation);
        var item = await writer.CreateAsync(db, standing, LettersModule.LetterKind, content, body, cancellation);
        item.AttachmentCount = input.Files.Count;
        db.Add(new Letter { Id = item.Id, Item = item, Body = content.Body, BodyHtml = body.Html, BodyRenderer = body.Renderer, IsUrgent = input.IsUrgent });
        await attachments.AttachAsync(db, item.Id, null, input.Files, cancellation);
        await db.SaveChangesAsync(cancellation);
        return item.ShortId;
    }
}
