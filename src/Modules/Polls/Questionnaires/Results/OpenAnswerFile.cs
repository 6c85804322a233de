using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Polls.Questionnaires.Answering;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Questionnaires.Results;

/// <summary>A file that was answered, to hand out.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">Where its bytes are.</param>
/// <param name="ContentType">What they are.</param>
public sealed record AnsweredFile(string Name, string Sha256, string ContentType);

/// <summary>The files of a questionnaire, to hand out together.</summary>
/// <param name="Name">Name of the archive.</param>
/// <param name="Files">Where each stands in it, and its bytes.</param>
public sealed record AnsweredFiles(string Name, IReadOnlyList<(string Path, string Sha256)> Files);

/// <summary>Hands out the files that were answered: to whoever reads the answers, and to whoever gave one where that is known.</summary>
internal sealed class OpenAnswerFile(AppDb database, Rights rights, ReadResults results, FileStore store)
{
    /// <summary>One file.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, or not for the viewer: both look the same.</exception>
    public async Task<AnsweredFile> ExecuteAsync(Viewer viewer, string shortId, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var q = await db.Set<Questionnaire>().AsNoTracking().Include(x => x.Item).FirstOrDefaultAsync(x => x.Item.ShortId == shortId, cancellation) ?? throw new NotFoundException();
        var found = await db.Set<AnswerFile>().AsNoTracking().Where(f => f.Id == id && f.ItemId == q.Id).Select(f => new { f.Name, f.File!.Sha256, f.File.ContentType, f.Sheet!.PersonId }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, q.Item.GroupId, cancellation);
        var isOwn = viewer.IsMember && found.PersonId == viewer.MemberId;
        if (!isOwn && !ReadResults.AreShown(q, standing, rights.Allows(PollsModule.SeeAnswers, standing, q.Item.AuthorId))) throw new NotFoundException();

        return new(found.Name, found.Sha256, found.ContentType);
    }

    /// <summary>All of them, a folder for each question.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    /// <exception cref="ForbiddenException">Neither the author nor an animator.</exception>
    public async Task<AnsweredFiles> AllAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        var (q, hasNames, sheets) = await results.AllAsync(viewer, shortId, cancellation);
        await using var db = database.Open(viewer);
        var hashes = await db.Set<AnswerFile>().AsNoTracking().Where(f => f.ItemId == q.Id).Select(f => new { f.Id, f.File!.Sha256 }).ToDictionaryAsync(f => f.Id, f => f.Sha256, cancellation);
        var files = new List<(string, string)>();
        foreach (var part in FormParts.Read(q.Parts).Where(p => p.Kind == PartKind.File))
            foreach (var (at, sheet) in sheets.Index())
                if (GivenFile.Read(sheet.Answers.GetValueOrDefault(part.Number) is [var given, ..] ? given : null) is { } file && hashes.TryGetValue(file.Id, out var hash))
                    files.Add(($"{part.Number} {Slug.Of(part.Text)}/{at + 1}{(hasNames ? " " + Slug.Of(sheet.Name ?? "") : "")} {FileNames.Clean(file.Name)}", hash));
        return new($"{QuestionnaireTexts.AnswersFile}-{Slug.Of(q.Item.Title)}.zip", files);
    }

    /// <summary>Writes them; what the antivirus holds, or the store has lost, is left out.</summary>
    public async Task WriteAsync(AnsweredFiles all, Stream output, CancellationToken cancellation)
    {
        await using var archive = await StreamedZip.CreateAsync(output, cancellation);
        foreach (var (path, hash) in all.Files)
        {
            if (await ReadAsync(hash, cancellation) is not { } content) continue;

            await using (content) await archive.AddAsync(path, content, CompressionLevel.Fastest, null, cancellation);
        }
    }

    private async Task<Stream?> ReadAsync(string hash, CancellationToken cancellation)
    {
        try
        {
            return await store.OpenAsync(hash, cancellation);
        }
        catch (Exception failure) when (failure is NotFoundException or FileHeldException)
        {
            return null;
        }
    }
}
