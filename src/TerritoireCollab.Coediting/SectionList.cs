using System.Collections.Immutable;

namespace TerritoireCollab.Coediting;

/// <summary>Gathers the sections of a change and joins those that CodeMirror joins, so that both write the same.</summary>
internal sealed class SectionList
{
    private readonly ImmutableArray<Section>.Builder _sections = ImmutableArray.CreateBuilder<Section>();

    public int Count => _sections.Count;

    /// <param name="length">Length before.</param>
    /// <param name="text">What replaces it, or null where it is kept.</param>
    /// <param name="join">Whether it belongs to the section before, because both came out of one.</param>
    public void Add(int length, string? text, bool join = false)
    {
        if (length == 0 && string.IsNullOrEmpty(text)) return;
        if (_sections.Count == 0)
        {
            _sections.Add(new(length, text));
            return;
        }

        var last = _sections[^1];
        if (string.IsNullOrEmpty(text) && text == last.Text) _sections[^1] = last with { Length = last.Length + length };
        else if (length == 0 && last.Length == 0) _sections[^1] = last with { Text = last.Text + text };
        else if (join) _sections[^1] = new(last.Length + length, last.Text + text);
        else _sections.Add(new(length, text));
    }

    public ChangeSet ToChangeSet() => ChangeSet.Of(_sections.ToImmutable());
}
