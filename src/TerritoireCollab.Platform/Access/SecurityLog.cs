using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Access;

/// <summary>Writes the security log. Details are cut, and control characters removed, so that nobody forges a line.</summary>
public sealed class SecurityLog(AppDb database, TimeProvider clock)
{
    /// <summary>Writes one line of its own.</summary>
    public async Task WriteAsync(string kind, Guid? actor = null, Guid? subject = null, Guid? group = null, string? detail = null, CancellationToken cancellation = default)
    {
        await using var db = database.Open(Viewer.System);
        Add(db, kind, actor, subject, group, detail);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Adds a line to <paramref name="db"/>, saved with what it tells of.</summary>
    public void Add(AppDbContext db, string kind, Guid? actor = null, Guid? subject = null, Guid? group = null, string? detail = null) =>
        db.SecurityEvents.Add(new SecurityEvent
        {
            At = clock.GetUtcNow().UtcDateTime,
            Kind = kind,
            ActorId = actor,
            SubjectId = subject,
            GroupId = group,
            Detail = detail is null ? null : new string([.. detail.Where(c => !char.IsControl(c)).Take(500)]),
        });
}
