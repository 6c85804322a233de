using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Antivirus;

/// <summary>Files that go with contents and comments, covers and emblems of groups.</summary>
internal sealed class HoldAttachments : IFileHolder
{
    private static readonly string[] WithTrash = [AppDbContext.DeletedFilter];

    /// <inheritdoc />
    public async Task<IReadOnlyList<FilePlace>> PlacesAsync(AppDbContext db, Guid fileId, CancellationToken cancellation)
    {
        var attached = await db.Attachments.IgnoreQueryFilters(WithTrash).Where(a => a.FileId == fileId).Select(a => new FilePlace(
            a.Item.GroupId,
            a.CommentId == null ? a.Item.AuthorId : db.Comments.IgnoreQueryFilters(WithTrash).Where(c => c.Id == a.CommentId).Select(c => (Guid?)c.AuthorId).First(),
            a.Name, a.Item.Title)).ToListAsync(cancellation);
        var covers = await db.Groups.IgnoreQueryFilters(WithTrash).Where(g => g.CoverFileId == fileId || g.LogoFileId == fileId).Select(g => new { g.Id, g.Name, IsLogo = g.LogoFileId == fileId }).ToListAsync(cancellation);
        return [.. attached, .. covers.Select(g => new FilePlace(g.Id, null, g.IsLogo ? PlatformTexts.QuarantineLogo : PlatformTexts.QuarantineCover, g.Name))];
    }
}
