using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Settings;

namespace TerritoireCollab.Web.Demo;

/// <summary>What was seeded.</summary>
/// <param name="Members">Accounts.</param>
/// <param name="Groups">Groups.</param>
/// <param name="Items">Contents.</param>
/// <param name="Comments">Comments.</param>
/// <param name="Attachments">Attached files.</param>
internal sealed record DemoCounts(int Members, int Groups, int Items, int Comments, int Attachments);

/// <summary>
/// The demo territory: people, organisations, groups, then what each room adds. Only into an empty database. The same day and scale give
/// the same territory, keys and short identifiers apart.
/// </summary>
internal sealed class DemoTerritory(
    AppDb database, DatabaseOptions provider, FileStore files, ModuleCatalog modules, IEnumerable<IDemoSeed> seeds, NewMembers accounts, IPasswordHasher<Member> passwords,
    DemoMark mark, PlatformSettings settings, PlatformOptions platform, TimeProvider clock)
{
    /// <summary>The password of every demo account; the contract shows it.</summary>
    public const string Password = "Drome-2026-demo!";

    private const ulong Seed = 26_000;

    /// <summary>Seeds the territory into an empty database, or one where that was interrupted, and says how much; null when somebody has an account already.</summary>
    /// <exception cref="Platform.Maintenance.MaintenanceException">Another process is seeding, or an interrupted territory is in use.</exception>
    public async Task<DemoCounts?> SeedAsync(int scale, CancellationToken cancellation)
    {
        if (!await mark.TrySetAsync(cancellation)) return null;

        var texts = new DemoTexts(OpenText);
        var random = new DemoRandom(Seed);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), platform.TimeZone).DateTime);
        var context = Context(texts, random, today, scale, [], []);
        var population = new DemoPopulation(accounts, texts, random, context.At, today, Hash());
        var groups = new DemoGroups(texts, random, context.At, context.NewKey);

        await context.InsertAsync(population.Organise(context.NewKey), cancellation);
        for (var copy = 1; copy <= scale; copy++)
        {
            await context.InsertAsync(population.Populate(copy), cancellation);
            await context.InsertAsync(groups.Gather(copy, [.. population.Members.Skip((copy - 1) * DemoPopulation.MembersInCopy)]), cancellation);
        }

        context = Context(texts, random, today, scale, population.Members, groups.Groups);
        foreach (var (account, activity) in groups.Requests) context.News.Tell(account, activity, NotificationReason.Animator, isUnread: true);
        foreach (var seed in seeds.OrderBy(s => s.Order)) await seed.SeedAsync(context, cancellation);
        await FinishAsync(context, texts.Read<TerritorySource>("territory"), cancellation);
        await mark.RemoveAsync(cancellation);
        return await CountAsync(cancellation);
    }

    private DemoContext Context(DemoTexts texts, DemoRandom random, DateOnly today, int scale, IReadOnlyList<DemoMember> members, IReadOnlyList<DemoGroup> groups) => new()
    {
        Database = database,
        Provider = provider.Provider,
        Files = files,
        Modules = modules,
        Texts = texts,
        Phrases = new DemoPhrases(texts),
        Random = random,
        Scale = scale,
        Today = today,
        TimeZone = platform.TimeZone,
        Members = members,
        Groups = groups,
    };

    // Once for all of them: 263 hashes would take half a minute.
    private string Hash() => passwords.HashPassword(accounts.Build(new NewMember { Name = "Démo", Email = "demo@demo.local" }, "demo"), Password);

    private async Task FinishAsync(DemoContext context, TerritorySource territory, CancellationToken cancellation)
    {
        await context.FinishAsync(cancellation);
        await using var db = database.Open(Viewer.System);
        foreach (var group in context.Groups)
            await db.Groups.Where(g => g.Id == group.Id).ExecuteUpdateAsync(set => set.SetProperty(g => g.LastActivityAt, group.LastActivityAt), cancellation);
        await settings.WriteAsync(new PlatformChoices { Name = territory.Name, Territory = territory.Territory, LegalNotice = territory.LegalNotice }, cancellation);
        await db.MergeFullTextAsync(provider.Provider, cancellation);
        await db.TuneAsync(provider.Provider, cancellation);
    }

    private async Task<DemoCounts> CountAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return new DemoCounts(
            await db.Members.CountAsync(cancellation), await db.Groups.CountAsync(cancellation), await db.Items.CountAsync(cancellation),
            await db.Comments.CountAsync(cancellation), await db.Attachments.CountAsync(cancellation));
    }

    private static Stream OpenText(string name) =>
        typeof(DemoTerritory).Assembly.GetManifestResourceStream($"TerritoireCollab.Web.Demo.Texts.{name}.json") ?? throw new FileNotFoundException(name);
}
