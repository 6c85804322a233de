using System.Collections.Immutable;
using System.Text;

namespace TerritoireCollab.Coediting;

/// <summary>
/// A change of a text, as CodeMirror 6 understands it: the document from its beginning to its end, in stretches that are kept or replaced.
/// Lengths are UTF-16 code units, line breaks are <c>\n</c>. Composing and mapping give the very sections that CodeMirror gives, since an editor
/// and the authority must come to the same text (source: the semantics of <c>ChangeSet</c> in @codemirror/state, compared with it by a test).
/// </summary>
public sealed class ChangeSet
{
    private ChangeSet(ImmutableArray<Section> sections)
    {
        Sections = sections;
        foreach (var section in sections)
        {
            Length += section.Length;
            NewLength += section.NewLength;
            IsEmpty &= section.IsKept;
        }
    }

    /// <summary>The stretches in order; they cover the whole document.</summary>
    public ImmutableArray<Section> Sections { get; }

    /// <summary>Length of the document before the change.</summary>
    public int Length { get; }

    /// <summary>Length of the document after the change.</summary>
    public int NewLength { get; }

    /// <summary>Whether nothing changes.</summary>
    public bool IsEmpty { get; } = true;

    /// <summary>The change of a document of <paramref name="length"/> that changes nothing.</summary>
    public static ChangeSet Unchanged(int length) => new(length == 0 ? [] : [new(length, null)]);

    /// <summary>The change that puts <paramref name="text"/> in the place of <paramref name="deleted"/> code units at <paramref name="from"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The place is not inside the document.</exception>
    public static ChangeSet Replace(int length, int from, int deleted, string text)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(deleted);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)from + deleted, length);
        var sections = new SectionList();
        sections.Add(from, null);
        sections.Add(deleted, text);
        sections.Add(length - from - deleted, null);
        return sections.ToChangeSet();
    }

    /// <summary>The text after the change.</summary>
    /// <exception cref="ArgumentException">The text has another length than the change is for.</exception>
    public string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        RequireLength(text.Length, nameof(text));
        var changed = new StringBuilder(NewLength);
        var at = 0;
        foreach (var section in Sections)
        {
            if (section.IsKept) changed.Append(text, at, section.Length);
            else changed.Append(section.Text);
            at += section.Length;
        }

        return changed.ToString();
    }

    /// <summary>This change and then <paramref name="next"/>, in one.</summary>
    /// <exception cref="ArgumentException"><paramref name="next"/> does not begin where this ends.</exception>
    public ChangeSet Compose(ChangeSet next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (next.Length != NewLength) throw new ArgumentException($"The next change is for a text of {next.Length}, not of {NewLength}.", nameof(next));
        return IsEmpty ? next : next.IsEmpty ? this : Composition.Of(this, next);
    }

    /// <summary>
    /// This change moved over <paramref name="other"/>, which starts from the same document: it can be applied after it. Where both insert at one
    /// place, the text of <paramref name="other"/> stands first, or second when <paramref name="before"/> is true. <c>A.Compose(B.Map(A))</c> and
    /// <c>B.Compose(A.Map(B, true))</c> make the same document.
    /// </summary>
    /// <exception cref="ArgumentException">The two are for documents of different lengths.</exception>
    public ChangeSet Map(ChangeSet other, bool before = false)
    {
        ArgumentNullException.ThrowIfNull(other);
        RequireLength(other.Length, nameof(other));
        return other.IsEmpty ? this : Mapping.Of(this, other, before);
    }

    /// <summary>The change that takes the document back to <paramref name="text"/>, which stood before this change.</summary>
    /// <exception cref="ArgumentException">The text has another length than the change is for.</exception>
    public ChangeSet Invert(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        RequireLength(text.Length, nameof(text));
        var inverse = ImmutableArray.CreateBuilder<Section>(Sections.Length);
        var at = 0;
        foreach (var section in Sections)
        {
            inverse.Add(section.IsKept ? section : new(section.Text!.Length, text.Substring(at, section.Length)));
            at += section.Length;
        }

        return new(inverse.ToImmutable());
    }

    /// <summary>Where a place of the document stands after the change; inserted text goes after it, or before when <paramref name="after"/> is true.</summary>
    public int MapPosition(int position, bool after = false)
    {
        var (old, now) = (0, 0);
        foreach (var section in Sections)
        {
            var end = old + section.Length;
            if (section.IsKept && end > position) return now + position - old;
            if (!section.IsKept && (end > position || (end == position && !after && section.Length == 0)))
                return position == old || !after ? now : now + section.NewLength;
            now += section.NewLength;
            old = end;
        }

        return now;
    }

    /// <summary>Whether the change cuts between the two halves of a character of <paramref name="text"/>, or brings half a one: it would leave no valid text.</summary>
    public bool BreaksCharacters(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        RequireLength(text.Length, nameof(text));
        var at = 0;
        foreach (var section in Sections)
        {
            if (!section.IsKept && (IsInside(text, at) || IsInside(text, at + section.Length) || !Characters.AreWhole(section.Text))) return true;
            at += section.Length;
        }

        return false;
    }

    /// <inheritdoc />
    public override string ToString() => ChangeSetJson.Write(this);

    internal static ChangeSet Of(ImmutableArray<Section> sections) => new(sections);

    private static bool IsInside(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]);

    private void RequireLength(int length, string name)
    {
        if (length != Length) throw new ArgumentException($"The change is for a text of {Length}, not of {length}.", name);
    }
}
