using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using TerritoireCollab.Documents.Tests.Reading;
using TerritoireCollab.Documents.Writing;

namespace TerritoireCollab.Documents.Tests.Writing;

public sealed class TextWriterTests
{
    [Theory]
    [InlineData(".odt")]
    [InlineData(".docx")]
    public void Write_Minutes_ReadBackAsWritten(string extension)
    {
        Assert.Equal(
            [
                "Heading 1: Compte rendu du 12 mars",
                "Heading 1: Présents",
                "Paragraph: Une élue, un agent et l’école « Les Cèdres » : qui d’autre ? 🌲\nDeuxième ligne, barrée, avec du code  à deux blancs et le site.",
                "Heading 2: Décisions",
                "ListItem 1: Nettoyer la source",
                "ListItem 2: avec l’école",
                "ListItem 3: en avril",
                "ListItem 3: ou en mai",
                "ListItem 1: Poser trois bancs",
                "ListItem 1: Troisième",
                "ListItem 1: Quatrième",
                "Paragraph: Encore une liste :",
                "ListItem 1: Recommence",
                "ListItem 1: ☑ Convoquer",
                "ListItem 1: ☐ Rédiger",
                "TableRow: Tronçon\tQui\tMontant",
                "TableRow: Nord\tl’agent\t12,50 €",
                "TableRow: Sud\t\t8 €",
                "Heading 3: Citation",
                "Paragraph: On ira tous,\ndit-il.",
                "Paragraph: Sauf l’hiver.",
                "Paragraph: if (a < b && c)   // trois blancs\n tabulation",
                "Paragraph: piège d’ici",
                "Paragraph: Fin.",
            ],
            HandMade.Lines(Write(Samples.Of(Samples.Minutes), extension), extension));
    }

    [Theory]
    [InlineData(".odt")]
    [InlineData(".docx")]
    public void Write_ForwardOnlyStreamTwice_SameBytes(string extension)
    {
        using var forward = new ForwardOnly();
        WriteTo(Samples.Of(Samples.Minutes), extension, forward);

        Assert.Equal(Write(Samples.Of(Samples.Minutes), extension).ToArray(), forward.Written.ToArray());
    }

