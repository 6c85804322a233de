using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Antivirus;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Polls.Questionnaires.Results;

/// <summary>Files that were answered. Who sent one is told only where it is known.</summary>
internal sealed class HoldAnswerFiles : IFileHolder, IGroupBytes
{
    private static readonly string[] WithTrash = [AppDbContext.DeletedFilter];

    /// <inheritdoc />
    public async Task<IReadOnlyList<FilePlace>> PlacesAsync(AppDbContext db, Guid fileId, CancellationToken cancellation)
    {
        var members = db.Set<Respondent>();
        return await db.Set<AnswerFile>().IgnoreQueryFilters(WithTrash).Where(f => f.FileId == fileId)
            .Select(f => new FilePlace(f.Item.GroupId, members.Where(r => r.ItemId == f.ItemId && r.PersonId == f.Sheet!.PersonId).Select(r => r.MemberId).FirstOrDefault(), f.Name, f.Item.Title)).ToListAsync(cancellation);
    }

    /// <inheritdoc />
    public IQueryable<GroupBytes> Kept(AppDbContext db) =>
        db.Set<AnswerFile>().IgnoreQueryFilters(WithTrash).Select(f => new GroupBytes { GroupId = f.Item.GroupId, Kind = f.Item.Kind, FileId = f.FileId, Length = f.File!.Length });
}
