using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Platform.Data;

/// <summary>
/// A row of a tool that is no content and is read as a content of its audience would be, never wider than its group allows at that moment. The access
/// filter is put on every entity that says so.
/// </summary>
public interface IReadByAudience
{
    /// <summary>The group.</summary>
    Guid GroupId { get; }

    /// <summary>Who may read it: the members of the group, or those of the platform.</summary>
    Audience Audience { get; }
}
