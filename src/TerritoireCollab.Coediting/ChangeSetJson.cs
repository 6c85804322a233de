using System.Text.Encodings.Web;
using System.Text.Json;

namespace TerritoireCollab.Coediting;

/// <summary>
/// Reads and writes a change as <c>ChangeSet.toJSON()</c> does: a number is a length kept, <c>[deleted]</c> a deletion, <c>[deleted, "line", …]</c> a
/// replacement by those lines.
/// </summary>
public static class ChangeSetJson
{
    /// <summary>Most sections of a change.</summary>
    public const int MostSections = 10_000;

    /// <summary>Most code units that a change inserts.</summary>
    public const int MostInserted = 1_000_000;

    private const int LongestDocument = 16_000_000;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The change in that JSON, or null when it is none, or is beyond the bounds.</summary>
    public static ChangeSet? Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="Read(string)"/>
    public static ChangeSet? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() > MostSections) return null;

        var sections = new List<Section>(json.GetArrayLength());
        var (length, inserted) = (0L, 0L);
        foreach (var part in json.EnumerateArray())
        {
            if (ReadSection(part) is not { } section) return null;
            length += section.Length;
            inserted += section.Text?.Length ?? 0;
            if (length > LongestDocument || inserted > MostInserted) return null;
            if (section.Length > 0 || section.NewLength > 0) sections.Add(section);
        }

        return ChangeSet.Of([.. sections]);
    }

    /// <summary>The change as JSON.</summary>
    public static string Write(ChangeSet change)
    {
        ArgumentNullException.ThrowIfNull(change);
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Plain)) Write(change, writer);
        return System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>Writes the change as JSON.</summary>
    public static void Write(ChangeSet change, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartArray();
        foreach (var section in change.Sections) Write(section, writer);
        writer.WriteEndArray();
    }

    private static void Write(Section section, Utf8JsonWriter writer)
    {
        if (section.IsKept)
        {
            writer.WriteNumberValue(section.Length);
            return;
        }

        writer.WriteStartArray();
        writer.WriteNumberValue(section.Length);
        if (section.Text!.Length > 0)
            foreach (var line in section.Text.Split('\n')) writer.WriteStringValue(line);
        writer.WriteEndArray();
    }

    private static Section? ReadSection(JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.Number) return ReadLength(part) is { } kept ? new Section(kept, null) : null;
        if (part.ValueKind != JsonValueKind.Array || part.GetArrayLength() == 0 || ReadLength(part[0]) is not { } deleted) return null;
        if (part.GetArrayLength() == 1) return new Section(deleted, "");

        var lines = new string[part.GetArrayLength() - 1];
        var at = -1;
        foreach (var line in part.EnumerateArray())
        {
            if (at >= 0)
            {
                if (ReadLine(line) is not { } text) return null;
                lines[at] = text;
            }

            at++;
        }

        return new Section(deleted, string.Join('\n', lines));
    }

    private static int? ReadLength(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var length) && length is >= 0 and <= LongestDocument ? length : null;

    // A line holds no line break, nor what no database keeps (U+0000), nor half a character, which no JSON reader gives back.
    private static string? ReadLine(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.String) return null;
        try
        {
            var text = line.GetString()!;
            return text.AsSpan().IndexOfAny('\n', '\r', '\0') >= 0 || !Characters.AreWhole(text) ? null : text;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
