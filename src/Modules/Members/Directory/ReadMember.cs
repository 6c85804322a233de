using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Members.Organisations;
using TerritoireCollab.Members.Profiles;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Members.Directory;

/// <summary>A group on a profile.</summary>
internal sealed record ProfileGroup(string Slug, string Name, int Hue, bool InCommon);

/// <summary>A contribution on a profile.</summary>
internal sealed record Contribution(string Title, string Address, string GroupName, DateTime At, bool IsComment);

/// <summary>A profile as the viewer may see it.</summary>
internal sealed record MemberView
{
    /// <summary>Whether it is the viewer's own.</summary>
    public required bool IsSelf { get; init; }
    /// <summary>Name.</summary>
    public required string Name { get; init; }
    /// <summary>Handle.</summary>
    public required string Handle { get; init; }
    /// <summary>Registration.</summary>
    public required DateTime Since { get; init; }
    /// <summary>Function, when shown.</summary>
    public string? Function { get; init; }
    /// <summary>Commune, when shown.</summary>
    public string? Commune { get; init; }
    /// <summary>Telephone number, when shown.</summary>
    public string? Phone { get; init; }
    /// <summary>Address, when shown.</summary>
    public string? Email { get; init; }
    /// <summary>Presentation as sanitised HTML, when shown.</summary>
    public string? PresentationHtml { get; init; }
    /// <summary>Address of the photo, when shown.</summary>
    public string? PhotoUrl { get; init; }
    /// <summary>Organisations, present ones first.</summary>
    public required IReadOnlyList<AffiliationRow> Organisations { get; init; }
    /// <summary>Groups that the viewer may know of.</summary>
    public required IReadOnlyList<ProfileGroup> Groups { get; init; }
    /// <summary>Latest contributions that the viewer may read.</summary>
    public required IReadOnlyList<Contribution> Contributions { get; init; }
}

/// <summary>Reads a profile.</summary>
internal sealed class ReadMember(AppDb database, Bodies bodies, Faces faces)
{
    private const int MostContributions = 10;

    /// <summary>The profile of that handle.</summary>
    /// <exception cref="NotFoundException">Nobody signed in, or no active member of that handle.</exception>
    public async Task<MemberView> ExecuteAsync(Viewer viewer, string handle, CancellationToken cancellation)
    {
        if (!viewer.IsSignedIn) throw new NotFoundException();

        await using var db = database.Open(viewer);
        var member = await db.Members.AsNoTracking().FirstOrDefaultAsync(m => m.Handle == handle && m.State == MemberState.Active, cancellation) ?? throw new NotFoundException();
        var groups = await GroupsAsync(db, member.Id, cancellation);
        var isSelf = member.Id == viewer.MemberId;
        var shares = groups.Any(g => g.InCommon);
        var presentation = ProfileFields.Shown(member.Presentation, member.PresentationVisibility, isSelf, shares);
        return new MemberView
        {
            IsSelf = isSelf,
            Name = member.Name,
            Handle = member.Handle,
            Since = member.CreatedAt,
            Function = ProfileFields.Shown(member.Function, member.FunctionVisibility, isSelf, shares),
            Commune = ProfileFields.Shown(member.Commune, member.CommuneVisibility, isSelf, shares),
            Phone = ProfileFields.Shown(member.PhoneNumber, member.PhoneVisibility, isSelf, shares),
            Email = ProfileFields.Shown(member.Email, member.EmailVisibility, isSelf, shares),
            PresentationHtml = string.IsNullOrWhiteSpace(presentation) ? null : (await bodies.RenderAsync(db, presentation, cancellation)).Html,
            PhotoUrl = member.PhotoFileId is { } photo && ProfileFields.IsShown(member.PhotoVisibility, isSelf, shares) ? ProfileFields.PhotoAddress(member.Handle, photo) : null,
            Organisations = await db.Affiliations.Where(a => a.MemberId == member.Id)
                .OrderBy(a => a.Until != null).ThenByDescending(a => a.IsPrincipal).ThenByDescending(a => a.From)
                .Select(a => new AffiliationRow(a.Id, a.Organisation!.Name, a.Organisation.Slug, a.Organisation.Kind, a.Function, a.From, a.Until, a.IsPrincipal)).ToListAsync(cancellation),
            Groups = groups,
            Contributions = await ContributionsAsync(db, member.Id, cancellation),
        };
    }

    // The filter of groups leaves out the hidden ones that the viewer is not in.
    private static async Task<IReadOnlyList<ProfileGroup>> GroupsAsync(AppDbContext db, Guid memberId, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        var groups = await db.Groups.Where(g => db.Memberships.Any(m => m.GroupId == g.Id && m.MemberId == memberId && m.State == MembershipState.Active))
            .OrderBy(g => g.FoldedName)
            .Select(g => new ProfileGroup(g.Slug, g.Name, g.Hue, db.Memberships.Any(m => m.GroupId == g.Id && m.MemberId == me && m.State == MembershipState.Active)))
            .ToListAsync(cancellation);
        return [.. groups.OrderByDescending(g => g.InCommon)];
    }

    private async Task<IReadOnlyList<Contribution>> ContributionsAsync(AppDbContext db, Guid memberId, CancellationToken cancellation)
    {
        var items = await db.Items.AsNoTracking().Where(i => i.AuthorId == memberId)
            .OrderByDescending(i => i.CreatedAt).Take(MostContributions).Select(i => new { Item = i, i.Group!.Slug, i.Group.Name }).ToListAsync(cancellation);
        var comments = await db.Comments.AsNoTracking().Where(c => c.AuthorId == memberId && c.Kind == CommentKind.Message)
            .OrderByDescending(c => c.CreatedAt).Take(MostContributions).Select(c => new { c.Item, c.Number, c.CreatedAt, c.Item.Group!.Slug, c.Item.Group.Name }).ToListAsync(cancellation);
        return
        [
            .. items.Select(i => new Contribution(i.Item.Title, faces.Address(i.Slug, i.Item), i.Name, i.Item.CreatedAt, false))
                .Concat(comments.Select(c => new Contribution(c.Item.Title, faces.Of(c.Item.Kind).CommentAddress(c.Slug, c.Item, c.Number), c.Name, c.CreatedAt, true)))
                .OrderByDescending(c => c.At).Take(MostContributions),
        ];
    }
}
