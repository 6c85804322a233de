using System.Globalization;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Search.Resources;

namespace TerritoireCollab.Search.Finding;

/// <summary>A kind of thing that a search can be limited to.</summary>
/// <param name="Name">In addresses.</param>
/// <param name="Kind">In the index.</param>
/// <param name="Label">Several of them, in words.</param>
public sealed record SearchType(string Name, string Kind, string Label)
{
    /// <summary>Those that <paramref name="group"/> holds, or all.</summary>
    public static IReadOnlyList<SearchType> All(ModuleCatalog modules, Standing? group)
    {
        var contents = modules.Kinds
            .Where(k => k.Can(Capability.Searchable) && (group is null || modules.Tool(k.Tool) is { } tool && group.Has(tool)))
            .Select(k => new SearchType(k.Key.Replace('.', '-'), k.Key, Plural(k.Name())));
        SearchType[] others = [new("groupes", "group", SearchTexts.Groups), new("personnes", "member", SearchTexts.People)];
        return [.. contents, new("reponses", "comment", SearchTexts.Answers), .. group is null ? others : []];
    }

    /// <summary>One thing of <paramref name="kind"/>, in words.</summary>
    public static string One(ModuleCatalog modules, string kind) => kind switch
    {
        "comment" => SearchTexts.Answer,
        "group" => SearchTexts.Group,
        "member" => SearchTexts.Person,
        _ => Capital(modules.Kind(kind).Name()),
    };

    // Modules name one thing; all their names take an s, in French and in English.
    private static string Plural(string name) => SearchTexts.Several.With(Capital(name));

    private static string Capital(string name) => name.Length == 0 ? name : char.ToUpper(name[0], CultureInfo.CurrentCulture) + name[1..];
}
