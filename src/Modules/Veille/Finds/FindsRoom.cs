using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Fetching;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Finds;

/// <summary>What keeps the finds, and shows the pool they stand in.</summary>
internal static class FindsRoom
{
    public static void AddFinds(this IServiceCollection services) => services
        .AddSingleton<IContentFace, FindFace>().AddSingleton<IShareTarget, FindTarget>()
        .AddSingleton<NewFind>().AddSingleton<ProposeFind>().AddSingleton<EditFind>().AddSingleton<RemoveFind>().AddSingleton<ReadFind>().AddSingleton<ReadCard>()
        // The sites of the demo territory answer here too.
        .AddSingleton(p => new AskPage(p.GetRequiredService<SiteClient>().FetchAsync, p.GetRequiredService<TimeProvider>()))
        .AddSingleton<MarkQuote>().AddSingleton<EditQuote>().AddSingleton<RemoveQuote>().AddSingleton<ReadQuotes>()
        .AddSingleton<PictureWake>().AddSingleton<FetchPicture>().AddSingleton<IWorker, FetchPictures>()
        .AddSingleton<ProposeFindsFromMail>().AddSingleton<IMailDestination, TakeFindsByMail>()
        .AddSingleton<ListMyFinds>().AddSingleton<ListPool>().AddSingleton<ReadFinds>();

    public static void MapFinds(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapFindGestures();
        endpoints.MapFindsApi();
    }
}
