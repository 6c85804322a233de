using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace TerritoireCollab.Veille.Board;

/// <summary>What moves the cards.</summary>
internal static class BoardRoom
{
    public static void AddBoard(this IServiceCollection services) => services
        .AddSingleton<MoveCards>().AddSingleton<EditCard>().AddSingleton<ReadBoard>().AddSingleton<WatchBoard>().AddSingleton<BoardSignals>();

    public static void MapBoard(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapBoardGestures();
        endpoints.MapBoardSignals();
    }
}
