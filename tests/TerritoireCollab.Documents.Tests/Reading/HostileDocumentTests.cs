using System.Text;
using TerritoireCollab.Documents.Tests.Zip;
using TerritoireCollab.Documents.Zip;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Documents.Tests.Reading;

public sealed class HostileDocumentTests
{
    private const string Laughs = """
        <!DOCTYPE d [<!ENTITY a "ah"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
        """;

    [Theory]
    [InlineData(Laughs)]
    [InlineData("<!DOCTYPE d [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>")]
    [InlineData("<!DOCTYPE d SYSTEM \"http://127.0.0.1:9/d.dtd\">")]
    public void Extract_DocumentType_Refused(string type)
    {
        var text = HandMade.Read(HandMade.DocxOf(type + "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"), ".docx");

        Assert.Equal(DocumentFault.Broken, text.Fault);
        Assert.Empty(text.Blocks);
        Assert.StartsWith("Ce fichier est abîmé", text.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_TenGigabytesOfZeros_StopsAtOnce()
    {
        using var zeros = Zips.Bomb("content.xml", 10L << 30, uint.MaxValue);

        AssertBounded(zeros, ".odt", DocumentFault.Broken);
    }

    // A part that goes on and on is read as far as it is text: what came before the limit is kept.
    [Theory]
    [InlineData("<text:p>mot</text:p>", true)]
    [InlineData("<text:p></text:p>", false)]
    public void Extract_PartWithoutEnd_StopsAtTheLimit(string repeated, bool hasText)
    {
        var body = new StringBuilder("<office:text>").Insert("<office:text>".Length, repeated, 400_000);
        using var document = HandMade.Odf("text", body.ToString());

        var text = AssertBounded(document, ".odt", hasText ? null : DocumentFault.TooLarge, new ExtractionLimits { Zip = new ZipLimits { MemberBytes = 6 << 20 } });
        Assert.Equal((hasText, hasText), (text.IsTruncated, text.Blocks.Count > 1_000));
    }

    [Fact]
    public void Extract_NestedDeeply_Refused()
    {
        var nested = new StringBuilder().Insert(0, "<text:section>", 100_000);

        AssertBounded(HandMade.Odf("text", "<office:text>" + nested), ".odt", DocumentFault.TooComplex);
    }

    [Fact]
    public void Extract_EndlessAttribute_Refused() =>
        AssertBounded(HandMade.Odf("text", $"<office:text><text:p a=\"{new string('x', 40 << 20)}\"/></office:text>"), ".odt", DocumentFault.TooComplex);

    [Fact]
    public void Extract_EndlessParagraph_CutAtTheLimit()
    {
        var text = HandMade.Read(HandMade.Odf("text", $"<office:text><text:p>{new string('é', 1_000_000)}{new string('x', 1_000_000)}</text:p></office:text>"), ".odt");

        Assert.True(text.IsTruncated);
        Assert.Equal(new string('é', 1_000_000), text.ToPlainText());
    }

    [Fact]
    public void Extract_LimitInsideAnEmoji_NotCutInTwo()
    {
        var text = HandMade.Read(HandMade.Odf("text", "<office:text><text:p>abc🌲</text:p></office:text>"), ".odt", new ExtractionLimits { Characters = 4 });

        Assert.Equal(("abc", true), (text.ToPlainText(), text.IsTruncated));
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("ebcdic-int")]
    [InlineData("jamais-vu")]
    [InlineData("utf-32")]
    public void Extract_CharsetThatIsNone_Broken(string charset) =>
        Assert.Equal(DocumentFault.Broken, HandMade.Read(HandMade.DocxOf($"<?xml version=\"1.0\" encoding=\"{charset}\"?><w:document xmlns:w=\"w\"/>"), ".docx").Fault);

    [Fact]
    public void Extract_ArchiveThatHoldsItself_LeftAsItIs()
    {
        using var inner = HandMade.Docx("<w:p><w:r><w:t>dedans</w:t></w:r></w:p>");
        using var outer = Zips.Of(("word/document.xml", inner.ToArray()), ("_rels/.rels", Encoding.UTF8.GetBytes(HandMade.Relations([("r", "officeDocument", "word/document.xml")]))));

        Assert.Equal(DocumentFault.Broken, HandMade.Read(outer, ".docx").Fault);
    }

    [Fact]
    public void Extract_PartNamedOutsideTheArchive_NotRead() =>
        Assert.Equal(DocumentFault.Broken, HandMade.Read(Zips.Of(("_rels/.rels", HandMade.Relations([("r", "officeDocument", "../../../../etc/passwd")]))), ".docx").Fault);

    [Fact]
    public void Extract_EncryptedOpenDocument_SaysSo()
    {
        using var document = Zips.Of(
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", "\u0001\u0002"),
            ("META-INF/manifest.xml", "<m:manifest xmlns:m=\"m\"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"));

        Assert.Equal("Ce fichier est protégé par un mot de passe.", HandMade.Read(document, ".odt").Message);
    }

    [Theory]
    [InlineData(".docx", DocumentFault.Encrypted)]
    [InlineData(".doc", DocumentFault.Unsupported)]
    public void Extract_CompoundFile_SaysWhatItIs(string extension, DocumentFault fault) =>
        Assert.Equal(fault, HandMade.Read(new MemoryStream([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0]), extension).Fault);

    [Theory]
    [InlineData(".docx")]
    [InlineData(".odt")]
    [InlineData(".xlsx")]
    [InlineData(".pptx")]
    public void Extract_NoArchive_Broken(string extension) => Assert.Equal(DocumentFault.Broken, HandMade.Read(new MemoryStream(), extension).Fault);

    [Fact]
    public void Extract_Cancelled_Stops() =>
        Assert.ThrowsAny<OperationCanceledException>(() => TextExtractor.Extract(new MemoryStream(Fixtures.Read("reunion.odt")), "a.odt", null, new CancellationToken(true)));

    [Fact]
    public void Extract_TooManyMembers_Refused()
    {
        var limits = new ExtractionLimits { Zip = new ZipLimits { Members = 3 } };

        Assert.Equal(DocumentFault.TooManyMembers, HandMade.Read(new MemoryStream(Fixtures.Read("reunion.odt")), ".odt", limits).Fault);
    }

    // Far above what a good machine takes, far below what a bomb would.
    private static ExtractedText AssertBounded(Stream document, string extension, DocumentFault? fault, ExtractionLimits? limits = null)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        ExtractedText text = null!;
        var time = ThreadTime.Of(() => text = HandMade.Read(document, extension, limits));

        Assert.Equal(fault, text.Fault);
        Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 400L << 20);
        return text;
    }
}
