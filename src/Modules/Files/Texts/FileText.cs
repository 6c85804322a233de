using TerritoireCollab.Documents;
using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Files.Texts;

/// <summary>How far the text of a file was read.</summary>
public enum FileTextState
{
    /// <summary>It waits to be read.</summary>
    Waiting = 0,

    /// <summary>It was read.</summary>
    Read = 1,

    /// <summary>Files of its kind hold no text that is read here.</summary>
    NoText = 2,

    /// <summary>It could not be read: the fault says why.</summary>
    Failed = 3,
}

/// <summary>The text of the version of a file that holds: what the search finds, and the beginning of which its page shows.</summary>
public sealed class FileText
{
    /// <summary>Most characters kept.</summary>
    public const int MostCharacters = 32_000;

    /// <summary>The file.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The file, whose rights hold.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>How far it was read.</summary>
    public FileTextState State { get; set; }

    /// <summary>Why it was not read, or not to its end.</summary>
    public DocumentFault? Fault { get; set; }

    /// <summary>The text, a block a line.</summary>
    public string Text { get; set; } = "";

    /// <summary>Whether it goes on beyond what is kept.</summary>
    public bool IsCut { get; set; }

    /// <summary>How often its reading was begun: whatever ends the process is not tried for ever.</summary>
    public int Attempts { get; set; }

    /// <summary>Puts it back to be read.</summary>
    public void Wait() => (State, Fault, Text, IsCut, Attempts) = (FileTextState.Waiting, null, "", false, 0);
}
