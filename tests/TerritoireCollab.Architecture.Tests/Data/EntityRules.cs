using Microsoft.EntityFrameworkCore.Metadata;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Architecture.Tests.Data;

/// <summary>Who may read a row is decided in the data: every entity carries the filter, or says why it needs none.</summary>
internal static class EntityRules
{
    /// <summary>Entities without the filter by rights.</summary>
    public static IEnumerable<Violation> Unfiltered(IReadOnlyModel model) =>
        from type in model.GetEntityTypes()
        where type.FindDeclaredQueryFilter(AppDbContext.AccessFilter) is null
        select new Violation(NameOf(type), type.ClrType.FullName!, "has no filter \"access\": its rows are read by everybody who asks.");

    /// <summary>Entities of a module that hang on no content.</summary>
    public static IEnumerable<Violation> Unattached(IReadOnlyModel model, Func<Type, bool> isOfModule) =>
        from type in model.GetEntityTypes()
        where isOfModule(type.ClrType) && !HangsOnContent(type, [])
        select new Violation(NameOf(type), type.ClrType.FullName!, "neither is a content nor leads to one by required navigations.");

    private static bool HangsOnContent(IReadOnlyEntityType type, HashSet<IReadOnlyEntityType> seen) =>
        type.ClrType == typeof(ContentItem)
        || type.ClrType.IsAssignableTo(typeof(IContent))
        || (seen.Add(type) && type.GetForeignKeys().Any(k => k.IsRequired && k.DependentToPrincipal is not null && HangsOnContent(k.PrincipalEntityType, seen)));

    private static string NameOf(IReadOnlyEntityType type) => type.ClrType.Name.Split('`')[0];
}
