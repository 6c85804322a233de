using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Files.Folders;

/// <summary>A folder of a group: its members' alone, whatever the audience of a file in it.</summary>
public sealed class FileFolder : IMembersOnly
{
    /// <summary>Most folders inside each other.</summary>
    public const int MostDeep = 8;

    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = 100;

    /// <summary>Most folders of a group.</summary>
    public const int MostInGroup = 1_000;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Eight letters and digits, unique: its part of the address.</summary>
    public required string ShortId { get; init; }

    /// <inheritdoc />
    public required Guid GroupId { get; init; }

    /// <summary>The folder around it; null on top.</summary>
    public Guid? ParentId { get; set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>Who made it.</summary>
    public required Guid CreatedById { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Since when it is in the trash; all that went with it has the same moment.</summary>
    public DateTime? DeletedAt { get; set; }

    /// <summary>A name as names are compared.</summary>
    public static string KeyOf(string name) => FoldedName.Of(name);
}
