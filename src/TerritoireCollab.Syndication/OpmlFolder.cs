namespace TerritoireCollab.Syndication;

/// <summary>A folder of an <see cref="OpmlDocument"/>; folders may be nested and may be empty.</summary>
public sealed record OpmlFolder : OpmlOutline
{
    /// <summary>How deep folders may be nested, so that neither writing nor reading can exhaust the stack.</summary>
    public const int MaximumDepth = 64;

    /// <summary>Folders and subscriptions inside, in order.</summary>
    /// <exception cref="ArgumentException">Nested deeper than <see cref="MaximumDepth"/>.</exception>
    public IReadOnlyList<OpmlOutline> Children { get; init => field = Shallow(value); } = [];

    private int Depth => DepthOver(Children);

    private static List<OpmlOutline> Shallow(IReadOnlyList<OpmlOutline> children)
    {
        ArgumentNullException.ThrowIfNull(children);
        if (DepthOver(children) > MaximumDepth)
            throw new ArgumentException("Folders are nested too deep.", nameof(children));

        return [.. children];
    }

    private static int DepthOver(IReadOnlyList<OpmlOutline> children)
        => 1 + children.OfType<OpmlFolder>().Select(folder => folder.Depth).DefaultIfEmpty().Max();
}
