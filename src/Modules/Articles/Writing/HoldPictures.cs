using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Reading;
using TerritoireCollab.Articles.Resources;
using TerritoireCollab.Platform.Antivirus;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Articles.Writing;

/// <summary>Covers of articles, and what goes with a draft.</summary>
internal sealed class HoldPictures : IFileHolder
{
    private static readonly string[] WithTrash = [AppDbContext.DeletedFilter];

    /// <inheritdoc />
    public async Task<IReadOnlyList<FilePlace>> PlacesAsync(AppDbContext db, Guid fileId, CancellationToken cancellation)
    {
        var cover = ArticlesTexts.CoverLegend;
        var published = await db.Set<Article>().IgnoreQueryFilters(WithTrash).Where(a => a.CoverFileId == fileId).Select(a => new FilePlace(a.Item.GroupId, a.Item.AuthorId, cover, a.Item.Title)).ToListAsync(cancellation);
        var drafts = await db.Set<ArticleDraft>().Where(d => d.CoverFileId == fileId).Select(d => new FilePlace(d.GroupId, d.CreatedById, cover, d.Title)).ToListAsync(cancellation);
        var files = await db.Set<ArticleDraft>().SelectMany(d => d.Files, (d, f) => new { d, f }).Where(p => p.f.FileId == fileId).Select(p => new FilePlace(p.d.GroupId, p.d.CreatedById, p.f.Name, p.d.Title)).ToListAsync(cancellation);
        return [.. published, .. drafts, .. files];
    }
}
