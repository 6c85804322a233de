using System.Text.Json;
using System.Text.Json.Serialization;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Outlets;

/// <summary>Posts by the API of Mastodon (docs.joinmastodon.org, methods/statuses), and reads what it answers.</summary>
internal static class MastodonPost
{
    /// <summary>How long an instance knows a key again (one hour), less the time of a fetch and a difference of clocks.</summary>
    public static readonly TimeSpan KeyKept = TimeSpan.FromMinutes(55);

    private const int LongestAnswer = 256 * 1024;
    private const int LongestRemark = 200;

    /// <summary>What is posted.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="token">Access token with the right <c>write:statuses</c>.</param>
    /// <param name="key">The same for each try: the instance answers the post of before.</param>
    /// <param name="text">The text.</param>
    /// <param name="isTrial">Whether the account alone sees it.</param>
    public static FetchRequest Request(string instance, string token, Guid key, string text, bool isTrial) => new(new Uri(new Uri(instance), "/api/v1/statuses"))
    {
        Method = HttpMethod.Post,
        Kind = FetchKind.Json,
        ContentType = "application/json; charset=utf-8",
        Content = JsonSerializer.SerializeToUtf8Bytes(new Post(text, isTrial ? "direct" : "public", "fr")),
        Headers = [("Authorization", "Bearer " + token), ("Idempotency-Key", key.ToString("D"))],
        MaxBytes = LongestAnswer,
        Cut = true,
    };

    /// <summary>What the answer means.</summary>
    public static OutletAnswer Read(FetchResult result) => Verdict(result) with { Status = result.Status, RetryAfter = result.RetryAfter };

    private static OutletAnswer Verdict(FetchResult result) => result.Outcome switch
    {
        FetchOutcome.Ok => Json<Posted>(result) is { Id.Length: > 0 } posted ? new(OutletVerdict.Done) { RemoteAddress = Web(posted.Url) } : new(OutletVerdict.Refused, OutletFault.NotMastodon),
        FetchOutcome.HttpError or FetchOutcome.Gone => OfStatus(result),
        _ => Unanswered(result.Outcome),
    };

    /// <summary>What it means that there was no answer.</summary>
    public static OutletAnswer Unanswered(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.RefusedAddress => new(OutletVerdict.Refused, OutletFault.NotAllowed),
        FetchOutcome.TooManyRedirects => new(OutletVerdict.Refused, OutletFault.Moved),
        FetchOutcome.NameNotFound or FetchOutcome.ConnectionFailed or FetchOutcome.TlsFailure => new(OutletVerdict.Later, OutletFault.Unreachable),
        _ => new(OutletVerdict.Uncertain, OutletFault.Silent),
    };

    // 500, 502 and 504 come when something broke on the way: the post may have been written before.
    private static OutletAnswer OfStatus(FetchResult result) => result.Status switch
    {
        401 or 403 => new(OutletVerdict.Refused, OutletFault.Token),
        404 or 405 or 410 => new(OutletVerdict.Refused, OutletFault.NotMastodon),
        429 or 503 => new(OutletVerdict.Later, OutletFault.Busy),
        408 or >= 500 => new(OutletVerdict.Uncertain, OutletFault.Status),
        >= 300 and < 400 => new(OutletVerdict.Refused, OutletFault.Moved),
        _ => new(OutletVerdict.Refused, OutletFault.Rejected) { Remark = PlainLine.Of(Json<Refusal>(result)?.Error, LongestRemark) },
    };

    private static T? Json<T>(FetchResult result) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(result.Body.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Web(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var web) && web.Scheme is "http" or "https" && web.AbsoluteUri.Length <= News.AddressLength ? web.AbsoluteUri : null;

    private sealed record Post([property: JsonPropertyName("status")] string Status, [property: JsonPropertyName("visibility")] string Visibility, [property: JsonPropertyName("language")] string Language);

    private sealed record Posted([property: JsonPropertyName("id")] string? Id, [property: JsonPropertyName("url")] string? Url);

    private sealed record Refusal([property: JsonPropertyName("error")] string? Error);
}
