using TerritoireCollab.Platform.Maintenance;
using TerritoireCollab.Web.Hosting;

namespace TerritoireCollab.Web.Commands;

/// <summary>The services of the house without the web server. Nothing runs in the background unless the host is started.</summary>
internal static class CommandHost
{
    public static IHost Build(bool isService)
    {
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environments.Production;
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment, ContentRootPath = Directory.GetCurrentDirectory() });
        // ASPNETCORE_URLS gives the address of links when Territoire:BaseUrl does not.
        builder.Configuration.AddEnvironmentVariables("ASPNETCORE_");
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.PostConfigure<LoggerFilterOptions>(filters =>
        {
            // The configuration's levels are those of the server: a command says what it did, and its failures.
            filters.Rules.Clear();
            filters.MinLevel = LogLevel.Error;
            // Looking for the table of migrations fails by design on a new database, and EF tells it as an error.
            filters.Rules.Add(new LoggerFilterRule(null, "Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None, null));
            // So is a row that another process wrote first; whoever wrote it gets the exception, and says what it means.
            filters.Rules.Add(new LoggerFilterRule(null, "Microsoft.EntityFrameworkCore.Update", LogLevel.None, null));
            if (isService) filters.Rules.Add(new LoggerFilterRule(null, nameof(TerritoireCollab), LogLevel.Information, null));
        });
        // The services of pages ask for a web server: they are there, and nobody asks for them.
        builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateOnBuild = false, ValidateScopes = false }));

        var setup = Configuration.Read(builder.Configuration, builder.Environment.ContentRootPath);
        Configuration.MakeDataDirectory(setup);
        WebHost.AddServices(builder.Services, setup);
        builder.Services.AddSingleton<WriteBackup>().AddSingleton<RestoreBackup>().AddSingleton<CheckIntegrity>();
        return builder.Build();
    }
}
