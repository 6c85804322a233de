namespace TerritoireCollab.Coediting;

/// <summary>Moves a change over another one that starts from the same document.</summary>
internal sealed class Mapping
{
    private readonly SectionList _mapped = new();
    private readonly SectionWalk _a;
    private readonly SectionWalk _b;
    private readonly bool _before;

    // The section of the first change whose text was written already, while the rest of what it deletes is still gone through.
    private int _written;

    private Mapping(ChangeSet change, ChangeSet over, bool before) => (_a, _b, _before) = (new(change), new(over), before);

    public static ChangeSet Of(ChangeSet change, ChangeSet over, bool before) => new Mapping(change, over, before).Run();

    private ChangeSet Run()
    {
        while (!_a.IsDone || !_b.IsDone)
        {
            if (_a.IsKept && _b.IsKept) KeepBoth();
            else if (_b.IsChange && OtherComesFirst()) PassOther();
            else PassOwn();
        }

        return _mapped.ToChangeSet();
    }

    private void KeepBoth()
    {
        var length = Math.Min(_a.Length, _b.Length);
        _mapped.Add(length, null);
        _a.Forward(length);
        _b.Forward(length);
    }

    // Ordered by where they start, then by length, then by who is said to come first.
    private bool OtherComesFirst() =>
        !_a.IsChange || _written == _a.Number || (_a.Offset == 0 && (_b.Length < _a.Length || (_b.Length == _a.Length && !_before)));

    private void PassOther()
    {
        _mapped.Add(_b.Inserted, null);
        for (var left = _b.Length; left > 0;)
        {
            var piece = Math.Min(_a.Length, left);
            if (_a.IsChange && _written < _a.Number && _a.Length <= piece)
            {
                _mapped.Add(0, _a.Text);
                _written = _a.Number;
            }

            _a.Forward(piece);
            left -= piece;
        }

        _b.Next();
    }

    // As far as the next change of the other that is no deletion inside this one.
    private void PassOwn()
    {
        var (length, left) = (0, _a.Length);
        while (left > 0)
        {
            if (_b.IsKept)
            {
                var piece = Math.Min(left, _b.Length);
                length += piece;
                left -= piece;
                _b.Forward(piece);
            }
            else if (_b.IsDeletion && _b.Length < left)
            {
                left -= _b.Length;
                _b.Next();
            }
            else
            {
                break;
            }
        }

        _mapped.Add(length, _written < _a.Number ? _a.Text : "");
        _written = _a.Number;
        _a.Forward(_a.Length - left);
    }
}
