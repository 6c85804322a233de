using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Admin.Accounts;

/// <summary>An account in the list.</summary>
public sealed record AccountLine
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }
    /// <summary>Name.</summary>
    public required string Name { get; init; }
    /// <summary>Handle.</summary>
    public required string Handle { get; init; }
    /// <summary>Address.</summary>
    public required string Email { get; init; }
    /// <summary>Where it stands.</summary>
    public required MemberState State { get; init; }
    /// <summary>Whether the member administers the platform.</summary>
    public required bool IsAdmin { get; init; }
    /// <summary>Registration.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Last visit.</summary>
    public DateTime? LastSeenAt { get; init; }
}

/// <summary>A page of accounts.</summary>
/// <param name="Lines">On this page.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageCount">Pages in all.</param>
/// <param name="Counts">Accounts by state, whatever is searched.</param>
public sealed record AccountsView(IReadOnlyList<AccountLine> Lines, int Page, int PageCount, IReadOnlyDictionary<MemberState, int> Counts);

/// <summary>Lists accounts for administrators.</summary>
internal sealed class ListMembers(AppDb database)
{
    private const int PageSize = 25;

    /// <summary>One page, by name; those of <paramref name="state"/>, or all; those whose name, handle or address holds <paramref name="text"/>.</summary>
    /// <exception cref="NotFoundException">The viewer does not administer the platform.</exception>
    public async Task<AccountsView> ExecuteAsync(Viewer viewer, MemberState? state, string? text, int page, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        var counts = await db.Members.GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);

        var members = db.Members.AsNoTracking();
        if (state is { } only) members = members.Where(m => m.State == only);
        if (FoldedName.Of(text) is { Length: > 0 } folded)
        {
            var address = Emails.Normalize(text);
            members = members.Where(m => m.FoldedName.Contains(folded) || m.Handle.Contains(folded) || m.NormalizedEmail!.Contains(address));
        }

        var pages = Math.Max(1, (await members.CountAsync(cancellation) + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var lines = await members.OrderBy(m => m.FoldedName).ThenBy(m => m.Id).Skip((page - 1) * PageSize).Take(PageSize).Select(m => new AccountLine
        {
            Id = m.Id,
            Name = m.Name,
            Handle = m.Handle,
            Email = m.Email ?? "",
            State = m.State,
            IsAdmin = m.IsAdmin,
            CreatedAt = m.CreatedAt,
            LastSeenAt = m.LastSeenAt,
        }).ToListAsync(cancellation);
        return new(lines, page, pages, counts);
    }
}
