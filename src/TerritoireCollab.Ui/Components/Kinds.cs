namespace TerritoireCollab.Ui.Components;

/// <summary>Weight of a button: one <see cref="Primary"/> a screen, the rest secondary or discreet.</summary>
public enum ButtonKind
{
    /// <summary>The one obvious action of the screen.</summary>
    Primary,

    /// <summary>Another action of the same level.</summary>
    Secondary,

    /// <summary>A small action inside content; looks like a link.</summary>
    Discreet,

    /// <summary>An action that takes something away.</summary>
    Danger,
}

/// <summary>Tone of a notice or of a tag; always doubled by words.</summary>
public enum Tone
{
    /// <summary>No tone (tags only).</summary>
    None,

    /// <summary>Something to know.</summary>
    Info,

    /// <summary>Something went well.</summary>
    Success,

    /// <summary>Something to mind before acting.</summary>
    Warning,

    /// <summary>Something failed.</summary>
    Error,
}

/// <summary>Size of an avatar.</summary>
public enum AvatarSize
{
    /// <summary>32 px.</summary>
    Small,

    /// <summary>44 px.</summary>
    Medium,

    /// <summary>80 px.</summary>
    Large,
}

/// <summary>One entry of the main navigation.</summary>
/// <param name="Text">Word shown.</param>
/// <param name="Href">Address, relative to the base.</param>
/// <param name="Icon">Name of a symbol of the sprite.</param>
/// <param name="Current">Whether the reader is in this section.</param>
/// <param name="PhoneOnly">Shown only in the bar at the foot of a phone.</param>
/// <param name="DesktopOnly">Not shown in the bar at the foot of a phone.</param>
public sealed record NavigationLink(string Text, string Href, string Icon, bool Current = false, bool PhoneOnly = false, bool DesktopOnly = false);

/// <summary>One tab; tabs are links to pages.</summary>
/// <param name="Text">Word shown.</param>
/// <param name="Href">Address, relative to the base.</param>
/// <param name="Current">Whether this page is the one shown.</param>
/// <param name="Note">Short text after the word, such as a count, or null.</param>
public sealed record TabLink(string Text, string Href, bool Current = false, string? Note = null);

/// <summary>One step of a breadcrumb.</summary>
/// <param name="Text">Name of the page.</param>
/// <param name="Href">Address, or null for the page shown.</param>
public sealed record Crumb(string Text, string? Href = null);

/// <summary>One message of an error summary.</summary>
/// <param name="Name">Name of the field at fault, or null when no single field is.</param>
/// <param name="Message">What to do, in one sentence.</param>
public sealed record FieldMessage(string? Name, string Message);

/// <summary>One choice of a list, of radio cards or of a select.</summary>
/// <param name="Value">Value posted.</param>
/// <param name="Text">Words shown.</param>
/// <param name="Hint">Explanation under the words (radio cards only), or null.</param>
public sealed record Choice(string Value, string Text, string? Hint = null)
{
    /// <summary>Whether it stands there without being to be chosen (radio cards only); its explanation says why.</summary>
    public bool IsDisabled { get; init; }
}

/// <summary>A person as an avatar shows it.</summary>
/// <param name="Name">Full name; the initials come from it.</param>
/// <param name="Seed">Stable key; the hue comes from it.</param>
/// <param name="PhotoUrl">Address of a square photo, or null.</param>
public sealed record PersonFace(string Name, string Seed, string? PhotoUrl = null);
