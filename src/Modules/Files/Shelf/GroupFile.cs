using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Files.Shelf;

/// <summary>What its author answered to « Ce document est-il accessible ? ».</summary>
public enum Accessibility
{
    /// <summary>Nobody knows.</summary>
    Unknown = 0,

    /// <summary>It can be read with a screen reader, and without seeing colours.</summary>
    Yes = 1,

    /// <summary>It cannot.</summary>
    No = 2,
}

/// <summary>A file of a group as it stands now; what it was is in its versions. Its text says what it is.</summary>
public sealed class GroupFile : IWritten
{
    /// <summary>Longest name of a file or folder, in characters: what <see cref="FileNames.Clean"/> leaves.</summary>
    public const int NameLength = 150;

    /// <inheritdoc />
    public Guid Id { get; init; }

    /// <inheritdoc />
    public ContentItem Item { get; init; } = null!;

    /// <summary>The folder that it stands in; null on top.</summary>
    public Guid? FolderId { get; set; }

    /// <summary>Name under which it is downloaded.</summary>
    public required string Name { get; set; }

    /// <summary>The name as names are compared.</summary>
    public required string NameKey { get; set; }

    /// <summary>The bytes of the version that holds.</summary>
    public required Guid FileId { get; set; }

    /// <summary>The bytes of the version that holds.</summary>
    public StoredFile? File { get; init; }

    /// <summary>Number of the version that holds: the last one.</summary>
    public int VersionNumber { get; set; } = 1;

    /// <summary>Whether it can be read by everybody.</summary>
    public Accessibility Accessible { get; set; }

    /// <summary>How often it was downloaded.</summary>
    public int Downloads { get; set; }

    /// <inheritdoc />
    public string Body { get; set; } = "";

    /// <inheritdoc />
    public string BodyHtml { get; set; } = "";

    /// <inheritdoc />
    public int BodyRenderer { get; set; }

    /// <inheritdoc />
    public DateTime? EditedAt { get; set; }

    /// <summary>A name as names are compared: without capitals and accents, so that nobody has two files that he takes for the same.</summary>
    public static string KeyOf(string name) => FoldedName.Of(name, NameLength);

    /// <summary>Takes the bytes of another version.</summary>
    internal void Take(FileVersion version) => (FileId, VersionNumber) = (version.FileId, version.Number);
}

/// <summary>A version of a file: never changed, and kept as long as the file.</summary>
public sealed class FileVersion
{
    /// <summary>Longest comment, in characters.</summary>
    public const int CommentLength = 200;

    /// <summary>Key; proposed by the form, so that sending it twice adds it once.</summary>
    public Guid Id { get; set; }

    /// <summary>The file.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The file, whose rights hold.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>Number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The bytes.</summary>
    public required Guid FileId { get; init; }

    /// <summary>The bytes.</summary>
    public StoredFile? File { get; init; }

    /// <summary>Name under which it was sent.</summary>
    public required string Name { get; init; }

    /// <summary>What was changed, in the words of whoever brought it.</summary>
    public string? Comment { get; init; }

    /// <summary>Who brought it.</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>Who brought it.</summary>
    public Member? Author { get; init; }

    /// <summary>When.</summary>
    public required DateTime CreatedAt { get; init; }
}
