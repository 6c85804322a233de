using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Platform.Guests;

/// <summary>
/// Each night: erases the guests of contents that ended so many months ago, with all that they answered, and those who never used the link that they asked for.
/// </summary>
public sealed class ForgetGuests(AppDb database, GuestTools tools, GuestSettings settings, TimeProvider clock) : IRecurringJob
{
    /// <summary>How long somebody who asked has to use the link.</summary>
    public static readonly TimeSpan Unconfirmed = TimeSpan.FromDays(7);

    private const int Batch = 500;

    /// <inheritdoc />
    public string Key => "invites.oubli";

    /// <summary>Every night at 3:50.</summary>
    public string Hours => "0 50 3 * * ?";

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (asked, ended) = (now - Unconfirmed, now.AddMonths(-await settings.MonthsAsync(cancellation)));
        string[] trash = [AppDbContext.DeletedFilter];
        await using var db = database.Open(Viewer.System);
        await db.Guests.IgnoreQueryFilters(trash).Where(g => g.InvitedById == null && g.ConfirmedAt == null && g.At < asked).ExecuteDeleteAsync(cancellation);
        foreach (var tool in tools.All)
        {
            // Nobody was asked to take part after the end: only contents whose guests are old enough are looked at.
            var contents = await db.Guests.IgnoreQueryFilters(trash).Where(g => g.Item.Kind == tool.Kind && g.At < ended).Select(g => g.ItemId).Distinct().ToListAsync(cancellation);
            foreach (var some in contents.Chunk(Batch))
            {
                var over = (await tool.EndsAsync(db, some, cancellation)).Where(e => e.Value < ended).Select(e => e.Key).ToList();
                await db.Guests.IgnoreQueryFilters(trash).Where(g => over.Contains(g.ItemId)).ExecuteDeleteAsync(cancellation);
            }
        }
    }
}
