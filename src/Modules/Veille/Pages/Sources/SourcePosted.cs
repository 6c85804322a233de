namespace TerritoireCollab.Veille.Pages.Sources;

/// <summary>A source as its form posts it.</summary>
public sealed record SourcePosted
{
    /// <summary>Address.</summary>
    public string? Address { get; init; }

    /// <summary>What the group calls it.</summary>
    public string? Name { get; init; }

    /// <summary>Where it is filed.</summary>
    public string? Folder { get; init; }
}
