using Microsoft.Extensions.DependencyInjection;

namespace TerritoireCollab.Veille.Pool;

/// <summary>What fills the pool and shows it.</summary>
internal static class PoolRoom
{
    public static void AddPool(this IServiceCollection services)
    {
        services.AddSingleton<EnterPool>().AddSingleton<Fetching.FetchWake>();
    }
}
