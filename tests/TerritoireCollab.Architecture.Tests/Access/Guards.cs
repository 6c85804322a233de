using System.Reflection;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Architecture.Tests.Access;

/// <summary>The methods that stop whoever has no right.</summary>
internal static class Guards
{
    /// <summary>The guard of the administration, for which no group gives a permission.</summary>
    public static bool IsAdminOnly(MethodBase method) => method is { Name: nameof(AdminOnly.Require) } && method.DeclaringType == typeof(AdminOnly);

    /// <summary>Whether the type asks the rights of a group, or the administration's, itself or by a method of ours called Require….</summary>
    public static bool AsksRights(Type type) => CalledMethods.Reaches(
        type, m => m.DeclaringType == typeof(Rights) || IsAdminOnly(m), m => m.Name.StartsWith("Require", StringComparison.Ordinal) && IsOurs(m), depth: 2);

    private static bool IsOurs(MethodBase method) => method.Module.Assembly.GetName().Name!.StartsWith("TerritoireCollab.", StringComparison.Ordinal);
}
