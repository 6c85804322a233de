using Microsoft.AspNetCore.Http;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Platform.Attachments;

/// <summary>Takes the files of a form into the store, before the text that they go with is published.</summary>
public sealed class ReceiveFiles(FileStore store)
{
    /// <summary>Name of the field that a refusal is reported under.</summary>
    public const string Field = "Files";

    /// <summary>Stores the files sent under <paramref name="field"/>; an input left empty counts for nothing.</summary>
    /// <exception cref="InvalidInputException">Too many, empty or too large.</exception>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    public async Task<IReadOnlyList<ReceivedFile>> ExecuteAsync(HttpContext http, string field, CancellationToken cancellation)
    {
        if (!http.Request.HasFormContentType) return [];

        var form = await http.Request.ReadFormAsync(cancellation);
        var sent = form.Files.GetFiles(field).Where(f => f.FileName.Length > 0).ToList();
        if (sent.Count > AttachmentWriter.Most) throw new InvalidInputException(Field, PlatformTexts.TooManyFiles.With(AttachmentWriter.Most));

        var received = new List<ReceivedFile>(sent.Count);
        foreach (var file in sent)
        {
            var name = FileNames.Clean(file.FileName);
            await using var content = file.OpenReadStream();
            received.Add(new ReceivedFile(name, await store.AddAsync(content, name, cancellation)));
        }

        return received;
    }
}
