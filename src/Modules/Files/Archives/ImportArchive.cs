using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Documents;
using TerritoireCollab.Documents.Zip;
using TerritoireCollab.Files.Folders;
using TerritoireCollab.Files.Quota;
using TerritoireCollab.Files.Resources;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Uploads;

namespace TerritoireCollab.Files.Archives;

/// <summary>What came of an archive.</summary>
/// <param name="Added">Files added.</param>
/// <param name="Folders">Folders made.</param>
/// <param name="Remarks">What was refused or renamed, a sentence each.</param>
public sealed record ImportedArchive(int Added, int Folders, IReadOnlyList<string> Remarks);

/// <summary>Unpacks an archive into a folder of the group, with its folders. The group is told once for all files, by the first; what is refused is said of each.</summary>
internal sealed class ImportArchive(AppDb database, Rights rights, FileStore store, FileStoreOptions options, GroupQuota quota, AddFiles add, TimeProvider clock)
{
    /// <summary>Most files of one archive.</summary>
    public const int Most = 1_000;

    /// <summary>Name of the field of the archive.</summary>
    public const string Field = "Archive";

    /// <summary>Unpacks it.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no files, or there is no such folder.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group, or only animators bring files.</exception>
    /// <exception cref="InvalidInputException">No archive, a damaged one, or more than there is place for: nothing was added then.</exception>
    public async Task<ImportedArchive> ExecuteAsync(Viewer viewer, string groupSlug, string? folder, ReceivedFile archive, Audience? audience, CancellationToken cancellation)
    {
        var (standing, place, depth) = await CheckAsync(viewer, groupSlug, folder, cancellation);
        await using var stream = await store.OpenAsync(archive.Stored.Sha256, cancellation);
        var import = Plan(stream, place, FileFolder.MostDeep - depth);
        var remarks = import.Remarks.Where(r => r.Notice != ZipNotice.Rubbish).Select(r => r.Message).ToList();
        var (folders, made) = await MakeFoldersAsync(viewer, standing, folder, import.Folders, archive, cancellation);
        var added = new List<string>();
        foreach (var file in import.Files)
        {
            try
            {
                added.Add(await AddAsync(viewer, groupSlug, import, file, folders[Key(file.Folders)], audience, cancellation));
            }
            catch (Exception refused) when (refused is InvalidInputException or DocumentException)
            {
                remarks.Add(FilesTexts.ImportRefused.With(file.Name, refused is InvalidInputException invalid ? invalid.Rules[0].Message : refused.Message));
            }
        }

        if (added.Count > 0) await TellAsync(viewer, added[0], added.Count - 1, cancellation);
        return new(added.Count, made, remarks);
    }

    // Once it is known how many came in: each of them was added without a word.
    private Task<bool> TellAsync(Viewer viewer, string first, int others, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        if (await db.Items.Where(i => i.ShortId == first).Select(i => new { i.Id, i.GroupId }).FirstOrDefaultAsync(token) is not { } item) return false;

        db.Activities.Add(new Activity
        {
            Kind = ActivityKinds.ItemCreated,
            ItemId = item.Id,
            GroupId = item.GroupId,
            ActorId = viewer.MemberId,
            Particulars = others == 0 ? null : new ActivityParticulars { Note = others == 1 ? FilesTexts.WithOneOther : FilesTexts.WithOthers.With(others) }.ToJson(),
            At = clock.GetUtcNow().UtcDateTime,
        });
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    private async Task<string> AddAsync(Viewer viewer, string groupSlug, ZipImport import, ZipImportFile file, string? folder, Audience? audience, CancellationToken cancellation)
    {
        var name = FileNames.Clean(file.Name);
        await using var content = import.Open(file, cancellation);
        var stored = await store.AddAsync(content, name, cancellation, options.MaxUploadLength);
        return (await add.ExecuteAsync(viewer, groupSlug, new() { Folder = folder, Files = [new(name, stored)], Audience = audience, IsQuiet = true }, cancellation))[0].ShortId;
    }

    private async Task<(Standing Standing, QuotaView Place, int Depth)> CheckAsync(Viewer viewer, string groupSlug, string? folder, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, FilesModule.Add, groupSlug, cancellation);
        var tree = await FolderTree.ReadAsync(db, standing.GroupId, cancellation);
        return (standing, await quota.ReadAsync(db, standing.GroupId, cancellation), tree.PathOf(tree.At(folder)).Count);
    }

    private ZipImport Plan(Stream stream, QuotaView place, int folders)
    {
        try
        {
            var import = ZipImport.Plan(stream, new ZipImportLimits { Members = Most, UnpackedBytes = place.Left, FileBytes = options.MaxUploadLength, Folders = folders, NameLength = FileFolder.NameLength });
            return import.Files.Count + import.Folders.Count > 0 ? import : throw new InvalidInputException(Field, FilesTexts.ImportEmpty);
        }
        catch (DocumentException fault)
        {
            throw new InvalidInputException(Field, fault.Fault == DocumentFault.TooLarge ? FilesTexts.ImportTooLarge : fault.Fault == DocumentFault.TooManyMembers ? FilesTexts.ImportTooMany.With(Most) : FilesTexts.ImportBroken);
        }
    }

    // Short identifiers of the folders of the archive by their way, made where there are none of that name yet.
    private Task<(Dictionary<string, string?> ByKey, int Made)> MakeFoldersAsync(Viewer viewer, Standing standing, string? top, IReadOnlyList<IReadOnlyList<string>> folders, ReceivedFile archive, CancellationToken cancellation) =>
        database.TransactAsync(viewer, async (db, token) =>
        {
            rights.Require(FilesModule.Add, standing);
            await Upload.ClaimAsync(db, archive, clock.GetUtcNow().UtcDateTime, token);
            await ContentWriter.HoldCeilingAsync(db, standing.GroupId, token);
            var tree = await FolderTree.ReadAsync(db, standing.GroupId, token);
            var known = tree.All.ToList();
            var found = new Dictionary<string, FileFolder?> { [""] = tree.At(top) };
            var made = 0;
            foreach (var way in folders)
            {
                var around = found[Key(way.SkipLast(1))];
                var key = FileFolder.KeyOf(way[^1]);
                var folder = known.Find(f => f.ParentId == around?.Id && FileFolder.KeyOf(f.Name) == key);
                if (folder is null)
                {
                    if (known.Count >= FileFolder.MostInGroup) throw new InvalidInputException(Field, FilesTexts.FolderTooMany.With(FileFolder.MostInGroup));

                    folder = CreateFolder.New(standing.GroupId, around?.Id, FolderRules.Clean(way[^1]), viewer.MemberId, clock.GetUtcNow().UtcDateTime);
                    db.Add(folder);
                    known.Add(folder);
                    made++;
                }

                found[Key(way)] = folder;
            }

            await db.SaveChangesAsync(token);
            return (found.ToDictionary(f => f.Key, f => f.Value?.ShortId), made);
        }, cancellation);

    private static string Key(IEnumerable<string> way) => string.Join('/', way);
}
