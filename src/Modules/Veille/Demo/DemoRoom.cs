using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Modules.Demo;

namespace TerritoireCollab.Veille.Demo;

/// <summary>What shows the veille in the demo territory.</summary>
internal static class DemoRoom
{
    public static void AddVeilleDemo(this IServiceCollection services) => services.AddSingleton<DemoShelf>().AddSingleton<IDemoSeed, VeilleSeed>();
}
