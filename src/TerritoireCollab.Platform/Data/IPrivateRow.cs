namespace TerritoireCollab.Platform.Data;

/// <summary>
/// A row of a tool that its author may keep to himself, beside whatever else decides who reads it. The filter is put on every entity that says so,
/// and is lifted by nobody.
/// </summary>
public interface IPrivateRow
{
    /// <summary>Who wrote it.</summary>
    Guid AuthorId { get; }

    /// <summary>Whether nobody else reads it.</summary>
    bool IsPrivate { get; }
}
