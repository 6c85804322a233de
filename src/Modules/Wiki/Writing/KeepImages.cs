using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Wiki.Resources;

namespace TerritoireCollab.Wiki.Writing;

/// <summary>A file that a text can show or lead to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Markdown">What stands in the text.</param>
/// <param name="Address">Its address from the root.</param>
public sealed record KeptImage(string Name, string Markdown, string Address);

/// <summary>Keeps a picture or a file pasted into the text of a page: an attachment of the page, read by those who read it.</summary>
internal sealed class KeepImages(AppDb database, Rights rights, AttachmentWriter attachments)
{
    /// <summary>Keeps the file.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Not the viewer's to write.</exception>
    /// <exception cref="InvalidInputException">No file, or several.</exception>
    public Task<KeptImage> ExecuteAsync(Viewer viewer, string shortId, IReadOnlyList<ReceivedFile> files, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (page, _) = await rights.RequireWriterAsync(db, shortId, token);
        if (files is not [{ } file]) throw new InvalidInputException(ReceiveFiles.Field, WikiTexts.NoImage);

        await attachments.AttachAsync(db, page.Id, null, [file], token);
        page.Item.AttachmentCount++;
        await db.SaveChangesAsync(token);
        var address = $"/pieces/{db.Attachments.Local.Single().Id:N}/{Uri.EscapeDataString(file.Name)}";
        return new KeptImage(file.Name, $"{(FileTypes.IsInlineImage(file.Stored.ContentType) ? "!" : "")}[{PageTitle.Linkable(Path.GetFileNameWithoutExtension(file.Name))}]({address})", address);
    }, cancellation);
}
