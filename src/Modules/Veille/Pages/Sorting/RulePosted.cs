using TerritoireCollab.Veille.Sorting;

namespace TerritoireCollab.Veille.Pages.Sorting;

/// <summary>A rule as its form posts it.</summary>
public sealed record RulePosted
{
    /// <summary>What it looks for.</summary>
    public string? Query { get; init; }

    /// <summary>What it does.</summary>
    public RuleAction Action { get; init; }

    /// <summary>The one source that it is for.</summary>
    public Guid? Source { get; init; }

    /// <summary>The one folder that it is for.</summary>
    public string? Folder { get; init; }
}
