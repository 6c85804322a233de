using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Architecture.Tests.Access;
using TerritoireCollab.Architecture.Tests.Reading;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Ui.Layouts;

namespace TerritoireCollab.Architecture.Tests.Components;

/// <summary>Static first: pages are HTML, islands are small and know only keys; no component reaches for the database.</summary>
internal static class ComponentRules
{
    private const BindingFlags Instance = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    /// <summary>A page is never interactive, an island lives in a namespace .Islands, and is given nothing but keys and plain values.</summary>
    /// <param name="components">Component types.</param>
    /// <param name="madeInteractive">Names of the components that some page renders with @rendermode.</param>
    public static IEnumerable<Violation> Islands(IEnumerable<Type> components, IReadOnlySet<string> madeInteractive)
    {
        foreach (var type in components)
        {
            var isInteractive = type.GetCustomAttributes<RenderModeAttribute>().Any() || madeInteractive.Contains(type.Name);
            if (!isInteractive) continue;

            if (type.GetCustomAttributes<RouteAttribute>().Any()) yield return Broken(type, "has a route and a render mode.");
            if (type.Namespace?.EndsWith(".Islands", StringComparison.Ordinal) != true) yield return Broken(type, "has a render mode outside a namespace .Islands.");
            foreach (var parameter in type.GetProperties(Instance).Where(p => p.GetCustomAttribute<ParameterAttribute>() is not null && !IsPlain(p.PropertyType)))
                yield return Broken(type, $"takes {parameter.Name}, a {parameter.PropertyType.Name}: an island takes keys, enums, strings, booleans and numbers.");
        }
    }

    /// <summary>Names of the components that are given a render mode where they are used.</summary>
    public static IReadOnlySet<string> MadeInteractive(IEnumerable<SourceFile> razor) =>
        razor.SelectMany(f => RazorDocument.Read(f.Text).Tags).Where(t => t.Attributes.Any(a => a.Name == "@rendermode")).Select(t => t.Name.Split('.')[^1]).ToHashSet();

    /// <summary>Components ask handlers: none is given a database.</summary>
    public static IEnumerable<Violation> Database(IEnumerable<Type> components)
    {
        foreach (var type in components)
        {
            var injected = type.GetProperties(Instance).Where(p => p.GetCustomAttribute<InjectAttribute>() is not null).Select(p => p.PropertyType)
                .Concat(type.GetConstructors(Instance).SelectMany(c => c.GetParameters()).Select(p => p.ParameterType));
            foreach (var service in injected.Where(IsDatabase)) yield return Broken(type, $"is given {service.Name}: a component asks a handler.");
        }
    }

    /// <summary>Pages that let in whoever is not signed in.</summary>
    public static IEnumerable<Violation> OpenPages(IEnumerable<Type> components) =>
        from type in components
        where type.GetCustomAttributes<RouteAttribute>().Any()
        where !CalledMethods.Reaches(type, IsGuard, m => House.Assemblies.Contains(m.Module.Assembly), depth: 1)
        select Broken(type, "is a page and does not call Current.Require.");

    // The administration answers « not found » to everybody else, and does so in the handler that the page calls first.
    private static bool IsGuard(MethodBase method) =>
        (method.DeclaringType == typeof(RequireSignIn) && method.Name == nameof(RequireSignIn.Require)) || Guards.IsAdminOnly(method);

    private static bool IsDatabase(Type type) =>
        type == typeof(AppDb) || type.IsAssignableTo(typeof(DbContext)) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDbContextFactory<>));

    private static bool IsPlain(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum || type == typeof(Guid) || type == typeof(string) || type == typeof(decimal) || (type.IsPrimitive && type != typeof(nint) && type != typeof(nuint));
    }

    private static Violation Broken(Type type, string what) => new(type.FullName!, type.FullName!, what);
}
