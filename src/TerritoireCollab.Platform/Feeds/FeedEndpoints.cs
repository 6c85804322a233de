using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Syndication;

namespace TerritoireCollab.Platform.Feeds;

/// <summary>
/// Feeds of groups at <c>/groupes/{slug}/flux.EXT</c> and <c>/groupes/{slug}/{tool}/flux.EXT</c>, with ETag and 304; <c>?etiquette=TAG</c> keeps
/// what bears that tag.
/// </summary>
public static class FeedEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapFeeds(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/groupes/{slug}/flux.{extension}", (string slug, string extension, HttpContext http, GroupFeed feeds, FeedViewer reader, CancellationToken cancellation) =>
            AnswerAsync(slug, null, extension, http, feeds, reader, cancellation));
        // One route a tool: a page such as /groupes/{slug}/forum/{thread} would win over a route whose tool is a parameter.
        foreach (var tool in endpoints.ServiceProvider.GetRequiredService<ModuleCatalog>().Tools.Where(t => t.HasFeed).Select(t => t.Key))
            endpoints.MapGet($"/groupes/{{slug}}/{tool}/flux.{{extension}}", (string slug, string extension, HttpContext http, GroupFeed feeds, FeedViewer reader, CancellationToken cancellation) =>
                AnswerAsync(slug, tool, extension, http, feeds, reader, cancellation));
    }

    private static async Task AnswerAsync(string slug, string? tool, string extension, HttpContext http, GroupFeed feeds, FeedViewer reader, CancellationToken cancellation)
    {
        if (!FeedFormat.TryFromExtension(extension, out var format)) throw new NotFoundException();

        var viewer = await reader.ViewerAsync(http, cancellation);
        // The key is left out of what the feed says of itself: readers show and share that address.
        var tag = http.Request.Query["etiquette"].ToString() is { Length: > 0 } asked ? Slug.Of(asked) : null;
        var feed = tag is null
            ? await feeds.ReadAsync(viewer, slug, tool, http.Request.Path, cancellation)
            : await feeds.ReadAsync(viewer, slug, tool, $"{http.Request.Path}?etiquette={tag}", FeedPart.OfTag(tool is null ? $"/groupes/{slug}" : $"/groupes/{slug}/{tool}", tag), cancellation);
        await WriteAsync(http, feed, format, viewer.IsSignedIn);
    }

    /// <summary>Writes a feed with its validators; 304 when the reader has it already.</summary>
    public static Task WriteAsync(HttpContext http, Feed feed, FeedFormat format, bool isPersonal) =>
        WriteAsync(http, FeedWriter.WriteUtf8(feed, format), format.ContentType, feed.Updated, isPersonal);

    /// <summary>The same for any document that programs ask for again and again.</summary>
    public static async Task WriteAsync(HttpContext http, byte[] bytes, string contentType, DateTimeOffset updated, bool isPersonal)
    {
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..12])}\"");
        var headers = http.Response.GetTypedHeaders();
        headers.ETag = tag;
        headers.LastModified = updated;
        headers.CacheControl = new CacheControlHeaderValue { Private = isPersonal, Public = !isPersonal, MaxAge = TimeSpan.FromMinutes(5) };
        http.Response.Headers.Vary = "Cookie";

        var asked = http.Request.GetTypedHeaders();
        var unchanged = asked.IfNoneMatch is { Count: > 0 } tags
            ? tags.Any(t => t.Compare(tag, useStrongComparison: false))
            : asked.IfModifiedSince is { } since && updated.AddTicks(-(updated.Ticks % TimeSpan.TicksPerSecond)) <= since;
        if (unchanged)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.ContentType = contentType;
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(bytes);
    }
}
