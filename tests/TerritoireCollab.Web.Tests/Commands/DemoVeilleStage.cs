using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Demo;
using TerritoireCollab.Veille.Sources;
using TerritoireCollab.Web.Demo;

namespace TerritoireCollab.Web.Tests.Commands;

/// <summary>An instance with the demo territory, on Monday 23 November 2026, that tests only read.</summary>
public sealed class DemoVeilleStage : IAsyncLifetime
{
    public Instance Instance { get; private set; } = null!;

    /// <summary>What the territory is written from.</summary>
    internal static DemoTexts Texts { get; } = new(name => typeof(DemoTerritory).Assembly.GetManifestResourceStream($"TerritoireCollab.Web.Demo.Texts.{name}.json")!);

    internal static WatchSource Source { get; } = Texts.Read<WatchSource>("veille");

    internal DemoShelf Shelf => Instance.Services.GetRequiredService<DemoShelf>();

    public async ValueTask InitializeAsync() => Instance = await SeededAsync();

    public async ValueTask DisposeAsync() => await Instance.DisposeAsync();

    public static async Task<Instance> SeededAsync(int scale = 1)
    {
        var instance = await Instance.StartAsync(manualClock: true);
        Assert.NotNull(await ActivatorUtilities.CreateInstance<DemoTerritory>(instance.Services).SeedAsync(scale, default));
        return instance;
    }

    public static Task<Group> GroupAsync(AppDbContext db, string slug = "veille-numerique") => db.Groups.FirstAsync(g => g.Slug == slug);

    /// <summary>What a site answers to who asks for the feed of that source.</summary>
    internal static ShelfAnswer Ask(DemoShelf shelf, Source source, string? etag = null) => shelf.Answer(new Uri(source.Address), etag);

    /// <summary>The calendar of the veille as if it were seeded on that day.</summary>
    internal static WatchDiary DiaryOf(DateOnly today) => new(ContextOf(today), Source);

    internal static DemoContext ContextOf(DateOnly today) => new()
    {
        Database = null!, Provider = DatabaseProvider.Sqlite, Files = null!, Modules = null!, Texts = Texts, Phrases = new DemoPhrases(Texts), Random = new DemoRandom(26_000),
        Scale = 1, Today = today, TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"), Members = [], Groups = [],
    };
}
