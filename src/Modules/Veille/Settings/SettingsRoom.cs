using Microsoft.Extensions.DependencyInjection;

namespace TerritoireCollab.Veille.Settings;

/// <summary>What sets how a group runs its veille.</summary>
internal static class SettingsRoom
{
    public static void AddVeilleSettings(this IServiceCollection services) => services.AddSingleton<EditVeille>();
}
