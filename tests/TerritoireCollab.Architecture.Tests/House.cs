using System.Reflection;
using TerritoireCollab.Architecture.Tests.Projects;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Architecture.Tests;

/// <summary>The projects of src, as built.</summary>
internal static class House
{
    /// <summary>Every project of src.</summary>
    public static IReadOnlyList<ProjectFile> Projects { get; } = ProjectFile.ReadAll();

    /// <summary>Their assemblies.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } = [.. Projects.Select(p => Assembly.Load(p.Name))];

    /// <summary>The assemblies of the modules.</summary>
    public static IReadOnlyList<Assembly> ModuleAssemblies { get; } = [.. Projects.Where(p => p.IsModule).Select(p => Assembly.Load(p.Name))];

    /// <summary>Every module, found by reflection: the host's own list is compared with it.</summary>
    public static IReadOnlyList<IModule> Modules { get; } =
        [.. ModuleAssemblies.SelectMany(a => a.GetTypes()).Where(t => t.IsAssignableTo(typeof(IModule)) && t is { IsAbstract: false }).Select(t => (IModule)Activator.CreateInstance(t)!)];

    /// <summary>Every type that people wrote, without those that the compiler makes.</summary>
    public static IEnumerable<Type> Types(Assembly assembly) =>
        assembly.GetTypes().Where(t => !t.IsNested && t.Namespace is not null && !t.Name.Contains('<', StringComparison.Ordinal));
}
