using System.Text;

namespace TerritoireCollab.Documents.Reading;

/// <summary>Text of a SpreadsheetML workbook (ISO/IEC 29500-1, 18): what its cells show, formulas by the value that they had.</summary>
internal sealed class ExcelText : PartWalker
{
    private const int MostColumns = 16_384;
    private const int MostEmpty = 64;

    private readonly BlockSink _sink;
    private readonly Workbook _workbook;
    private readonly List<string> _cells = [];
    private readonly StringBuilder _value = new();
    private string? _type;
    private int _style;
    private int _column;
    private bool _isValue;

    private ExcelText(BlockSink sink, Workbook workbook)
        : base(sink)
    {
        _sink = sink;
        _workbook = workbook;
    }

    /// <summary>Reads the sheets that are shown, in their order.</summary>
    public static void Read(Package package, string path, BlockSink sink)
    {
        var workbook = Workbook.Read(package, path);
        foreach (var (name, part) in workbook.Sheets)
        {
            if (sink.IsFull) return;
            sink.Add(TextBlockKind.SheetTitle, CleanText.OneLine(name));
            new ExcelText(sink, workbook).Walk(package.OpenXml(part));
        }
    }

    protected override void Open(XmlPart part)
    {
        switch (part.Name)
        {
            case "row":
                _cells.Clear();
                break;
            case "c":
                _type = part["t"];
                _style = part.Number("s") ?? 0;
                _column = ColumnOf(part["r"]) ?? _cells.Count;
                _value.Clear();
                break;
            case "v" or "t":
                _isValue = true;
                break;
            case "rPh" or "f" or "headerFooter" or "extLst":
                part.SkipContent();
                break;
        }
    }

    protected override void Close(string name)
    {
        switch (name)
        {
            case "v" or "t":
                _isValue = false;
                break;
            case "c" when _column < MostColumns:
                Put(Shown(_value.ToString()));
                break;
            case "row":
                _sink.AddRow(_cells);
                _cells.Clear();
                break;
        }
    }

    protected override void Text(string text)
    {
        if (_isValue && _value.Length <= _sink.Left) _value.Append(text);
    }

    private string Shown(string value) => _type switch
    {
        "s" => _workbook.SharedText(value),
        "b" => CellValues.Truth(value.Trim() is "1" or "true"),
        "d" => DateTime.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var date) ? CellValues.Date(date) : value,
        "str" or "inlineStr" or "e" => value,
        _ => CellValues.Of(value, _workbook.FormatOf(_style), _workbook.From1904),
    };

    // Cells that are not there are empty ones; from one end of a sheet to the other is not a row of sixteen thousand.
    private void Put(string text)
    {
        for (var gap = Math.Min(_column - _cells.Count, MostEmpty); gap > 0; gap--) _cells.Add("");
        _cells.Add(text);
    }

    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in reference ?? "")
        {
            if (!char.IsAsciiLetter(letter) || column > MostColumns) break;
            column = column * 26 + (letter & 31);
        }

        return column > 0 ? column - 1 : null;
    }
}
