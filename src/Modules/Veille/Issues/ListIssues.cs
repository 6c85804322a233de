using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Editorials;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Issues;

/// <summary>An issue in a list.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Week">Its ISO 8601 week.</param>
/// <param name="Title">Title beside the number, or null.</param>
/// <param name="Excerpt">Its beginning.</param>
/// <param name="PublishedAt">When.</param>
/// <param name="ArticleCount">Its articles.</param>
/// <param name="CommentCount">Its comments.</param>
public sealed record IssueRow(int Number, int Week, string? Title, string Excerpt, DateTime PublishedAt, int ArticleCount, int CommentCount);

/// <summary>The issues of a revue, by month.</summary>
/// <param name="Standing">The group.</param>
/// <param name="RevueName">Name of the revue.</param>
/// <param name="IsTerritory">Whether this is the territory's revue.</param>
/// <param name="Months">The first day of each month, the latest first, with its issues.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="PageCount">Pages in all.</param>
/// <param name="MayCurate">Whether the viewer prepares the revue.</param>
public sealed record ArchivesView(Standing Standing, string RevueName, bool IsTerritory, IReadOnlyList<(DateOnly Month, IReadOnlyList<IssueRow> Issues)> Months, int Page, int PageCount, bool MayCurate);

/// <summary>The public face of the territory's revue.</summary>
/// <param name="Standing">The group that serves the territory.</param>
/// <param name="RevueName">Name of the revue.</param>
/// <param name="Latest">Its latest issue, or null.</param>
/// <param name="Before">The issues before it.</param>
/// <param name="Editorial">The latest édito, or null.</param>
/// <param name="ByMail">Whether everybody can have it by mail.</param>
/// <param name="ListsSources">Whether the reader gets the list of sources.</param>
/// <param name="MayPropose">Whether the reader may bring a find.</param>
/// <param name="MayCurate">Whether the reader prepares the revue.</param>
public sealed record TerritoryView(Standing Standing, string RevueName, IssueView? Latest, IReadOnlyList<IssueRow> Before, EditorialRow? Editorial, bool ByMail, bool ListsSources, bool MayPropose, bool MayCurate);

/// <summary>Lists the issues of a revue that the reader may read.</summary>
internal sealed class ListIssues(AppDb database, Rights rights, ModuleCatalog modules, ReadIssue issues, Dates dates)
{
    private const int PageSize = 60;
    private const int MostBefore = 5;

    /// <summary>The archives of a group's revue, or of the territory's.</summary>
    /// <exception cref="NotFoundException">No such group or veille; for somebody who is not signed in, none that may be read.</exception>
    public async Task<ArchivesView> ExecuteAsync(Viewer viewer, string? groupSlug, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var slug = groupSlug ?? (await TerritoryVeille.FindAsync(db, cancellation))?.GroupSlug ?? throw new NotFoundException();
        var standing = await rights.VeilleOfAsync(db, modules, slug, cancellation);
        var profile = await db.Set<VeilleProfile>().AsNoTracking().FirstOrDefaultAsync(p => p.GroupId == standing.GroupId, cancellation);
        var total = await db.Set<PublishedIssue>().CountAsync(i => i.Item.GroupId == standing.GroupId, cancellation);
        if (total == 0 && !viewer.IsSignedIn) throw new NotFoundException();

        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var rows = await RowsAsync(db, standing.GroupId, (page - 1) * PageSize, PageSize, cancellation);
        var months = rows.GroupBy(r => DateOnly.FromDateTime(dates.Local(r.PublishedAt)) is var day ? new DateOnly(day.Year, day.Month, 1) : default)
            .Select(m => (m.Key, (IReadOnlyList<IssueRow>)[.. m])).ToList();
        return new(standing, profile?.Name ?? standing.Name, profile?.ServesTerritory == true, months, page, pages, rights.Allows(VeilleModule.Curate, standing));
    }

    /// <summary>The territory's revue; null when no group serves the territory, or none that the reader may know of.</summary>
    public async Task<TerritoryView?> TerritoryAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        if (await TerritoryVeille.FindAsync(db, cancellation) is not { GroupSlug: var slug }) return null;

        var standing = await rights.VeilleOfAsync(db, modules, slug, cancellation);
        var profile = await db.Set<VeilleProfile>().AsNoTracking().FirstAsync(p => p.GroupId == standing.GroupId, cancellation);
        // Whoever may not read the revue is told nothing of it.
        if (!standing.IsMember && !MayRead(viewer, PublishIssue.AudienceOf(profile, standing))) return null;

        var latest = await issues.LatestAsync(db, standing, cancellation);
        var before = latest is null ? [] : (await RowsAsync(db, standing.GroupId, 0, MostBefore + 1, cancellation)).Where(r => r.Number < latest.Number).Take(MostBefore).ToList();
        var editorial = await ListEditorials.LatestAsync(db, standing.GroupId, cancellation);
        return new(standing, profile.Name ?? standing.Name, latest, before, editorial, PublishIssue.AudienceOf(profile, standing) == Audience.Public, profile.ListsSources || standing.IsMember, rights.Allows(VeilleModule.Propose, standing), rights.Allows(VeilleModule.Curate, standing));
    }

    /// <summary>Whether somebody outside the group reads a revue of that audience.</summary>
    public static bool MayRead(Viewer viewer, Audience audience) => audience == Audience.Public || (viewer.IsSignedIn && audience == Audience.Platform);

    private static async Task<List<IssueRow>> RowsAsync(AppDbContext db, Guid groupId, int skip, int take, CancellationToken cancellation)
    {
        var rows = await db.Set<PublishedIssue>().AsNoTracking().Where(i => i.Item.GroupId == groupId).OrderByDescending(i => i.Number).Skip(skip).Take(take)
            .Select(i => new { i.Number, i.Week, i.Item.Title, i.Item.Excerpt, i.Item.CreatedAt, i.Item.CommentCount, Articles = db.Set<IssueArticle>().Count(a => a.ItemId == i.Id) }).ToListAsync(cancellation);
        return rows.ConvertAll(r => new IssueRow(r.Number, r.Week, IssueTitle.Own(r.Number, r.Title), r.Excerpt, r.CreatedAt, r.Articles, r.CommentCount));
    }
}
