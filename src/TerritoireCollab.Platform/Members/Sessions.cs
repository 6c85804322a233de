using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Platform.Members;

/// <summary>Opens, reads and closes sign-ins. Every request reads its session: a closed one, or a suspended member, is out at once.</summary>
public sealed class Sessions(AppDb database, PlatformOptions platform, TimeProvider clock)
{
    /// <summary>A sign-in without a request for that long is closed.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(14);

    /// <summary>A sign-in is closed after that long whatever happens.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan NewVisit = TimeSpan.FromHours(1);

    // __Host- asks for a secure address, which a demonstration on a laptop does not have.
    private string CookieName => platform.BaseUrl.Scheme == Uri.UriSchemeHttps ? "__Host-session" : "session";

    /// <summary>Opens a session for <paramref name="memberId"/> and hands its cookie to the browser.</summary>
    public async Task OpenAsync(HttpContext http, Guid memberId, CancellationToken cancellation)
    {
        var token = SecretTokens.New();
        var now = Now();
        await using var db = database.Open(Viewer.System);
        db.Sessions.Add(new Session
        {
            TokenHash = SecretTokens.Hash(token),
            MemberId = memberId,
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + Longest,
            Device = Devices.Describe(http.Request.Headers.UserAgent),
        });
        await db.SaveChangesAsync(cancellation);
        var seen = await db.Members.Where(m => m.Id == memberId).Select(m => m.LastSeenAt).FirstOrDefaultAsync(cancellation);
        await SeenAsync(db, memberId, seen, now, cancellation);
        http.Response.Cookies.Append(CookieName, token, Cookie(now + Longest));
    }

    /// <summary>Who sends this request, or null.</summary>
    public async Task<SignedIn?> ReadAsync(HttpContext http, CancellationToken cancellation)
    {
        if (!http.Request.Cookies.TryGetValue(CookieName, out var token) || token is not { Length: 32 }) return null;

        await using var db = database.Open(Viewer.System);
        var hash = SecretTokens.Hash(token);
        var now = Now();
        var found = await _byHash(db, hash, now - Idle, now);
        if (found is null) return null;

        if (now - found.LastSeenAt <= SeenStep) return found.SignedIn;

        // The session last: another request that finds it up to date finds the member so too.
        await SeenAsync(db, found.SignedIn.Id, found.MemberSeenAt, now, cancellation);
        await db.Sessions.Where(s => s.Id == found.SignedIn.SessionId).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, now), cancellation);
        // The page of this very request already tells what happened since.
        return IsNewVisit(found.MemberSeenAt, now) ? found.SignedIn with { PreviousVisitAt = found.MemberSeenAt } : found.SignedIn;
    }

    /// <summary>Closes the session of this request and takes its cookie back.</summary>
    public async Task CloseAsync(HttpContext http, SignedIn member, CancellationToken cancellation)
    {
        await CloseAsync(member.Id, s => s.Id == member.SessionId, cancellation);
        http.Response.Cookies.Delete(CookieName, Cookie(null));
    }

    /// <summary>Closes one session of a member.</summary>
    public Task CloseOneAsync(Guid memberId, Guid sessionId, CancellationToken cancellation) => CloseAsync(memberId, s => s.Id == sessionId, cancellation);

    /// <summary>Closes every session of a member, but the one named.</summary>
    public Task CloseOthersAsync(Guid memberId, Guid? kept, CancellationToken cancellation) => CloseAsync(memberId, s => s.Id != kept, cancellation);

    /// <summary>
    /// Shuts a member out within the caller's transaction: every session but <paramref name="kept"/> is closed, and every mailed link that
    /// was not used is void, since a link in a mailbox opens as much as a session does.
    /// </summary>
    public async Task ShutOutAsync(AppDbContext db, Guid memberId, Guid? kept, CancellationToken cancellation)
    {
        var now = Now();
        await db.Sessions.Where(s => s.MemberId == memberId && s.Id != kept && s.ClosedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.ClosedAt, now), cancellation);
        await MailedLinks.VoidAsync(db, memberId, purpose: null, now, cancellation);
    }

    /// <summary>The identity that the framework knows the member by.</summary>
    public static ClaimsPrincipal Principal(SignedIn member) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, member.Id.ToString()), new(ClaimTypes.Name, member.Name), new("session", member.SessionId.ToString())], "session"));

    private readonly Func<AppDbContext, string, DateTime, DateTime, Task<Found?>> _byHash = EF.CompileAsyncQuery(
        (AppDbContext db, string hash, DateTime idleSince, DateTime now) => db.Sessions
            .Where(s => s.TokenHash == hash && s.ClosedAt == null && s.ExpiresAt > now && s.LastSeenAt > idleSince && s.Member!.State == MemberState.Active)
            .Select(s => new Found(s.LastSeenAt, s.Member!.LastSeenAt, new SignedIn
            {
                Id = s.MemberId,
                SessionId = s.Id,
                Name = s.Member!.Name,
                Handle = s.Member.Handle,
                IsAdmin = s.Member.IsAdmin,
                Welcomed = s.Member.Welcomed,
                PhotoFileId = s.Member.PhotoFileId,
                PreviousVisitAt = s.Member.PreviousVisitAt,
                Unread = db.Notifications.Count(n => n.MemberId == s.MemberId && n.ReadAt == null),
                MailReturns = db.AddressStandings.Any(a => a.Address == s.Member.NormalizedEmail && a.State != AddressState.Good && (a.State != AddressState.Paused || a.Until == null || a.Until > now)),
            })).FirstOrDefault());

    private static bool IsNewVisit(DateTime? seen, DateTime now) => seen is null || now - seen > NewVisit;

    // A browser asks for several things at once: whichever request comes second must not take the first for the visit before.
    private static Task<int> SeenAsync(AppDbContext db, Guid memberId, DateTime? seen, DateTime now, CancellationToken cancellation)
    {
        var members = db.Members.Where(m => m.Id == memberId);
        return IsNewVisit(seen, now)
            ? members.ExecuteUpdateAsync(set => set.SetProperty(m => m.PreviousVisitAt, seen).SetProperty(m => m.LastSeenAt, now), cancellation)
            : members.ExecuteUpdateAsync(set => set.SetProperty(m => m.LastSeenAt, now), cancellation);
    }

    private async Task CloseAsync(Guid memberId, System.Linq.Expressions.Expression<Func<Session, bool>> which, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        await db.Sessions.Where(s => s.MemberId == memberId && s.ClosedAt == null).Where(which)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.ClosedAt, Now()), cancellation);
    }

    private CookieOptions Cookie(DateTime? expires) => new()
    {
        HttpOnly = true,
        Secure = platform.BaseUrl.Scheme == Uri.UriSchemeHttps,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        Path = "/",
        Expires = expires,
    };

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;

    private sealed record Found(DateTime LastSeenAt, DateTime? MemberSeenAt, SignedIn SignedIn);
}

/// <summary>Names a browser and a system in words, for the list of open sessions.</summary>
public static class Devices
{
    /// <summary>Such as « Firefox, Windows »; « Appareil inconnu » otherwise.</summary>
    public static string Describe(string? userAgent)
    {
        var agent = userAgent ?? "";
        string? First(params (string Sign, string Name)[] known) => known.FirstOrDefault(k => agent.Contains(k.Sign, StringComparison.Ordinal)).Name;
        var browser = First(("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"));
        var system = First(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"));
        return string.Join(", ", new[] { browser, system }.OfType<string>()) is { Length: > 0 } known ? known : PlatformTexts.UnknownDevice;
    }
}
