using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Agenda.Events;

/// <summary>The programme of a date, to be printed.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Event">The event, with its row.</param>
/// <param name="Date">The date.</param>
/// <param name="Organisers">Who organises it, where that is said.</param>
public sealed record ProgrammeView(Standing Standing, AgendaEvent Event, EventDate Date, IReadOnlyList<OrganiserName> Organisers);

/// <summary>Reads the programme of an event at one of its dates: whoever may read the event may.</summary>
internal sealed class ReadProgramme(AppDb database, Rights rights, TimeProvider clock)
{
    /// <summary>The programme at that date, or at the next one.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, in the trash, or without a programme.</exception>
    public async Task<ProgrammeView> ExecuteAsync(Viewer viewer, string shortId, DateTime? key, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var e = await db.Set<AgendaEvent>().AsNoTracking().Include(x => x.Item).FirstOrDefaultAsync(x => x.Item.ShortId == shortId && x.Programme != null, cancellation) ?? throw new NotFoundException();
        var date = await ReadEvent.NearestAsync(db, e.Id, key, clock.GetUtcNow().UtcDateTime, cancellation) ?? throw new NotFoundException();
        var author = await db.Members.Where(m => m.Id == e.Item.AuthorId).Select(m => m.Name).FirstAsync(cancellation);
        return new(await rights.StandingAsync(db, e.Item.GroupId, cancellation), e, date, await ReadEvent.OrganisersAsync(db, e, author, await CoAuthors.OfAsync(db, e.Item, cancellation), cancellation));
    }
}
