using System.Security.Cryptography;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Syndication;
using TerritoireCollab.Veille.Demo;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Fetching;

/// <summary>Asks one source, and reads its answer unless it is what it was.</summary>
internal sealed class AskSource(OutgoingClient client, DemoShelf shelf, TimeProvider clock)
{
    /// <summary>Asks.</summary>
    public async Task<SourceAnswer> ExecuteAsync(Source source, CancellationToken cancellation)
    {
        var request = new FetchRequest { Address = new Uri(source.Address), ETag = source.ETag, LastModified = source.LastModified };
        var result = shelf.Knows(request.Address) ? shelf.Fetch(request) : await client.FetchAsync(request, cancellation);
        var at = clock.GetUtcNow();
        var hash = result.Outcome == FetchOutcome.Ok ? Convert.ToHexStringLower(SHA256.HashData(result.Body.Span)) : null;
        var isUnchanged = result.Outcome == FetchOutcome.NotModified || (hash is not null && hash == source.BodyHash);
        var reading = result.Outcome == FetchOutcome.Ok && !isUnchanged ? ReadSource.Feed(result.Body.Span, new FeedOrigin { ContentType = result.ContentType, Address = result.Address, ContentLocation = result.ContentLocation }) : null;
        var fault = result.Outcome == FetchOutcome.Ok && !isUnchanged && reading is null ? SourceFault.NotAFeed : FaultOf(result.Outcome);
        var weekly = reading is null ? source.EntriesInAWeek : reading.Entries.Count(e => e.PublishedAt > at.UtcDateTime.AddDays(-7));
        return new SourceAnswer
        {
            SourceId = source.Id,
            At = at.UtcDateTime,
            Fault = fault,
            Status = result.Status,
            Reading = reading,
            BodyHash = fault == SourceFault.None ? hash : null,
            ETag = result.ETag,
            LastModified = result.LastModified,
            MovedTo = fault == SourceFault.None && result.MovedTo is { } moved && moved.AbsoluteUri.Length <= Source.AddressLength ? moved.AbsoluteUri : null,
            EntriesInAWeek = weekly,
            NextFetchAt = FetchRhythm.Next(new FetchPast
            {
                Now = at,
                Outcome = fault == SourceFault.NotAFeed ? FetchOutcome.BadAnswer : result.Outcome,
                Failures = source.Failures + 1,
                EntriesInAWeek = weekly,
                RetryAfter = result.RetryAfter,
                FreshUntil = result.FreshUntil,
            }).UtcDateTime,
        };
    }

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
