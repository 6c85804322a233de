using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Quotes;
using TerritoireCollab.Veille.Faces;

namespace TerritoireCollab.Veille.Finds;

/// <summary>Reads marked passages for programs, with the rights of the screens.</summary>
internal sealed class ReadQuotes(AppDb database, Rights rights, PlatformOptions site)
{
    /// <summary>Those of a find, in the order in which they were marked.</summary>
    /// <exception cref="NotFoundException">The find is absent or invisible, or the viewer is no member of its group.</exception>
    public async Task<IReadOnlyList<ApiQuote>> ExecuteAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var item = await db.Items.AsNoTracking().FirstOrDefaultAsync(i => i.ShortId == shortId && i.Kind == VeilleModule.FindKind, cancellation) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, item.GroupId, cancellation);
        if (!standing.IsMember && !viewer.SeesAll) throw new NotFoundException();

        var page = site.Absolute(VeilleAddress.Find(standing.Slug, shortId, item.Title)).AbsoluteUri;
        return [.. (await rights.QuotesOfAsync(db, item.Id, standing, cancellation)).Select(q => new ApiQuote(q, page))];
    }
}
