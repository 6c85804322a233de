namespace TerritoireCollab.Platform.Settings;

/// <summary>A choice of the administrators.</summary>
public sealed class Setting
{
    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>Its value, as text.</summary>
    public required string Value { get; set; }
}
