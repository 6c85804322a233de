namespace TerritoireCollab.Documents.Tests.Reading;

public sealed class LibreOfficeTests
{
    [Theory]
    [InlineData("reunion.odt")]
    [InlineData("reunion.docx")]
    public void Extract_TextDocument_InTheOrderOfReading(string name)
    {
        Assert.Equal(
            [
                "PageFurniture: Comité des chemins",
                "Heading 1: Compte rendu du 12 mars",
                "Heading 1: Présents",
                "Paragraph: Une élue,  un agent et l’école « Les Cèdres »\u202f: qui d’autre\u202f? 🌲",
                "Paragraph: Le sentier est balisé.",
                "Heading 2: Décisions",
                "ListItem 1: Nettoyer la source",
                "ListItem 2: avec l’école",
                "ListItem 1: Poser trois bancs",
                "TableRow: Tronçon\tQui\tQuand",
                "TableRow: Nord\t\tavril ou mai",
                "Paragraph: Encadré à relire",
                "Paragraph: Ligne une\nligne deux",
                "Note: Ouvert en 1998.",
                "PageFurniture: Vallée du Roubion",
            ],
            Fixtures.BlocksOf(name));
    }

    [Theory]
    [InlineData("budget.ods", "1234.5", "75%")]
    [InlineData("budget.xlsx", "1234,5", "75\u00a0%")]
    public void Extract_Spreadsheet_SheetsRowByRow(string name, string amount, string part)
    {
        Assert.Equal(
            [
                "SheetTitle: Dépenses 2026",
                "TableRow: Poste\tDate\tMontant\tPart",
                $"TableRow: Balises\t12/03/2026\t{amount}\t{part}",
                "TableRow: Bancs & tables\t\t2469\tVRAI",
                "SheetTitle: Notes",
                "TableRow: L’hiver, à l’abri 🏕",
            ],
            Fixtures.BlocksOf(name));
    }

    [Theory]
    [InlineData("bilan.odp")]
    [InlineData("bilan.pptx")]
    public void Extract_Presentation_SlidesWithTheirNotes(string name)
    {
        Assert.Equal(
            [
                "SlideTitle: Bilan de l’année",
                "ListItem 1: Onze sentiers",
                "ListItem 1: Deux ponts réparés",
                "Note: Remercier les bénévoles",
                "SlideTitle: Et demain\u202f?",
                "ListItem 1: Un abri 🛖",
                "ListItem 1: Une carte",
                "Note: Parler du budget",
            ],
            Fixtures.BlocksOf(name));
    }
}
