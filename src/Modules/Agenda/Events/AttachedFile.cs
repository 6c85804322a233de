using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Agenda.Events;

/// <summary>A file that goes with an event.</summary>
/// <param name="Id">Key of the attachment.</param>
/// <param name="Name">Name.</param>
/// <param name="Length">Size, in octets.</param>
public sealed record AttachedFile(Guid Id, string Name, long Length)
{
    /// <summary>Those of an event, the first attached first.</summary>
    internal static async Task<IReadOnlyList<AttachedFile>> OfAsync(AppDbContext db, Guid id, CancellationToken cancellation) =>
        await db.Attachments.AsNoTracking().Where(a => a.ItemId == id && a.CommentId == null).OrderBy(a => a.CreatedAt).Select(a => new AttachedFile(a.Id, a.Name, a.File!.Length)).ToListAsync(cancellation);

    /// <summary>Adds and takes away what an edit says; the caller has asked for the right to edit, and saves.</summary>
    internal static async Task ChangeAsync(AppDbContext db, AttachmentWriter attachments, ContentItem item, EditEventInput input, CancellationToken cancellation)
    {
        await attachments.AttachAsync(db, item.Id, null, input.Files, cancellation);
        item.AttachmentCount += input.Files.Count;
        if (input.RemovedFiles.Count > 0)
            item.AttachmentCount -= await db.Attachments.Where(a => a.ItemId == item.Id && a.CommentId == null && input.RemovedFiles.Contains(a.Id)).ExecuteDeleteAsync(cancellation);
    }
}
