using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Guests;

/// <summary>A guest, found by address.</summary>
/// <param name="Id">Key.</param>
/// <param name="Link">The personal link, from the root: for mails to that address alone.</param>
public sealed record FoundGuest(Guid Id, string Link);

/// <summary>
/// Finds the guest of a content whose address a mail came from. That the mail is the guest's is for the caller to see, by a seal in the address that it was
/// sent to.
/// </summary>
public sealed class GuestOfAddress(AppDb database, GuestLinks links, GuestOfLink guests)
{
    /// <summary>The guest, or null when that content has none of that address.</summary>
    public async Task<FoundGuest?> FindAsync(string kind, string shortId, string email, CancellationToken cancellation)
    {
        var normalized = Emails.Normalize(email);
        await using var db = database.Open(Viewer.System);
        return await db.Guests.Where(g => g.NormalizedEmail == normalized && g.MemberId == null && g.Item.ShortId == shortId && g.Item.Kind == kind).Select(g => (Guid?)g.Id).FirstOrDefaultAsync(cancellation) is { } id
            ? new(id, links.Of(id)) : null;
    }

    /// <inheritdoc cref="GuestOfLink.WithAsync{T}(string, Guid?, Func{AppDbContext, Guest, Task{T}}, CancellationToken)"/>
    public Task<T> WithAsync<T>(string kind, Guid id, Func<AppDbContext, Guest, Task<T>> read, CancellationToken cancellation) => guests.WithAsync(kind, (Guid?)id, read, cancellation);
}
