using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Platform.Search;
using TerritoireCollab.Search.Finding;
using TerritoireCollab.Search.Resources;

namespace TerritoireCollab.Search;

/// <summary>The composer's proposals, and <c>GET /api/v1/search</c>.</summary>
internal static class SearchEndpoints
{
    public static void MapSearch(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/mentions", async (string? q, SuggestMentions suggest, CurrentViewer current, CancellationToken cancellation) =>
            await suggest.ExecuteAsync(current.Viewer, q, cancellation));
        endpoints.MapGet("/api/v1/search", SearchAsync).AddEndpointFilter<ApiGuard>()
            .WithTags("search").WithName("search").WithSummary(SearchTexts.ApiSearch).WithDescription(SearchTexts.ApiSearchDescription);
    }

    private static async Task<FoundPage> SearchAsync(string? q, string? group, string? kind, string? after, int? limit, AppDb database, Rights rights, FindEverywhere find, PlatformOptions platform, CurrentViewer current, CancellationToken cancellation)
    {
        var asked = PageCursor.Limit(limit);
        var (page, size) = PageOf(after) ?? (1, asked);
        Guid? groupId = null;
        if (!string.IsNullOrEmpty(group))
        {
            await using var db = database.Open(current.Viewer);
            groupId = (await rights.StandingAsync(db, group, cancellation)).GroupId;
        }

        var found = await find.ExecuteAsync(current.Viewer, new SearchInput(q, groupId, kind, page, size), cancellation);
        return new([.. found.Hits.Select(h => Found.Of(h, platform))], found.HasMore ? Cursor(page + 1, size) : null);
    }

    private static string Cursor(int page, int size) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{page}.{size}")));

    private static (int Page, int Size)? PageOf(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return null;

        Span<byte> bytes = stackalloc byte[16];
        if (cursor.Length > 16 || !Base64Url.IsValid(cursor)) throw PageCursor.Unknown();
        var parts = Encoding.ASCII.GetString(bytes[..Base64Url.DecodeFromChars(cursor, bytes)]).Split('.');
        return parts is [var first, var second] && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && page > 0 && size > 0
            ? (page, Math.Clamp(size, 1, 100))
            : throw PageCursor.Unknown();
    }
}

/// <summary>A page of the API's search.</summary>
/// <param name="Items">Hits.</param>
/// <param name="Next">What to send as <c>after</c> for the next page; null on the last.</param>
internal sealed record FoundPage(IReadOnlyList<Found> Items, string? Next);

/// <summary>Something found.</summary>
internal sealed record Found
{
    /// <summary>A content kind's key, <c>comment</c>, <c>group</c> or <c>member</c>.</summary>
    public required string Kind { get; init; }
    /// <summary>Key of the thing.</summary>
    public required Guid Id { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>Its page.</summary>
    public required Uri Url { get; init; }
    /// <summary>The best passage, plain text.</summary>
    public required string Extract { get; init; }
    /// <summary>What of the passage was found.</summary>
    public required IReadOnlyList<string> Marked { get; init; }
    /// <summary>Address of the group.</summary>
    public string? Group { get; init; }
    /// <summary>Name of the group.</summary>
    public string? GroupName { get; init; }
    /// <summary>Who wrote it.</summary>
    public string? AuthorName { get; init; }
    /// <summary>Its date, UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>The hit, for the API.</summary>
    public static Found Of(SearchHit hit, PlatformOptions platform) => new()
    {
        Kind = hit.Kind,
        Id = hit.TargetId,
        Title = hit.Title,
        Url = platform.Absolute(hit.Address),
        Extract = string.Concat(hit.Extract.Select(p => p.Text)),
        Marked = [.. hit.Extract.Where(p => p.IsMarked).Select(p => p.Text).Distinct()],
        Group = hit.GroupSlug,
        GroupName = hit.GroupName,
        AuthorName = hit.AuthorName,
        At = hit.At,
    };
}
