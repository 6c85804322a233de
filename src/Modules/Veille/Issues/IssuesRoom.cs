using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Antivirus;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Faces;

namespace TerritoireCollab.Veille.Issues;

/// <summary>What makes the revue.</summary>
internal static class IssuesRoom
{
    public static void AddIssues(this IServiceCollection services) => services
        .AddSingleton<OpenIssue>().AddSingleton<IContentFace, IssueFace>().AddSingleton<IFileHolder, HoldPictures>().AddSingleton<ISiteEntry, TerritoryEntry>()
        .AddSingleton<PrepareIssue>().AddSingleton<PublishIssue>().AddSingleton<PublishDueIssues>().AddSingleton<IWorker>(p => p.GetRequiredService<PublishDueIssues>())
        .AddSingleton<CorrectIssue>().AddSingleton<RemoveIssue>().AddSingleton<ReadIssue>().AddSingleton<ListIssues>().AddSingleton<RevueFeeds>().AddSingleton<ReadIssuesApi>().AddSingleton<ReadItems>();

    public static void MapIssues(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapRevue();
        endpoints.MapIssueApi();
        endpoints.MapPoolApi();
    }
}
