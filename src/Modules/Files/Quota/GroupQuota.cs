using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Files.Resources;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Files.Quota;

/// <summary>How much place the files of a group take.</summary>
/// <param name="Used">Bytes of every version, those of the trash too; the same bytes are counted once.</param>
/// <param name="Most">Most bytes.</param>
public sealed record QuotaView(long Used, long Most)
{
    /// <summary>What is left.</summary>
    public long Left => Math.Max(0, Most - Used);

    /// <summary>Share used, from 0 to 1.</summary>
    public double Share => Most == 0 ? 1 : Math.Min(1, (double)Used / Most);
}

/// <summary>Bounds the place that the files of each group take: counted from the rows at each question, so that nothing can drift from what is there.</summary>
internal sealed class GroupQuota(FileStoreOptions options)
{
    /// <summary>How much place is taken, as far as the viewer of <paramref name="db"/> may read: of a member all of it.</summary>
    public async Task<QuotaView> ReadAsync(AppDbContext db, Guid groupId, CancellationToken cancellation)
    {
        var own = await db.Set<FileSettings>().Where(s => s.GroupId == groupId).Select(s => s.QuotaBytes).FirstOrDefaultAsync(cancellation);
        return new(await UsedAsync(db, groupId, cancellation), own ?? options.GroupQuota);
    }

    /// <summary>Breaks a rule when those bytes are too many for the group; the caller holds the group's row.</summary>
    public async Task CheckAsync(AppDbContext db, Standing standing, IEnumerable<StoredBytes> added, string field, Rules rules, CancellationToken cancellation)
    {
        var wanted = added.DistinctBy(b => b.Sha256).ToDictionary(b => b.Sha256, b => b.Length);
        var hashes = wanted.Keys.ToList();
        var present = await Versions(db, standing.GroupId).Where(v => hashes.Contains(v.File!.Sha256)).Select(v => v.File!.Sha256).Distinct().ToListAsync(cancellation);
        foreach (var hash in present) wanted.Remove(hash);
        if (wanted.Count == 0) return;

        var quota = await ReadAsync(db, standing.GroupId, cancellation);
        rules.Check(wanted.Values.Sum() <= quota.Left, field, FilesTexts.QuotaFull.With(AttachmentList.Size(quota.Most), AttachmentList.Size(quota.Left), AttachmentList.Size(wanted.Values.Sum())));
    }

    private static Task<long> UsedAsync(AppDbContext db, Guid groupId, CancellationToken cancellation) =>
        Versions(db, groupId).Select(v => new { v.FileId, v.File!.Length }).Distinct().SumAsync(f => f.Length, cancellation);

    // What is in the trash takes its place until it is purged.
    private static IQueryable<FileVersion> Versions(AppDbContext db, Guid groupId) =>
        db.Set<FileVersion>().IgnoreQueryFilters([AppDbContext.DeletedFilter]).AsNoTracking().Where(v => v.Item.GroupId == groupId);
}
