using TerritoireCollab.Documents.Reading;

namespace TerritoireCollab.Documents;

/// <summary>Text of PDF files by <c>pdftotext</c> of poppler-utils, where it is installed.</summary>
public sealed class PdfText
{
    private readonly Poppler? _program;

    /// <summary>Looks for the program among the folders of PATH.</summary>
    public PdfText()
        : this(Poppler.Path)
    {
    }

    internal PdfText(string path) => _program = Poppler.Find(path, "pdftotext");

    /// <summary>Whether the program is there. A screen says so plainly where it is not.</summary>
    public bool IsInstalled => _program is not null;

    /// <summary>Longest time for one file.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most bytes of a file that is given to the program.</summary>
    public long Bytes { get; init; } = 256L << 20;

    /// <summary>Reads a file: a paragraph a block, page after page; <see cref="PdfTextResult.Pages"/> keeps where pages end.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the program was ended.</exception>
    public async Task<PdfTextResult> ExtractAsync(Stream stream, ExtractionLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (_program is null) return PdfTextResult.Failed(DocumentFault.ProgramMissing);

        // Temporary files are of this process alone: mode 600, a name at random.
        var file = Path.GetTempFileName();
        try
        {
            if (!await Poppler.CopyAsync(stream, file, Bytes, cancellationToken).ConfigureAwait(false)) return PdfTextResult.Failed(DocumentFault.TooLarge);
            return await RunAsync(_program, file, limits ?? ExtractionLimits.Default, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<PdfTextResult> RunAsync(Poppler program, string file, ExtractionLimits limits, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(Timeout);
        using var process = program.Start(["-q", "-enc", "UTF-8", "-eol", "unix", file, "-"]);
        if (process is null) return PdfTextResult.Failed(DocumentFault.ProgramMissing);

        try
        {
            var errors = Poppler.DrainAsync(process.StandardError, 4_000, time.Token);
            var text = await Poppler.DrainAsync(process.StandardOutput, limits.Characters, time.Token).ConfigureAwait(false);

            // Enough was read: what is still to come is not waited for.
            if (text.Length > limits.Characters) return PdfTextResult.Of(CleanText.Cut(text, limits.Characters), true, limits);

            await process.WaitForExitAsync(time.Token).ConfigureAwait(false);
            return process.ExitCode == 0 ? PdfTextResult.Of(text, false, limits) : PdfTextResult.Failed(Poppler.FaultOf(await errors.ConfigureAwait(false)));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return PdfTextResult.Failed(DocumentFault.TooSlow);
        }
        finally
        {
            Poppler.End(process);
        }
    }
}

/// <summary>Text of a PDF file.</summary>
public sealed record PdfTextResult
{
    private const char PageBreak = '\f';

    /// <summary>Text of each page, in order; a page without text is an empty one.</summary>
    public required IReadOnlyList<string> Pages { get; init; }

    /// <summary>All of it, a paragraph a block; pages that are pictures have none.</summary>
    public required ExtractedText Text { get; init; }

    internal static PdfTextResult Failed(DocumentFault fault) => new() { Pages = [], Text = new ExtractedText { Blocks = [], Fault = fault } };

    internal static PdfTextResult Of(string text, bool isTruncated, ExtractionLimits limits)
    {
        // The program ends each page by a form feed.
        var pages = text.Split(PageBreak);
        if (pages is [.., ""]) pages = pages[..^1];
        var sink = new BlockSink(limits.Characters);
        foreach (var page in pages) PlainDocument.ReadParagraphs(page, sink);
        return new() { Pages = [.. pages.Select(CleanText.Of)], Text = new ExtractedText { Blocks = sink.Blocks, IsTruncated = isTruncated || sink.IsFull } };
    }
}
