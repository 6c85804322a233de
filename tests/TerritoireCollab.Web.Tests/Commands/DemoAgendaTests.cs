using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Rides;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Web.Tests.Commands;

/// <summary>The agenda of the demo territory.</summary>
public sealed class DemoAgendaTests(DemoVeilleStage stage) : IClassFixture<DemoVeilleStage>
{
    [Fact]
    public async Task Demo_Agenda_FortyTwoEventsWithAllThatAnEventCanHave()
    {
        await using var db = stage.Instance.Open(Viewer.System);
        var events = await db.Set<AgendaEvent>().AsNoTracking().ToListAsync();

        Assert.Equal(42, events.Count);
        Assert.Contains(events, e => e.IsAllDay);
        Assert.Contains(events, e => e is { Attendance: Attendance.Online, OnlineUrl: not null, Place: null });
        var programme = Assert.Single(events, e => e.Programme is not null);
        Assert.All(Programme.Read(programme.Programme), s => Assert.InRange(s.To ?? s.From, s.From, (programme.EndLocal - programme.StartLocal).TotalMinutes));
        Assert.True(await db.Set<EventDecision>().AnyAsync(d => db.Set<EventMinutes>().Any(m => m.ItemId == d.ItemId && m.Key == d.Key)));
        Assert.True(await db.Set<RideSeat>().AnyAsync());
        Assert.True(await db.Set<Ride>().AnyAsync(r => r.Seats == 0));
    }
}
