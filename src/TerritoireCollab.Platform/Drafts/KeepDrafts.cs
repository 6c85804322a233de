using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Drafts;

/// <summary>Keeps what a member types, form by form, until it is sent.</summary>
public sealed class KeepDrafts(AppDb database, TimeProvider clock)
{
    private const int LongestKey = 100;

    /// <summary>The kept text of a form, or null.</summary>
    public async Task<string?> ReadAsync(Viewer viewer, string key, CancellationToken cancellation)
    {
        if (!viewer.IsMember) return null;

        await using var db = database.Open(viewer);
        return await db.Drafts.Where(d => d.MemberId == viewer.MemberId && d.Key == key).Select(d => d.Text).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Keeps <paramref name="text"/>; an empty text removes the draft.</summary>
    /// <returns>When it was saved.</returns>
    /// <exception cref="NotFoundException">Nobody is signed in.</exception>
    /// <exception cref="InvalidInputException">Too long.</exception>
    public async Task<DateTime> SaveAsync(Viewer viewer, string key, string? text, CancellationToken cancellation)
    {
        if (!viewer.IsMember || key.Length is 0 or > LongestKey) throw new NotFoundException();
        new Rules().Text(text, "Text", Bodies.MaxLength, required: false).Demand();

        var now = clock.GetUtcNow().UtcDateTime;
        await database.TransactAsync(viewer, (db, token) => WriteAsync(db, key, text, now, token), cancellation);
        return now;
    }

    /// <summary>Puts <paramref name="text"/> under what was kept already: nothing typed is lost when it comes to wait in another form.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in.</exception>
    /// <exception cref="InvalidInputException">Too long together.</exception>
    public async Task AddToAsync(Viewer viewer, string key, string? text, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(text)) return;

        var kept = await ReadAsync(viewer, key, cancellation);
        await SaveAsync(viewer, key, string.IsNullOrWhiteSpace(kept) ? text : $"{kept.TrimEnd()}\n\n{text}", cancellation);
    }

    // Two saves of one form may cross: the later one stays.
    private static async Task<bool> WriteAsync(AppDbContext db, string key, string? text, DateTime now, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        var mine = db.Drafts.Where(d => d.MemberId == me && d.Key == key);
        if (string.IsNullOrWhiteSpace(text)) return await mine.ExecuteDeleteAsync(cancellation) > 0;
        if (await mine.ExecuteUpdateAsync(set => set.SetProperty(d => d.Text, text).SetProperty(d => d.SavedAt, now), cancellation) > 0) return true;

        db.Drafts.Add(new Draft { MemberId = me, Key = key, Text = text, SavedAt = now });
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    /// <summary>Forgets a draft, once its text was sent.</summary>
    public async Task ForgetAsync(Viewer viewer, string key, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        await db.Drafts.Where(d => d.MemberId == viewer.MemberId && d.Key == key).ExecuteDeleteAsync(cancellation);
    }
}
