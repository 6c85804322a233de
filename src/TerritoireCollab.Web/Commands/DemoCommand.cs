using TerritoireCollab.Platform;
using TerritoireCollab.Web.Demo;
using TerritoireCollab.Web.Hosting;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary><c>demo</c>: seeds the demo territory into an empty database, N times larger for load tests.</summary>
internal static class DemoCommand
{
    private const int LargestScale = 100;

    public static readonly Command Command = new() { Name = "demo", Usage = "demo [--scale N]", Options = ["scale"], RunAsync = RunAsync };

    private static async Task<int> RunAsync(IHost house, Arguments arguments, CancellationToken cancellation)
    {
        var scale = arguments.Number("scale", 1, LargestScale, 1);
        await DatabaseStartup.OpenAsync(house.Services, cancellation);
        if (await ActivatorUtilities.CreateInstance<DemoTerritory>(house.Services).SeedAsync(scale, cancellation) is not { } counts)
        {
            await Console.Error.WriteLineAsync(CommandTexts.DemoNotEmpty);
            return CommandLine.Refused;
        }

        Console.WriteLine(CommandTexts.DemoSeeded.With(counts.Members, counts.Groups, counts.Items, counts.Comments, counts.Attachments));
        return CommandLine.Done;
    }
}
