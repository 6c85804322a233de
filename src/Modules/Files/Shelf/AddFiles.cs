using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Files.Folders;
using TerritoireCollab.Files.Quota;
using TerritoireCollab.Files.Resources;
using TerritoireCollab.Files.Texts;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Uploads;

namespace TerritoireCollab.Files.Shelf;

/// <summary>What becomes of a file whose name stands in the folder already.</summary>
public enum SameName
{
    /// <summary>Both are kept: the new one gets a number.</summary>
    Number = 0,

    /// <summary>It is a new version of the one that is there.</summary>
    Version = 1,
}

/// <summary>What became of a file that was brought.</summary>
public enum AddedAs
{
    /// <summary>A new file under its own name.</summary>
    New = 0,

    /// <summary>A new file with a number, since its name stood there.</summary>
    Numbered = 1,

    /// <summary>A new version of the file of that name.</summary>
    Version = 2,

    /// <summary>Nothing: the file of that name holds the same bytes.</summary>
    Unchanged = 3,
}

/// <summary>Files to add.</summary>
public sealed record AddFilesInput
{
    /// <summary>Key proposed by the form, so that sending it twice adds once.</summary>
    public Guid Id { get; init; }

    /// <summary>Short identifier of the folder that they go into; null or empty on top.</summary>
    public string? Folder { get; init; }

    /// <summary>Files received and stored.</summary>
    public required IReadOnlyList<ReceivedFile> Files { get; init; }

    /// <summary>Title of a file that comes alone; its name when null.</summary>
    public string? Title { get; init; }

    /// <summary>What they are, in Markdown; may be empty.</summary>
    public string Body { get; init; } = "";

    /// <summary>Tags separated by commas.</summary>
    public string? Tags { get; init; }

    /// <summary>Who may read them; the group's own choice when null.</summary>
    public Audience? Audience { get; init; }

    /// <summary>Whether everybody can read them.</summary>
    public Accessibility Accessible { get; init; }

    /// <summary>What becomes of a file whose name stands in the folder already.</summary>
    public SameName Same { get; init; }

    /// <summary>Whether nobody is told: they come with many others.</summary>
    public bool IsQuiet { get; init; }
}

/// <summary>What became of a file.</summary>
/// <param name="ShortId">The file.</param>
/// <param name="SentName">Name under which it was sent.</param>
/// <param name="Name">Name under which it stands.</param>
/// <param name="As">What it became.</param>
public sealed record AddedFile(string ShortId, string SentName, string Name, AddedAs As);

/// <summary>Adds files to a folder of a group, each a content of its own.</summary>
internal sealed class AddFiles(AppDb database, Rights rights, PublishContent publish, AddVersion versions, GroupQuota quota, FileTextWake wake, TimeProvider clock)
{
    /// <summary>Most files sent at once.</summary>
    public const int Most = 50;

    /// <summary>Adds them, in order.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no files, or there is no such folder.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group, or only animators bring files.</exception>
    /// <exception cref="InvalidInputException">No file, a field too long, the audience too wide, or no place left: nothing was added then.</exception>
    public async Task<IReadOnlyList<AddedFile>> ExecuteAsync(Viewer viewer, string groupSlug, AddFilesInput input, CancellationToken cancellation)
    {
        var folder = await CheckAsync(viewer, groupSlug, input, cancellation);
        var added = new List<AddedFile>(input.Files.Count);
        foreach (var (index, file) in input.Files.Index()) added.Add(await AddAsync(viewer, groupSlug, input, folder, file, Derived(input.Id, index), cancellation));

        wake.Wake();
        return added;
    }

