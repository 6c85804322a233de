using System.Security.Cryptography;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Syndication;
using TerritoireCollab.Veille.Demo;
using TerritoireCollab.Veille.Hubs;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Fetching;

/// <summary>Asks one source, and reads its answer unless it is what it was.</summary>
internal sealed class AskSource(OutgoingClient client, FetchOptions options, DemoShelf shelf, TimeProvider clock)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Asks.</summary>
    public async Task<SourceAnswer> ExecuteAsync(Source source, CancellationToken cancellation)
    {
        var selectors = SourceSelectors.Read(source.Selectors);
        var request = new FetchRequest(new Uri(source.Address)) { Kind = selectors is null ? FetchKind.Feed : FetchKind.Page, ETag = source.ETag, LastModified = source.LastModified };
        var result = shelf.Knows(request.Address) ? shelf.Fetch(request) : await client.FetchAsync(request, cancellation);
        var at = clock.GetUtcNow().UtcDateTime;
        var hash = result.Outcome == FetchOutcome.Ok ? Convert.ToHexStringLower(SHA256.HashData(result.Body.Span)) : null;
        var isUnchanged = result.Outcome == FetchOutcome.NotModified || (hash is not null && hash == source.BodyHash);
        var (reading, fault) = result.Outcome == FetchOutcome.Ok && !isUnchanged ? Read(result, selectors) : (null, FaultOf(result.Outcome));
        var weekly = reading is null ? source.EntriesInAWeek : reading.Entries.Count(e => e.PublishedAt > at - Week);
        var answer = new SourceAnswer
        {
            SourceId = source.Id,
            At = at,
            Fault = fault,
            Outcome = result.Outcome,
            Status = result.Status,
            Reading = reading,
            Offer = reading is null ? null : HubOffer.Of(result, reading, options.AllowPrivateNetworks),
            BodyHash = fault == SourceFault.None ? hash : null,
            ETag = result.ETag,
            LastModified = result.LastModified,
            MovedTo = fault == SourceFault.None && result.PermanentAddress is { } moved && moved.AbsoluteUri.Length <= Source.AddressLength ? moved.AbsoluteUri : null,
            EntriesInAWeek = weekly,
            NextFetchAt = at,
        };
        return answer with { NextFetchAt = Next(source, answer, result) };
    }

    /// <summary>What stands for the answer of a source whose site stayed silent for its other sources.</summary>
    public SourceAnswer Silent(Source source)
    {
        var at = clock.GetUtcNow().UtcDateTime;
        var answer = new SourceAnswer { SourceId = source.Id, At = at, Fault = SourceFault.TimedOut, Outcome = FetchOutcome.TimedOut, NextFetchAt = at };
        return answer with { NextFetchAt = Next(source, answer, null) };
    }

    private static (SourceReading? Reading, SourceFault Fault) Read(FetchResult result, PageSelectors? selectors)
    {
        if (selectors is not null) return ReadSource.Page(result, selectors) is (var page, var problem) && page is not null ? (page, SourceFault.None) : (null, FaultOf(problem));

        var feed = ReadSource.Feed(result.Body.Span, new FeedOrigin { ContentType = result.ContentType, Address = result.FinalAddress, ContentLocation = result.ContentLocation?.AbsoluteUri });
        return (feed, feed is null ? SourceFault.NotAFeed : SourceFault.None);
    }

    private static SourceFault FaultOf(SelectorProblem problem) => problem is SelectorProblem.PageTooLarge or SelectorProblem.TooSlow ? SourceFault.TooLarge : SourceFault.NothingFound;

    private static DateTime Next(Source source, SourceAnswer answer, FetchResult? result) => FetchRhythm.Next(new RhythmInput(answer.At, answer is { Outcome: FetchOutcome.Ok, Fault: not SourceFault.None } ? FetchOutcome.BadAnswer : answer.Outcome)
    {
        Items = answer.Reading is { } read ? [.. read.Entries.Select(e => e.PublishedAt).OfType<DateTime>()] : Evenly(answer.At, answer.EntriesInAWeek),
        RetryAfter = result?.RetryAfter,
        FreshUntil = result?.FreshUntil,
        TimeToLive = answer.Reading?.RefreshInterval,
        Failures = source.Failures + 1,
        Spread = source.Id.GetHashCode() / (double)int.MaxValue is var spread && spread < 0 ? -spread : spread,
    }) ?? answer.At + FetchRhythm.LongestAfterFailures;

    // When nothing has changed, how many there were is known, not when: as they come on average.
    private static List<DateTime> Evenly(DateTime at, int count) => [.. Enumerable.Range(1, count).Select(i => at - (Week * i / (count + 1)))];

    /// <summary>What is wrong, after how a fetch ended.</summary>
    public static SourceFault FaultOf(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.Ok or FetchOutcome.NotModified => SourceFault.None,
        FetchOutcome.Gone => SourceFault.Gone,
        FetchOutcome.HttpError => SourceFault.HttpError,
        FetchOutcome.RefusedAddress => SourceFault.RefusedAddress,
        FetchOutcome.NameNotFound => SourceFault.NameNotFound,
        FetchOutcome.ConnectionFailed => SourceFault.ConnectionFailed,
        FetchOutcome.TlsFailure => SourceFault.TlsFailure,
        FetchOutcome.TimedOut => SourceFault.TimedOut,
        FetchOutcome.TooLarge => SourceFault.TooLarge,
        FetchOutcome.TooManyRedirects => SourceFault.TooManyRedirects,
        _ => SourceFault.BadAnswer,
    };
}
