using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Members.Accounts;

/// <summary>An open session of the member.</summary>
internal sealed record SessionRow(Guid Id, string Device, DateTime CreatedAt, DateTime LastSeenAt);

/// <summary>A key of the member.</summary>
internal sealed record KeyRow(Guid Id, string Label, AccessKeyScope Scope, DateTime CreatedAt, DateTime? LastUsedAt);

/// <summary>The account of the viewer.</summary>
internal sealed record AccountView(string Email, bool HasPassword, IReadOnlyList<SessionRow> Sessions, IReadOnlyList<KeyRow> Keys);

/// <summary>Reads the viewer's own account.</summary>
internal sealed class ReadAccount(AppDb database, TimeProvider clock)
{
    public async Task<AccountView> ExecuteAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var me = viewer.MemberId;
        var now = clock.GetUtcNow().UtcDateTime;
        var idle = now - Sessions.Idle;
        var head = await db.Members.Where(m => m.Id == me).Select(m => new { m.Email, HasPassword = m.PasswordHash != null }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        var sessions = await db.Sessions.Where(s => s.MemberId == me && s.ClosedAt == null && s.ExpiresAt > now && s.LastSeenAt > idle)
            .OrderByDescending(s => s.LastSeenAt).Select(s => new SessionRow(s.Id, s.Device, s.CreatedAt, s.LastSeenAt)).Take(50).ToListAsync(cancellation);
        var keys = await db.AccessKeys.Where(k => k.MemberId == me && k.RevokedAt == null)
            .OrderByDescending(k => k.CreatedAt).Select(k => new KeyRow(k.Id, k.Label, k.Scope, k.CreatedAt, k.LastUsedAt)).Take(50).ToListAsync(cancellation);
        return new(head.Email!, head.HasPassword, sessions, keys);
    }
}