    // Before the first is written, so that a form that is refused has added none of its files.
    private async Task<Guid?> CheckAsync(Viewer viewer, string groupSlug, AddFilesInput input, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, FilesModule.Add, groupSlug, cancellation);
        var folder = (await FolderTree.ReadAsync(db, standing.GroupId, cancellation)).At(input.Folder);
        var rules = new Rules();
        rules.Check(input.Files.Count > 0, ReceiveFiles.Field, FilesTexts.FileMissing);
        ContentWriter.Check(rules, ContentOf(input, new("fichier", null!), Guid.Empty), standing);
        if (input.Files.Count > 0) await quota.CheckAsync(db, standing.GroupId, input.Files.Select(f => f.Stored), ReceiveFiles.Field, rules, cancellation);
        rules.Demand();
        return folder?.Id;
    }

    private async Task<AddedFile> AddAsync(Viewer viewer, string groupSlug, AddFilesInput input, Guid? folder, ReceivedFile file, Guid id, CancellationToken cancellation)
    {
        if (input.Same == SameName.Version && await PresentAsync(viewer, groupSlug, folder, file.Name, id, cancellation) is { } present)
            return new(present, file.Name, file.Name, await versions.ExecuteAsync(viewer, present, new(id, file, null), cancellation) ? AddedAs.Version : AddedAs.Unchanged);

        var name = file.Name;
        var shortId = await publish.ExecuteAsync(viewer, groupSlug, new Publication<GroupFile>
        {
            Permission = FilesModule.Add,
            Kind = FilesModule.FileKind,
            Content = ContentOf(input, file, id),
            Check = async (db, standing, rules) =>
            {
                // Two members who bring the same name at once: the second waits for the first, and finds it.
                await ContentWriter.HoldCeilingAsync(db, standing.GroupId, cancellation);
                await quota.CheckAsync(db, standing.GroupId, [file.Stored], ReceiveFiles.Field, rules, cancellation);
                name = FreeNames.Of(file.Name, await NamesAsync(db, standing.GroupId, folder, [id], cancellation));
            },
            Make = item => new GroupFile { Id = item.Id, Item = item, FolderId = folder, Name = name, NameKey = GroupFile.KeyOf(name), FileId = Guid.Empty, Accessible = input.Accessible },
            With = (db, made, _) => KeepAsync(db, made, file, cancellation),
        }, cancellation);
        return new(shortId, file.Name, name, name == file.Name ? AddedAs.New : AddedAs.Numbered);
    }

    private async Task KeepAsync(AppDbContext db, GroupFile made, ReceivedFile file, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var stored = await AttachmentWriter.StoredFileAsync(db, file.Stored, now, cancellation);
        made.FileId = stored.Id;
        db.Add(new FileVersion { ItemId = made.Id, Number = 1, FileId = stored.Id, Name = file.Name, AuthorId = db.Viewer.MemberId, CreatedAt = now });
        db.Add(new FileText { ItemId = made.Id });
        // The rows first: a form sent twice is known by them, and must not be told that its files have served.
        await db.SaveChangesAsync(cancellation);
        await Upload.ClaimAsync(db, file, now, cancellation);
    }

    /// <summary>Keys of the names that stand in a folder, but for those files.</summary>
    public static async Task<HashSet<string>> NamesAsync(AppDbContext db, Guid groupId, Guid? folder, IReadOnlyCollection<Guid> but, CancellationToken cancellation) =>
        [.. await db.Set<GroupFile>().Where(f => f.Item.GroupId == groupId && f.FolderId == folder && !but.Contains(f.Id)).Select(f => f.NameKey).ToListAsync(cancellation)];

    private async Task<string?> PresentAsync(Viewer viewer, string groupSlug, Guid? folder, string name, Guid own, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        var key = GroupFile.KeyOf(name);
        return await db.Set<GroupFile>().Where(f => f.Item.GroupId == standing.GroupId && f.FolderId == folder && f.NameKey == key && f.Id != own)
            .OrderBy(f => f.Item.CreatedAt).Select(f => f.Item.ShortId).FirstOrDefaultAsync(cancellation);
    }

    private static ContentInput ContentOf(AddFilesInput input, ReceivedFile file, Guid id) => new()
    {
        Id = id,
        Title = input.Files.Count == 1 && input.Title is { } title ? title : file.Name,
        Body = input.Body,
        IsBodyOptional = true,
        Audience = input.Audience,
        Tags = input.Tags,
        IsQuiet = input.IsQuiet,
    };

    // Each file of a form has a key of its own, the same when the form is sent again.
    private static Guid Derived(Guid id, int index)
    {
        if (id == Guid.Empty || index == 0) return id;

        var bytes = id.ToByteArray();
        bytes[15] ^= (byte)index;
        bytes[14] ^= (byte)(index >> 8);
        return new(bytes);
    }
}
