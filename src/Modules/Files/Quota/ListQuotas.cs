using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Files.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Files.Quota;

/// <summary>The place that a group takes, for the administrators.</summary>
/// <param name="Slug">Its part of the address.</param>
/// <param name="Name">Its name.</param>
/// <param name="Quota">The place that is taken.</param>
/// <param name="OwnMegabytes">What was chosen for it, in megabytes; null for the platform's own.</param>
public sealed record GroupPlace(string Slug, string Name, QuotaView Quota, long? OwnMegabytes);

/// <summary>Shows administrators how much place the files of each group take, and lets them say how much one may. They see no file by it.</summary>
internal sealed class ListQuotas(AppDb database, GroupQuota quota, FileStoreOptions options, SecurityLog security)
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>Most megabytes that can be given to a group.</summary>
    public const long MostMegabytes = 10_000_000;

    /// <summary>Megabytes of a group for which nothing was chosen.</summary>
    public long DefaultMegabytes => options.GroupQuota / Megabyte;

    /// <summary>Every group, the fullest first.</summary>
    /// <exception cref="NotFoundException">The viewer administers nothing.</exception>
    public async Task<IReadOnlyList<GroupPlace>> ExecuteAsync(Viewer viewer, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        // Sums alone: what the groups hold is shown to nobody.
        await using var db = database.Open(Viewer.System);
        var used = await quota.Kept(db).Select(k => new { k.GroupId, k.FileId, k.Length }).Distinct()
            .GroupBy(v => v.GroupId).Select(g => new { g.Key, Bytes = g.Sum(v => v.Length) }).ToDictionaryAsync(g => g.Key, g => g.Bytes, cancellation);
        var own = await db.Set<FileSettings>().Where(s => s.QuotaBytes != null).ToDictionaryAsync(s => s.GroupId, s => s.QuotaBytes!.Value, cancellation);
        var groups = await db.Groups.AsNoTracking().OrderBy(g => g.FoldedName).Select(g => new { g.Id, g.Slug, g.Name }).ToListAsync(cancellation);
        return [.. groups.Select(g => new GroupPlace(g.Slug, g.Name, new(used.GetValueOrDefault(g.Id), own.TryGetValue(g.Id, out var chosen) ? chosen : options.GroupQuota), own.TryGetValue(g.Id, out var bytes) ? bytes / Megabyte : null))
            .OrderByDescending(g => g.Quota.Share)];
    }

    /// <summary>Says how much place a group has; null gives it the platform's own again.</summary>
    /// <exception cref="NotFoundException">The viewer administers nothing, or there is no such group.</exception>
    /// <exception cref="InvalidInputException">Not between 1 and <see cref="MostMegabytes"/>.</exception>
    public async Task ChooseAsync(Viewer viewer, string groupSlug, long? megabytes, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        if (megabytes is < 1 or > MostMegabytes) throw new InvalidInputException("Megabytes", FilesTexts.QuotaWrong);

        await using var db = database.Open(Viewer.System);
        var group = await db.Groups.Where(g => g.Slug == groupSlug).Select(g => (Guid?)g.Id).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        (await EditFileSettings.OfAsync(db, group, cancellation)).QuotaBytes = megabytes * Megabyte;
        security.Add(db, "fichiers.place", viewer.MemberId, group: group, detail: megabytes is { } chosen ? $"{chosen} Mo" : "valeur commune");
        await db.SaveChangesAsync(cancellation);
    }
}
