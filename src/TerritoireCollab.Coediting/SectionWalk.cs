using System.Collections.Immutable;

namespace TerritoireCollab.Coediting;

/// <summary>Goes through the sections of a change, piece by piece.</summary>
internal sealed class SectionWalk
{
    private readonly ImmutableArray<Section> _sections;
    private string? _text;

    public SectionWalk(ChangeSet change)
    {
        _sections = change.Sections;
        Next();
    }

    /// <summary>How many sections were begun: tells one from the next.</summary>
    public int Number { get; private set; }

    public bool IsDone { get; private set; }

    /// <summary>What is left of the section's length before the change.</summary>
    public int Length { get; private set; }

    /// <summary>What is left of its inserted text.</summary>
    public int Inserted { get; private set; }

    /// <summary>How far inside the section this is.</summary>
    public int Offset { get; private set; }

    public bool IsKept => !IsDone && _text is null;

    public bool IsChange => !IsDone && _text is not null;

    /// <summary>Deletes and inserts nothing, or has inserted all.</summary>
    public bool IsDeletion => IsChange && Inserted == 0;

    /// <summary>What is left of its length after the change.</summary>
    public int NewLength => IsKept ? Length : Inserted;

    public string Text => _text ?? "";

    public string TextPiece(int length) => _text!.Substring(Offset, length);

    public void Next()
    {
        Offset = 0;
        if (Number == _sections.Length)
        {
            (IsDone, Length, Inserted, _text) = (true, 0, 0, null);
            return;
        }

        var section = _sections[Number++];
        (Length, _text, Inserted) = (section.Length, section.Text, section.Text?.Length ?? 0);
    }

    /// <summary>Goes on by so much of the document before the change.</summary>
    public void Forward(int length)
    {
        if (length == Length)
        {
            Next();
            return;
        }

        Length -= length;
        Offset += length;
    }

    /// <summary>Goes on by so much of the document after the change.</summary>
    public void ForwardAfter(int length)
    {
        if (IsKept)
        {
            Forward(length);
        }
        else if (length == Inserted)
        {
            Next();
        }
        else
        {
            Inserted -= length;
            Offset += length;
        }
    }
}
