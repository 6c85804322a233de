namespace TerritoireCollab.Documents.Tests.Reading;

/// <summary>Documents made by LibreOffice out of a text of ours: their writer is not the one of this library.</summary>
internal static class Fixtures
{
    /// <summary>Every one of them.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Fixtures");

    /// <summary>Bytes of one.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    /// <summary>Its text, a line a block: kind, level where there is one, text.</summary>
    public static string[] BlocksOf(string name) => Lines(TextExtractor.Extract(new MemoryStream(Read(name)), name));

    /// <summary>A text that was read without a fault, a line a block.</summary>
    public static string[] Lines(ExtractedText text)
    {
        Assert.Null(text.Fault);
        return [.. text.Blocks.Select(block => $"{block.Kind}{(block.Level > 0 ? $" {block.Level}" : "")}: {block.Text}")];
    }
}
