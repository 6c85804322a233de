using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Coediting;

/// <summary>
/// A change that was accepted into a text that several write at once. Accepted means written here: the version is half of the key, so that of two
/// processes which accept at the same moment one finds the place taken, reads what came before and moves its own over it.
/// </summary>
public sealed class CoeditUpdate
{
    /// <summary>The content.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The content, whose rights hold.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>The version that the change makes, from 1 on without a gap.</summary>
    public required int Version { get; init; }

    /// <summary>The editor that it came from.</summary>
    public required string ClientId { get; init; }

    /// <summary>Its number among that editor's changes: sent twice, it is accepted once.</summary>
    public required int Sequence { get; init; }

    /// <summary>The change, in CodeMirror's JSON.</summary>
    public required string Changes { get; init; }

    /// <summary>Who wrote it.</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>Who wrote it.</summary>
    public Member? Author { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTime At { get; init; }
}

/// <summary>The text as it was last handed to the tool that shows it. What the tool has differs from it when it was changed there: by a form, or by a version put back.</summary>
public sealed class CoeditText
{
    /// <summary>The content.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The content, whose rights hold.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>How many changes are in it.</summary>
    public required int Version { get; set; }

    /// <summary>The text, with <c>\n</c> alone between lines.</summary>
    public required string Text { get; set; }
}
