using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Antivirus;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Veille.Finds;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Issues;

/// <summary>Covers of revues, prepared and published, and pictures of finds, which nobody sent: the platform copied them.</summary>
internal sealed class HoldPictures : IFileHolder
{
    private static readonly string[] WithTrash = [AppDbContext.DeletedFilter];

    /// <inheritdoc />
    public async Task<IReadOnlyList<FilePlace>> PlacesAsync(AppDbContext db, Guid fileId, CancellationToken cancellation)
    {
        var (cover, picture) = (IssueTexts.Cover, FindTexts.PictureHeld);
        var prepared = await db.Set<Issue>().Where(i => i.CoverFileId == fileId).Select(i => new FilePlace(i.GroupId, i.ReadyById, cover, i.Title ?? "")).ToListAsync(cancellation);
        var published = await db.Set<PublishedIssue>().IgnoreQueryFilters(WithTrash).Where(i => i.CoverFileId == fileId).Select(i => new FilePlace(i.Item.GroupId, i.Item.AuthorId, cover, i.Item.Title)).ToListAsync(cancellation);
        var finds = await db.Set<Find>().IgnoreQueryFilters(WithTrash).Where(f => f.PictureId == fileId).Select(f => new FilePlace(f.Item.GroupId, null, picture, f.Item.Title)).ToListAsync(cancellation);
        return [.. prepared, .. published, .. finds];
    }
}
