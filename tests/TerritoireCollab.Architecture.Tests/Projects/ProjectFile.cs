using System.Xml.Linq;
using TerritoireCollab.Architecture.Tests.Reading;

namespace TerritoireCollab.Architecture.Tests.Projects;

/// <summary>What a project refers to.</summary>
/// <param name="Path">From the root.</param>
/// <param name="Projects">Names of the projects, wildcards expanded.</param>
/// <param name="Packages">Names of the packages.</param>
internal sealed record ProjectFile(string Path, IReadOnlySet<string> Projects, IReadOnlySet<string> Packages)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsModule => Path.StartsWith("src/Modules/", StringComparison.Ordinal);

    public bool IsMigrations => Name.StartsWith("TerritoireCollab.Migrations.", StringComparison.Ordinal);

    public static IReadOnlyList<ProjectFile> ReadAll()
    {
        var files = Checkout.Files("src", ".csproj").ToList();
        var paths = files.ConvertAll(f => f.Path);
        return files.ConvertAll(f => Parse(f.Path, f.Text, paths));
    }

    /// <summary>Parses a csproj; wildcards are those among <paramref name="known"/>.</summary>
    public static ProjectFile Parse(string path, string text, IReadOnlyList<string> known)
    {
        var project = XDocument.Parse(text);
        var folder = System.IO.Path.GetDirectoryName(path)!;
        return new(
            path,
            Includes(project, "ProjectReference").SelectMany(include => Expand(Normal(System.IO.Path.Combine(folder, include)), known)).ToHashSet(),
            Includes(project, "PackageReference").ToHashSet());
    }

    private static IEnumerable<string> Includes(XDocument project, string element) =>
        project.Descendants(element).Select(e => (string?)e.Attribute("Include")).OfType<string>().SelectMany(i => i.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static string Normal(string path) => System.IO.Path.GetRelativePath("/", System.IO.Path.GetFullPath(path.Replace('\\', '/'), "/")).Replace('\\', '/');

    private static IEnumerable<string> Expand(string pattern, IReadOnlyList<string> known)
    {
        if (!pattern.Contains('*', StringComparison.Ordinal)) return [System.IO.Path.GetFileNameWithoutExtension(pattern)];
        var regex = new System.Text.RegularExpressions.Regex("^" + System.Text.RegularExpressions.Regex.Escape(pattern).Replace("\\*", "[^/]*", StringComparison.Ordinal) + "$");
        return known.Where(p => regex.IsMatch(p)).Select(p => System.IO.Path.GetFileNameWithoutExtension(p));
    }
}
