using System.Reflection;
using System.Xml.Linq;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Architecture.Tests.Access;

/// <summary>The table of docs/permissions.md, made from the permissions that the code declares and from their summaries.</summary>
internal static class PermissionTable
{
    private const BindingFlags Static = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] Head =
    [
        "| Permission | What it lets do | Least role | Author may | In an archived group | Stops at a lock |",
        "| --- | --- | --- | --- | --- | --- |",
    ];

    /// <summary>The fields that hold a permission, in the order of declaration.</summary>
    public static IEnumerable<FieldInfo> Fields(IEnumerable<Type> types) =>
        types.SelectMany(t => t.GetFields(Static)).Where(f => f.FieldType == typeof(Permission) && f.IsInitOnly && !f.Name.StartsWith('<'));

    /// <summary>The lines of the table.</summary>
    /// <param name="declared">Each permission with the summary of its field.</param>
    public static IReadOnlyList<string> Lines(IEnumerable<(Permission Permission, string What)> declared) => [.. Head, .. declared.Select(d => Line(d.Permission, d.What))];

    /// <summary>The lines of the table in a document.</summary>
    public static IReadOnlyList<string> In(string document) => [.. document.Split('\n').Select(l => l.TrimEnd()).Where(l => l.StartsWith('|'))];

    /// <summary>Summary of a field out of its assembly's documentation.</summary>
    public static string Summary(FieldInfo field, XDocument documentation)
    {
        var name = $"F:{field.DeclaringType!.FullName!.Replace('+', '.')}.{field.Name}";
        var summary = documentation.Descendants("member").FirstOrDefault(m => (string?)m.Attribute("name") == name)?.Element("summary")?.Value ?? "";
        return string.Join(' ', summary.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Line(Permission permission, string what)
    {
        var least = permission.CreatesIn is null ? $"{permission.Least}" : $"{permission.Least}, unless the group chose a higher one for this tool";
        return $"| `{permission.Key}` | {what} | {least} | {(permission.CoAuthorsMay ? "yes, and those who wrote it too" : YesNo(permission.AuthorMay))} | {YesNo(permission.InArchive)} | {YesNo(permission.StopsAtLock)} |";
    }

    private static string YesNo(bool value) => value ? "yes" : "no";
}
