using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Groups.Memberships;

/// <summary>A row of the list of members.</summary>
public sealed record MemberRow
{
    /// <summary>The member.</summary>
    public required Guid Id { get; init; }
    /// <summary>Name.</summary>
    public required string Name { get; init; }
    /// <summary>Name folded.</summary>
    public required string FoldedName { get; init; }
    /// <summary>Handle.</summary>
    public required string Handle { get; init; }
    /// <summary>Function, when the person shows it.</summary>
    public string? Function { get; init; }
    /// <summary>Organisation spoken for.</summary>
    public string? Organisation { get; init; }
    /// <summary>Role.</summary>
    public required GroupRole Role { get; init; }
    /// <summary>How the membership came about.</summary>
    public required MembershipOrigin Origin { get; init; }
    /// <summary>Since when.</summary>
    public required DateTime Since { get; init; }
}

/// <summary>Somebody who asks to join.</summary>
/// <param name="Id">The member.</param>
/// <param name="Name">Name.</param>
/// <param name="Handle">Handle.</param>
/// <param name="Organisation">Organisation spoken for.</param>
/// <param name="Text">Answer to the group's question.</param>
/// <param name="At">When.</param>
/// <param name="WasRemoved">Whether an animator had removed the person.</param>
public sealed record RequestRow(Guid Id, string Name, string Handle, string? Organisation, string? Text, DateTime At, bool WasRemoved);

/// <summary>The members of a group.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Rows">Members of this page.</param>
/// <param name="Requests">For animators: who asks to join, oldest first.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="PageCount">Pages in all.</param>
/// <param name="Total">How many were found.</param>
/// <param name="MayManage">Whether the viewer manages members.</param>
/// <param name="Unreached">For animators: members whom no mail reaches any more.</param>
public sealed record MemberListView(Standing Standing, IReadOnlyList<MemberRow> Rows, IReadOnlyList<RequestRow> Requests, int Page, int PageCount, int Total, bool MayManage, int Unreached);

/// <summary>What rows of members are made of.</summary>
internal static class MemberRows
{
    /// <summary>The active members of the group, of whom the viewer of <paramref name="db"/> is one.</summary>
    public static IQueryable<MemberRow> Of(AppDbContext db, Standing standing) => db.Memberships.AsNoTracking()
        .Where(m => m.GroupId == standing.GroupId && m.State == MembershipState.Active && m.Member!.State != MemberState.Gone)
        .Select(m => new MemberRow
        {
            Id = m.MemberId,
            Name = m.Member!.Name,
            FoldedName = m.Member.FoldedName,
            Handle = m.Member.Handle,
            Function = m.Member.FunctionVisibility == FieldVisibility.OnlyMe && m.MemberId != db.Viewer.MemberId ? null : m.Member.Function,
            Organisation = m.Member.Affiliations.Where(a => a.IsPrincipal && a.Until == null).Select(a => a.Organisation!.Name).FirstOrDefault(),
            Role = m.Role,
            Origin = m.Origin,
            Since = m.Since,
        });
}

/// <summary>Lists the members of a group to its members, and exports them to its animators.</summary>
internal sealed class ListMembers(AppDb database, Rights rights, SecurityLog log, Dates dates, TimeProvider clock)
{
    /// <summary>Members on a page.</summary>
    public const int PageSize = 100;

    /// <summary>One page of the list.</summary>
    /// <exception cref="NotFoundException">Absent, hidden, or the viewer is no member.</exception>
    public async Task<MemberListView> ExecuteAsync(Viewer viewer, string slug, string? search, bool byDate, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await MineAsync(db, slug, cancellation);
        var rows = MemberRows.Of(db, standing);
        if (TextFold.Fold(search ?? "").Trim() is { Length: > 0 } folded) rows = rows.Where(r => r.FoldedName.Contains(folded));

        var total = await rows.CountAsync(cancellation);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var ordered = byDate ? rows.OrderByDescending(r => r.Since).ThenBy(r => r.FoldedName).ThenBy(r => r.Handle) : rows.OrderBy(r => r.FoldedName).ThenBy(r => r.Handle);
        var mayManage = rights.Allows(GroupPermissions.ManageMembers, standing);
        return new(standing, await ordered.Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellation),
            mayManage ? await RequestsAsync(db, standing, cancellation) : [], page, pages, total, mayManage,
            rights.Allows(GroupPermissions.SeeReceipts, standing) ? await ListUnreached.CountAsync(db, standing.GroupId, clock.GetUtcNow().UtcDateTime, cancellation) : 0);
    }

    /// <summary>The members after a name, for programs.</summary>
    /// <exception cref="NotFoundException">Absent, hidden, or the viewer is no member.</exception>
    public async Task<IReadOnlyList<MemberRow>> AfterAsync(Viewer viewer, string slug, string? name, string? handle, int count, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var rows = MemberRows.Of(db, await MineAsync(db, slug, cancellation));
        if (name is not null) rows = rows.Where(r => r.FoldedName.CompareTo(name) > 0 || (r.FoldedName == name && r.Handle.CompareTo(handle) > 0));
        return await rows.OrderBy(r => r.FoldedName).ThenBy(r => r.Handle).Take(count).ToListAsync(cancellation);
    }

    /// <summary>Every member as a table: UTF-8 with a byte order mark, semicolons, lines ended by CRLF, as French spreadsheets read it.</summary>
    /// <exception cref="NotFoundException">Absent, hidden, or the viewer is no member.</exception>
    /// <exception cref="ForbiddenException">Not an animator.</exception>
    public async Task<byte[]> ExportAsync(Viewer viewer, string slug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await MineAsync(db, slug, cancellation);
        if (!standing.IsAnimator) rights.Require(GroupPermissions.ManageMembers, standing);

        var rows = await MemberRows.Of(db, standing).OrderBy(r => r.FoldedName).ThenBy(r => r.Handle).ToListAsync(cancellation);
        var text = new CsvText().Line(GroupsTexts.ColumnName, GroupsTexts.ColumnFunction, GroupsTexts.ColumnOrganisation, GroupsTexts.ColumnRole, GroupsTexts.ColumnSince, GroupsTexts.ColumnOrigin);
        foreach (var row in rows)
            text.Line(row.Name, row.Function, row.Organisation, Words.Of(row.Role), DateOnly.FromDateTime(dates.Local(row.Since)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Words.Of(row.Origin));
        log.Add(db, "groupe.export", viewer.MemberId, group: standing.GroupId, detail: $"{rows.Count}");
        await db.SaveChangesAsync(cancellation);
        return text.ToBytes();
    }

    private async Task<Standing> MineAsync(AppDbContext db, string slug, CancellationToken cancellation)
    {
        var standing = await rights.StandingAsync(db, slug, cancellation);
        return standing.IsMember ? standing : throw new NotFoundException();
    }

    private static async Task<IReadOnlyList<RequestRow>> RequestsAsync(AppDbContext db, Standing standing, CancellationToken cancellation) => await db.Memberships.AsNoTracking()
        .Where(m => m.GroupId == standing.GroupId && (m.State == MembershipState.Requested || m.State == MembershipState.RequestedAgain) && m.Member!.State == MemberState.Active)
        .OrderBy(m => m.Since)
        .Select(m => new RequestRow(m.MemberId, m.Member!.Name, m.Member.Handle,
            m.Member.Affiliations.Where(a => a.IsPrincipal && a.Until == null).Select(a => a.Organisation!.Name).FirstOrDefault(), m.RequestText, m.Since, m.State == MembershipState.RequestedAgain))
        .ToListAsync(cancellation);
}
