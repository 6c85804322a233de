using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Maintenance;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary><c>backup</c>: writes database, files and keys into one archive.</summary>
internal static class BackupCommand
{
    public static readonly Command Command = new() { Name = "backup", Usage = CommandTexts.BackupUsage, Values = 1, RunAsync = RunAsync };

    private static async Task<int> RunAsync(IHost house, Arguments arguments, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(arguments[0]);
        var result = await house.Services.GetRequiredService<WriteBackup>().ExecuteAsync(path, cancellation);
        var manifest = result.Manifest;
        Console.WriteLine(CommandTexts.BackupWritten.With(path, manifest.Tables.Sum(t => t.Rows), manifest.Tables.Count, manifest.Files.Count, manifest.Keys.Count));
        if (result.MissingFiles.Count == 0) return CommandLine.Done;

        await Console.Error.WriteLineAsync(CommandTexts.BackupLacksFiles.With(result.MissingFiles.Count, string.Join(", ", result.MissingFiles.Take(5))));
        return CommandLine.Refused;
    }
}
