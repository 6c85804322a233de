using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Web.Demo;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Hosting;

/// <summary>Brings the database to the schema of this version before the first request.</summary>
internal static class DatabaseStartup
{
    /// <summary>Migrates, then seeds the demo territory into an empty database where the configuration asks for it.</summary>
    public static async Task PrepareDatabaseAsync(this IHost app)
    {
        await MigrateAsync(app.Services, CancellationToken.None);
        if (app.Services.GetRequiredService<PlatformOptions>().Demo) await ActivatorUtilities.CreateInstance<DemoTerritory>(app.Services).SeedAsync(1, CancellationToken.None);
    }

    /// <exception cref="BadConfigurationException">The database is newer than the software, or out of reach.</exception>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var options = services.GetRequiredService<DatabaseOptions>();
        await using var db = services.GetRequiredService<AppDb>().Open(Viewer.System);
        try
        {
            var known = db.Database.GetMigrations().ToHashSet();
            if (await db.Database.CanConnectAsync(cancellation) && (await db.Database.GetAppliedMigrationsAsync(cancellation)).Any(m => !known.Contains(m)))
                throw new BadConfigurationException(HostTexts.SchemaNewer);

            db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
            await db.Database.MigrateAsync(cancellation);
        }
        catch (System.Data.Common.DbException failure)
        {
            throw new BadConfigurationException(HostTexts.DatabaseUnreachable.With(failure.Message));
        }

        await db.TuneAsync(options.Provider, cancellation);
    }
}
