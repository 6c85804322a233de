using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Web;

namespace TerritoireCollab.Migrations.PostgreSql;

/// <summary>Gives <c>dotnet ef</c> the model; no database is reached.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<AppDbContext>
{
    public AppDbContext CreateDbContext(string[] args)
    {
        var services = new ServiceCollection();
        services.AddSingleton(new ModuleCatalog(ModuleList.Create()));
        services.AddData(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = "Host=localhost;Database=conception" });
        return services.BuildServiceProvider().GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContext();
    }
}
