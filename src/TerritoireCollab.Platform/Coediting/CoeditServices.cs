using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Live;

namespace TerritoireCollab.Platform.Coediting;

/// <summary>Registers and maps what is written together.</summary>
public static class CoeditServices
{
    internal static IServiceCollection AddCoediting(this IServiceCollection services)
    {
        services.AddSingleton<CoeditStore>().AddSingleton<CoeditAccess>().AddSingleton<CoeditRooms>().AddHostedService(p => p.GetRequiredService<CoeditRooms>());
        services.AddRecurringJob<HandOverTexts>();
        services.AddSignalR().AddHubOptions<CoeditHub>(o =>
        {
            o.MaximumReceiveMessageSize = CoeditHub.LongestMessage;
            o.KeepAliveInterval = TimeSpan.FromSeconds(10);
            o.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
        });
        return services;
    }

    /// <summary>Maps the socket of the editors.</summary>
    public static void MapCoediting(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapHub<CoeditHub>(CoeditHub.Address, o => o.Transports = HttpTransportType.WebSockets).ForOwnPages();
}
