using System.Text;

namespace TerritoireCollab.Platform.Uploads;

/// <summary>The header <c>Upload-Metadata</c>: pairs of a key and a value in base64.</summary>
public static class TusMetadata
{
    /// <summary>The pairs; null when the header is not readable as such.</summary>
    public static IReadOnlyDictionary<string, string>? Read(string header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in header.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = pair.Split(' ', 2);
            if (Decoded(parts.Length == 2 ? parts[1] : "") is not { } value || !values.TryAdd(parts[0], value)) return null;
        }

        return values;
    }

    /// <summary>One pair as it stands in the header.</summary>
    public static string Write(string key, string value) => $"{key} {Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}";

    private static string? Decoded(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
