using System.Diagnostics;
using System.Text;

namespace TerritoireCollab.Documents.Tests.Reading;

public sealed class PdfTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Extract_TwoPages_PagesAndParagraphs()
    {
        var read = await Program().ExtractAsync(new MemoryStream(Pdf("Premiere page", "Seconde page")), null, Cancellation);

        Assert.Null(read.Text.Fault);
        Assert.Equal(["Premiere page", "Seconde page"], read.Pages);
        Assert.Equal(["Paragraph: Premiere page", "Paragraph: Seconde page"], Fixtures.Lines(read.Text));
    }

    [Fact]
    public async Task Extract_MoreThanTheLimit_Cut()
    {
        var read = await Program().ExtractAsync(new MemoryStream(Pdf("Premiere page", "Seconde page")), new ExtractionLimits { Characters = 10 }, Cancellation);

        Assert.Equal(("Premiere p", true), (read.Text.ToPlainText(), read.Text.IsTruncated));
    }

    [Fact]
    public async Task Extract_NoPdf_Broken()
    {
        var read = await Program().ExtractAsync(new MemoryStream("pas un PDF"u8.ToArray()), null, Cancellation);

        Assert.Equal(DocumentFault.Broken, read.Text.Fault);
    }

    [Fact]
    public async Task Extract_ProgramMissing_SaysSo()
    {
        var program = new PdfText("/nulle/part");

        Assert.False(program.IsInstalled);
        Assert.Equal("Le programme qui lit ce format n’est pas installé sur ce serveur.", (await program.ExtractAsync(new MemoryStream(), null, Cancellation)).Text.Message);
    }

    [Fact]
    public async Task Extract_FileTooLarge_ProgramNotAsked()
    {
        using var folder = new FakeProgram("touch \"$0.ran\"");
        var read = await new PdfText(folder.Path) { Bytes = 10 }.ExtractAsync(new MemoryStream(new byte[11]), null, Cancellation);

        Assert.Equal(DocumentFault.TooLarge, read.Text.Fault);
        Assert.False(folder.HasRun);
    }

    [Fact]
    public async Task Extract_ProgramThatHangs_EndedInTime()
    {
        using var folder = new FakeProgram("exec sleep 600");
        var watch = Stopwatch.StartNew();

        var read = await new PdfText(folder.Path) { Timeout = TimeSpan.FromMilliseconds(200) }.ExtractAsync(new MemoryStream(), null, Cancellation);

        Assert.Equal(DocumentFault.TooSlow, read.Text.Fault);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.True(await folder.IsOverAsync());
    }

    [Fact]
    public async Task Extract_Cancelled_ProgramEnded()
    {
        using var folder = new FakeProgram("exec sleep 600");
        using var cancellation = new CancellationTokenSource();
        var reading = new PdfText(folder.Path).ExtractAsync(new MemoryStream(), null, cancellation.Token);
        await folder.HasStartedAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.True(await folder.IsOverAsync());
    }

    [Fact]
    public async Task Extract_ProgramThatNeverEndsItsText_CutAndEnded()
    {
        using var folder = new FakeProgram("exec yes bavard");

        var read = await new PdfText(folder.Path).ExtractAsync(new MemoryStream(), new ExtractionLimits { Characters = 1_000 }, Cancellation);

        Assert.True(read.Text.IsTruncated);
        Assert.StartsWith("bavard", read.Text.ToPlainText(), StringComparison.Ordinal);
        Assert.True(await folder.IsOverAsync());
    }

    [Fact]
    public async Task Extract_Arguments_NoNameOfPeople()
    {
        using var folder = new FakeProgram("printf '%s\\n' \"$@\"");

        var read = await new PdfText(folder.Path).ExtractAsync(new MemoryStream(), null, Cancellation);

        var arguments = read.Text.ToPlainText().Split('\n');
        Assert.Equal(["-q", "-enc", "UTF-8", "-eol", "unix", "-"], arguments.Where((_, i) => i != 5));
        Assert.StartsWith(Path.GetTempPath(), arguments[5], StringComparison.Ordinal);
        Assert.False(File.Exists(arguments[5]));
    }

    [Fact]
    public async Task Extract_ProtectedFile_SaysSo()
    {
        using var folder = new FakeProgram("echo 'Command Line Error: Incorrect password' >&2; exit 1");

        Assert.Equal(DocumentFault.Encrypted, (await new PdfText(folder.Path).ExtractAsync(new MemoryStream(), null, Cancellation)).Text.Fault);
    }

    private static PdfText Program()
    {
        var program = new PdfText();
        Assert.SkipUnless(program.IsInstalled, "skipped: not here");
        return program;
    }

    // The least that is a PDF: a page for each text, in Helvetica.
    private static byte[] Pdf(params string[] pages)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        void Add(string content)
        {
            offsets.Add(file.Length);
            file.Append(offsets.Count).Append(" 0 obj\n").Append(content).Append("\nendobj\n");
        }

        Add("<< /Type /Catalog /Pages 2 0 R >>");
        Add($"<< /Type /Pages /Count {pages.Length} /Kids [{string.Join(' ', pages.Select((_, i) => $"{4 + i * 2} 0 R"))}] >>");
        Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        foreach (var (index, text) in pages.Index())
        {
            var drawing = $"BT /F1 12 Tf 72 700 Td ({text}) Tj ET";
            Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + index * 2} 0 R >>");
            Add($"<< /Length {drawing.Length} >>\nstream\n{drawing}\nendstream");
        }

        var start = file.Length;
        file.Append("xref\n0 ").Append(offsets.Count + 1).Append("\n0000000000 65535 f \n");
        foreach (var offset in offsets) file.Append(offset.ToString("0000000000", System.Globalization.CultureInfo.InvariantCulture)).Append(" 00000 n \n");
        file.Append("trailer\n<< /Size ").Append(offsets.Count + 1).Append(" /Root 1 0 R >>\nstartxref\n").Append(start).Append("\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    /// <summary>A program of that name that does what a test needs, and writes down its number.</summary>
    private sealed class FakeProgram : IDisposable
    {
        public FakeProgram(string script)
        {
            Path = Directory.CreateTempSubdirectory("territoire-pdf").FullName;
            var file = System.IO.Path.Combine(Path, "pdftotext");
            File.WriteAllText(file, $"#!/bin/sh\necho $$ > \"$0.pid.new\"; mv \"$0.pid.new\" \"$0.pid\"\n{script}\n");
            Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: not here");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        public string Path { get; }

        public bool HasRun => File.Exists(System.IO.Path.Combine(Path, "pdftotext.pid"));

        public async Task HasStartedAsync()
        {
            while (!HasRun) await Task.Delay(5, Cancellation);
        }

        public async Task<bool> IsOverAsync()
        {
            // Ended before it came to say its number.
            if (!HasRun) return true;

            var number = int.Parse(await File.ReadAllTextAsync(System.IO.Path.Combine(Path, "pdftotext.pid"), Cancellation), System.Globalization.CultureInfo.InvariantCulture);
            try
            {
                using var process = Process.GetProcessById(number);
                await process.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
                return true;
            }
            catch (ArgumentException)
            {
                return true;
            }
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
