namespace TerritoireCollab.Platform.Data;

/// <summary>A row of a tool that is one member's alone. The access filter is put on every entity that says so.</summary>
public interface IOwnRow
{
    /// <summary>Whose it is.</summary>
    Guid MemberId { get; }
}
