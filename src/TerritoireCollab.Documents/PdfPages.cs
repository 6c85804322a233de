using System.Diagnostics;
using System.Globalization;

namespace TerritoireCollab.Documents;

/// <summary>
/// Pictures of the first pages of PDF files by <c>pdftoppm</c> of poppler-utils, where it is installed. Each page is drawn by a process of its
/// own, so that one on which it fails costs none of those before it.
/// </summary>
public sealed class PdfPages
{
    /// <summary>Type of the pictures.</summary>
    public const string ContentType = "image/jpeg";

    private readonly Poppler? _program;

    /// <summary>Looks for the program among the folders of PATH.</summary>
    public PdfPages()
        : this(Poppler.Path)
    {
    }

    internal PdfPages(string path) => _program = Poppler.Find(path, "pdftoppm");

    /// <summary>Whether the program is there. A screen says so plainly where it is not.</summary>
    public bool IsInstalled => _program is not null;

    /// <summary>Most pages of one file.</summary>
    public int Pages { get; init; } = 5;

    /// <summary>Longest side of a picture, in pixels.</summary>
    public int Side { get; init; } = 1_200;

    /// <summary>Longest time for one page.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Most bytes of a file that is given to the program.</summary>
    public long Bytes { get; init; } = 256L << 20;

    /// <summary>Most bytes of one picture.</summary>
    public int PictureBytes { get; init; } = 4 << 20;

    /// <summary>Draws the first pages, in order. What came before a fault is kept.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the program was ended.</exception>
    public async Task<PdfPagesResult> DrawAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (_program is null) return new([], DocumentFault.ProgramMissing);

        // Temporary files are of this process alone: mode 600, a name at random.
        var file = Path.GetTempFileName();
        try
        {
            if (!await Poppler.CopyAsync(stream, file, Bytes, cancellationToken).ConfigureAwait(false)) return new([], DocumentFault.TooLarge);

            var pictures = new List<byte[]>();
            for (var page = 1; page <= Pages; page++)
            {
                var (picture, fault) = await DrawAsync(_program, file, page, cancellationToken).ConfigureAwait(false);
                if (picture is null) return new(pictures, fault);
                pictures.Add(picture);
            }

            return new(pictures, null);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // No picture and no fault: the file has no such page.
    private async Task<(byte[]? Picture, DocumentFault? Fault)> DrawAsync(Poppler program, string file, int page, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(Timeout);
        var number = page.ToString(CultureInfo.InvariantCulture);
        using var process = program.Start(["-q", "-jpeg", "-jpegopt", "quality=80,optimize=y", "-scale-to", Side.ToString(CultureInfo.InvariantCulture), "-f", number, "-l", number, "-singlefile", file]);
        if (process is null) return (null, DocumentFault.ProgramMissing);

        try
        {
            var errors = Poppler.DrainAsync(process.StandardError, 4_000, time.Token);
            if (await TakeAsync(process, time.Token).ConfigureAwait(false) is not { } picture) return (null, DocumentFault.TooLarge);

            await process.WaitForExitAsync(time.Token).ConfigureAwait(false);
            if (process.ExitCode == 0 && IsPicture(picture)) return (picture, null);

            var said = await errors.ConfigureAwait(false);
            return (null, page > 1 && process.ExitCode == WrongRange ? null : Poppler.FaultOf(said));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, DocumentFault.TooSlow);
        }
        finally
        {
            Poppler.End(process);
        }
    }

    // By it the program says that the first page asked for comes after the last one.
    private const int WrongRange = 99;

    private static bool IsPicture(byte[] bytes) => bytes is [0xff, 0xd8, 0xff, ..];

    private async Task<byte[]?> TakeAsync(Process process, CancellationToken cancellation)
    {
        using var picture = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = await process.StandardOutput.BaseStream.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
        {
            if (picture.Length + read > PictureBytes) return null;
            picture.Write(buffer, 0, read);
        }

        return picture.ToArray();
    }
}

/// <summary>Pictures of the first pages of a file.</summary>
/// <param name="Pictures">A JPEG a page, in order.</param>
/// <param name="Fault">Why there are no more; null when all that were wanted are there.</param>
public sealed record PdfPagesResult(IReadOnlyList<byte[]> Pictures, DocumentFault? Fault);
