using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Members;

/// <summary>Takes mailed links back: what a member did by one, or what was changed since, makes the others dangerous.</summary>
public static class MailedLinks
{
    /// <summary>Makes every link of a member that was not used void; only those of <paramref name="purpose"/> unless null.</summary>
    public static Task<int> VoidAsync(AppDbContext db, Guid memberId, MailedLinkPurpose? purpose, DateTime now, CancellationToken cancellation)
    {
        var links = db.MailedLinks.Where(l => l.MemberId == memberId && l.UsedAt == null);
        if (purpose is { } only) links = links.Where(l => l.Purpose == only);
        return links.ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancellation);
    }
}
