using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Faces;

namespace TerritoireCollab.Veille.Finds;

/// <summary>What keeps the finds.</summary>
internal static class FindsRoom
{
    public static void AddFinds(this IServiceCollection services) => services.AddSingleton<IContentFace, FindFace>();

    public static void MapFinds(this IEndpointRouteBuilder endpoints)
    {
    }
}
