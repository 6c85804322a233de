using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TerritoireCollab.Platform.Fetching;

namespace TerritoireCollab.Veille.Outlets;

/// <summary>
/// Sends a JSON document signed after Standard Webhooks 1.0 (standardwebhooks.com): whoever gets it knows who wrote it, when, and whether it
/// came before. <c>docs/webhooks.md</c> says the same to those who write a receiver.
/// </summary>
internal static class WebhookPost
{
    private const int LongestAnswer = 16 * 1024;

    // A document, not a piece of a page: letters stay letters.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is posted.</summary>
    /// <param name="address">Where.</param>
    /// <param name="key">With what it is signed.</param>
    /// <param name="id">The same for each try: whoever gets it twice knows.</param>
    /// <param name="now">Moment of the try.</param>
    /// <param name="body">The document.</param>
    public static FetchRequest Request(string address, byte[] key, Guid id, DateTimeOffset now, byte[] body)
    {
        var (name, second) = (id.ToString("N"), now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return new FetchRequest(new Uri(address))
        {
            Method = HttpMethod.Post,
            Kind = FetchKind.Any,
            ContentType = "application/json; charset=utf-8",
            Content = body,
            Headers = [("webhook-id", name), ("webhook-timestamp", second), ("webhook-signature", Sign(key, name, second, body))],
            MaxBytes = LongestAnswer,
            Cut = true,
        };
    }

    /// <summary>The signature of a document: <c>v1,</c> and the HMAC-SHA256 of its key, moment and text.</summary>
    public static string Sign(byte[] key, string id, string second, ReadOnlySpan<byte> body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{second}."), .. body]));

    /// <summary>The document that tells of a content.</summary>
    public static byte[] Body(AnnouncedText text) => JsonSerializer.SerializeToUtf8Bytes(
        new { Type = text.Event, Timestamp = text.PublishedAt, Data = new { text.Id, text.Publication, text.Number, text.Title, Url = text.Address.AbsoluteUri, text.Summary, text.PublishedAt, text.Articles } }, Json);

    /// <summary>The document of a trial.</summary>
    public static byte[] TrialBody(string publication, DateTime now) => JsonSerializer.SerializeToUtf8Bytes(new { Type = "test", Timestamp = now, Data = new { Publication = publication } }, Json);

    /// <summary>What the answer means: any status of 200 to 299 is a yes, 410 a no for good, the rest may mend itself.</summary>
    public static OutletAnswer Read(FetchResult result) => Verdict(result) with { Status = result.Status, RetryAfter = result.RetryAfter };

    private static OutletAnswer Verdict(FetchResult result) => result.Outcome switch
    {
        FetchOutcome.Ok => new(OutletVerdict.Done),
        FetchOutcome.Gone => new(OutletVerdict.Refused, OutletFault.Gone),
        FetchOutcome.HttpError => result.Status switch
        {
            >= 300 and < 400 => new(OutletVerdict.Refused, OutletFault.Moved),
            429 or 503 => new(OutletVerdict.Later, OutletFault.Busy),
            _ => new(OutletVerdict.Later, OutletFault.Status),
        },
        _ => MastodonPost.Unanswered(result.Outcome),
    };
}
