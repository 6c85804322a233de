namespace TerritoireCollab.Files.Pages;

/// <summary>A folder as its form posts it.</summary>
public sealed record FolderPosted
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Short identifier of the folder around it; empty on top.</summary>
    public string? Parent { get; init; }
}
