using System.Text;
using TerritoireCollab.Documents;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Wiki.Resources;

namespace TerritoireCollab.Wiki.Exchange;

/// <summary>A page read out of a file.</summary>
/// <param name="Title">Its title: the first heading, or else the name of the file.</param>
/// <param name="Body">Its Markdown.</param>
/// <param name="Pictures">Pictures of the file, which are left out.</param>
public sealed record ImportedPage(string Title, string Body, int Pictures = 0);

/// <summary>Reads a page out of a Markdown, text, ODT or DOCX file.</summary>
internal static class ReadImport
{
    private const int Most = 1024 * 1024;
    private const int MostOffice = 25 * 1024 * 1024;

    /// <summary>The page.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidInputException">No text in UTF-8, too long, or another format.</exception>
    public static async Task<ImportedPage> ExecuteAsync(string name, Stream content, CancellationToken cancellation)
    {
        var extension = Path.GetExtension(name).ToLowerInvariant();
        if (extension is ".docx" or ".odt") return await OfficeAsync(name, content, cancellation);
        if (extension is not (".md" or ".markdown" or ".txt")) throw new InvalidInputException("File", WikiTexts.ImportFormat);

        var bytes = new byte[Most + 1];
        var length = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        if (length > Most) throw new InvalidInputException("File", WikiTexts.ImportTooLong);

        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length).TrimStart('\uFEFF').ReplaceLineEndings("\n");
            return Split(name, text);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidInputException("File", WikiTexts.ImportEncoding);
        }
    }

    private static async Task<ImportedPage> OfficeAsync(string name, Stream content, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0; bytes.Write(buffer, 0, read))
            if (bytes.Length + read > MostOffice) throw new InvalidInputException("File", WikiTexts.ImportTooLong);

        var text = TextExtractor.Extract(bytes, name, new ExtractionLimits { Characters = Bodies.MaxLength, Spans = true }, cancellation);
        if (text.Message is { } fault) throw new InvalidInputException("File", fault);
        if (text.IsTruncated) throw new InvalidInputException("File", WikiTexts.ImportTooLong);

        var page = text.Blocks is [{ Kind: TextBlockKind.Heading, Text.Length: <= ContentItem.TitleLength } head, ..]
            ? new(head.Text.ReplaceLineEndings(" "), BlocksToMarkdown.Write([.. text.Blocks.Skip(1)]))
            : Split(name, BlocksToMarkdown.Write(text.Blocks));
        return page with { Pictures = text.Pictures };
    }

    private static ImportedPage Split(string name, string text)
    {
        var start = text.TrimStart('\n');
        if (start.StartsWith("# ", StringComparison.Ordinal) && start.IndexOf('\n') is var end)
        {
            var (title, body) = end < 0 ? (start[2..], "") : (start[2..end], start[(end + 1)..]);
            if (title.Trim() is { Length: > 0 and <= ContentItem.TitleLength } head) return new(head, body.TrimStart('\n'));
        }

        var fallback = Path.GetFileNameWithoutExtension(name).Replace('_', ' ').Replace('-', ' ').Trim();
        return new(fallback.Length > ContentItem.TitleLength ? fallback[..ContentItem.TitleLength] : fallback, text);
    }
}
