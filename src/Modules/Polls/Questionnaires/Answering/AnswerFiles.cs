using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Questionnaires.Answering;

/// <summary>A file that was answered, as the answers name it: its key, then its name.</summary>
/// <param name="Id">Key of its <see cref="AnswerFile"/>.</param>
/// <param name="Name">Its name.</param>
public sealed record GivenFile(Guid Id, string Name)
{
    private const int KeyLength = 32;

    /// <summary>A new one of that name.</summary>
    public static GivenFile New(string name) => new(new Guid(RandomNumberGenerator.GetBytes(16)), name);

    /// <summary>As the answers hold it.</summary>
    public string Write() => $"{Id:N} {Name}";

    /// <summary>As the answers held it; null when that is no file.</summary>
    public static GivenFile? Read(string? text) =>
        text is { Length: > KeyLength + 1 } && Guid.TryParseExact(text[..KeyLength], "N", out var id) ? new(id, text[(KeyLength + 1)..]) : null;
}

/// <summary>The files that come with answers, and what is wrong with those that cannot be taken; by the number of the question.</summary>
/// <param name="Files">Files received and stored.</param>
/// <param name="Faults">What is wrong.</param>
public sealed record ReceivedAnswers(IReadOnlyDictionary<int, ReceivedFile> Files, IReadOnlyDictionary<int, string> Faults)
{
    /// <summary>No file.</summary>
    public static ReceivedAnswers None { get; } = new(new Dictionary<int, ReceivedFile>(), new Dictionary<int, string>());
}

/// <summary>
/// Takes the files of a form of answers into the store. A form that is refused keeps them, sealed in a field of its own: whoever mends another answer need not
/// choose them again, and no row leads from them to whoever sent them.
/// </summary>
internal sealed class ReceiveAnswers(FileStore store, IDataProtectionProvider protection)
{
    // What nothing names is cleared away after a day.
    private static readonly TimeSpan Held = TimeSpan.FromHours(12);

    private static readonly HashSet<string> Documents =
    [
        "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.presentation", "application/x-ole-storage", "text/plain", "text/csv", "text/markdown",
    ];

    private readonly ITimeLimitedDataProtector _seals = protection.CreateProtector("questionnaires.fichiers").ToTimeLimitedDataProtector();

    /// <summary>The files that a form brings, or brought before it was refused.</summary>
    /// <returns>The files, and the fields with what keeps them where the form comes back.</returns>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    public async Task<(ReceivedAnswers Received, TypedAnswers Typed)> ExecuteAsync(IReadOnlyList<FormPart> parts, IFormCollection form, TypedAnswers typed, CancellationToken cancellation)
    {
        var (files, faults, fields) = (new Dictionary<int, ReceivedFile>(), new Dictionary<int, string>(), new Dictionary<string, IReadOnlyList<string>>(typed.Fields));
        foreach (var part in parts.Where(p => p.Kind == PartKind.File))
        {
            var held = TypedAnswers.HeldField(part.Number);
            if (form.Files.GetFile(TypedAnswers.Field(part.Number)) is { FileName.Length: > 0 } sent)
            {
                var (file, fault) = await TakeAsync(part, sent, cancellation);
                if (fault is not null) faults[part.Number] = fault;
                else files[part.Number] = file!;
            }
            else if (Opened(typed.One(held)) is { } kept && Fault(part, kept.Name, kept.Stored) is null) files[part.Number] = kept;

            if (files.TryGetValue(part.Number, out var received)) fields[held] = [Sealed(received)];
            else fields.Remove(held);
        }

        return (new(files, faults), new(fields));
    }

    /// <summary>What is wrong with a file as an answer to that question; null when nothing is.</summary>
    public static string? Fault(FormPart part, string name, StoredBytes stored)
    {
        if (stored.Length > FormPart.MostBytes) return QuestionnaireTexts.FileTooLarge.With(name, FormPart.MostBytes / 1024 / 1024);

        var (isDocument, isPicture) = (Documents.Contains(stored.ContentType), FileTypes.IsInlineImage(stored.ContentType));
        return part.Takes switch
        {
            FilesTaken.Documents when !isDocument => QuestionnaireTexts.FileNoDocument.With(name),
            FilesTaken.Pictures when !isPicture => QuestionnaireTexts.FileNoPicture.With(name),
            _ when !isDocument && !isPicture => QuestionnaireTexts.FileNeither.With(name),
            _ => null,
        };
    }

    /// <summary>Name of a file that a form holds since it was refused; null when it holds none.</summary>
    public string? NameOf(string held) => Opened(held)?.Name;

    private async Task<(ReceivedFile? File, string? Fault)> TakeAsync(FormPart part, IFormFile sent, CancellationToken cancellation)
    {
        var name = FileNames.Clean(sent.FileName);
        if (sent.Length > FormPart.MostBytes) return (null, QuestionnaireTexts.FileTooLarge.With(name, FormPart.MostBytes / 1024 / 1024));

        try
        {
            await using var content = sent.OpenReadStream();
            var stored = await store.AddAsync(content, name, cancellation);
            return Fault(part, name, stored) is { } fault ? (null, fault) : (new ReceivedFile(name, stored), null);
        }
        catch (InvalidInputException invalid)
        {
            return (null, invalid.Rules[0].Message);
        }
    }

    private string Sealed(ReceivedFile file) => _seals.Protect(JsonSerializer.Serialize(new Kept(file.Name, file.Stored.Sha256, file.Stored.Length, file.Stored.ContentType, file.Stored.Check), FormParts.Json), Held);

    private ReceivedFile? Opened(string text)
    {
        if (text.Length == 0) return null;

        try
        {
            return JsonSerializer.Deserialize<Kept>(_seals.Unprotect(text), FormParts.Json) is { } kept ? new(kept.Name, new(kept.Sha256, kept.Length, kept.ContentType) { Check = kept.Check }) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed record Kept(string Name, string Sha256, long Length, string ContentType, FileCheck Check);
}
