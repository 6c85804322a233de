using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Sources;

/// <summary>The selectors of a page as a source keeps them: written in one way, so that who types the same reads the same source.</summary>
internal static class SourceSelectors
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Without blanks around, and with nothing where nothing was typed.</summary>
    public static PageSelectors Tidy(PageSelectors typed) =>
        new((typed.Item ?? "").Trim()) { Title = OrNull(typed.Title), Link = OrNull(typed.Link), Date = OrNull(typed.Date), Summary = OrNull(typed.Summary) };

    /// <summary>As it is kept; null for a feed.</summary>
    public static string? Write(PageSelectors? selectors) => selectors is null ? null : JsonSerializer.Serialize(Tidy(selectors), Json);

    /// <summary>What was kept; null for a feed.</summary>
    public static PageSelectors? Read(string? written) => written is null ? null : JsonSerializer.Deserialize<PageSelectors>(written, Json);

    /// <summary>Fingerprint of what is kept; empty for a feed.</summary>
    public static string KeyOf(string? written) => written is null ? "" : NewsKeys.OfIdentifier(written);

    private static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
