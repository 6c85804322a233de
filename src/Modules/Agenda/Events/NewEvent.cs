using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Links;

namespace TerritoireCollab.Agenda.Events;

/// <summary>Reads what the form of a new event shows.</summary>
internal sealed class NewEvent(AppDb database, Rights rights, LinkContents links)
{
    /// <summary>The form, begun with the content that the event is made from where there is one.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    /// <exception cref="ForbiddenException">The viewer may not announce events there.</exception>
    public async Task<EventForm> ExecuteAsync(Viewer viewer, string groupSlug, string? source, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, AgendaModule.CreateEvent, groupSlug, cancellation);
        var from = await links.ReadAsync(db, source, cancellation);
        return new()
        {
            Standing = standing,
            PlatformMembers = await EditContent.PlatformMembersAsync(db, cancellation),
            Title = from?.Item.Title ?? "",
            Tags = from?.Tags ?? "",
            Audience = standing.ProposedAudience,
            Details = new() { Organisers = await db.Members.Where(m => m.Id == viewer.MemberId).Select(m => m.Name).FirstAsync(cancellation), Programme = [] },
            SourceTitle = from?.Item.Title,
        };
    }
}
