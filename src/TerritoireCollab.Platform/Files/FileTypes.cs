namespace TerritoireCollab.Platform.Files;

/// <summary>Content types by the first bytes. What a name or a browser announces is only believed among formats that share a signature.</summary>
public static class FileTypes
{
    /// <summary>Bytes of which nothing is known.</summary>
    public const string Unknown = "application/octet-stream";

    /// <summary>How many first bytes tell.</summary>
    public const int HeadLength = 512;

    private static readonly (byte[] Head, int At, string Type)[] Signatures =
    [
        ("%PDF-"u8.ToArray(), 0, "application/pdf"),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], 0, "image/png"),
        ([0xFF, 0xD8, 0xFF], 0, "image/jpeg"),
        ("GIF87a"u8.ToArray(), 0, "image/gif"),
        ("GIF89a"u8.ToArray(), 0, "image/gif"),
        ("WEBP"u8.ToArray(), 8, "image/webp"),
        ([0x50, 0x4B, 0x03, 0x04], 0, "application/zip"),
        ([0xD0, 0xCF, 0x11, 0xE0], 0, "application/x-ole-storage"),
    ];

    private static readonly Dictionary<string, string> Zipped = new(StringComparer.OrdinalIgnoreCase)
    {
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".odt"] = "application/vnd.oasis.opendocument.text",
        [".ods"] = "application/vnd.oasis.opendocument.spreadsheet",
        [".odp"] = "application/vnd.oasis.opendocument.presentation",
    };

    private static readonly Dictionary<string, string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        [".txt"] = "text/plain", [".csv"] = "text/csv", [".md"] = "text/markdown", [".ics"] = "text/calendar",
    };

    /// <summary>The type of a file that begins with <paramref name="head"/> and is called <paramref name="name"/>.</summary>
    public static string Detect(ReadOnlySpan<byte> head, string name)
    {
        var extension = Path.GetExtension(name);
        foreach (var (bytes, at, type) in Signatures)
        {
            if (head.Length < at + bytes.Length || !head[at..].StartsWith(bytes)) continue;
            return type == "application/zip" ? Zipped.GetValueOrDefault(extension, type) : type;
        }

        return Texts.TryGetValue(extension, out var text) && head.IndexOf((byte)0) < 0 ? text : Unknown;
    }

    /// <summary>Whether a browser may show it in the page: only pictures that cannot hold a script.</summary>
    public static bool IsInlineImage(string contentType) => contentType is "image/png" or "image/jpeg" or "image/gif" or "image/webp";
}
