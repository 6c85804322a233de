using System.IO.Compression;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.ResponseCompression;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Coediting;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Tags;
using TerritoireCollab.Platform.Uploads;
using TerritoireCollab.Web.Components;
using TerritoireCollab.Web.Demo;

namespace TerritoireCollab.Web.Hosting;

/// <summary>Puts the house together.</summary>
internal static class WebHost
{
    public const string DefaultAddress = "http://localhost:5080";

    /// <param name="args">Configuration, as on the command line.</param>
    /// <param name="adjust">Replaces services: for tests.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(WebHost).Assembly.GetName().Name });
        var setup = Configuration.Read(builder.Configuration, builder.Environment.ContentRootPath);
        Configuration.MakeDataDirectory(setup);

        if (builder.Configuration["urls"] is null) builder.WebHost.UseUrls(DefaultAddress);
        builder.WebHost.ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = LargestForm(setup);
        });
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddProxies(builder.Configuration, setup.Platform);
        AddServices(builder.Services, setup);
        adjust?.Invoke(builder.Services);

        var app = builder.Build();
        UsePipeline(app);
        return app;
    }

    /// <summary>Every service of the house: what the web server, the commands and the tests share.</summary>
    public static void AddServices(IServiceCollection services, PlatformSetup setup)
    {
        // __Host- asks for a secure address, which a demonstration on a laptop does not have.
        var isSecure = setup.Platform.BaseUrl.Scheme == Uri.UriSchemeHttps;
        var prefix = isSecure ? "__Host-" : "";
        services.AddPlatform(setup);
        services.AddKeys(setup);
        services.AddSingleton<DemoMark>();
        services.AddRazorComponents(o => o.DetailedErrors = false).AddInteractiveServerComponents(o =>
        {
            o.DetailedErrors = false;
            o.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(1);
        });
        // No island reads what Blazor would keep for it from the page, since none is rendered before it is live: gathering and sealing it took
        // a thirtieth of every page.
        foreach (var kept in services.Where(s => s.ServiceType.Name == "IPersistentServiceRegistration").ToList()) services.Remove(kept);
        services.AddCascadingAuthenticationState();
        services.AddAuthentication();
        services.AddAuthorization();
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = prefix + "antiforgery";
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.SecurePolicy = isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            // Frames are refused by the Content-Security-Policy.
            o.SuppressXFrameOptionsHeader = true;
        });
        // What the server lets in as a whole, a form may hold.
        services.Configure<FormOptions>(o => o.MultipartBodyLengthLimit = LargestForm(setup));
        services.AddSingleton(Ui.Components.Html.Encoder);
        services.AddSignalR();
        // An open page reconnects while the server still listens, and would hold a stop for the default half minute.
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(8));
        services.AddApi();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("base", tags: ["ready"]);
        services.Configure<RequestLocalizationOptions>(o => o
            .SetDefaultCulture("fr-FR").AddSupportedCultures("fr-FR", "en-GB").AddSupportedUICultures("fr-FR", "en-GB")
            .RequestCultureProviders = [new CookieRequestCultureProvider { CookieName = prefix + "langue" }]);
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.Providers.Add<GzipCompressionProvider>();
            o.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "image/svg+xml"];
        });
        // A tenth of a millisecond a page, for a fifth fewer bytes.
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
        services.AddAccountLimits();
    }

    private static long LargestForm(PlatformSetup setup) => (setup.Files.MaxLength * 4) + (2 * 1024 * 1024);

    // In a folder beside the database file; in the database itself where other machines work on it too.
    private static void AddKeys(this IServiceCollection services, PlatformSetup setup)
    {
        var protection = services.AddDataProtection().SetApplicationName("TerritoireCollab");
        if (setup.Database.Provider == DatabaseProvider.Sqlite) protection.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(setup.Platform.DataDirectory, "keys")));
        else services.AddSingleton<ProtectionKeys>().AddOptions<KeyManagementOptions>().Configure<ProtectionKeys>((options, keys) => options.XmlRepository = keys);
    }

    private static void UsePipeline(WebApplication app)
    {
        var modules = app.Services.GetRequiredService<ModuleCatalog>();
        app.UseProxies();
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseRequestLocalization();
        app.UseRefusals();
        app.UseSignIn();
        app.UseFormerTags();
        app.UseRouting();
        app.UsePageETags();
        app.UseAccountLimits();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseAntiforgeryRefusal();

        app.MapStaticAssets();
        app.MapHealth();
        app.MapFeeds();
        app.MapContent();
        app.MapUploads();
        app.MapGuests();
        app.MapCoediting();
        foreach (var module in modules.Modules) module.MapEndpoints(app);
        app.MapApi();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(o => o.DisableWebSocketCompression = true)
            .AddAdditionalAssemblies([.. PageAssemblies.Of(modules)]);
    }
}
