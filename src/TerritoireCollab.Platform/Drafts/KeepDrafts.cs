using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;

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

        await using var db = database.Open(viewer);
        var now = clock.GetUtcNow().UtcDateTime;
        var present = await db.Drafts.FirstOrDefaultAsync(d => d.MemberId == viewer.MemberId && d.Key == key, cancellation);
        if (string.IsNullOrWhiteSpace(text))
        {
            if (present is not null) db.Drafts.Remove(present);
        }
        else if (present is null) db.Drafts.Add(new Draft { MemberId = viewer.MemberId, Key = key, Text = text, SavedAt = now });
        else (present.Text, present.SavedAt) = (text, now);

        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate() || failure is DbUpdateConcurrencyException)
        {
            // Two saves of one form crossed; the browser sends the text again at the next pause in typing.
        }

        return now;
    }

    /// <summary>Forgets a draft, once its text was sent.</summary>
    public async Task ForgetAsync(Viewer viewer, string key, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        await db.Drafts.Where(d => d.MemberId == viewer.MemberId && d.Key == key).ExecuteDeleteAsync(cancellation);
    }
}
