using System.Globalization;
using TerritoireCollab.Documents.Resources;

namespace TerritoireCollab.Documents.Reading;

/// <summary>Gives out a slide: its title first wherever it stands in the file, then its text, then what the speaker notes.</summary>
internal static class Slides
{
    public static void Give(BlockSink sink, IReadOnlyList<TextBlock> blocks, int number)
    {
        var title = string.Join(' ', blocks.Where(block => block.Kind == TextBlockKind.SlideTitle).Select(block => CleanText.OneLine(block.Text)));
        sink.Add(TextBlockKind.SlideTitle, title.Length > 0 ? title : DocumentsTexts.SlideNumber.Replace("{0}", number.ToString(CultureInfo.CurrentCulture), StringComparison.Ordinal));
        foreach (var block in blocks.Where(block => block.Kind is not (TextBlockKind.SlideTitle or TextBlockKind.Note))) Add(sink, block);
        foreach (var note in blocks.Where(block => block.Kind == TextBlockKind.Note)) Add(sink, note);
    }

    private static void Add(BlockSink sink, TextBlock block)
    {
        if (block.Kind == TextBlockKind.TableRow) sink.AddRow(block.Text.Split('\t'));
        else sink.Add(block.Kind, block.Text, block.Level);
    }
}
