using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Groups.Invitations;

/// <summary>Refuses an invitation by its token, signed in or not: whoever was written to may say no without an account.</summary>
internal sealed class RefuseInvitation(AppDb database, InvitationOfToken invitations, TimeProvider clock)
{
    /// <summary>The invitation, when it can be refused: not a link, which was made out to nobody.</summary>
    public async Task<OpenInvitation?> ReadAsync(string? token, CancellationToken cancellation) =>
        await invitations.ReadAsync(token, cancellation) is { Recipient: not null } invitation ? invitation : null;

    /// <summary>Refuses it: nobody is reminded of it, and it opens nothing more.</summary>
    /// <returns>Whether it was refused; not when it was unknown, answered, withdrawn or out of date.</returns>
    public async Task<bool> ExecuteAsync(string? token, CancellationToken cancellation)
    {
        if (await ReadAsync(token, cancellation) is not { } invitation) return false;

        await using var db = database.Open(Viewer.System);
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.Invitations.Where(i => i.Id == invitation.Id && i.AcceptedAt == null && i.WithdrawnAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.RefusedAt, now).SetProperty(i => i.WithdrawnAt, now), cancellation) == 1;
    }
}
