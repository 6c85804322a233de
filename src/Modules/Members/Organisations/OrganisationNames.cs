using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Members.Resources;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Members.Organisations;

/// <summary>Organisations by their names, as people type them.</summary>
internal static class OrganisationNames
{
    private const int MostSuggested = 500;

    /// <summary>The organisation of that name whatever accents and case, or a new one added to <paramref name="db"/>; the caller saves.</summary>
    public static async Task<Organisation> FindOrAddAsync(AppDbContext db, string name, OrganisationKind kind, CancellationToken cancellation)
    {
        var folded = FoldedName.Of(name, 150);
        if (await db.Organisations.FirstOrDefaultAsync(o => o.FoldedName == folded, cancellation) is { } known) return known;

        var organisation = new Organisation { Id = Guid.CreateVersion7(), Name = name.Trim(), FoldedName = folded, Slug = await FreeSlugAsync(db, name, cancellation), Kind = kind };
        db.Organisations.Add(organisation);
        return organisation;
    }

    /// <summary>Names to propose while one types.</summary>
    public static Task<List<string>> SuggestedAsync(AppDbContext db, CancellationToken cancellation) =>
        Shown(db).OrderBy(o => o.FoldedName).Select(o => o.Name).Take(MostSuggested).ToListAsync(cancellation);

    /// <summary>Those that are shown: not what only accounts that are not accepted yet have named.</summary>
    public static IQueryable<Organisation> Shown(AppDbContext db) => db.Organisations.Where(o =>
        !db.Affiliations.Any(a => a.OrganisationId == o.Id)
        || db.Affiliations.Any(a => a.OrganisationId == o.Id && a.Member!.State != MemberState.Unconfirmed && a.Member.State != MemberState.AwaitingApproval));

    /// <summary>A kind in words.</summary>
    public static string Of(OrganisationKind kind) => kind switch
    {
        OrganisationKind.LocalAuthority => MembersTexts.KindLocalAuthority,
        OrganisationKind.Firm => MembersTexts.KindFirm,
        OrganisationKind.Association => MembersTexts.KindAssociation,
        _ => MembersTexts.KindPublicBody,
    };

    private static async Task<string> FreeSlugAsync(AppDbContext db, string name, CancellationToken cancellation)
    {
        var wanted = Slug.Of(name);
        if (wanted.Length > 54) wanted = wanted[..54].TrimEnd('-');
        var taken = await db.Organisations.Where(o => o.Slug.StartsWith(wanted)).Select(o => o.Slug).ToListAsync(cancellation);
        return taken.Contains(wanted) ? Enumerable.Range(2, 10_000).Select(n => $"{wanted}-{n}").First(s => !taken.Contains(s)) : wanted;
    }
}
