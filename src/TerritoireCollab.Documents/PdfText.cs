using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using TerritoireCollab.Documents.Reading;

namespace TerritoireCollab.Documents;

/// <summary>
/// Text of PDF files by <c>pdftotext</c> of poppler-utils, where it is installed: a reader of PDF is a large surface, so it runs in a process of
/// its own, nice, without a shell, fed by a temporary file of ours: no name given by people reaches its command line.
/// </summary>
public sealed class PdfText
{
    private const string Program = "pdftotext";

    private readonly string? _program;

    /// <summary>Looks for the program among the folders of PATH.</summary>
    public PdfText()
        : this(Environment.GetEnvironmentVariable("PATH") ?? "")
    {
    }

    internal PdfText(string path) =>
        _program = path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, Program)).FirstOrDefault(File.Exists);

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
            if (!await CopyAsync(stream, file, cancellationToken).ConfigureAwait(false)) return PdfTextResult.Failed(DocumentFault.TooLarge);
            return await RunAsync(_program, file, limits ?? ExtractionLimits.Default, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<bool> CopyAsync(Stream stream, string file, CancellationToken cancellation)
    {
        var target = new FileStream(file, FileMode.Truncate, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        await using (target.ConfigureAwait(false))
        {
            var buffer = new byte[1 << 17];
            long length = 0;
            for (int read; (read = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
            {
                if ((length += read) > Bytes) return false;
                await target.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
            }
        }

        return true;
    }

    private async Task<PdfTextResult> RunAsync(string program, string file, ExtractionLimits limits, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(Timeout);
        using var process = Start(program, file);
        if (process is null) return PdfTextResult.Failed(DocumentFault.ProgramMissing);

        try
        {
            var errors = DrainAsync(process.StandardError, 4_000, time.Token);
            var text = await DrainAsync(process.StandardOutput, limits.Characters, time.Token).ConfigureAwait(false);

            // Enough was read: what is still to come is not waited for.
            if (text.Length > limits.Characters) return PdfTextResult.Of(CleanText.Cut(text, limits.Characters), true, limits);

            await process.WaitForExitAsync(time.Token).ConfigureAwait(false);
            return process.ExitCode == 0 ? PdfTextResult.Of(text, false, limits) : PdfTextResult.Failed(FaultOf(await errors.ConfigureAwait(false)));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return PdfTextResult.Failed(DocumentFault.TooSlow);
        }
        finally
        {
            End(process);
        }
    }

    private static Process? Start(string program, string file)
    {
        var start = new ProcessStartInfo(program, ["-q", "-enc", "UTF-8", "-eol", "unix", file, "-"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetTempPath(),
        };
        try
        {
            var process = Process.Start(start)!;
            BeNice(process);
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    // Whoever reads pages comes first.
    private static void BeNice(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            // It was over before it could be made nice.
        }
    }

    private static async Task<string> DrainAsync(StreamReader reader, int most, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var buffer = new char[16_384];
        for (int read; text.Length <= most && (read = await reader.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;) text.Append(buffer, 0, read);
        return text.ToString();
    }

    private static DocumentFault FaultOf(string errors) => errors.Contains("password", StringComparison.OrdinalIgnoreCase) ? DocumentFault.Encrypted : DocumentFault.Broken;

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            // It ended by itself in between.
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
