namespace TerritoireCollab.Coediting;

/// <summary>Makes one change out of two that follow one another.</summary>
internal static class Composition
{
    public static ChangeSet Of(ChangeSet first, ChangeSet second)
    {
        var composed = new SectionList();
        var (a, b) = (new SectionWalk(first), new SectionWalk(second));
        // Whether the section written last goes on: its two ends were not reached yet.
        var open = false;
        while (!a.IsDone || !b.IsDone)
        {
            if (a.IsDeletion)
            {
                composed.Add(a.Length, "", open);
                a.Next();
            }
            else if (!b.IsDone && b.Length == 0)
            {
                composed.Add(0, b.Text, open);
                b.Next();
            }
            else
            {
                open = Step(composed, a, b, open);
            }
        }

        return composed.ToChangeSet();
    }

    private static bool Step(SectionList composed, SectionWalk a, SectionWalk b, bool open)
    {
        var length = Math.Min(a.NewLength, b.Length);
        var before = composed.Count;
        var newText = b.Offset == 0 ? b.Text : "";
        if (a.IsKept) composed.Add(length, b.IsKept ? null : newText, open);
        else composed.Add(a.Offset == 0 ? a.Length : 0, b.IsKept ? a.TextPiece(length) : newText, open);

        var goesOn = ((a.IsChange && a.Inserted > length) || (b.IsChange && b.Length > length)) && (open || composed.Count > before);
        a.ForwardAfter(length);
        b.Forward(length);
        return goesOn;
    }
}
