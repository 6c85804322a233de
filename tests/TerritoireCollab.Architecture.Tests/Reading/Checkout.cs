namespace TerritoireCollab.Architecture.Tests.Reading;

/// <summary>The sources of this very checkout, as they were written: what is built, restored or generated is left out.</summary>
internal static class Checkout
{
    private static readonly string[] NotSource = ["/obj/", "/bin/", "/node_modules/", "/wwwroot/dist/", "/wwwroot/_framework/", "/TestResults/"];

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Files under <paramref name="folder"/> with one of the extensions, by their path from the root, in order.</summary>
    public static IEnumerable<SourceFile> Files(string folder, params string[] extensions) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(path => extensions.Contains(Path.GetExtension(path)))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !NotSource.Any(part => ('/' + path).Contains(part, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Root, path))));

    /// <summary>Full path of a file named from the root.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "TerritoireCollab.sln"))) return folder.FullName;
        throw new InvalidOperationException("TerritoireCollab.sln is in none of the folders above " + AppContext.BaseDirectory);
    }
}

/// <summary>A file of the checkout.</summary>
/// <param name="Path">From the root, with slashes.</param>
/// <param name="Text">All of it.</param>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>Line of a position, from 1.</summary>
    public int LineOf(int position) => Text.AsSpan(0, position).Count('\n') + 1;

    /// <summary>The C# of the file: what is neither comment nor string nor markup; the rest is blank, so that positions stay.</summary>
    public string Code => Path.EndsWith(".razor", StringComparison.Ordinal) ? RazorDocument.Read(Text).Code : CSharpText.CodeOf(Text);
}
