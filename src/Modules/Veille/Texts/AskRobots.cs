using System.Text;
using Microsoft.Extensions.Caching.Memory;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Veille.Fetching;

namespace TerritoireCollab.Veille.Texts;

/// <summary>Whether a site lets programs ask for a page.</summary>
internal enum RobotsAnswer
{
    /// <summary>It does, or says nothing.</summary>
    Allowed = 0,
    /// <summary>It does not.</summary>
    Forbidden = 1,
    /// <summary>Its rules cannot be read just now: RFC 9309 wants nothing to be asked then (section 2.3.1.4).</summary>
    Unknown = 2,
}

/// <summary>Asks a site for its <c>robots.txt</c>, and keeps its rules for an hour.</summary>
internal sealed class AskRobots(SiteClient sites, TimeProvider clock) : IDisposable
{
    private const int MostKept = 500;
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <summary>Whether the page may be asked for.</summary>
    public async Task<RobotsAnswer> ExecuteAsync(Uri address, CancellationToken cancellation)
    {
        var site = address.GetLeftPart(UriPartial.Authority);
        if (!_kept.TryGetValue(site, out (string Rules, DateTimeOffset Until) kept) || kept.Until <= clock.GetUtcNow())
        {
            if (await RulesAsync(new Uri(site + "/robots.txt"), cancellation) is not { } rules) return RobotsAnswer.Unknown;

            kept = (rules, clock.GetUtcNow() + KeptFor);
            _kept.Set(site, kept, new MemoryCacheEntryOptions { Size = 1 });
        }

        return RobotsText.Allows(kept.Rules, FetchOptions.Product, address) ? RobotsAnswer.Allowed : RobotsAnswer.Forbidden;
    }

    /// <inheritdoc />
    public void Dispose() => _kept.Dispose();

    // None at all allows everything; an error of the site, nothing.
    private async Task<string?> RulesAsync(Uri address, CancellationToken cancellation)
    {
        var answer = await sites.FetchAsync(new FetchRequest(address) { MaxBytes = RobotsText.MaxBytes, Cut = true }, cancellation);
        return answer.Outcome switch
        {
            FetchOutcome.Ok => Encoding.UTF8.GetString(answer.Body.Span),
            FetchOutcome.Gone => "",
            FetchOutcome.HttpError when answer.Status is >= 400 and < 500 and not 429 => "",
            _ => null,
        };
    }
}
