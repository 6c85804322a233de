using TerritoireCollab.Files.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Files.Folders;

/// <summary>What names of folders must be.</summary>
internal static class FolderRules
{
    /// <summary>A name as it is kept: what no system takes in a name is written otherwise.</summary>
    public static string Clean(string? name) => FileNames.Clean(name?.Replace('/', '-').Replace('\\', '-'));

    /// <summary>Breaks a rule where there is no name, one that is too long, or one that stands beside it already.</summary>
    public static void CheckName(Rules rules, FolderTree tree, FileFolder? around, FileFolder? itself, string? name)
    {
        rules.Text(name, CreateFolder.NameField, FileFolder.NameLength);
        if (string.IsNullOrWhiteSpace(name)) return;

        var key = FileFolder.KeyOf(Clean(name));
        rules.Check(tree.Within(around).All(f => f == itself || FileFolder.KeyOf(f.Name) != key), CreateFolder.NameField, FilesTexts.FolderNameTaken.With(name.Trim()));
    }
}
