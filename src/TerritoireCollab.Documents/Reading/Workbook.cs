using System.Globalization;
using System.Text;

namespace TerritoireCollab.Documents.Reading;

/// <summary>What the sheets of a workbook have in common: their names, texts and formats.</summary>
internal sealed class Workbook
{
    private const int MostSheets = 1_000;

    // Built in, whatever the styles say (ISO/IEC 29500-1, 18.8.30).
    private static readonly Dictionary<int, CellFormat> BuiltIn = Enumerable.Range(14, 4).Concat(Enumerable.Range(27, 5)).Append(36).Concat(Enumerable.Range(50, 9)).Append(22).ToDictionary(id => id, _ => CellFormat.Date)
        .Concat(Enumerable.Range(18, 4).Concat(Enumerable.Range(32, 4)).Concat(Enumerable.Range(45, 3)).ToDictionary(id => id, _ => CellFormat.Time))
        .Concat(new Dictionary<int, CellFormat> { [9] = CellFormat.Percent, [10] = CellFormat.Percent }).ToDictionary();

    private readonly List<(string Name, string Part)> _sheets = [];
    private readonly List<string> _texts = [];
    private readonly List<CellFormat> _formats = [];

    /// <summary>Sheets that are shown.</summary>
    public IReadOnlyList<(string Name, string Part)> Sheets => _sheets;

    /// <summary>Whether days are counted from 1904, as on old Macs.</summary>
    public bool From1904 { get; private set; }

    /// <summary>Reads a workbook.</summary>
    public static Workbook Read(Package package, string path)
    {
        var workbook = new Workbook();
        var parts = package.RelationshipsOf(path);
        workbook.ReadSheets(package.OpenXml(path), parts);
        if (parts.FirstOrDefault(r => r.Type == "sharedStrings") is { } texts) workbook.ReadTexts(package.OpenXml(texts.Target));
        if (parts.FirstOrDefault(r => r.Type == "styles") is { } styles) workbook.ReadFormats(package.OpenXml(styles.Target));
        return workbook;
    }

    /// <summary>The text of that number; empty when there is none.</summary>
    public string SharedText(string index) => int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < _texts.Count ? _texts[number] : "";

    /// <summary>What a style shows numbers as.</summary>
    public CellFormat FormatOf(int style) => style >= 0 && style < _formats.Count ? _formats[style] : CellFormat.Number;

    private void ReadSheets(XmlPart? part, IReadOnlyList<Relationship> parts)
    {
        using (part)
        {
            while (part is not null && part.Read())
            {
                if (part.NodeKind != XmlPartNode.Open) continue;
                if (part.Name == "workbookPr") From1904 = part.IsOn("date1904", false);
                if (part.Name != "sheet" || _sheets.Count == MostSheets || part["state"] is "hidden" or "veryHidden") continue;
                if (parts.FirstOrDefault(r => r.Id == part.RelationshipId) is { Type: "worksheet" } sheet) _sheets.Add((part["name"] ?? "", sheet.Target));
            }
        }
    }

    private void ReadTexts(XmlPart? part)
    {
        var text = new StringBuilder();
        var isText = false;
        using (part)
        {
            while (part is not null && part.Read())
            {
                if (part.NodeKind == XmlPartNode.Text && isText) text.Append(part.Value);
                else if (part.NodeKind == XmlPartNode.Open && part.Name == "rPh") part.SkipContent();
                else if (part.NodeKind != XmlPartNode.Text && part.Name == "t") isText = part.NodeKind == XmlPartNode.Open;
                else if (part.NodeKind == XmlPartNode.Close && part.Name == "si") _texts.Add(Take(text));
            }
        }
    }

    private static string Take(StringBuilder text)
    {
        var taken = text.ToString();
        text.Clear();
        return taken;
    }

    private void ReadFormats(XmlPart? part)
    {
        var own = new Dictionary<int, CellFormat>();
        var isCellFormat = false;
        using (part)
        {
            while (part is not null && part.Read())
            {
                if (part.Name == "cellXfs") isCellFormat = part.NodeKind == XmlPartNode.Open;
                if (part.NodeKind != XmlPartNode.Open) continue;
                if (part.Name == "numFmt" && part.Number("numFmtId") is { } id) own.TryAdd(id, CellValues.FormatOf(part["formatCode"] ?? ""));
                if (part.Name == "xf" && isCellFormat) _formats.Add(FormatOf(part.Number("numFmtId") ?? 0, own));
            }
        }
    }

    private static CellFormat FormatOf(int id, Dictionary<int, CellFormat> own) => own.TryGetValue(id, out var format) ? format : BuiltIn.GetValueOrDefault(id);
}
