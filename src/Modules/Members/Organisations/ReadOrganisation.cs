using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Members.Profiles;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Members.Organisations;

/// <summary>Somebody of an organisation.</summary>
internal sealed record OrganisationMember(string Name, string Handle, string? Function, DateOnly? From, DateOnly? Until, string? PhotoUrl);

/// <summary>An organisation with its people.</summary>
internal sealed record OrganisationView(string Name, OrganisationKind Kind, string? Commune, Uri? Website, string? PresentationHtml, IReadOnlyList<OrganisationMember> Present, IReadOnlyList<OrganisationMember> Past);

/// <summary>Reads an organisation.</summary>
internal sealed class ReadOrganisation(AppDb database, Bodies bodies)
{
    /// <summary>The organisation of that address.</summary>
    /// <exception cref="NotFoundException">Nobody signed in, or none of that address.</exception>
    public async Task<OrganisationView> ExecuteAsync(Viewer viewer, string slug, CancellationToken cancellation)
    {
        if (!viewer.IsSignedIn) throw new NotFoundException();

        await using var db = database.Open(viewer);
        var organisation = await OrganisationNames.Shown(db).AsNoTracking().FirstOrDefaultAsync(o => o.Slug == slug, cancellation) ?? throw new NotFoundException();
        var people = await PeopleAsync(db, organisation.Id, cancellation);
        return new(
            organisation.Name, organisation.Kind, organisation.Commune,
            Uri.TryCreate(organisation.Website, UriKind.Absolute, out var site) && site.Scheme is "http" or "https" ? site : null,
            string.IsNullOrWhiteSpace(organisation.Presentation) ? null : (await bodies.RenderAsync(db, organisation.Presentation, cancellation)).Html,
            [.. people.Where(p => p.Until is null)], [.. people.Where(p => p.Until is not null)]);
    }

    private static async Task<IReadOnlyList<OrganisationMember>> PeopleAsync(AppDbContext db, Guid organisationId, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        var rows = await db.Affiliations.AsNoTracking().Where(a => a.OrganisationId == organisationId && a.Member!.State == MemberState.Active)
            .OrderBy(a => a.Member!.FoldedName).Select(a => new
            {
                a.MemberId, a.Member!.Name, a.Member.Handle, a.Function, a.From, a.Until, a.Member.PhotoFileId, a.Member.PhotoVisibility,
                Shares = db.Memberships.Any(x => x.MemberId == a.MemberId && x.State == MembershipState.Active && db.Memberships.Any(y => y.GroupId == x.GroupId && y.MemberId == me && y.State == MembershipState.Active)),
            }).Take(500).ToListAsync(cancellation);
        return [.. rows.Select(r => new OrganisationMember(r.Name, r.Handle, r.Function, r.From, r.Until,
            r.PhotoFileId is { } photo && ProfileFields.IsShown(r.PhotoVisibility, r.MemberId == me, r.Shares) ? ProfileFields.PhotoAddress(r.Handle, photo) : null))];
    }
}
