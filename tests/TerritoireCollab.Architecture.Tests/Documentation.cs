using System.Reflection;
using System.Xml.Linq;

namespace TerritoireCollab.Architecture.Tests;

/// <summary>The documentation that the compiler writes beside an assembly.</summary>
internal static class Documentation
{
    /// <summary>The documentation of an assembly; empty when it writes none.</summary>
    public static XDocument Of(Assembly assembly)
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        return File.Exists(path) ? XDocument.Load(path) : new XDocument(new XElement("doc"));
    }

    /// <summary>Names of the types that have a summary which says something.</summary>
    public static IReadOnlySet<string> SummarisedTypes(XDocument documentation) =>
        documentation.Descendants("member")
            .Where(m => ((string?)m.Attribute("name"))?.StartsWith("T:", StringComparison.Ordinal) == true && !string.IsNullOrWhiteSpace(m.Element("summary")?.Value))
            .Select(m => ((string)m.Attribute("name")!)[2..]).ToHashSet(StringComparer.Ordinal);

    /// <summary>Public types that no summary explains.</summary>
    public static IEnumerable<Violation> Unexplained(IEnumerable<Type> types, IReadOnlySet<string> summarised) =>
        from type in types
        where type.IsVisible && !summarised.Contains(type.FullName!.Replace('+', '.'))
        select new Violation(type.FullName!, type.FullName!, "is public and has no summary.");
}
