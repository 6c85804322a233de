namespace TerritoireCollab.Coediting;

/// <summary>A stretch of the document before a change: kept as it is, or replaced.</summary>
/// <param name="Length">Its length in UTF-16 code units, zero where text is only inserted.</param>
/// <param name="Text">What stands in its place (empty: it is deleted); null where it is kept.</param>
public readonly record struct Section(int Length, string? Text)
{
    /// <summary>Whether the stretch is kept.</summary>
    public bool IsKept => Text is null;

    /// <summary>Its length after the change.</summary>
    public int NewLength => Text?.Length ?? Length;
}
