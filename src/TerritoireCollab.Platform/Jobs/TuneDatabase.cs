using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;

namespace TerritoireCollab.Platform.Jobs;

/// <summary>Each night, puts the full text together and gives the database's planner figures of the tables that have grown.</summary>
public sealed class TuneDatabase(AppDb database, DatabaseOptions options) : IRecurringJob
{
    /// <inheritdoc />
    public string Key => "tune";

    /// <summary>Every night at 3:45, after the purge.</summary>
    public string Hours => "0 45 3 * * ?";

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        await db.MergeFullTextAsync(options.Provider, cancellation);
        await db.TuneAsync(options.Provider, cancellation);
    }
}
