using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Members.Profiles;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Search;
using TerritoireCollab.Platform.Search.French;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Members.Directory;

/// <summary>A member in the directory, as the viewer may see them.</summary>
internal sealed record MemberRow
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }
    /// <summary>Registration.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Name.</summary>
    public required string Name { get; init; }
    /// <summary>Handle.</summary>
    public required string Handle { get; init; }
    /// <summary>Function, when shown.</summary>
    public string? Function { get; init; }
    /// <summary>Commune, when shown.</summary>
    public string? Commune { get; init; }
    /// <summary>In whose name the member speaks.</summary>
    public string? Organisation { get; init; }
    /// <summary>Address of the photo, when shown.</summary>
    public string? PhotoUrl { get; init; }
}

/// <summary>What is looked for.</summary>
internal sealed record MemberQuery(string? Text, OrganisationKind? Kind = null, char? Letter = null);

/// <summary>A page of the directory.</summary>
internal sealed record MemberList(IReadOnlyList<MemberRow> Rows, int Count, int Page, int PageCount, IReadOnlyList<char> Letters);

/// <summary>Lists members: by name, or by what the search index holds of them, which is only what every member may see.</summary>
internal sealed class ListMembers(AppDb database, ISearchIndex index)
{
    /// <summary>Cards on a page.</summary>
    public const int PageSize = 24;

    private const int MostMatches = 300;

    /// <summary>One page, by name.</summary>
    public async Task<MemberList> ExecuteAsync(Viewer viewer, MemberQuery query, int page, CancellationToken cancellation)
    {
        if (!viewer.IsSignedIn) throw new NotFoundException();

        await using var db = database.Open(viewer);
        var found = await FoundAsync(db, query, cancellation);
        var letters = await found.Select(m => m.FoldedName.Substring(0, 1)).Distinct().ToListAsync(cancellation);
        if (query.Letter is { } letter)
        {
            var first = letter.ToString();
            found = found.Where(m => m.FoldedName.StartsWith(first));
        }

        var count = await found.CountAsync(cancellation);
        var pages = Math.Max(1, (count + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var rows = await RowsAsync(db, found.OrderBy(m => m.FoldedName).ThenBy(m => m.Id).Skip((page - 1) * PageSize).Take(PageSize), cancellation);
        return new(rows, count, page, pages, [.. letters.Where(l => l.Length == 1 && char.IsAsciiLetterLower(l[0])).Select(l => l[0]).Order()]);
    }

    /// <summary>Those who came after a moment, for the API.</summary>
    public async Task<IReadOnlyList<MemberRow>> AfterAsync(Viewer viewer, string? text, (DateTime At, Guid Id)? after, int limit, CancellationToken cancellation)
    {
        if (!viewer.IsSignedIn) throw new NotFoundException();

        await using var db = database.Open(viewer);
        var found = await FoundAsync(db, new MemberQuery(text), cancellation);
        if (after is var (at, id)) found = found.Where(m => m.CreatedAt > at || (m.CreatedAt == at && m.Id > id));
        return await RowsAsync(db, found.OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).Take(limit), cancellation);
    }

    private async Task<IQueryable<Member>> FoundAsync(AppDbContext db, MemberQuery query, CancellationToken cancellation)
    {
        var members = db.Members.AsNoTracking().Where(m => m.State == MemberState.Active);
        if (query.Kind is { } kind) members = members.Where(m => m.Affiliations.Any(a => a.Until == null && a.Organisation!.Kind == kind));
        if (FoldedName.Of(query.Text) is not { Length: > 0 } folded) return members;

        var terms = FrenchAnalyzer.Query(query.Text!);
        var numbers = terms.IsEmpty ? [] : await index.MatchAsync(db, new IndexQuery { Terms = terms, Scopes = [SearchScopes.Platform], Kinds = [SearchScopes.Kind("member")] }, MostMatches, cancellation);
        var ids = await db.SearchDocuments.Where(d => numbers.Contains(d.Number)).Select(d => d.TargetId).ToListAsync(cancellation);
        return members.Where(m => m.FoldedName.Contains(folded) || ids.Contains(m.Id));
    }

    private static async Task<IReadOnlyList<MemberRow>> RowsAsync(AppDbContext db, IQueryable<Member> members, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        var rows = await members.Select(m => new
        {
            m.Id, m.CreatedAt, m.Name, m.Handle, m.Function, m.FunctionVisibility, m.Commune, m.CommuneVisibility, m.PhotoFileId, m.PhotoVisibility,
            Organisation = m.Affiliations.Where(a => a.Until == null).OrderByDescending(a => a.IsPrincipal).Select(a => a.Organisation!.Name).FirstOrDefault(),
            Shares = db.Memberships.Any(a => a.MemberId == m.Id && a.State == MembershipState.Active && db.Memberships.Any(b => b.GroupId == a.GroupId && b.MemberId == me && b.State == MembershipState.Active)),
        }).ToListAsync(cancellation);
        return [.. rows.Select(r => new MemberRow
        {
            Id = r.Id,
            CreatedAt = r.CreatedAt,
            Name = r.Name,
            Handle = r.Handle,
            Organisation = r.Organisation,
            Function = ProfileFields.Shown(r.Function, r.FunctionVisibility, r.Id == me, r.Shares),
            Commune = ProfileFields.Shown(r.Commune, r.CommuneVisibility, r.Id == me, r.Shares),
            PhotoUrl = r.PhotoFileId is { } photo && ProfileFields.IsShown(r.PhotoVisibility, r.Id == me, r.Shares) ? ProfileFields.PhotoAddress(r.Handle, photo) : null,
        })];
    }
}
