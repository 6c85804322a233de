using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Members.Profiles;

/// <summary>Photos of members, to those who may see them.</summary>
internal static class PhotoEndpoint
{
    public static void MapPhotos(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/membres/{handle}/photo", ShowAsync);

    private static async Task<IResult> ShowAsync(string handle, AppDb database, FileStore store, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        var viewer = current.Viewer;
        if (!viewer.IsSignedIn) throw new NotFoundException();

        await using var db = database.Open(viewer);
        var found = await db.Members.Where(m => m.Handle == handle && m.State == MemberState.Active && m.PhotoFileId != null).Select(m => new
        {
            m.Id, m.PhotoVisibility,
            Shares = db.Memberships.Any(a => a.MemberId == m.Id && a.State == MembershipState.Active && db.Memberships.Any(b => b.GroupId == a.GroupId && b.MemberId == viewer.MemberId && b.State == MembershipState.Active)),
            File = db.Files.Where(f => f.Id == m.PhotoFileId).Select(f => new { f.Sha256, f.ContentType }).FirstOrDefault(),
        }).FirstOrDefaultAsync(cancellation);
        if (found?.File is null || !ProfileFields.IsShown(found.PhotoVisibility, found.Id == viewer.MemberId, found.Shares) || !FileTypes.IsInlineImage(found.File.ContentType)) throw new NotFoundException();

        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, max-age=3600";
        return Results.File(await store.OpenAsync(found.File.Sha256, cancellation), found.File.ContentType, entityTag: new($"\"{found.File.Sha256}\""));
    }
}
