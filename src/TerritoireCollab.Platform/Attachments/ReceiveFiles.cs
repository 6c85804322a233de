using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Uploads;

namespace TerritoireCollab.Platform.Attachments;

/// <summary>
/// Takes the files of a form into the store, before the text that they go with is published: those that came with it, and those that were sent
/// beforehand piece by piece, which the form names. These serve once what they go with is written (<see cref="AttachmentWriter"/>), and wait on when it is refused.
/// </summary>
public sealed class ReceiveFiles(AppDb database, FileStore store, FinishUpload finish)
{
    /// <summary>Name of the field that a refusal is reported under.</summary>
    public const string Field = "Files";

    /// <summary>Name of the fields, one a file, by which a form names uploads.</summary>
    public const string UploadField = "depot";

    /// <summary>Stores the files sent under <paramref name="field"/>, and finds the uploads that the form names; an input left empty counts for nothing.</summary>
    /// <exception cref="InvalidInputException">Too many, empty, too large, or an upload that is not there.</exception>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    public Task<IReadOnlyList<ReceivedFile>> ExecuteAsync(HttpContext http, string field, CancellationToken cancellation) => ExecuteAsync(http, field, AttachmentWriter.Most, cancellation);

    /// <inheritdoc cref="ExecuteAsync(HttpContext, string, CancellationToken)"/>
    /// <param name="http">The request.</param>
    /// <param name="field">Name of the file input.</param>
    /// <param name="most">Most files taken at once.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<IReadOnlyList<ReceivedFile>> ExecuteAsync(HttpContext http, string field, int most, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (!http.Request.HasFormContentType) return [];

        var form = await http.Request.ReadFormAsync(cancellation);
        var sent = form.Files.GetFiles(field).Where(f => f.FileName.Length > 0).ToList();
        var uploads = Named(form);
        if (sent.Count + uploads.Count > most) throw new InvalidInputException(Field, PlatformTexts.TooManyFiles.With(most));

        var received = new List<ReceivedFile>(await UploadedAsync(ViewerOf(http), uploads, cancellation));
        foreach (var file in sent)
        {
            var name = FileNames.Clean(file.FileName);
            await using var content = file.OpenReadStream();
            received.Add(new ReceivedFile(name, await store.AddAsync(content, name, cancellation)));
        }

        return received;
    }

    /// <summary>The uploads that a form names, each once.</summary>
    public static IReadOnlyList<Guid> Named(IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return [.. form[UploadField].Select(v => Guid.TryParse(v, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct()];
    }

    /// <summary>The files of a member's own uploads, in the order given; for programs too, which name them in other ways than a form.</summary>
    /// <exception cref="InvalidInputException">One is absent, given up, of somebody else, or has not come whole.</exception>
    public async Task<IReadOnlyList<ReceivedFile>> UploadedAsync(Viewer viewer, IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (ids.Count == 0) return [];

        // One that has served is found too: a form sent twice is told apart where it is written.
        await using var db = database.Open(viewer);
        var found = await db.Uploads.AsNoTracking().Include(u => u.File).Where(u => ids.Contains(u.Id) && u.MemberId == viewer.MemberId).ToDictionaryAsync(u => u.Id, cancellation);
        var received = new List<ReceivedFile>(ids.Count);
        foreach (var id in ids) received.Add(await ReceivedAsync(viewer, found.GetValueOrDefault(id), cancellation));
        return received;
    }

    private static Viewer ViewerOf(HttpContext http) => http.Features.Get<SignedIn>() is { } member ? Viewer.Member(member.Id, member.IsAdmin) : Viewer.Anonymous;

    private async Task<ReceivedFile> ReceivedAsync(Viewer viewer, Upload? upload, CancellationToken cancellation)
    {
        if (upload?.File is null && upload?.Sha256 is not null) upload = await FinishedAsync(viewer, upload, cancellation);
        return upload?.File is { } file
            ? new ReceivedFile(upload.Name, new StoredBytes(file.Sha256, file.Length, file.ContentType)) { Upload = upload.Id }
            : throw new InvalidInputException(Field, PlatformTexts.UploadGone);
    }

    // Whole, and not in the store: a process ended in between.
    private async Task<Upload?> FinishedAsync(Viewer viewer, Upload upload, CancellationToken cancellation)
    {
        try
        {
            await finish.ExecuteAsync(viewer, upload, cancellation);
        }
        catch (Exception failure) when (failure is NotFoundException or UploadBusyException)
        {
            return null;
        }

        await using var db = database.Open(viewer);
        return await db.Uploads.AsNoTracking().Include(u => u.File).FirstOrDefaultAsync(u => u.Id == upload.Id, cancellation);
    }
}
