using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Faces;

namespace TerritoireCollab.Veille.Editorials;

/// <summary>What makes the éditos.</summary>
internal static class EditorialsRoom
{
    public static void AddEditorials(this IServiceCollection services) => services
        .AddSingleton<IContentFace, EditorialFace>().AddSingleton<DraftEditorial>().AddSingleton<WriteEditorial>().AddSingleton<CorrectEditorial>().AddSingleton<RemoveEditorial>()
        .AddSingleton<ReadEditorial>().AddSingleton<ListEditorials>().AddSingleton<EditorialFeed>().AddSingleton<ReadEditorialsApi>();

    public static void MapEditorials(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapEditorialEndpoints();
        endpoints.MapEditorialApi();
    }
}
