using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Wiki.Writing;

/// <summary>Who writes which page.</summary>
internal static class PageRights
{
    /// <summary>What lets rewrite a page of those writers.</summary>
    public static Permission ToWrite(PageWriters writers) => writers == PageWriters.Members ? WikiModule.Edit : GroupPermissions.Moderate;

    /// <summary>The page with its row, when the viewer may rewrite it.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, in the trash, or no page.</exception>
    /// <exception cref="ForbiddenException">Visible, but not the viewer's to write.</exception>
    public static async Task<(WikiPage Page, Standing Standing)> RequireWriterAsync(this Rights rights, AppDbContext db, string shortId, CancellationToken cancellation)
    {
        var page = await db.Set<WikiPage>().Include(p => p.Item).FirstOrDefaultAsync(p => p.Item.ShortId == shortId, cancellation) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, page.Item.GroupId, cancellation);
        rights.Require(ToWrite(page.Writers), standing);
        return (page, standing);
    }

    /// <summary>Whether the viewer decides who may read a page that others write too.</summary>
    public static bool DecidesAudience(this Rights rights, Standing standing, ContentItem item) => rights.Allows(GroupPermissions.EditItem, standing, item.AuthorId);
}
