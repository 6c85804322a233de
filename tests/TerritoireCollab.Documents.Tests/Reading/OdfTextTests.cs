namespace TerritoireCollab.Documents.Tests.Reading;

public sealed class OdfTextTests
{
    [Fact]
    public void Extract_RunsOfBlanks_OneSpaceUnlessMarked() =>
        Assert.Equal(["Paragraph: un deux   trois\u00a0: quatre"], Lines("<text:p>\n   un  \t deux<text:s text:c=\"3\"/>trois\u00a0:<text:span> </text:span>\n quatre </text:p>"));

    [Fact]
    public void Extract_NoteInACell_AfterTheText() =>
        Assert.Equal(
            ["TableRow: avant après\tb", "Paragraph: suite", "Note: la note"],
            Lines("<table:table><table:table-row><table:table-cell><text:p>avant <text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>la note</text:p></text:note-body></text:note>après</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table><text:p>suite</text:p>"));

    [Fact]
    public void Extract_PageNumbersAndDescriptions_LeftOut() =>
        Assert.Equal(["Paragraph: page sur"], Lines("<text:p>page <text:page-number>3</text:page-number>sur <text:page-count>9</text:page-count><text:desc>une photo</text:desc></text:p>"));

    [Fact]
    public void Extract_StyleMadeFromTitle_Heading() =>
        Assert.Equal(
            ["Heading 1: Rapport", "Paragraph: Texte"],
            HandMade.Lines(HandMade.Odf("text", "<office:text><text:p text:style-name=\"P2\">Rapport</text:p><text:p text:style-name=\"P9\">Texte</text:p></office:text>", "<style:style style:name=\"P1\" style:parent-style-name=\"Title\"/><style:style style:name=\"P2\" style:parent-style-name=\"P1\"/><style:style style:name=\"P9\" style:parent-style-name=\"P9\"/>"), ".odt"));

    private static string[] Lines(string text) => HandMade.Lines(HandMade.Odf("text", $"<office:text>{text}</office:text>"), ".odt");
}
