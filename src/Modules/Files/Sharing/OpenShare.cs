using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Files.Quota;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Files.Sharing;

/// <summary>A file as whoever holds a link to it sees it.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Length">Size in bytes.</param>
/// <param name="GroupName">The group that shares it; null where it is hidden, and so says nothing of itself.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="AsksPassword">Whether a password is asked.</param>
public sealed record SharedFile(string Name, long Length, string? GroupName, DateTime ExpiresAt, bool AsksPassword);

/// <summary>What came of asking for a shared file.</summary>
/// <param name="File">The answer with the file; null when the password was wrong.</param>
/// <param name="IsPaused">Whether too many wrong passwords were typed: one has to wait.</param>
public sealed record SharedAnswer(IResult? File, bool IsPaused);

/// <summary>
/// Opens what a link shares, for whoever holds it. The link is worth what its maker may do at that moment: who left the group, lost the right or was suspended
/// shares nothing any more, and neither does a group that allows it no more. What serves no more answers like what never was.
/// </summary>
internal sealed class OpenShare(AppDb database, Rights rights, DownloadFile download, IPasswordHasher<ShareLink> passwords, TimeProvider clock)
{
    /// <summary>Wrong passwords after which a pause begins.</summary>
    public const int MostFailures = 8;

    /// <summary>How long a wrong password counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>What its page shows.</summary>
    /// <exception cref="NotFoundException">There is no such link, or it serves no more.</exception>
    public async Task<SharedFile> ReadAsync(string token, CancellationToken cancellation)
    {
        var (link, file, standing) = await FindAsync(token, cancellation);
        return new(file.Name, file.File!.Length, standing.Visibility == GroupVisibility.Hidden ? null : standing.Name, link.ExpiresAt, link.PasswordHash is not null);
    }

    /// <summary>The file, counted.</summary>
    /// <exception cref="NotFoundException">There is no such link, it serves no more, or was used as often as it may be.</exception>
    public async Task<SharedAnswer> DownloadAsync(string token, string? password, HttpContext http, CancellationToken cancellation)
    {
        var (link, file, _) = await FindAsync(token, cancellation);
        await using var db = database.Open(Viewer.System);
        var row = db.Set<ShareLink>().Where(s => s.Id == link.Id);
        if (link.PasswordHash is { } hash)
        {
            // Counted before it is looked at, so that tries in parallel are all counted.
            if (!await TryBeginAsync(row, cancellation)) return new(null, true);
            if (passwords.VerifyHashedPassword(link, hash, password ?? "") == PasswordVerificationResult.Failed) return new(null, false);

            await row.ExecuteUpdateAsync(set => set.SetProperty(s => s.Failures, 0).SetProperty(s => s.FailingSince, (DateTime?)null), cancellation);
        }

        var answer = await download.AttachmentAsync(http, file.Name, file.File!.Sha256, cancellation, inParts: false);
        if (await row.Where(s => s.MostDownloads == null || s.Downloads < s.MostDownloads).ExecuteUpdateAsync(set => set.SetProperty(s => s.Downloads, s => s.Downloads + 1), cancellation) == 0) throw new NotFoundException();

        await DownloadFile.CountAsync(db, [file.Id], cancellation);
        return new(answer, false);
    }

    private async Task<bool> TryBeginAsync(IQueryable<ShareLink> link, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var since = now - Window;
        await link.Where(s => s.FailingSince == null || s.FailingSince <= since).ExecuteUpdateAsync(set => set.SetProperty(s => s.Failures, 0).SetProperty(s => s.FailingSince, now), cancellation);
        return await link.Where(s => s.Failures < MostFailures).ExecuteUpdateAsync(set => set.SetProperty(s => s.Failures, s => s.Failures + 1), cancellation) > 0;
    }

    private async Task<(ShareLink Link, GroupFile File, Standing Standing)> FindAsync(string token, CancellationToken cancellation)
    {
        var (hash, now) = (SecretTokens.Hash(token), clock.GetUtcNow().UtcDateTime);
        ShareLink link;
        await using (var all = database.Open(Viewer.System))
        {
            link = await all.Set<ShareLink>().AsNoTracking().Include(s => s.CreatedBy)
                .FirstOrDefaultAsync(s => s.TokenHash == hash && s.RevokedAt == null && s.ExpiresAt > now && (s.MostDownloads == null || s.Downloads < s.MostDownloads), cancellation) ?? throw new NotFoundException();
        }

        if (link.CreatedBy is not { State: MemberState.Active }) throw new NotFoundException();

        // As whoever made it: the filter and the table of permissions say what that is worth now.
        await using var db = database.Open(Viewer.Member(link.CreatedById));
        var file = await db.Set<GroupFile>().AsNoTracking().Include(f => f.Item).Include(f => f.File).FirstOrDefaultAsync(f => f.Id == link.ItemId, cancellation) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, file.Item.GroupId, cancellation);
        var allows = await db.Set<FileSettings>().AnyAsync(s => s.GroupId == standing.GroupId && s.AllowsSharing, cancellation);
        return allows && rights.Allows(FilesModule.Share, standing, file.Item.AuthorId) ? (link, file, standing) : throw new NotFoundException();
    }
}
