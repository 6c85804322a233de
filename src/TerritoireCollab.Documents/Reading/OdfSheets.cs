using System.Globalization;
using System.Xml;

namespace TerritoireCollab.Documents.Reading;

/// <summary>Text of an OpenDocument spreadsheet: what its cells show, but for days and truths, which look alike whatever the file says.</summary>
internal sealed class OdfSheets : OdfText
{
    private readonly BlockSink _sink;
    private string? _value;

    private OdfSheets(BlockSink sink)
        : base(sink) => _sink = sink;

    /// <summary>Reads the sheets that are shown, in their order.</summary>
    public static void ReadSheets(Package package, BlockSink sink) => new OdfSheets(sink).Walk(package.OpenXml("content.xml"));

    protected override bool OpenBlock(XmlPart part)
    {
        if (part.Name == "table")
        {
            if (Styles.IsHidden(part["style-name"])) part.SkipContent();
            else _sink.Add(TextBlockKind.SheetTitle, CleanText.OneLine(part["name"] ?? ""));
            return true;
        }

        if (part.Name == "table-cell") _value = ValueOf(part);
        return base.OpenBlock(part);
    }

    protected override void CloseBlock(string name)
    {
        if (name == "table-cell" && _value is { } value) Flow.SetCell(value);
        base.CloseBlock(name);
    }

    private static string? ValueOf(XmlPart part) => part["value-type"] switch
    {
        "date" when DateTime.TryParse(part["date-value"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => CellValues.Date(date),
        "time" when DurationOf(part["time-value"]) is { } time => CellValues.Time(time),
        "boolean" => CellValues.Truth(part["boolean-value"] == "true"),
        _ => null,
    };

    private static TimeSpan? DurationOf(string? text)
    {
        try
        {
            return text is null ? null : XmlConvert.ToTimeSpan(text);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            return null;
        }
    }
}
