using System.IO.Compression;

namespace TerritoireCollab.Agenda.Import;

/// <summary>A file that a form keeps between its dry run and its sending, since browsers do not send a file again: packed, as text.</summary>
internal static class KeptFile
{
    /// <summary>The text.</summary>
    public static string Write(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var packer = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) packer.Write(bytes);
        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    /// <summary>The file; null when it is none, or longer than it may be.</summary>
    public static byte[]? Read(string? text, int maxLength)
    {
        if (string.IsNullOrEmpty(text)) return null;

        try
        {
            using var packer = new BrotliStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
            var bytes = new byte[maxLength + 1];
            var length = packer.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > maxLength ? null : bytes[..length];
        }
        catch (Exception broken) when (broken is FormatException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }
}
