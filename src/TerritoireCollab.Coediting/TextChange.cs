namespace TerritoireCollab.Coediting;

/// <summary>Makes a change out of two states of a text, for what was not typed in an editor: a form, a version put back.</summary>
public static class TextChange
{
    /// <summary>The change from one text to the other, in words where few differ, in lines otherwise.</summary>
    public static ChangeSet Between(string older, string newer)
    {
        ArgumentNullException.ThrowIfNull(older);
        ArgumentNullException.ThrowIfNull(newer);
        var sections = new SectionList();
        Add(sections, Tokens.Lines(older), Tokens.Lines(newer), byWords: true);
        return sections.ToChangeSet();
    }

    private static void Add(SectionList sections, List<string> older, List<string> newer, bool byWords)
    {
        var at = 0;
        foreach (var difference in Comparison.Between(older, newer))
        {
            sections.Add(Length(older, at, difference.From), null);
            at = difference.To;
            var (gone, come) = (Text(older, difference.From, difference.To), Text(newer, difference.NewFrom, difference.NewTo));
            if (byWords && gone.Length > 0 && come.Length > 0) Add(sections, Tokens.Words(gone), Tokens.Words(come), byWords: false);
            else sections.Add(gone.Length, come);
        }

        sections.Add(Length(older, at, older.Count), null);
    }

    private static int Length(List<string> tokens, int from, int to)
    {
        var length = 0;
        for (var i = from; i < to; i++) length += tokens[i].Length;
        return length;
    }

    private static string Text(List<string> tokens, int from, int to) => string.Concat(tokens.GetRange(from, to - from));
}
