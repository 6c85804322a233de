using System.Text;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Syndication;
using TerritoireCollab.Veille.Fetching;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Sources;

/// <summary>A feed that was found.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Title">Its title, or null.</param>
/// <param name="Entries">Titles of its newest entries; null when it was named by a page and not read.</param>
public sealed record FoundFeed(string Address, string? Title, IReadOnlyList<string>? Entries);

/// <summary>What was found at an address.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Feeds">The likeliest first; empty before anything was looked for.</param>
/// <param name="Folders">Folders in use.</param>
public sealed record FoundFeeds(Standing Standing, IReadOnlyList<FoundFeed> Feeds, IReadOnlyList<string> Folders)
{
    /// <summary>The page itself, when it names no feed; null otherwise.</summary>
    public FoundPage? Page { get; init; }
}

/// <summary>A page without a feed.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Selectors">How it may be read, or null when nothing repeats itself on it.</param>
/// <param name="Preview">What that finds, or null.</param>
public sealed record FoundPage(string Address, PageSelectors? Selectors, PagePreview? Preview);

/// <summary>Finds the feeds of an address that somebody typed: the feed itself, those that a page names, or those that are where feeds commonly are; else how its page may be read.</summary>
internal sealed class LookForFeeds(AppDb database, Rights rights, ListSources list, SiteClient sites)
{
    private const int MostShown = 8;
    private const int MostGuessed = 6;
    private const int EntriesShown = 5;

    /// <summary>The page before anything was looked for.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no veille.</exception>
    /// <exception cref="ForbiddenException">No animator.</exception>
    public async Task<FoundFeeds> StartAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, VeilleModule.Curate, groupSlug, cancellation);
        return new(standing, [], (await list.ExecuteAsync(viewer, groupSlug, cancellation)).Folders);
    }

    /// <summary>What is found at <paramref name="typed"/>.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no veille.</exception>
    /// <exception cref="ForbiddenException">No animator.</exception>
    /// <exception cref="InvalidInputException">The address cannot be asked or does not answer.</exception>
    public async Task<FoundFeeds> ExecuteAsync(Viewer viewer, string groupSlug, string? typed, CancellationToken cancellation)
    {
        var start = await StartAsync(viewer, groupSlug, cancellation);
        if (!SourceAddress.TryParse(typed, out var address)) throw new InvalidInputException(nameof(SourceInput.Address), SourceTexts.AddressNotUsable);

        var answer = await FetchAsync(address, cancellation);
        if (answer.Outcome != FetchOutcome.Ok) throw new InvalidInputException(nameof(SourceInput.Address), SourceTexts.CannotReach.With(SourceHealth.Cause(AskSource.FaultOf(answer.Outcome), answer.Status)));
        if (Read(answer) is { } feed) return start with { Feeds = [Found(answer.FinalAddress, feed)] };

        var candidates = FeedDiscovery.Find(Encoding.UTF8.GetString(answer.Body.Span), answer.FinalAddress);
        List<FoundFeed> found = [];
        foreach (var named in candidates.Named.Take(MostShown))
            found.Add(found.Count == 0 && await TryAsync(named.Address, cancellation) is { } read ? read : new(named.Address.AbsoluteUri, named.Title, null));
        foreach (var guess in found.Count > 0 ? [] : candidates.Guesses.Take(MostGuessed))
        {
            if (await TryAsync(guess, cancellation) is not { } read) continue;

            found.Add(read);
            break;
        }

        return found.Count > 0 ? start with { Feeds = found } : start with { Page = Page(answer, address) };
    }

    private static FoundPage Page(FetchResult answer, Uri asked)
    {
        var selectors = SelectorGuess.Of(answer.Body.Span, answer.ContentType, answer.FinalAddress);
        return new(asked.AbsoluteUri, selectors, selectors is null ? null : PreviewPage.Of(answer, asked, selectors));
    }

    private async Task<FoundFeed?> TryAsync(Uri address, CancellationToken cancellation)
    {
        if (!SourceAddress.TryParse(address.AbsoluteUri, out _)) return null;

        var answer = await FetchAsync(address, cancellation);
        return answer.Outcome == FetchOutcome.Ok && Read(answer) is { } feed ? Found(address, feed) : null;
    }

    private Task<FetchResult> FetchAsync(Uri address, CancellationToken cancellation) => sites.FetchAsync(new FetchRequest(address) { Kind = FetchKind.Feed }, cancellation);

    private static SourceReading? Read(FetchResult answer) =>
        ReadSource.Feed(answer.Body.Span, new FeedOrigin { ContentType = answer.ContentType, Address = answer.FinalAddress, ContentLocation = answer.ContentLocation?.AbsoluteUri });

    private static FoundFeed Found(Uri address, SourceReading feed) =>
        new(address.AbsoluteUri, feed.Title, [.. feed.Entries.OrderByDescending(e => e.PublishedAt).Take(EntriesShown).Select(e => e.Title)]);
}
