using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace TerritoireCollab.Components.Tests;

/// <summary>Hands out the AngleSharp.Diffing that is there when bunit asks for the newer one: found in the probing path it would be refused.</summary>
internal static class CompatibleDiffing
{
    [ModuleInitializer]
    internal static void HandOut() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name == "AngleSharp.Diffing" ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "compat", "AngleSharp.Diffing.dll")) : null;
}
