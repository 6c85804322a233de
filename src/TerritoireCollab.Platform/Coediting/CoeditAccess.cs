using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Coediting;

/// <summary>A text that somebody may read.</summary>
/// <param name="ItemId">The content.</param>
/// <param name="ShortId">Its short identifier.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="MayWrite">Whether that member may write in it.</param>
public sealed record CoeditRight(Guid ItemId, string ShortId, string Kind, bool MayWrite);

/// <summary>Says what a member who is signed in may do with a text, from the database at each call.</summary>
public sealed class CoeditAccess(AppDb database, Rights rights, IEnumerable<ICoeditedText> texts, TimeProvider clock)
{
    private readonly Dictionary<string, ICoeditedText> _texts = texts.ToDictionary(t => t.Kind);

    /// <summary>What the member may do; null when signed out, suspended, or not allowed to read it, or where nobody writes it together.</summary>
    public async Task<CoeditRight?> ReadAsync(Guid memberId, Guid sessionId, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.Member(memberId));
        var now = clock.GetUtcNow().UtcDateTime;
        if (!await db.Sessions.AnyAsync(s => s.Id == sessionId && s.MemberId == memberId && s.ClosedAt == null && s.ExpiresAt > now && s.Member!.State == MemberState.Active, cancellation)) return null;
        if (await db.Items.AsNoTracking().FirstOrDefaultAsync(i => i.ShortId == shortId, cancellation) is not { } item || !_texts.TryGetValue(item.Kind, out var text)) return null;

        try
        {
            var standing = await rights.StandingAsync(db, item.GroupId, cancellation);
            return new(item.Id, item.ShortId, item.Kind, await text.MayWriteAsync(db, item, standing, cancellation));
        }
        catch (NotFoundException)
        {
            // A public content of a group that is hidden from this member.
            return new(item.Id, item.ShortId, item.Kind, MayWrite: false);
        }
    }
}
