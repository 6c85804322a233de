using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Files.Quota;
using TerritoireCollab.Files.Resources;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Files.Sharing;

/// <summary>A link to make.</summary>
/// <param name="Days">For how many days.</param>
/// <param name="Password">Password to ask, or null.</param>
/// <param name="MostDownloads">How often the file may be downloaded by it, or null.</param>
public sealed record ShareInput(int Days, string? Password, int? MostDownloads);

/// <summary>A link as its list shows it.</summary>
/// <param name="Id">Key.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">Until when it serves.</param>
/// <param name="HasPassword">Whether it asks for a password.</param>
/// <param name="Downloads">How often the file was downloaded by it.</param>
/// <param name="MostDownloads">How often it may be, or null.</param>
/// <param name="IsOver">Whether it serves no more.</param>
public sealed record ShareRow(Guid Id, string CreatedBy, DateTime CreatedAt, DateTime ExpiresAt, bool HasPassword, int Downloads, int? MostDownloads, bool IsOver);

/// <summary>The links of a file.</summary>
/// <param name="Standing">The group.</param>
/// <param name="File">The file.</param>
/// <param name="Rows">Its links, the last made first; those that were taken back are not among them.</param>
public sealed record ShareView(Standing Standing, GroupFile File, IReadOnlyList<ShareRow> Rows);

/// <summary>Makes links by which somebody without an account gets a file, lists them and takes them back. What was made and taken back is in the journal.</summary>
internal sealed class ShareFile(AppDb database, Rights rights, IPasswordHasher<ShareLink> passwords, SecurityLog security, TimeProvider clock)
{
    /// <summary>Most links of a file that serve at once.</summary>
    public const int Most = 20;

    /// <summary>Shortest password.</summary>
    public const int ShortestPassword = 8;

    /// <summary>Longest password.</summary>
    public const int LongestPassword = 100;

    /// <summary>Most downloads that can be said.</summary>
    public const int MostDownloads = 10_000;

    /// <summary>The links of a file.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash, or the group allows no such links.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<ShareView> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (file, standing) = await RequireAsync(db, shortId, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var rows = await db.Set<ShareLink>().AsNoTracking().Where(s => s.ItemId == file.Id && s.RevokedAt == null).OrderByDescending(s => s.CreatedAt)
            .Select(s => new ShareRow(s.Id, s.CreatedBy!.Name, s.CreatedAt, s.ExpiresAt, s.PasswordHash != null, s.Downloads, s.MostDownloads, s.ExpiresAt <= now || s.Downloads >= s.MostDownloads)).ToListAsync(cancellation);
        return new(standing, file, rows);
    }

    /// <summary>Makes a link, and returns its secret: it is shown once.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash, or the group allows no such links.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    /// <exception cref="InvalidInputException">Days, password or number of downloads out of bounds.</exception>
    public Task<string> ExecuteAsync(Viewer viewer, string shortId, ShareInput input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var (file, standing) = await RequireAsync(db, shortId, token);
        var now = clock.GetUtcNow().UtcDateTime;
        var password = string.IsNullOrEmpty(input.Password) ? null : input.Password;
        var rules = new Rules()
            .Check(input.Days is >= 1 and <= ShareLink.MostDays, nameof(input.Days), FilesTexts.ShareDaysWrong.With(ShareLink.MostDays))
            .Check(password is null or { Length: >= ShortestPassword and <= LongestPassword }, nameof(input.Password), FilesTexts.SharePasswordWrong.With(ShortestPassword, LongestPassword))
            .Check(input.MostDownloads is null or (>= 1 and <= MostDownloads), nameof(input.MostDownloads), FilesTexts.ShareDownloadsWrong.With(MostDownloads))
            .Check(await db.Set<ShareLink>().CountAsync(s => s.ItemId == file.Id && s.RevokedAt == null && s.ExpiresAt > now, token) < Most, nameof(input.Days), FilesTexts.ShareTooMany.With(Most));
        rules.Demand();

        var secret = SecretTokens.New();
        var link = new ShareLink { ItemId = file.Id, TokenHash = SecretTokens.Hash(secret), ExpiresAt = now.AddDays(input.Days), MostDownloads = input.MostDownloads, CreatedById = viewer.MemberId, CreatedAt = now };
        link.PasswordHash = password is null ? null : passwords.HashPassword(link, password);
        db.Add(link);
        // Those who administer the platform read the log, and not what groups share: no name of a file.
        security.Add(db, "partage.cree", viewer.MemberId, group: standing.GroupId, detail: $"{shortId}, {input.Days} j");
        await db.SaveChangesAsync(token);
        return secret;
    }, cancellation);

    /// <summary>Takes a link back.</summary>
    /// <exception cref="NotFoundException">The file or the link is absent or invisible, or the group allows no such links.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public Task RevokeAsync(Viewer viewer, string shortId, Guid id, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var (file, standing) = await RequireAsync(db, shortId, token);
        var link = await db.Set<ShareLink>().FirstOrDefaultAsync(s => s.Id == id && s.ItemId == file.Id, token) ?? throw new NotFoundException();
        if (link.RevokedAt is not null) return false;

        link.RevokedAt = clock.GetUtcNow().UtcDateTime;
        security.Add(db, "partage.repris", viewer.MemberId, group: standing.GroupId, detail: $"{shortId}, {link.Downloads} téléchargements");
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    private async Task<(GroupFile File, Standing Standing)> RequireAsync(AppDbContext db, string shortId, CancellationToken cancellation)
    {
        var (item, standing) = await rights.RequireItemAsync(db, FilesModule.Share, shortId, cancellation);
        if (!await db.Set<FileSettings>().AnyAsync(s => s.GroupId == standing.GroupId && s.AllowsSharing, cancellation)) throw new NotFoundException();

        return (await db.Set<GroupFile>().AsNoTracking().Include(f => f.Item).FirstOrDefaultAsync(f => f.Id == item.Id, cancellation) ?? throw new NotFoundException(), standing);
    }
}
