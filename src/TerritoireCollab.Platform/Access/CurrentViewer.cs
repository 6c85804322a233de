using Microsoft.AspNetCore.Http;

namespace TerritoireCollab.Platform.Access;

/// <summary>Who makes this request, read once from the database by the sign-in middleware. In a circuit, who opened it.</summary>
public sealed class CurrentViewer(IHttpContextAccessor http)
{
    private SignedIn? _set;

    /// <summary>The viewer; anonymous when nobody is signed in.</summary>
    public Viewer Viewer => Member is { } member ? Viewer.Member(member.Id, member.IsAdmin) : Viewer.Anonymous;

    /// <summary>The member signed in, or null.</summary>
    public SignedIn? Member => _set ?? http.HttpContext?.Features.Get<SignedIn>();

    /// <summary>Sets the member for a circuit, where there is no request.</summary>
    public void Set(SignedIn member) => _set = member;
}

/// <summary>What every page shows of the member signed in.</summary>
public sealed record SignedIn
{
    /// <summary>The member.</summary>
    public required Guid Id { get; init; }
    /// <summary>The sign-in.</summary>
    public required Guid SessionId { get; init; }
    /// <summary>Name as shown.</summary>
    public required string Name { get; init; }
    /// <summary>Handle.</summary>
    public required string Handle { get; init; }
    /// <summary>Whether the member administers the platform.</summary>
    public required bool IsAdmin { get; init; }
    /// <summary>Whether the three first steps were taken or skipped.</summary>
    public required bool Welcomed { get; init; }
    /// <summary>Notifications not read yet.</summary>
    public required int Unread { get; init; }
    /// <summary>Whether the member's address takes our mail no more: it comes back.</summary>
    public bool MailReturns { get; init; }
    /// <summary>The photo, if any.</summary>
    public Guid? PhotoFileId { get; init; }
    /// <summary>The visit before this one.</summary>
    public DateTime? PreviousVisitAt { get; init; }
}