    [Theory]
    [InlineData(".odt")]
    [InlineData(".docx")]
    public void Write_AnyText_WellFormed(string extension)
    {
        var document = Samples.Of("a\u0001b\ud800c \ufffe & <b> ]]> \"'") with { Title = "T\u0002i <tre>" };

        Assert.Equal(["Heading 1: Ti <tre>", "Paragraph: abc  & <b> ]]> \"'"], HandMade.Lines(Write(document, extension), extension).Select(line => line.Replace("\ufffd", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Write_Odt_BeginsWithItsType()
    {
        var bytes = Write(Samples.Of("x"), ".odt").ToArray();

        Assert.Equal("mimetypeapplication/vnd.oasis.opendocument.text", Encoding.ASCII.GetString(bytes, 30, 47));
        Assert.Equal((0, 39), (BitConverter.ToUInt16(bytes, 8), BitConverter.ToInt32(bytes, 18)));
    }

    [Fact]
    public void Write_Odt_EveryPartInTheManifest()
    {
        using var archive = new ZipArchive(Write(Samples.Of(Samples.Minutes), ".odt"));
        var manifest = XDocument.Load(archive.GetEntry("META-INF/manifest.xml")!.Open());

        Assert.Equal(
            archive.Entries.Select(e => e.FullName).Where(n => n is not ("mimetype" or "META-INF/manifest.xml")).Append("/").Order(),
            manifest.Root!.Elements().Select(e => e.Attributes().First(a => a.Name.LocalName == "full-path").Value).Order());
    }

    [Fact]
    public void Write_Docx_EveryPartHasATypeAndEveryIdATarget()
    {
        using var archive = new ZipArchive(Write(Samples.Of(Samples.Minutes), ".docx"));
        var types = XDocument.Load(archive.GetEntry("[Content_Types].xml")!.Open()).Root!.Elements().Select(e => (string?)e.Attribute("PartName") ?? "." + (string?)e.Attribute("Extension")).ToHashSet();
        Assert.All(archive.Entries, e => Assert.True(types.Contains("/" + e.FullName) || types.Contains(Path.GetExtension(e.FullName)), e.FullName));

        var ids = Load(archive, "word/_rels/document.xml.rels").Root!.Elements().ToDictionary(e => (string)e.Attribute("Id")!, e => e);
        var used = Load(archive, "word/document.xml").Descendants().Attributes().Where(a => a.Name.NamespaceName.EndsWith("/relationships", StringComparison.Ordinal)).Select(a => a.Value).ToList();
        Assert.Equal(4, used.Count);
        Assert.All(used, id => Assert.True((string?)ids[id].Attribute("TargetMode") == "External" || archive.GetEntry("word/" + (string)ids[id].Attribute("Target")!) is not null, id));
    }

    [Theory]
    [InlineData(".odt", "content.xml")]
    [InlineData(".docx", "word/_rels/document.xml.rels")]
    public void Write_Links_SafeOnesOnly(string extension, string part)
    {
        using var archive = new ZipArchive(Write(Samples.Of(Samples.Minutes), extension));
        using var reader = new StreamReader(archive.GetEntry(part)!.Open());
        var text = reader.ReadToEnd();

        Assert.Contains("https://exemple.test/sentier?a=1&amp;b=2", text, StringComparison.Ordinal);
        Assert.Contains("https://territoire.test/groupes/chemins", text, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NumberedLists_EachBeginsWhereItSays()
    {
        using var archive = new ZipArchive(Write(Samples.Of(Samples.Minutes), ".docx"));
        var starts = Load(archive, "word/numbering.xml").Descendants().Where(e => e.Name.LocalName == "startOverride").Select(e => e.Attributes().First().Value);

        Assert.Equal(["1", "3", "1"], starts);
    }

    [Theory]
    [InlineData(".odt", "content.xml", "draw:image", "svg:title")]
    [InlineData(".docx", "word/document.xml", "a:blip", "descr=\"Le pont\"")]
    public void Write_Picture_InThePackageWithItsAlternative(string extension, string part, string element, string alternative)
    {
        using var archive = new ZipArchive(Write(Samples.Of(Samples.Minutes), extension));
        using var reader = new StreamReader(archive.GetEntry(part)!.Open());
        var text = reader.ReadToEnd();

        Assert.Contains(element, text, StringComparison.Ordinal);
        Assert.Contains(alternative, text, StringComparison.Ordinal);
        Assert.Contains("Le pont", text, StringComparison.Ordinal);
        using var picture = new MemoryStream();
        archive.Entries.Single(e => e.Name.EndsWith(".png", StringComparison.Ordinal)).Open().CopyTo(picture);
        Assert.Equal(Samples.Png, picture.ToArray());
    }

    [Theory]
    [InlineData(".odt")]
    [InlineData(".docx")]
    public void Write_DeepAndEmptyBlocks_ReadBack(string extension)
    {
        WrittenBlock block = new WrittenParagraph([new WrittenText("fond")]);
        for (var i = 0; i < 30; i++) block = new WrittenList([new WrittenItem([block])], IsNumbered: i % 2 == 0);
        var document = Samples.Of("") with { Blocks = [block, new WrittenList([]), new WrittenTable([], [], []), new WrittenTable([], [[[]]], []), new WrittenParagraph([]), new WrittenCode("")] };

        Assert.EndsWith("fond", HandMade.Lines(Write(document, extension), extension)[^1], StringComparison.Ordinal);
    }

    internal static MemoryStream Write(WrittenDocument document, string extension)
    {
        var file = new MemoryStream();
        WriteTo(document, extension, file);
        file.Position = 0;
        return file;
    }

    private static void WriteTo(WrittenDocument document, string extension, Stream output)
    {
        if (extension == ".odt") OdtWriter.Write(document, output);
        else DocxWriter.Write(document, output);
    }

    private static XDocument Load(ZipArchive archive, string name) => XDocument.Load(archive.GetEntry(name)!.Open());
}

/// <summary>A stream as an HTTP answer is one: forward, and no going back.</summary>
internal sealed class ForwardOnly : Stream
{
    /// <summary>What came.</summary>
    public MemoryStream Written { get; } = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => Written.Write(buffer, offset, count);
}
