using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Veille.Numbers;

/// <summary>What counts.</summary>
internal static class NumbersRoom
{
    public static void AddNumbers(this IServiceCollection services) => services.AddSingleton<CountVeille>();

    public static void MapNumbers(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/groupes/{slug}/veille/chiffres/{table}.csv", ExportAsync);

    private static async Task<IResult> ExportAsync(string slug, string table, int? semaines, CountVeille count, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        var bytes = await count.ExportAsync(current.Viewer, slug, NumberPeriods.Of(semaines), table, cancellation);
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.File(bytes, CsvText.ContentType, $"veille-{table}-{slug}.csv");
    }
}

/// <summary>Periods that may be asked for.</summary>
internal static class NumberPeriods
{
    /// <summary>The period of that many weeks, or a quarter of a year.</summary>
    public static int Of(int? weeks) => weeks is { } asked && CountVeille.Periods.Contains(asked) ? asked : CountVeille.Periods[1];
}
