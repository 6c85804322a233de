
namespace TerritoireCollab.Documents.Tests.Reading;

public sealed class PdfPagesTests
{
    private const string Jpeg = @"printf '\377\330\377\340'";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Draw_TwoPages_APictureEachNoLargerThanAsked()
    {
        var drawn = await Program().DrawAsync(new MemoryStream(LeastPdf.Of("Premiere page", "Seconde page")), Cancellation);

        Assert.Equal((2, null), (drawn.Pictures.Count, drawn.Fault));
        Assert.All(drawn.Pictures, picture => Assert.Equal((848, 1_200), Size(picture)));
    }

    [Fact]
    public async Task Draw_MorePagesThanWanted_TheFirst()
    {
        var drawn = await Program().DrawAsync(new MemoryStream(LeastPdf.Of("1", "2", "3", "4", "5", "6", "7")), Cancellation);

        Assert.Equal((5, null), (drawn.Pictures.Count, drawn.Fault));
    }

    [Theory]
    [InlineData("pas un PDF")]
    [InlineData("%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 1 0 R >> endobj\ntrailer << /Root 1 0 R >>")]
    [InlineData("%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Type /Pages /Count 9999999 /Kids [2 0 R 2 0 R] >> endobj\ntrailer << /Root 1 0 R >>")]
    public async Task Draw_OddBytes_BrokenAndNoPicture(string bytes)
    {
        var drawn = await Program().DrawAsync(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(bytes)), Cancellation);

        Assert.Equal((0, DocumentFault.Broken), (drawn.Pictures.Count, drawn.Fault));
    }

    [Fact]
    public async Task Draw_PageOfTwoHundredMetres_NoLargerThanAsked()
    {
        var huge = System.Text.Encoding.ASCII.GetString(LeastPdf.Of("Grande")).Replace("[0 0 595 842]", "[0 0 567000 567000]", StringComparison.Ordinal);

        var drawn = await Program().DrawAsync(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(huge)), Cancellation);

        Assert.Equal((1_200, 1_200), Size(Assert.Single(drawn.Pictures)));
    }

    [Fact]
    public async Task Draw_ProgramMissing_SaysSo()
    {
        var program = new PdfPages("/nulle/part");

        Assert.False(program.IsInstalled);
        Assert.Equal(DocumentFault.ProgramMissing, (await program.DrawAsync(new MemoryStream(), Cancellation)).Fault);
    }

    [Fact]
    public async Task Draw_FileTooLarge_ProgramNotAsked()
    {
        using var folder = new FakeProgram(Jpeg, "pdftoppm");
        var drawn = await new PdfPages(folder.Path) { Bytes = 10 }.DrawAsync(new MemoryStream(new byte[11]), Cancellation);

        Assert.Equal(DocumentFault.TooLarge, drawn.Fault);
        Assert.False(folder.HasRun);
    }

    [Fact]
    public async Task Draw_ProgramThatHangs_EndedInTime()
    {
        using var folder = new FakeProgram("exec sleep 600", "pdftoppm");

        var drawn = await new PdfPages(folder.Path) { Timeout = TimeSpan.FromMilliseconds(200) }.DrawAsync(new MemoryStream(), Cancellation);

        Assert.Equal(DocumentFault.TooSlow, drawn.Fault);
        Assert.True(await folder.IsOverAsync());
    }

    [Fact]
    public async Task Draw_PictureThatNeverEnds_GivenUpAndEnded()
    {
        using var folder = new FakeProgram(Jpeg + "; exec yes", "pdftoppm");

        var drawn = await new PdfPages(folder.Path) { PictureBytes = 100_000 }.DrawAsync(new MemoryStream(), Cancellation);

        Assert.Equal((0, DocumentFault.TooLarge), (drawn.Pictures.Count, drawn.Fault));
        Assert.True(await folder.IsOverAsync());
    }

    [Fact]
    public async Task Draw_FailsOnASecondPage_TheFirstKept()
    {
        using var folder = new FakeProgram($"[ \"$8\" = 1 ] && {Jpeg} && exit 0; exit 1", "pdftoppm");

        var drawn = await new PdfPages(folder.Path).DrawAsync(new MemoryStream(), Cancellation);

        Assert.Equal((1, DocumentFault.Broken), (drawn.Pictures.Count, drawn.Fault));
    }

    [Fact]
    public async Task Draw_OtherBytesThanAPicture_NotGiven()
    {
        using var folder = new FakeProgram("echo '<script>'", "pdftoppm");

        Assert.Empty((await new PdfPages(folder.Path).DrawAsync(new MemoryStream(), Cancellation)).Pictures);
    }

    [Fact]
    public async Task Draw_LimiterInTheFolder_BoundsMemory()
    {
        using var folder = new FakeProgram(Jpeg, "pdftoppm");
        var limiter = Path.Combine(folder.Path, "prlimit");
        await File.WriteAllTextAsync(limiter, "#!/bin/sh\necho \"$1\" > \"$0.said\"; shift 2; exec \"$@\"\n", Cancellation);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(limiter, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var drawn = await new PdfPages(folder.Path) { Pages = 1 }.DrawAsync(new MemoryStream(), Cancellation);

        Assert.Single(drawn.Pictures);
        Assert.Equal("--as=1073741824", (await File.ReadAllTextAsync(limiter + ".said", Cancellation)).Trim());
    }

    // The frame of a JPEG says its height and width.
    private static (int Width, int Height) Size(byte[] jpeg)
    {
        for (var at = 2; at + 9 < jpeg.Length; at += 2 + (jpeg[at + 2] << 8) + jpeg[at + 3])
            if (jpeg[at + 1] is 0xc0 or 0xc1 or 0xc2) return ((jpeg[at + 7] << 8) + jpeg[at + 8], (jpeg[at + 5] << 8) + jpeg[at + 6]);
        return default;
    }

    private static PdfPages Program()
    {
        var program = new PdfPages();
        Assert.SkipUnless(program.IsInstalled, "skipped: not here");
        return program;
    }
}
