using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Files.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Files.Quota;

/// <summary>How much place the files of a group take.</summary>
/// <param name="Used">Bytes of every version and attachment, those of the trash too; the same bytes are counted once.</param>
/// <param name="Most">Most bytes.</param>
public sealed record QuotaView(long Used, long Most)
{
    /// <summary>What is left.</summary>
    public long Left => Math.Max(0, Most - Used);

    /// <summary>Share used, from 0 to 1.</summary>
    public double Share => Most == 0 ? 1 : Math.Min(1, (double)Used / Most);
}

/// <summary>How much of it the files of a tool take.</summary>
/// <param name="Name">Name of the tool.</param>
/// <param name="Bytes">Their size.</param>
public sealed record ToolPlace(string Name, long Bytes);

/// <summary>Bounds the place that the files of each group take: counted from the rows at each question, so that nothing can drift from what is there.</summary>
internal sealed class GroupQuota(AppDb database, FileStoreOptions options, ModuleCatalog modules, IEnumerable<IGroupBytes> rooms) : IGroupPlace
{
    /// <summary>How much place is taken, as far as the viewer of <paramref name="db"/> may read: of a member all of it.</summary>
    public async Task<QuotaView> ReadAsync(AppDbContext db, Guid groupId, CancellationToken cancellation)
    {
        var own = await db.Set<FileSettings>().Where(s => s.GroupId == groupId).Select(s => s.QuotaBytes).FirstOrDefaultAsync(cancellation);
        return new(await UsedAsync(db, groupId, cancellation), own ?? options.GroupQuota);
    }

    /// <summary>Breaks a rule when those bytes are too many for the group; the caller holds the group's row.</summary>
    public Task CheckAsync(AppDbContext db, Guid groupId, IEnumerable<StoredBytes> added, string field, Rules rules, CancellationToken cancellation) =>
        CheckAsync(db, db, groupId, added, field, rules, cancellation);

    /// <inheritdoc />
    public async Task RequireAsync(AppDbContext db, Guid groupId, IReadOnlyList<StoredBytes> added, CancellationToken cancellation)
    {
        // Two who attach at once: the second waits for the first, and counts its files.
        await ContentWriter.HoldCeilingAsync(db, groupId, cancellation);
        var rules = new Rules();
        // Whoever answers a questionnaire reads little of the group: what it keeps is counted whole.
        await using var all = database.Open(Viewer.System);
        await CheckAsync(db, all, groupId, added, ReceiveFiles.Field, rules, cancellation);
        rules.Demand();
    }

    // Bytes that are there already take no place, where the viewer reads them: to others they would tell that the group has them.
    private async Task CheckAsync(AppDbContext db, AppDbContext all, Guid groupId, IEnumerable<StoredBytes> added, string field, Rules rules, CancellationToken cancellation)
    {
        var wanted = added.DistinctBy(b => b.Sha256).ToDictionary(b => b.Sha256, b => b.Length);
        var hashes = wanted.Keys.ToList();
        var kept = Kept(db).Where(k => k.GroupId == groupId);
        var present = await db.Files.Where(f => hashes.Contains(f.Sha256) && kept.Any(k => k.FileId == f.Id)).Select(f => f.Sha256).ToListAsync(cancellation);
        foreach (var hash in present) wanted.Remove(hash);
        if (wanted.Count == 0) return;

        var quota = await ReadAsync(all, groupId, cancellation);
        rules.Check(wanted.Values.Sum() <= quota.Left, field, FilesTexts.QuotaFull.With(AttachmentList.Size(quota.Most), AttachmentList.Size(quota.Left), AttachmentList.Size(wanted.Values.Sum())));
    }

    /// <summary>What the files of each tool take, the most first; bytes that two of them name count for one.</summary>
    public async Task<IReadOnlyList<ToolPlace>> ByToolAsync(AppDbContext db, Guid groupId, CancellationToken cancellation)
    {
        var kinds = await Kept(db).Where(k => k.GroupId == groupId).GroupBy(k => new { k.FileId, k.Length }).Select(g => new { Kind = g.Min(k => k.Kind)!, g.Key.Length })
            .GroupBy(k => k.Kind).Select(g => new { g.Key, Bytes = g.Sum(k => k.Length) }).ToListAsync(cancellation);
        return [.. kinds.GroupBy(k => modules.Tool(modules.Kind(k.Key).Tool)?.Name() ?? modules.Kind(k.Key).Name()).Select(g => new ToolPlace(g.Key, g.Sum(k => k.Bytes))).OrderByDescending(p => p.Bytes)];
    }

    /// <summary>What each group keeps: attachments, and what the rooms keep besides.</summary>
    public IQueryable<GroupBytes> Kept(AppDbContext db)
    {
        var attached = db.Attachments.IgnoreQueryFilters([AppDbContext.DeletedFilter]).Select(a => new GroupBytes { GroupId = a.Item.GroupId, Kind = a.Item.Kind, FileId = a.FileId, Length = a.File!.Length });
        return rooms.Aggregate(attached, (kept, room) => kept.Concat(room.Kept(db)));
    }

    private Task<long> UsedAsync(AppDbContext db, Guid groupId, CancellationToken cancellation) =>
        Kept(db).Where(k => k.GroupId == groupId).Select(k => new { k.FileId, k.Length }).Distinct().SumAsync(f => f.Length, cancellation);
}
