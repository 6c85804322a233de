using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Coediting;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;

namespace TerritoireCollab.Platform.Coediting;

/// <summary>A change with the member who wrote it.</summary>
public sealed record WrittenUpdate(AcceptedUpdate Update, Guid AuthorId);

/// <summary>
/// Keeps what is written together: each change as it is accepted, and the text each time it is handed to its tool. Several processes may do so on one
/// database. Rights are asked by whoever calls, as each member writes.
/// </summary>
public sealed class CoeditStore(AppDb database, IEnumerable<ICoeditedText> texts, TimeProvider clock)
{
    /// <summary>The editor under whose name a change stands that was made elsewhere: by a form, or by a version put back.</summary>
    public const string Elsewhere = "ailleurs";

    // For those who come back after a while: with a text of 100,000 characters still less than that.
    private const int LongestTail = 4_000;

    private readonly Dictionary<string, ICoeditedText> _texts = texts.ToDictionary(t => t.Kind);

    /// <summary>The text with all that was accepted, and what was changed in the tool meanwhile put into it.</summary>
    /// <exception cref="NotFoundException">There is no such content any more.</exception>
    public Task<Authority> OpenAsync(string shortId, CancellationToken cancellation) => database.TransactAsync(Viewer.System, async (db, token) =>
    {
        var (item, text, saved) = await HoldAsync(db, shortId, token);
        var authority = await AuthorityAsync(db, saved, token);
        await TakeOutsideAsync(db, item, text, saved, authority, token);
        await db.SaveChangesAsync(token);
        return authority;
    }, cancellation);

    /// <summary>Hands the text to its tool when something is new in it.</summary>
    /// <returns>The authority as it is now.</returns>
    /// <exception cref="NotFoundException">There is no such content any more.</exception>
    public Task<Authority> HandOverAsync(string shortId, CancellationToken cancellation) => database.TransactAsync(Viewer.System, async (db, token) =>
    {
        var (item, text, saved) = await HoldAsync(db, shortId, token);
        var authority = await AuthorityAsync(db, saved, token);
        await TakeOutsideAsync(db, item, text, saved, authority, token);
        await HandOverAsync(db, item, text, saved, authority, token);
        await db.SaveChangesAsync(token);
        return authority;
    }, cancellation);

