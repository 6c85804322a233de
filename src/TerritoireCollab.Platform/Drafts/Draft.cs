namespace TerritoireCollab.Platform.Drafts;

/// <summary>Text that a member typed and has not sent, kept on the server under a key that names the form.</summary>
public sealed class Draft
{
    /// <summary>The member.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>Which form, such as <c>fil/7k3m9q2x</c>; at most 100 characters.</summary>
    public required string Key { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; set; }

    /// <summary>When it was last saved.</summary>
    public required DateTime SavedAt { get; set; }
}
