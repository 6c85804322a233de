using System.IO.Hashing;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Net.Http.Headers;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Web.Hosting;

/// <summary>
/// A page that has not changed is answered by 304, to a signed-in member too. The tag is a hash of the HTML without its antiforgery
/// tokens, which differ each time while the earlier ones stay good.
/// </summary>
internal static class PageETags
{
    // Larger ones are rare, and not kept for the next page.
    private const int MostKept = 512 * 1024;

    private static readonly ObjectPool<MemoryStream> Buffers = new DefaultObjectPool<MemoryStream>(new BufferPolicy());

    private static ReadOnlySpan<byte> TokenMark => "name=\"__RequestVerificationToken\" value=\""u8;

    public static void UsePageETags(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (!HttpMethods.IsGet(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is null)
        {
            await next(http);
            return;
        }

        var body = http.Response.Body;
        var buffer = Buffers.Get();
        try
        {
            http.Response.Body = buffer;
            try
            {
                await next(http);
            }
            finally
            {
                http.Response.Body = body;
            }

            DropIdleState(buffer);
            await AnswerAsync(http, buffer);
        }
        finally
        {
            Buffers.Return(buffer);
        }
    });

    // Blazor writes an encrypted state at the end of every page, which no island of ours reads, since none is rendered before it is live: it is
    // weight that does not pack, and never twice the same.
    private static void DropIdleState(MemoryStream page)
    {
        var html = page.GetBuffer().AsSpan(0, (int)page.Length);
        var at = html.IndexOf("<!--Blazor-Server-Component-State:"u8);
        if (at < 0) return;

        var end = at + html[at..].IndexOf("-->"u8) + 3;
        html[end..].CopyTo(html[at..]);
        page.SetLength(page.Length - (end - at));
    }

    private static async Task AnswerAsync(HttpContext http, MemoryStream page)
    {
        var response = http.Response;
        var isPage = response.StatusCode == StatusCodes.Status200OK && response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true;
        // Forms have the framework forbid every cache, which would keep a page from being answered by its tag.
        if (isPage && KeyInAddress.IsMarked(http)) response.Headers.CacheControl = KeyInAddress.CacheControl;
        else if (isPage)
        {
            response.Headers.CacheControl = "private, no-cache";
            var tag = $"W/\"{Hash(page.GetBuffer().AsSpan(0, (int)page.Length))}\"";
            response.Headers.ETag = tag;
            if (!response.Headers.ContainsKey(HeaderNames.SetCookie) && http.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                response.ContentType = null;
                response.ContentLength = null;
                return;
            }
        }

        if (page.Length == 0) return;
        if (isPage) response.ContentLength = page.Length;
        page.Position = 0;
        await page.CopyToAsync(response.Body, http.RequestAborted);
    }

    private static string Hash(ReadOnlySpan<byte> html)
    {
        var hash = new XxHash128();
        while (html.IndexOf(TokenMark) is >= 0 and var at)
        {
            hash.Append(html[..at]);
            html = html[(at + TokenMark.Length)..];
            html = html[Math.Max(0, html.IndexOf((byte)'"'))..];
        }

        hash.Append(html);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private sealed class BufferPolicy : PooledObjectPolicy<MemoryStream>
    {
        public override MemoryStream Create() => new();

        public override bool Return(MemoryStream obj)
        {
            obj.SetLength(0);
            return obj.Capacity <= MostKept;
        }
    }
}
