using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Data;

/// <summary>The scripts that a database administrator would rather run than give the product the right to change tables.</summary>
public sealed class ScriptTests
{
    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Script_OnAnEmptyDatabase_LeavesNothingToMigrate(DatabaseProvider provider)
    {
        var folder = Directory.CreateTempSubdirectory("territoire-").FullName;
        var options = await Databases.CreateAsync(provider, folder);
        await using (var services = new ServiceCollection().AddSingleton(new ModuleCatalog(Rooms.All())).AddData(options).BuildServiceProvider())
        await using (var db = services.GetRequiredService<AppDb>().Open(Viewer.System))
        {
            var script = db.GetService<IMigrator>().GenerateScript();

            await db.Database.OpenConnectionAsync();
            // `GO` parts the batches for the tools of SQL Server; it is no word of its language.
            foreach (var batch in script.ReplaceLineEndings("\n").Split("\nGO\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // The script that the migrations make.
                command.CommandText = batch;
#pragma warning restore CA2100
                await command.ExecuteNonQueryAsync();
            }

            Assert.Empty(await db.Database.GetPendingMigrationsAsync());
            Assert.Equal(0, await db.Items.CountAsync(i => i.IsPinned));
        }

        await Databases.DropAsync(options);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Upgrade_FromBeforeTheColumn_PinnedStaysPinned(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var scene = new Scene(instance);
        var author = await scene.MemberAsync("Anne Auteure");
        var group = await scene.GroupAsync("Réunion", author);
        var (pinned, other) = (await scene.TopicAsync(group, author, "Le fil épinglé", "Message"), await scene.TopicAsync(group, author, "Un autre", "Message"));
        await using var db = instance.Open(Viewer.System);
        await db.Items.Where(i => i.ShortId == pinned).ExecuteUpdateAsync(set => set.SetProperty(i => i.PinnedAt, DateTime.UnixEpoch));
        var migrator = db.GetService<IMigrator>();

        await migrator.MigrateAsync("ProtectionKeys");
        await migrator.MigrateAsync();

        Assert.Equal([pinned], await db.Items.Where(i => i.IsPinned).Select(i => i.ShortId).ToListAsync());
        Assert.Equal([other], await db.Items.Where(i => !i.IsPinned).Select(i => i.ShortId).ToListAsync());
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Upgrade_FromMinutesOfTheWholeEvent_TheyAreThoseOfTheDateWherePeopleWere(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var scene = new Scene(instance);
        var author = await scene.MemberAsync("Anne Auteure");
        var group = await scene.GroupAsync("Réunion", author);
        var visitor = await instance.VisitorAsync(author);
        var once = await scene.EventAsync(group, author, "Une fois", inDays: -9);
        var weekly = await scene.EventAsync(group, author, "Chaque semaine", inDays: -28, with: d => d with { Repetition = new() { Frequency = Frequency.Weekly } });
        var (first, second) = ($"{scene.Now.AddDays(-9):yyyyMMdd}-1830", $"{scene.Now.AddDays(-21):yyyyMMdd}-1830");
        foreach (var (id, key) in new[] { (once, first), (weekly, second) })
            await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/compte-rendu?date={key}"), "[name='Text']", ("Text", $"Ce qui s’est dit : {key}."), ("Text1", "Recommencer"));
        await using var db = instance.Open(Viewer.System);
        var item = await db.Items.Where(i => i.ShortId == weekly).Select(i => i.Id).FirstAsync();
        db.Add(new Registration { ItemId = item, Key = DateTime.SpecifyKind(scene.Now.AddDays(-21).Date.AddHours(18.5), DateTimeKind.Utc), MemberId = author.Id, AnsweredAt = scene.Now, WasThere = true });
        await db.SaveChangesAsync();
        var migrator = db.GetService<IMigrator>();

        await migrator.MigrateAsync("AddFilesPollsAndGuests");
        await migrator.MigrateAsync();

        foreach (var (id, key) in new[] { (once, first), (weekly, second) })
        {
            var page = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}?date={key}");
            Assert.Contains($"Ce qui s’est dit : {key}.", page.Text, StringComparison.Ordinal);
            Assert.Contains("Recommencer", page.Text, StringComparison.Ordinal);
        }
    }
}
