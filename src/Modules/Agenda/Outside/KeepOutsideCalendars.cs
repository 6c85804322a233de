using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Agenda.Outside;

/// <summary>A calendar of another site, as somebody typed it.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Name">What the group calls it.</param>
/// <param name="Audience">Who sees its dates.</param>
/// <param name="IsExported">Whether its dates stand in the group's own calendar, too.</param>
public sealed record OutsideCalendarInput(string? Address, string? Name, Audience Audience, bool IsExported);

/// <summary>The calendars of other sites that a group shows, as far as their reader may see them.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Calendars">They, by name.</param>
/// <param name="MayKeep">Whether the viewer may add, change and remove them.</param>
public sealed record OutsideCalendarsView(Standing Standing, IReadOnlyList<OutsideCalendar> Calendars, bool MayKeep);

/// <summary>A calendar of another site, to be changed.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Calendar">It.</param>
public sealed record OutsideCalendarView(Standing Standing, OutsideCalendar Calendar);

/// <summary>Which calendars of other sites a group shows: its animators add, change and remove them.</summary>
internal sealed class KeepOutsideCalendars(AppDb database, Rights rights, ModuleCatalog modules, FetchOptions fetching, CalendarWake wake, TimeProvider clock)
{
    /// <summary>Those that the viewer may see.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no agenda.</exception>
    public async Task<OutsideCalendarsView> ReadAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(AgendaModule.ToolKey)!)) throw new NotFoundException();

        return new(standing, await db.Set<OutsideCalendar>().AsNoTracking().Where(c => c.GroupId == standing.GroupId).OrderBy(c => c.Name).ToListAsync(cancellation), rights.Allows(AgendaModule.KeepCalendars, standing));
    }

    /// <summary>One of them, to fill its form.</summary>
    /// <exception cref="NotFoundException">No such calendar of the group.</exception>
    /// <exception cref="ForbiddenException">No animator.</exception>
    public async Task<OutsideCalendarView> ReadOneAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (calendar, standing) = await RequireAsync(db, groupSlug, id, cancellation);
        return new(standing, calendar);
    }

    /// <summary>Adds one; it is read at once.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    /// <exception cref="ForbiddenException">No animator.</exception>
    /// <exception cref="InvalidInputException">The address cannot be asked, or is there already; a name is missing; there are too many.</exception>
    public async Task AddAsync(Viewer viewer, string groupSlug, OutsideCalendarInput input, CancellationToken cancellation)
    {
        await database.TransactAsync(viewer, async (db, token) =>
        {
            var standing = await rights.RequireAsync(db, AgendaModule.KeepCalendars, groupSlug, token);
            // One after the other, so that there are never too many.
            await ContentWriter.HoldCeilingAsync(db, standing.GroupId, token);
            var isUsable = CalendarAddress.TryParse(input.Address, fetching, out var address);
            var present = await db.Set<OutsideCalendar>().Where(c => c.GroupId == standing.GroupId).Select(c => c.Address).ToListAsync(token);
            Checked(input, standing)
                .Check(isUsable, nameof(input.Address), AgendaTexts.CalendarAddressBad)
                .Check(!isUsable || !present.Contains(address!.AbsoluteUri), nameof(input.Address), AgendaTexts.CalendarThere)
                .Check(present.Count < OutsideCalendar.Most, nameof(input.Address), AgendaTexts.TooManyCalendars.With(OutsideCalendar.Most))
                .Demand();
            var now = clock.GetUtcNow().UtcDateTime;
            db.Add(new OutsideCalendar
            {
                GroupId = standing.GroupId, Name = input.Name!.Trim(), Address = address!.AbsoluteUri, Audience = input.Audience, IsExported = input.IsExported, AddedById = viewer.MemberId, AddedAt = now, NextFetchAt = now,
            });
            await db.SaveChangesAsync(token);
            return true;
        }, cancellation);
        wake.Wake();
    }

    /// <summary>Changes its name, who sees it, and whether it is exported.</summary>
    /// <exception cref="NotFoundException">No such calendar of the group.</exception>
    /// <exception cref="ForbiddenException">No animator.</exception>
    /// <exception cref="InvalidInputException">The name is missing or too long.</exception>
    public Task ChangeAsync(Viewer viewer, string groupSlug, Guid id, OutsideCalendarInput input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var (calendar, standing) = await RequireAsync(db, groupSlug, id, token);
        Checked(input, standing).Demand();
        (calendar.Name, calendar.Audience, calendar.IsExported) = (input.Name!.Trim(), input.Audience, input.IsExported);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    /// <summary>Has it asked again now.</summary>
    /// <inheritdoc cref="ChangeAsync"/>
    public async Task AskAgainAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await database.TransactAsync(viewer, async (db, token) =>
        {
            var (calendar, _) = await RequireAsync(db, groupSlug, id, token);
            calendar.NextFetchAt = clock.GetUtcNow().UtcDateTime;
            if (calendar.Fault == CalendarFault.Gone) calendar.Fault = CalendarFault.BadAnswer;
            await db.SaveChangesAsync(token);
            return true;
        }, cancellation);
        wake.Wake();
    }

    /// <summary>Shows it no more; its dates go with it.</summary>
    /// <inheritdoc cref="ChangeAsync"/>
    public Task RemoveAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var (calendar, _) = await RequireAsync(db, groupSlug, id, token);
        db.Remove(calendar);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    private async Task<(OutsideCalendar Calendar, Standing Standing)> RequireAsync(AppDbContext db, string groupSlug, Guid id, CancellationToken cancellation)
    {
        var standing = await rights.RequireAsync(db, AgendaModule.KeepCalendars, groupSlug, cancellation);
        return (await db.Set<OutsideCalendar>().FirstOrDefaultAsync(c => c.Id == id && c.GroupId == standing.GroupId, cancellation) ?? throw new NotFoundException(), standing);
    }

    private static Rules Checked(OutsideCalendarInput input, Standing standing) => new Rules()
        .Text(input.Name, nameof(input.Name), OutsideCalendar.NameLength)
        .Check(input.Audience == Audience.Group || (input.Audience == Audience.Platform && MayBeWide(standing)), nameof(input.Audience), AgendaTexts.CalendarTooWide);

    /// <summary>Whether the group may show it to the members of the platform.</summary>
    public static bool MayBeWide(Standing standing) => standing.Visibility == GroupVisibility.AllMembers && standing.Ceiling >= Audience.Platform;
}
