using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Editorials;

/// <summary>An édito in a list.</summary>
/// <param name="ShortId">Short identifier: its address in the group.</param>
/// <param name="Slug">Its address at the territory's.</param>
/// <param name="Month">Its month.</param>
/// <param name="Title">Title.</param>
/// <param name="Excerpt">Its beginning.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="PublishedAt">When.</param>
/// <param name="CommentCount">Its comments.</param>
public sealed record EditorialRow(string ShortId, string Slug, int Month, string Title, string Excerpt, string Author, DateTime PublishedAt, int CommentCount);

/// <summary>The éditos of a veille, by month.</summary>
/// <param name="Standing">The group.</param>
/// <param name="RevueName">Name of the revue.</param>
/// <param name="Months">Each month, the latest first, with its éditos.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="PageCount">Pages in all.</param>
/// <param name="MayCurate">Whether the viewer writes éditos.</param>
public sealed record EditorialsView(Standing Standing, string RevueName, IReadOnlyList<(int Month, IReadOnlyList<EditorialRow> Editorials)> Months, int Page, int PageCount, bool MayCurate);

/// <summary>Lists the éditos that the reader may read.</summary>
internal sealed class ListEditorials(AppDb database, Rights rights, ModuleCatalog modules, Dates dates)
{
    private const int PageSize = 40;

    /// <summary>The éditos of a group, or of the territory's veille.</summary>
    /// <exception cref="NotFoundException">No such group or veille; for somebody who is not signed in and may not read its revue, no édito either.</exception>
    public async Task<EditorialsView> ExecuteAsync(Viewer viewer, string? groupSlug, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var slug = groupSlug ?? (await TerritoryVeille.FindAsync(db, cancellation))?.GroupSlug ?? throw new NotFoundException();
        var standing = await rights.VeilleOfAsync(db, modules, slug, cancellation);
        var profile = await WriteEditorial.ProfileAsync(db, standing.GroupId, cancellation);
        var total = await db.Set<Editorial>().CountAsync(e => e.Item.GroupId == standing.GroupId, cancellation);
        if (total == 0 && !MayKnow(viewer, profile, standing)) throw new NotFoundException();

        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var rows = await RowsAsync(db, standing.GroupId, (page - 1) * PageSize, PageSize, cancellation);
        return new(standing, profile?.Name ?? standing.Name, [.. rows.GroupBy(r => r.Month).Select(m => (m.Key, (IReadOnlyList<EditorialRow>)[.. m]))], page, pages, rights.Allows(VeilleModule.Curate, standing));
    }

    /// <summary>The latest édito of a group, or null.</summary>
    public static async Task<EditorialRow?> LatestAsync(AppDbContext db, Guid groupId, CancellationToken cancellation) => await RowsAsync(db, groupId, 0, 1, cancellation) is [var latest] ? latest : null;

    /// <summary>The latest éditos of a group, the latest first.</summary>
    public static async Task<IReadOnlyList<EditorialRow>> LatestAsync(AppDbContext db, Guid groupId, int count, CancellationToken cancellation) => await RowsAsync(db, groupId, 0, count, cancellation);

    /// <summary>The month whose édito can be written now: issues were published in it, and it has no édito yet; null when there is nothing to say.</summary>
    public async Task<int?> DueAsync(AppDbContext db, Guid groupId, CancellationToken cancellation)
    {
        var month = EditorialMonth.Due(dates.Today);
        var (since, until) = (dates.Utc(EditorialMonth.First(month)), dates.Utc(EditorialMonth.First(month).AddMonths(1)));
        var isDue = await db.Set<PublishedIssue>().AnyAsync(
            i => i.Item.GroupId == groupId && i.Item.CreatedAt >= since && i.Item.CreatedAt < until && !db.Set<Editorial>().Any(e => e.Item.GroupId == groupId && e.Month == month), cancellation);
        return isDue ? month : null;
    }

    /// <summary>Whether the viewer is told that there is no édito yet: members, and whoever may read the revue.</summary>
    public static bool MayKnow(Viewer viewer, VeilleProfile? profile, Standing standing) => viewer.IsSignedIn || ListIssues.MayRead(viewer, PublishIssue.AudienceOf(profile, standing));

    private static Task<List<EditorialRow>> RowsAsync(AppDbContext db, Guid groupId, int skip, int take, CancellationToken cancellation) =>
        db.Set<Editorial>().AsNoTracking().Where(e => e.Item.GroupId == groupId).OrderByDescending(e => e.Month).ThenByDescending(e => e.Item.CreatedAt).ThenBy(e => e.Slug).Skip(skip).Take(take)
            .Select(e => new EditorialRow(e.Item.ShortId, e.Slug, e.Month, e.Item.Title, e.Item.Excerpt, e.Item.Author!.Name, e.Item.CreatedAt, e.Item.CommentCount)).ToListAsync(cancellation);
}
