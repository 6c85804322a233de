using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace TerritoireCollab.Veille.Sources;

/// <summary>What keeps the sources.</summary>
internal static class SourcesRoom
{
    public static void AddSources(this IServiceCollection services)
    {
    }

    public static void MapSources(this IEndpointRouteBuilder endpoints)
    {
    }
}
