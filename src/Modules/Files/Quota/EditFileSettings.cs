using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Files.Quota;

/// <summary>What the settings of a group's files show.</summary>
/// <param name="Standing">The group.</param>
/// <param name="AllowsSharing">Whether its files may be shared by a link.</param>
/// <param name="Quota">The place that is taken.</param>
/// <param name="Tools">How much of it each tool takes.</param>
public sealed record FileSettingsView(Standing Standing, bool AllowsSharing, QuotaView Quota, IReadOnlyList<ToolPlace> Tools);

/// <summary>Lets the animators of a group choose whether its files may be shared by a link without an account.</summary>
internal sealed class EditFileSettings(AppDb database, Rights rights, ModuleCatalog modules, GroupQuota quota, SecurityLog security)
{
    /// <summary>The settings.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no files.</exception>
    /// <exception cref="ForbiddenException">Not an animator.</exception>
    public async Task<FileSettingsView> ReadAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await RequireAsync(db, groupSlug, cancellation);
        var allows = await db.Set<FileSettings>().AnyAsync(s => s.GroupId == standing.GroupId && s.AllowsSharing, cancellation);
        return new(standing, allows, await quota.ReadAsync(db, standing.GroupId, cancellation), await quota.ByToolAsync(db, standing.GroupId, cancellation));
    }

    /// <summary>Saves them. Links that were made serve no more while they are not allowed.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no files.</exception>
    /// <exception cref="ForbiddenException">Not an animator.</exception>
    public Task ExecuteAsync(Viewer viewer, string groupSlug, bool allowsSharing, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await RequireAsync(db, groupSlug, token);
        var settings = await OfAsync(db, standing.GroupId, token);
        if (settings.AllowsSharing == allowsSharing) return false;

        settings.AllowsSharing = allowsSharing;
        security.Add(db, allowsSharing ? "partage.permis" : "partage.interdit", viewer.MemberId, group: standing.GroupId);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    /// <summary>The row of a group, made when there is none.</summary>
    public static async Task<FileSettings> OfAsync(AppDbContext db, Guid groupId, CancellationToken cancellation)
    {
        if (await db.Set<FileSettings>().FirstOrDefaultAsync(s => s.GroupId == groupId, cancellation) is { } present) return present;

        var made = new FileSettings { GroupId = groupId };
        db.Add(made);
        return made;
    }

    private async Task<Standing> RequireAsync(AppDbContext db, string groupSlug, CancellationToken cancellation)
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.Edit, groupSlug, cancellation);
        return standing.Has(modules.Tool(FilesModule.ToolKey)!) ? standing : throw new NotFoundException();
    }
}
