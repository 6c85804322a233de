using System.Text;
using System.Text.Json;
using TerritoireCollab.Documents.Writing;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Files.Demo;

/// <summary>Writes the documents of the demo territory in the format that their name asks for: small, and real to any program.</summary>
internal static class DemoDocument
{
    private static readonly Uri Site = new("https://territoire.invalid/");

    /// <summary>The bytes of a version; the ones before the last lack what was added since.</summary>
    public static byte[] Write(FileSource source, int number, DateTime at)
    {
        var lacks = source.Versions.Length + 1 - number;
        return Path.GetExtension(source.Name) switch
        {
            ".odt" => Written(stream => OdtWriter.Write(Document(source, lacks, at), stream)),
            ".docx" => Written(stream => DocxWriter.Write(Document(source, lacks, at), stream)),
            ".ods" => Written(stream => OdsWriter.Write(Workbook(source, lacks, at), stream)),
            ".xlsx" => Written(stream => XlsxWriter.Write(Workbook(source, lacks, at), stream)),
            ".csv" => Csv(source, lacks),
            ".pdf" => PlainPdf.Write(source.Title, Lacking(source.Text!, lacks)),
            _ => Encoding.UTF8.GetBytes(Lacking(source.Text!, lacks) + "\n"),
        };
    }

    /// <summary>What the last version says, as it would be read out of it.</summary>
    public static string TextOf(FileSource source) => source.Table is { } table
        ? string.Join('\n', table.Select(row => string.Join('\t', row.Select(cell => cell.ToString()))))
        : Path.GetExtension(source.Name) is ".odt" or ".docx" ? PlainText.FromMarkdown(source.Text!) : source.Text!;

    private static byte[] Written(Action<Stream> write)
    {
        using var bytes = new MemoryStream();
        write(bytes);
        return bytes.ToArray();
    }

    private static WrittenDocument Document(FileSource source, int lacks, DateTime at) =>
        new() { Title = source.Title, Modified = at, ShowsTitle = false, Blocks = WrittenBlocks.Of(Lacking(source.Text!, lacks), Site, (_, _) => null) };

    private static WrittenWorkbook Workbook(FileSource source, int lacks, DateTime at) =>
        new(source.Title, at, [new(source.Title, [.. source.Table![0].Select(c => c.ToString())], [.. source.Table.Skip(1).SkipLast(lacks).Select(row => (IReadOnlyList<object?>)[.. row.Select(Value)])])]);

    private static byte[] Csv(FileSource source, int lacks)
    {
        var table = new CsvText();
        foreach (var row in source.Table!.SkipLast(lacks)) table.Line([.. row.Select(c => (object?)c.ToString())]);
        return table.ToBytes();
    }

    private static object? Value(JsonElement cell) => cell.ValueKind == JsonValueKind.Number ? cell.GetDecimal() : cell.ToString();

    private static string Lacking(string text, int lacks) => string.Join("\n", text.Split('\n').SkipLast(lacks));
}
