using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Antivirus;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Files.Shelf;

/// <summary>Every version of the files of a group.</summary>
internal sealed class HoldVersions : IFileHolder, IGroupBytes
{
    private static readonly string[] WithTrash = [AppDbContext.DeletedFilter];

    /// <inheritdoc />
    public async Task<IReadOnlyList<FilePlace>> PlacesAsync(AppDbContext db, Guid fileId, CancellationToken cancellation) =>
        await db.Set<FileVersion>().IgnoreQueryFilters(WithTrash).Where(v => v.FileId == fileId).Select(v => new FilePlace(v.Item.GroupId, v.AuthorId, v.Name, v.Item.Title)).ToListAsync(cancellation);

    /// <inheritdoc />
    public IQueryable<GroupBytes> Kept(AppDbContext db) =>
        db.Set<FileVersion>().IgnoreQueryFilters(WithTrash).Select(v => new GroupBytes { GroupId = v.Item.GroupId, Kind = v.Item.Kind, FileId = v.FileId, Length = v.File!.Length });
}
