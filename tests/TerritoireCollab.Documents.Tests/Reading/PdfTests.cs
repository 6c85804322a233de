
namespace TerritoireCollab.Documents.Tests.Reading;

public sealed class PdfTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Extract_TwoPages_PagesAndParagraphs()
    {
        var read = await Program().ExtractAsync(new MemoryStream(LeastPdf.Of("Premiere page", "Seconde page")), null, Cancellation);

        Assert.Null(read.Text.Fault);
        Assert.Equal(["Premiere page", "Seconde page"], read.Pages);
        Assert.Equal(["Paragraph: Premiere page", "Paragraph: Seconde page"], Fixtures.Lines(read.Text));
    }

    [Fact]
    public async Task Extract_MoreThanTheLimit_Cut()
    {
        var read = await Program().ExtractAsync(new MemoryStream(LeastPdf.Of("Premiere page", "Seconde page")), new ExtractionLimits { Characters = 10 }, Cancellation);

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

        var read = await new PdfText(folder.Path) { Timeout = TimeSpan.FromMilliseconds(200) }.ExtractAsync(new MemoryStream(), null, Cancellation);

        Assert.Equal(DocumentFault.TooSlow, read.Text.Fault);
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
}
