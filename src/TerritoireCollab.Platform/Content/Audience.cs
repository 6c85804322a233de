namespace TerritoireCollab.Platform.Content;

/// <summary>Who may read a content. Ordered: a larger value is a wider audience, and a group's ceiling is the widest it allows.</summary>
public enum Audience
{
    /// <summary>The members of the group.</summary>
    Group = 0,

    /// <summary>Every member of the platform.</summary>
    Platform = 1,

    /// <summary>Anyone, signed in or not.</summary>
    Public = 2,
}
