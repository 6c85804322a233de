using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Web.Hosting;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary><c>migrate</c>: brings the database to the schema of this version.</summary>
internal static class MigrateCommand
{
    public static readonly Command Command = new() { Name = "migrate", Usage = "migrate", RunAsync = RunAsync };

    private static async Task<int> RunAsync(IHost house, Arguments arguments, CancellationToken cancellation)
    {
        await DatabaseStartup.MigrateAsync(house.Services, cancellation);
        await using var db = house.Services.GetRequiredService<AppDb>().Open(Viewer.System);
        Console.WriteLine(CommandTexts.Migrated.With((await db.Database.GetAppliedMigrationsAsync(cancellation)).Last()));
        return CommandLine.Done;
    }
}
