using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Veille.Fetching;

namespace TerritoireCollab.Veille.Pool;

/// <summary>What fills the pool and shows it.</summary>
internal static class PoolRoom
{
    public static void AddPool(this IServiceCollection services)
    {
        services.AddSingleton<EnterPool>().AddSingleton<FetchWake>().AddSingleton<StoreAnswers>().AddSingleton<AskSource>().AddSingleton<SiteClient>().AddSingleton<FetchSources>().AddSingleton<IWorker>(p => p.GetRequiredService<FetchSources>());
    }
}
