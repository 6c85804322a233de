using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Groups.Home;

/// <summary>
/// What everybody may read of a group, as a page that other sites put into a frame: whoever asks, it answers as to somebody without an account,
/// without script, cookie or anything from elsewhere. The same as JSON is the group's public feed.
/// </summary>
internal sealed class PublicBlock(AppDb database, Rights rights, ModuleCatalog modules, Faces faces, PlatformOptions platform, Dates dates)
{
    private const int Most = 6;

    private const string Style =
        ":root{color-scheme:light dark}body{margin:0;padding:1rem;font:1rem/1.5 system-ui,sans-serif}h1{font-size:1.125rem;margin:0 0 .75rem}ul{list-style:none;margin:0;padding:0}"
        + "li{padding:.6rem 0;border-top:1px solid #8886}a{color:inherit;text-underline-offset:.15em}p{margin:.15rem 0 0;font-size:.9375rem}";

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors *";

    /// <summary>The page.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    public async Task<IResult> AnswerAsync(HttpContext http, string slug, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.Anonymous);
        var standing = await rights.StandingAsync(db, slug, cancellation);
        var kinds = modules.Kinds.Where(k => k.Can(Capability.Feedable) && (modules.Tool(k.Tool) is not { } tool || standing.Has(tool))).Select(k => k.Key).ToList();
        var items = await db.Items.AsNoTracking().Where(i => i.GroupId == standing.GroupId && kinds.Contains(i.Kind)).OrderByDescending(i => i.CreatedAt).Take(Most).ToListAsync(cancellation);
        var lines = items.Select(i => Html.Of($"<li><a href=\"{platform.Absolute(faces.Address(standing.Slug, i)).AbsoluteUri}\" target=\"_blank\" rel=\"noopener\">{i.Title}</a><p>{i.Excerpt}</p><p>{dates.Brief(i.CreatedAt)}</p></li>"));
        var list = items.Count == 0 ? Html.Of($"<p>{GroupsTexts.EmbedEmpty}</p>") : Html.Of($"<ul>{Html.Join(lines)}</ul>");
        var page = Html.Of($"<h1><a href=\"{platform.Absolute($"/groupes/{standing.Slug}").AbsoluteUri}\" target=\"_blank\" rel=\"noopener\">{standing.Name}</a></h1>{list}");

        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "public, max-age=900";
        return Results.Text($"<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Html.Of($"{standing.Name}")}</title><style>{Style}</style></head><body><main>{page}</main></body></html>", "text/html; charset=utf-8");
    }
}
