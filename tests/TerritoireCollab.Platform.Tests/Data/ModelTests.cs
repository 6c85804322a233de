using System.Reflection;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Testing;
using TerritoireCollab.Web;

namespace TerritoireCollab.Platform.Tests.Data;

/// <summary>What can be known of the three databases without any server.</summary>
public sealed class ModelTests
{
    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public void Model_EachProvider_NoPendingChange(DatabaseProvider provider)
    {
        using var db = Context(provider);

        Assert.False(db.Database.HasPendingModelChanges(), $"src/add-migration.sh was not run after the last change of the model ({provider}).");
    }

    [Fact]
    public void Model_ThreeProviders_SameTables()
    {
        var tables = Enum.GetValues<DatabaseProvider>().Select(provider =>
        {
            using var db = Context(provider);
            return string.Join('\n', db.Model.GetEntityTypes().Select(t => t.GetTableName()).Distinct().Order(StringComparer.Ordinal));
        }).ToList();

        Assert.Contains("ForumTopics", tables[0], StringComparison.Ordinal);
        Assert.Equal(tables[0], tables[1]);
        Assert.Equal(tables[0], tables[2]);
    }

    [Fact]
    public void SqlServerClient_TypesOfUserTypes_Load() =>
        Assert.NotNull(Assembly.Load("Microsoft.SqlServer.Server").GetType("Microsoft.SqlServer.Server.IBinarySerialize"));

    [Fact]
    public void SqlServerModel_CascadePaths_AtMostOneBetweenTwoTables()
    {
        using var db = Context(DatabaseProvider.SqlServer);

        Assert.Empty(DoubleCascades(db.Model));
    }

    [Fact]
    public void SqlServerModel_IndexedStrings_HaveALengthWithinTheKeyLimit()
    {
        using var db = Context(DatabaseProvider.SqlServer);

        Assert.Empty(TooLongKeys(db.Model));
    }

    [Fact]
    public void SqlServerRules_BrokenModel_AreFlagged()
    {
        var options = new DbContextOptionsBuilder<BrokenContext>().UseSqlServer("Server=x").Options;
        using var db = new BrokenContext(options);

        Assert.Equal(["Leaf"], DoubleCascades(db.Model));
        Assert.Equal(["Root.Name"], TooLongKeys(db.Model));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Script_EachProvider_IsTheKeptOne(DatabaseProvider provider)
    {
        using var db = Context(provider);
        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Default).ReplaceLineEndings("\n");
        var kept = Path.Combine(Repository.Root, "tests", "TerritoireCollab.Platform.Tests", "Data", "Scripts", $"{provider}.sql");

        if (Environment.GetEnvironmentVariable("TERRITOIRE_KEEP_SCRIPTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
            File.WriteAllText(kept, script, new UTF8Encoding(false));
        }

        Assert.True(File.Exists(kept), $"No kept script for {provider}: run the test once with TERRITOIRE_KEEP_SCRIPTS=1 and read the file before committing it.");
        Assert.Equal(File.ReadAllText(kept), script);
    }

    private static List<string> DoubleCascades(IModel model)
    {
        var cascades = model.GetEntityTypes().SelectMany(t => t.GetForeignKeys())
            .Where(k => k.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull && k.PrincipalEntityType != k.DeclaringEntityType)
            .Select(k => (From: k.PrincipalEntityType.GetTableName()!, To: k.DeclaringEntityType.GetTableName()!)).Where(c => c.From != c.To).ToList();
        int Paths(string from, string to) => cascades.Where(c => c.From == from).Sum(c => c.To == to ? 1 : Paths(c.To, to));
        var tables = cascades.SelectMany(c => new[] { c.From, c.To }).Distinct().ToList();
        return [.. tables.Where(to => tables.Any(from => from != to && Paths(from, to) > 1)).Order(StringComparer.Ordinal)];
    }

    // 1,700 bytes for an index, 900 for a clustered key; two bytes a character.
    private static List<string> TooLongKeys(IModel model) =>
    [
        .. model.GetEntityTypes().SelectMany(t => t.GetIndexes().Select(i => (i.Properties, Limit: 1700)).Concat(t.GetKeys().Select(k => (k.Properties, Limit: k.IsPrimaryKey() ? 900 : 1700))))
            .Where(k => k.Properties.Where(p => p.ClrType == typeof(string)).Sum(p => (p.GetMaxLength() ?? 1_000_000) * 2) > k.Limit)
            .Select(k => $"{k.Properties[0].DeclaringType.ClrType.Name}.{string.Join('+', k.Properties.Select(p => p.Name))}").Distinct().Order(StringComparer.Ordinal),
    ];

    private static AppDbContext Context(DatabaseProvider provider)
    {
        var services = new ServiceCollection();
        services.AddSingleton(new ModuleCatalog(ModuleList.Create()));
        services.AddData(new DatabaseOptions
        {
            Provider = provider,
            ConnectionString = provider switch { DatabaseProvider.Sqlite => "Data Source=:memory:", DatabaseProvider.PostgreSql => "Host=x", _ => "Server=x" },
        });
        return services.BuildServiceProvider().GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContext();
    }

    private sealed class BrokenContext(DbContextOptions<BrokenContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Root>().ToTable("Root").HasIndex(r => r.Name);
            modelBuilder.Entity<Branch>().ToTable("Branch").HasOne(b => b.Root).WithMany().OnDelete(DeleteBehavior.Cascade);
            var leaf = modelBuilder.Entity<Leaf>().ToTable("Leaf");
            leaf.HasOne(l => l.Root).WithMany().OnDelete(DeleteBehavior.Cascade);
            leaf.HasOne(l => l.Branch).WithMany().OnDelete(DeleteBehavior.Cascade);
        }

        private sealed class Root { public int Id { get; set; } public required string Name { get; set; } }

        private sealed class Branch { public int Id { get; set; } public required Root Root { get; set; } }

        private sealed class Leaf { public int Id { get; set; } public required Root Root { get; set; } public required Branch Branch { get; set; } }
    }
}