    /// <summary>Writes accepted changes down. False when another process has taken one of their versions, or has one of them already: read again what it wrote.</summary>
    public async Task<bool> AppendAsync(Guid itemId, IReadOnlyList<WrittenUpdate> updates, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = clock.GetUtcNow().UtcDateTime;
        db.CoeditUpdates.AddRange(updates.Select(u => Row(itemId, u.Update, u.AuthorId, now)));
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            return false;
        }
    }

    /// <summary>What was accepted after <paramref name="version"/>, by whichever process, in order.</summary>
    public async Task<IReadOnlyList<AcceptedUpdate>> SinceAsync(Guid itemId, int version, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await UpdatesAsync(db.CoeditUpdates.Where(u => u.ItemId == itemId && u.Version > version), cancellation);
    }

    /// <summary>Whether that change of that editor was accepted.</summary>
    public async Task<bool> HasAsync(Guid itemId, string clientId, int sequence, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await db.CoeditUpdates.AnyAsync(u => u.ItemId == itemId && u.ClientId == clientId && u.Sequence == sequence, cancellation);
    }

    /// <summary>The last version of each of those texts.</summary>
    public async Task<Dictionary<Guid, int>> VersionsAsync(IReadOnlyList<Guid> items, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await db.CoeditUpdates.Where(u => items.Contains(u.ItemId)).GroupBy(u => u.ItemId).Select(g => new { g.Key, Version = g.Max(u => u.Version) }).ToDictionaryAsync(g => g.Key, g => g.Version, cancellation);
    }

    /// <summary>Contents in which something is new that was not handed to their tool, and that nobody has written in since <paramref name="quiet"/>.</summary>
    public async Task<List<string>> WaitingAsync(DateTime quiet, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await db.CoeditTexts.Where(t => db.CoeditUpdates.Any(u => u.ItemId == t.ItemId && u.Version > t.Version) && !db.CoeditUpdates.Any(u => u.ItemId == t.ItemId && u.At > quiet))
            .Select(t => t.Item.ShortId).ToListAsync(cancellation);
    }

    /// <summary>Forgets changes that are in the tool's text and older than that.</summary>
    public async Task<int> ForgetAsync(DateTime before, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await db.CoeditUpdates.Where(u => u.At < before && db.CoeditTexts.Any(t => t.ItemId == u.ItemId && t.Version > u.Version)).ExecuteDeleteAsync(cancellation);
    }

    // The row of the content is taken first: what the tool has and what was last handed to it are then read as they belong together.
    private async Task<(ContentItem Item, ICoeditedText Text, CoeditText Saved)> HoldAsync(AppDbContext db, string shortId, CancellationToken cancellation)
    {
        await db.LockAsync(shortId, cancellation);
        var item = await db.Items.FirstOrDefaultAsync(i => i.ShortId == shortId, cancellation) ?? throw new NotFoundException();
        var text = _texts.GetValueOrDefault(item.Kind) ?? throw new NotFoundException();
        var saved = await db.CoeditTexts.FirstOrDefaultAsync(t => t.ItemId == item.Id, cancellation);
        if (saved is null) db.CoeditTexts.Add(saved = new() { ItemId = item.Id, Version = 0, Text = NormalText.Of(await text.ReadAsync(db, item.Id, cancellation)) });
        return (item, text, saved);
    }

    private static async Task<Authority> AuthorityAsync(AppDbContext db, CoeditText saved, CancellationToken cancellation)
    {
        var updates = await UpdatesAsync(db.CoeditUpdates.Where(u => u.ItemId == saved.ItemId && u.Version > saved.Version - LongestTail), cancellation);
        var authority = new Authority(saved.Text, saved.Version, updates.Where(u => u.Version > saved.Version), Bodies.MaxLength);
        authority.Remember(updates.Where(u => u.Version <= saved.Version));
        return authority;
    }

    // A form or a version put back has changed the tool's text: it becomes one more change, over what was written here meanwhile.
    private async Task TakeOutsideAsync(AppDbContext db, ContentItem item, ICoeditedText text, CoeditText saved, Authority authority, CancellationToken cancellation)
    {
        var shown = NormalText.Of(await text.ReadAsync(db, item.Id, cancellation));
        if (shown == saved.Text) return;

        var merged = authority.Text == saved.Text ? shown : ThreeWayMerge.Merge(saved.Text, shown, authority.Text).KeepBoth();
        if (merged != authority.Text)
        {
            AcceptedUpdate update = new(authority.Version + 1, Elsewhere, authority.Version + 1, TextChange.Between(authority.Text, merged));
            db.CoeditUpdates.Add(Row(item.Id, update, item.LastActorId, clock.GetUtcNow().UtcDateTime));
            authority.Receive([update]);
        }

        saved.Text = shown;
        if (merged == shown) saved.Version = authority.Version;
        else await HandOverAsync(db, item, text, saved, authority, cancellation);
    }

    private async Task HandOverAsync(AppDbContext db, ContentItem item, ICoeditedText text, CoeditText saved, Authority authority, CancellationToken cancellation)
    {
        if (authority.Version == saved.Version) return;

        if (authority.Text != saved.Text)
        {
            var written = await db.CoeditUpdates.Where(u => u.ItemId == item.Id && u.Version > saved.Version && u.ClientId != Elsewhere).OrderBy(u => u.Version).Select(u => new { u.AuthorId, u.At }).ToListAsync(cancellation);
            var writers = written.Select(w => w.AuthorId).Reverse().Distinct().Reverse().ToList();
            if (writers.Count == 0) writers.Add(item.LastActorId);
            await text.SaveAsync(db, item, new(authority.Text, writers, written.Count > 0 ? written[0].At : clock.GetUtcNow().UtcDateTime), cancellation);
        }

        (saved.Version, saved.Text) = (authority.Version, authority.Text);
    }

    private static async Task<List<AcceptedUpdate>> UpdatesAsync(IQueryable<CoeditUpdate> updates, CancellationToken cancellation)
    {
        var rows = await updates.AsNoTracking().OrderBy(u => u.Version).Select(u => new { u.Version, u.ClientId, u.Sequence, u.Changes }).ToListAsync(cancellation);
        return rows.ConvertAll(r => new AcceptedUpdate(r.Version, r.ClientId, r.Sequence, ChangeSetJson.Read(r.Changes) ?? throw new InvalidDataException($"Change {r.Version} is not one.")));
    }

    private static CoeditUpdate Row(Guid itemId, AcceptedUpdate update, Guid authorId, DateTime now) => new()
    {
        ItemId = itemId, Version = update.Version, ClientId = update.ClientId, Sequence = update.Sequence, Changes = ChangeSetJson.Write(update.Changes), AuthorId = authorId, At = now,
    };
}
