namespace TerritoireCollab.Calendar.Reading;

/// <summary>A component as written: its properties, and the components within that matter.</summary>
internal sealed class Component(string name)
{
    public string Name => name;

    public List<ContentLine> Lines { get; } = [];

    public List<Component> Inner { get; } = [];

    public string? Value(string property) => Line(property)?.Value;

    public ContentLine? Line(string property) => Lines.Find(l => l.Name == property);

    public IEnumerable<ContentLine> All(string property) => Lines.Where(l => l.Name == property);
}
