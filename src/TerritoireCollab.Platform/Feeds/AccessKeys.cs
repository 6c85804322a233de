using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Feeds;

/// <summary>Personal keys for feed readers and programs.</summary>
public sealed class AccessKeys(AppDb database, TimeProvider clock)
{
    private static readonly TimeSpan UseStep = TimeSpan.FromMinutes(10);

    /// <summary>Makes a key and returns it: it is shown once, only its hash is kept.</summary>
    public async Task<string> CreateAsync(Guid memberId, AccessKeyScope scope, string label, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var token = SecretTokens.New();
        db.AccessKeys.Add(new AccessKey { MemberId = memberId, Scope = scope, Label = label, TokenHash = SecretTokens.Hash(token), CreatedAt = clock.GetUtcNow().UtcDateTime });
        await db.SaveChangesAsync(cancellation);
        return token;
    }

    /// <summary>The member behind a key with the key's scope, or null when the key is unknown, revoked, or of somebody who may not sign in.</summary>
    public async Task<(Viewer Viewer, AccessKeyScope Scope)?> ResolveAsync(string? token, CancellationToken cancellation)
    {
        if (token is not { Length: 32 }) return null;

        await using var db = database.Open(Viewer.System);
        var hash = SecretTokens.Hash(token);
        var key = await db.AccessKeys.Where(k => k.TokenHash == hash && k.RevokedAt == null && k.Member!.State == MemberState.Active)
            .Select(k => new { k.Id, k.MemberId, k.Scope, k.LastUsedAt, k.Member!.IsAdmin }).FirstOrDefaultAsync(cancellation);
        if (key is null) return null;

        var now = clock.GetUtcNow().UtcDateTime;
        if (key.LastUsedAt is null || now - key.LastUsedAt > UseStep)
            await db.AccessKeys.Where(k => k.Id == key.Id).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), cancellation);
        return (Viewer.Member(key.MemberId, key.IsAdmin), key.Scope);
    }

    /// <summary>Revokes one of a member's own keys.</summary>
    public async Task RevokeAsync(Viewer viewer, Guid keyId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        await db.AccessKeys.Where(k => k.Id == keyId && k.MemberId == viewer.MemberId && k.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, clock.GetUtcNow().UtcDateTime), cancellation);
    }
}
