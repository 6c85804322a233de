using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Maintenance;
using TerritoireCollab.Web.Hosting;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary><c>restore</c>: puts a backup into an empty installation, whatever its database.</summary>
internal static class RestoreCommand
{
    public static readonly Command Command = new() { Name = "restore", Usage = CommandTexts.RestoreUsage, Values = 1, RunAsync = RunAsync };

    private static async Task<int> RunAsync(IHost house, Arguments arguments, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(arguments[0]);
        var restore = house.Services.GetRequiredService<RestoreBackup>();
        var manifest = await restore.CheckAsync(path, cancellation);
        await DatabaseStartup.MigrateAsync(house.Services, cancellation);
        await restore.ExecuteAsync(path, manifest, cancellation);
        foreach (var table in manifest.Tables.Where(t => t.Rows > 0)) Console.WriteLine($"{table.Rows,9}  {table.Name}");
        Console.WriteLine(CommandTexts.Restored.With(manifest.Tables.Sum(t => t.Rows), manifest.Tables.Count, manifest.Files.Count, manifest.Keys.Count));
        Console.WriteLine(CommandTexts.RestoredMailHeld);
        return CommandLine.Done;
    }
}
