using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary>Members that commands name by their address.</summary>
internal static class ActiveMembers
{
    /// <summary>The member of that address; null when no active account has it, which is said on stderr.</summary>
    public static async Task<Guid?> FindAsync(IHost house, string address, CancellationToken cancellation)
    {
        var email = Emails.Normalize(address);
        await using var db = house.Services.GetRequiredService<AppDb>().Open(Viewer.System);
        var member = await db.Members.Where(m => m.NormalizedEmail == email && m.State == MemberState.Active).Select(m => (Guid?)m.Id).FirstOrDefaultAsync(cancellation);
        if (member is null) await Console.Error.WriteLineAsync(CommandTexts.NoSuchMember.With(address));
        return member;
    }
}
