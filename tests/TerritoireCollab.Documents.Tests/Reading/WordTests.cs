namespace TerritoireCollab.Documents.Tests.Reading;

public sealed class WordTests
{
    [Fact]
    public void Extract_StylesNamedInFrench_HeadingsFound()
    {
        const string styles = """
            <w:styles $w><w:style w:styleId="Titre1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Titre"><w:name w:val="Title"/></w:style>
            <w:style w:styleId="Chapitre"><w:name w:val="Chapitre"/><w:basedOn w:val="Titre1"/></w:style>
            <w:style w:styleId="Puce"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
            <w:style w:styleId="Boucle"><w:name w:val="b"/><w:basedOn w:val="Boucle"/></w:style></w:styles>
            """;

        Assert.Equal(
            ["Heading 1: Rapport", "Heading 1: Un", "Heading 1: Deux", "ListItem 1: Point", "Heading 3: Direct", "Paragraph: Simple"],
            HandMade.Lines(HandMade.Docx(Styled("Titre", "Rapport") + Styled("Titre1", "Un") + Styled("Chapitre", "Deux") + Styled("Puce", "Point") + "<w:p><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr><w:r><w:t>Direct</w:t></w:r></w:p>" + Styled("Boucle", "Simple"), ("styles", styles)), ".docx"));
    }

    [Fact]
    public void Extract_NumberedHeading_StaysAHeading() =>
        Assert.Equal(["Heading 1: Un"], HandMade.Lines(HandMade.Docx("<w:p><w:pPr><w:outlineLvl w:val=\"0\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>Un</w:t></w:r></w:p>"), ".docx"));

    [Fact]
    public void Extract_RevisionsAndFields_WhatIsShownRead() =>
        Assert.Equal(
            ["Paragraph: Avant ajouté 12 mars 3\u2011b après"],
            HandMade.Lines(HandMade.Docx("<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t xml:space=\"preserve\">Avant </w:t></w:r><w:ins><w:r><w:t>ajouté</w:t></w:r></w:ins><w:del><w:r><w:delText>effacé</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>parti</w:t></w:r></w:moveFrom><w:r><w:tab/><w:fldChar w:fldCharType=\"begin\"/><w:instrText> DATE </w:instrText><w:fldChar w:fldCharType=\"separate\"/><w:t>12 mars</w:t><w:fldChar w:fldCharType=\"end\"/><w:fldChar w:fldCharType=\"begin\"/><w:instrText> PAGE </w:instrText><w:fldChar w:fldCharType=\"separate\"/><w:t>page</w:t><w:fldChar w:fldCharType=\"end\"/><w:t xml:space=\"preserve\"> 3</w:t><w:noBreakHyphen/><w:t>b</w:t><w:tab/><w:t>après</w:t></w:r></w:p>"), ".docx"));

    [Fact]
    public void Extract_SameHeaderThrice_ToldOnce()
    {
        const string header = "<w:hdr $w><w:p><w:r><w:t>Mairie</w:t></w:r></w:p></w:hdr>";

        Assert.Equal(["PageFurniture: Mairie", "Paragraph: Texte"], HandMade.Lines(HandMade.Docx(Paragraph("Texte"), ("header", header), ("header", header), ("footer", header)), ".docx"));
    }

    [Fact]
    public void Extract_Notes_InTheOrderOfTheirCalls()
    {
        const string notes = "<w:footnotes $w><w:footnote w:id=\"0\"><w:p><w:r><w:t>séparateur</w:t></w:r></w:p></w:footnote><w:footnote w:id=\"1\"><w:p><w:r><w:t>seconde</w:t></w:r></w:p></w:footnote><w:footnote w:id=\"2\"><w:p><w:r><w:t>première</w:t></w:r></w:p></w:footnote></w:footnotes>";
        const string body = "<w:p><w:r><w:t>Un</w:t><w:footnoteReference w:id=\"2\"/><w:footnoteReference w:id=\"1\"/></w:r></w:p>";

        Assert.Equal(["Paragraph: Un", "Note: première", "Note: seconde"], HandMade.Lines(HandMade.Docx(body, ("footnotes", notes), ("comments", "<w:comments $w><w:p><w:r><w:t>en marge</w:t></w:r></w:p></w:comments>")), ".docx"));
    }

    [Fact]
    public void Extract_TableInATable_TextOfItsCell()
    {
        var inner = $"<w:tbl><w:tr><w:tc>{Paragraph("b")}</w:tc><w:tc>{Paragraph("c")}</w:tc></w:tr></w:tbl>";

        Assert.Equal(["TableRow: a b c\td"], HandMade.Lines(HandMade.Docx($"<w:tbl><w:tr><w:tc>{Paragraph("a")}{inner}</w:tc><w:tc>{Paragraph("d")}</w:tc></w:tr></w:tbl>"), ".docx"));
    }

    [Fact]
    public void Extract_StrictDocument_Read() =>
        Assert.Equal(["Paragraph: Strict"], HandMade.Lines(HandMade.DocxOf("<w:document xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><w:body><w:p><w:r><w:t>Strict</w:t></w:r></w:p></w:body></w:document>"), ".docx"));

    [Fact]
    public void Extract_DefaultNamespace_Read() =>
        Assert.Equal(["Paragraph: Sans préfixe"], HandMade.Lines(HandMade.DocxOf("<document xmlns=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><body><p><r><t>Sans préfixe</t></r></p></body></document>"), ".docx"));

    private static string Paragraph(string text) => $"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>";

    private static string Styled(string style, string text) => $"<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>";
}
