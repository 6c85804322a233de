using System.Reflection;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Architecture.Tests.Access;

/// <summary>Whoever writes asks first: the rights of the viewer are read in the same class that saves.</summary>
internal static class WritingRules
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>Handlers, which take a viewer, that write without a call of <see cref="Rights"/>.</summary>
    public static IEnumerable<Violation> UnguardedHandlers(IEnumerable<Type> types) =>
        from type in types
        where TakesViewer(type)
        where CalledMethods.Of(type).Any(IsWrite) && !Guards.AsksRights(type)
        select new Violation(type.FullName!, type.FullName!, "takes a viewer, writes, and asks no rights.");

    /// <summary>Classes that open the database and write for nobody in particular: jobs, or a handler in the wrong shape. Those that are handed a context write for its viewer.</summary>
    public static IEnumerable<Violation> WritersWithoutViewer(IEnumerable<Type> types) =>
        from type in types
        where !TakesViewer(type)
        let called = CalledMethods.Of(type)
        where called.Any(IsWrite) && called.Any(m => m.DeclaringType == typeof(AppDb))
        select new Violation(type.FullName!, type.FullName!, "opens the database and writes without taking a viewer.");

    private static bool TakesViewer(Type type) => type.GetMethods(Declared).Any(m => !m.IsPrivate && m.GetParameters().Any(p => p.ParameterType == typeof(Viewer)));

    private static bool IsWrite(MethodBase method) =>
        (method.DeclaringType?.IsAssignableTo(typeof(DbContext)) == true && method.Name.StartsWith("SaveChanges", StringComparison.Ordinal))
        || (method.DeclaringType?.Namespace?.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) == true
            && (method.Name.StartsWith("ExecuteUpdate", StringComparison.Ordinal) || method.Name.StartsWith("ExecuteDelete", StringComparison.Ordinal) || method.Name.StartsWith("ExecuteSql", StringComparison.Ordinal)));
}
