namespace TerritoireCollab.Platform.Data;

/// <summary>
/// A row of a tool that is no content and that only the members of its group may read: what is being prepared, counted or set. The access
/// filter is put on every entity that says so; whoever is allowed more than a reader is decided by <see cref="Access.Rights"/>.
/// </summary>
public interface IMembersOnly
{
    /// <summary>The group.</summary>
    Guid GroupId { get; }
}
