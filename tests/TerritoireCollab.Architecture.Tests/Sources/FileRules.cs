using System.Text.RegularExpressions;
using TerritoireCollab.Architecture.Tests.Reading;

namespace TerritoireCollab.Architecture.Tests.Sources;

/// <summary>Size, memory and names of files.</summary>
internal static class FileRules
{
    /// <summary>Lines after which a file does two things.</summary>
    public const int MostLines = 700;

    private static readonly Regex Reminder = new(@"\b(TODO|HACK|FIXME|XXX)\b");
    private static readonly Regex TestAttribute = new(@"\[\s*(Fact|Theory)\b");
    private static readonly Regex Method = new(@"\bpublic\s+(?:static\s+)?(?:async\s+)?[\w<>,.\s]+?\s(\w+)\s*\(");
    private static readonly Regex TestName = new("^[A-Z][A-Za-z0-9]*_[A-Z0-9][A-Za-z0-9]*_[A-Z0-9][A-Za-z0-9]*$");
    private static readonly HashSet<string> Drawers = new(StringComparer.OrdinalIgnoreCase) { "Helpers", "Helper", "Utils", "Utilities", "Common", "Shared", "Managers", "Services", "Misc" };

    /// <summary>Files that are too long.</summary>
    public static IEnumerable<Violation> TooLong(IEnumerable<SourceFile> files) =>
        from file in files
        let lines = file.Text.AsSpan().TrimEnd('\n').Count('\n') + 1
        where lines > MostLines
        select new Violation(file.Path, file.Path, $"has {lines} lines, more than {MostLines}.");

    /// <summary>Reminders left in the code: an issue or a test remembers better.</summary>
    public static IEnumerable<Violation> Reminders(IEnumerable<SourceFile> files) =>
        from file in files
        from match in Reminder.Matches(file.Text)
        select new Violation(file.Path, $"{file.Path}:{file.LineOf(match.Index)}", $"{match.Value} is left in the code.");

    /// <summary>Tests whose name is not Subject_Condition_Outcome.</summary>
    public static IEnumerable<Violation> TestNames(IEnumerable<SourceFile> files)
    {
        foreach (var file in files)
        {
            var code = file.Code;
            foreach (Match attribute in TestAttribute.Matches(code))
            {
                var method = Method.Match(code, attribute.Index);
                if (method.Success && !TestName.IsMatch(method.Groups[1].Value))
                    yield return new(method.Groups[1].Value, $"{file.Path}:{file.LineOf(method.Groups[1].Index)}", $"{method.Groups[1].Value} is not Subject_Condition_Outcome.");
            }
        }
    }

    /// <summary>Folders that are a drawer for what found no place.</summary>
    public static IEnumerable<Violation> DrawerFolders(IEnumerable<string> paths) =>
        from path in paths
        from folder in path.Split('/').SkipLast(1)
        where Drawers.Contains(folder)
        select new Violation(path, path, $"stands in a folder {folder}.");

    /// <summary>Modules without their class or their texts.</summary>
    public static IEnumerable<Violation> Modules(IEnumerable<string> paths)
    {
        foreach (var module in paths.Where(p => p.StartsWith("src/Modules/", StringComparison.Ordinal)).GroupBy(p => p.Split('/')[2]))
        {
            var root = $"src/Modules/{module.Key}/";
            var files = module.ToHashSet();
            if (!files.Contains($"{root}TerritoireCollab.{module.Key}.csproj")) yield return new(module.Key, root, $"has no TerritoireCollab.{module.Key}.csproj.");
            if (!files.Contains($"{root}{module.Key}Module.cs")) yield return new(module.Key, root, $"has no {module.Key}Module.cs.");
            if (!files.Contains($"{root}Resources/{module.Key}Texts.resx")) yield return new(module.Key, root, $"has no Resources/{module.Key}Texts.resx.");
        }
    }
}
