using Microsoft.Extensions.Caching.Memory;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Syndication;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>Asks a page what it says of itself, for the form that brings it. What came is kept a while, for the find that follows.</summary>
public sealed class AskPage(Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch, TimeProvider clock) : IDisposable
{
    private const int MostBytes = 1024 * 1024;
    private const int MostKept = 1_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(30);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <summary>What the page says; null when it does not answer, or says no title.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in: strangers ask no other site through this one.</exception>
    public async Task<PageFacts?> ExecuteAsync(Viewer viewer, Uri address, CancellationToken cancellation)
    {
        if (!viewer.IsMember) throw new NotFoundException();
        if (Known(address) is { } known) return known;

        var answer = await fetch(new FetchRequest(address) { Kind = FetchKind.Page, MaxBytes = MostBytes, Cut = true }, cancellation);
        if (answer.Outcome != FetchOutcome.Ok || !IsPage(answer.ContentType)) return null;

        var facts = PageReader.Read(answer.Body.Span, answer.ContentType, answer.FinalAddress);
        if (facts.Title is null) return null;

        _kept.Set(CanonicalAddress.Of(address), facts, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpiration = clock.GetUtcNow() + KeptFor });
        return facts;
    }

    /// <summary>What the page said when it was asked lately, or null.</summary>
    public PageFacts? Known(Uri address) => _kept.TryGetValue(CanonicalAddress.Of(address), out PageFacts? facts) ? facts : null;

    /// <inheritdoc />
    public void Dispose() => _kept.Dispose();

    private static bool IsPage(string? contentType) => contentType is null || contentType.Contains("html", StringComparison.OrdinalIgnoreCase);
}
