using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Members.Organisations;

/// <summary>An organisation in a list.</summary>
internal sealed record OrganisationRow(Guid Id, string Slug, string Name, OrganisationKind Kind, string? Commune, int MemberCount);

/// <summary>A page of organisations.</summary>
internal sealed record OrganisationList(IReadOnlyList<OrganisationRow> Rows, int Count, int Page, int PageCount);

/// <summary>Lists organisations.</summary>
internal sealed class ListOrganisations(AppDb database)
{
    /// <summary>Organisations on a page.</summary>
    public const int PageSize = 48;

    /// <summary>Names to propose while one types, signed in or registering: organisations are no personal data.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.Anonymous);
        return await OrganisationNames.SuggestedAsync(db, cancellation);
    }

    /// <summary>One page, by name.</summary>
    public async Task<OrganisationList> ExecuteAsync(Viewer viewer, string? query, OrganisationKind? kind, int page, CancellationToken cancellation)
    {
        if (!viewer.IsSignedIn) throw new NotFoundException();

        await using var db = database.Open(viewer);
        var all = Filtered(db, query, kind);
        var count = await all.CountAsync(cancellation);
        var pages = Math.Max(1, (count + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var rows = await Rows(db, all.OrderBy(o => o.FoldedName).ThenBy(o => o.Id).Skip((page - 1) * PageSize).Take(PageSize)).ToListAsync(cancellation);
        return new(rows, count, page, pages);
    }

    /// <summary>Those after a key, for the API.</summary>
    public async Task<IReadOnlyList<OrganisationRow>> AfterAsync(Viewer viewer, string? query, Guid after, int limit, CancellationToken cancellation)
    {
        if (!viewer.IsSignedIn) throw new NotFoundException();

        await using var db = database.Open(viewer);
        var all = Filtered(db, query, null).Where(o => o.Id > after);
        return await Rows(db, all.OrderBy(o => o.Id).Take(limit)).ToListAsync(cancellation);
    }

    private static IQueryable<Organisation> Filtered(AppDbContext db, string? query, OrganisationKind? kind)
    {
        var all = OrganisationNames.Shown(db).AsNoTracking();
        if (kind is not null) all = all.Where(o => o.Kind == kind);
        foreach (var word in FoldedName.Of(query).Split(' ', StringSplitOptions.RemoveEmptyEntries)) all = all.Where(o => o.FoldedName.Contains(word));
        return all;
    }

    private static IQueryable<OrganisationRow> Rows(AppDbContext db, IQueryable<Organisation> organisations) => organisations.Select(o => new OrganisationRow(
        o.Id, o.Slug, o.Name, o.Kind, o.Commune,
        db.Affiliations.Where(a => a.OrganisationId == o.Id && a.Until == null && a.Member!.State == MemberState.Active).Select(a => a.MemberId).Distinct().Count()));
}
