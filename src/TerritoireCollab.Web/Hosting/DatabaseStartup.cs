using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Maintenance;
using TerritoireCollab.Web.Demo;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Hosting;

/// <summary>Brings the database to the schema of this version before the first request.</summary>
internal static class DatabaseStartup
{
    /// <summary>Migrates, then seeds the demo territory into an empty database where the configuration asks for it.</summary>
    /// <exception cref="BadConfigurationException">The database cannot be used, or holds half a demo territory.</exception>
    public static async Task PrepareDatabaseAsync(this IHost app)
    {
        await OpenAsync(app.Services, CancellationToken.None);
        try
        {
            if (app.Services.GetRequiredService<PlatformOptions>().Demo) await ActivatorUtilities.CreateInstance<DemoTerritory>(app.Services).SeedAsync(1, CancellationToken.None);
            else if (await app.Services.GetRequiredService<DemoMark>().IsThereAsync(CancellationToken.None)) throw new BadConfigurationException(CommandTexts.DemoHalf);
        }
        catch (MaintenanceException refusal)
        {
            throw new BadConfigurationException(refusal.Message);
        }
    }

    /// <summary>Migrates, and makes what links of mails are sealed with: for a process that may write some.</summary>
    /// <exception cref="BadConfigurationException">The database is newer than the software, or out of reach.</exception>
    public static async Task OpenAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await MigrateAsync(services, cancellation);
        services.GetRequiredService<LinkSeals>().Prepare();
    }

    /// <summary>Migrates; makes nothing besides, so that a restore finds a place without keys.</summary>
    /// <exception cref="BadConfigurationException">The database is newer than the software, or out of reach.</exception>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var options = services.GetRequiredService<DatabaseOptions>();
        await using var db = services.GetRequiredService<AppDb>().Open(Viewer.System);
        try
        {
            var known = db.Database.GetMigrations().ToHashSet();
            var applied = await db.Database.CanConnectAsync(cancellation) ? (await db.Database.GetAppliedMigrationsAsync(cancellation)).ToHashSet() : [];
            if (!applied.IsSubsetOf(known)) throw new BadConfigurationException(HostTexts.SchemaNewer);

            // Migrating takes a lock of the whole database first: not for nothing.
            if (applied.Count < known.Count)
            {
                db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
                await db.Database.MigrateAsync(cancellation);
            }
        }
        catch (System.Data.Common.DbException failure) when (DatabaseSetup.IsDamaged(failure))
        {
            throw new BadConfigurationException(HostTexts.DatabaseDamaged);
        }
        catch (System.Data.Common.DbException failure)
        {
            throw new BadConfigurationException(HostTexts.DatabaseUnreachable.With(failure.Message));
        }

        await db.TuneAsync(options.Provider, cancellation);
    }
}
