using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Files.Drawing;

/// <summary>A PDF of which pictures were made, once for its bytes however many files hold them; erased with them.</summary>
public sealed class DrawnFile
{
    /// <summary>The bytes.</summary>
    public required Guid FileId { get; init; }

    /// <summary>How often it was begun: whatever ends the process is not tried for ever.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was over, with whatever came of it; null before.</summary>
    public DateTime? DrawnAt { get; set; }
}

/// <summary>A picture of a page.</summary>
public sealed class DrawnPage
{
    /// <summary>The bytes that it shows a page of.</summary>
    public required Guid FileId { get; init; }

    /// <summary>Number of the page, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The picture.</summary>
    public required Guid PictureId { get; init; }

    /// <summary>The picture.</summary>
    public StoredFile? Picture { get; init; }

    /// <summary>Its width, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Its height, in pixels.</summary>
    public required int Height { get; init; }
}
