namespace TerritoireCollab.Testing;

/// <summary>Where the sources are.</summary>
public static class Repository
{
    /// <summary>Folder of the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "TerritoireCollab.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("TerritoireCollab.sln is above no folder of the tests.");
    }
}
