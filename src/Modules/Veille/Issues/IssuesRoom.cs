using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Faces;

namespace TerritoireCollab.Veille.Issues;

/// <summary>What makes the revue.</summary>
internal static class IssuesRoom
{
    public static void AddIssues(this IServiceCollection services) => services.AddSingleton<OpenIssue>().AddSingleton<IContentFace, IssueFace>();

    public static void MapIssues(this IEndpointRouteBuilder endpoints)
    {
    }
}
