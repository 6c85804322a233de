using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Maintenance;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Testing;
using TerritoireCollab.Web.Demo;

namespace TerritoireCollab.Web.Tests.Commands;

/// <summary>The demo territory: whole or not at all.</summary>
public sealed class DemoTests
{
    private const string Mark = "demo.en-cours";

    [Fact]
    public async Task Demo_KilledHalfWay_ErasedAndSeededAgainThenRefused()
    {
        var folder = Directory.CreateTempSubdirectory("territoire-").FullName;
        (string, string)[] here = [("Territoire__DataDirectory", folder)];
        await KillHalfWayAsync(folder, here);

        // A server that is not asked for a demo does not take the half for the whole.
        var server = await ProductProcess.RunAsync(["--urls", "http://127.0.0.1:0"], here);
        var again = await ProductProcess.RunAsync(["demo"], here);
        var twice = await ProductProcess.RunAsync(["demo"], here);
        var verified = await ProductProcess.RunAsync(["verify"], here);

        Assert.Equal(78, server.ExitCode);
        Assert.Contains("la commande demo", Assert.Single(server.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Equal((0, ""), (again.ExitCode, again.Errors));
        Assert.Matches("263 membres, 9 groupes, ", again.Output);
        Assert.Equal((1, ""), (twice.ExitCode, twice.Output));
        Assert.Contains("contient déjà des comptes", twice.Errors, StringComparison.Ordinal);
        Assert.True(verified.ExitCode == 0, verified.Output);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Demo_HalfWayWithSomebodysAccount_RefusedAndTheAccountKept()
    {
        await using var instance = await Instance.StartAsync();
        await new Scene(instance).MemberAsync("Anne Essai");
        await MarkAsync(instance, "une-autre-machine|1|2020-01-01T00:00:00.0000000+00:00");

        var refusal = await Assert.ThrowsAsync<MaintenanceException>(() => SeedAsync(instance));

        Assert.Contains("quelqu’un y a déjà un compte", refusal.Message, StringComparison.Ordinal);
        await using var db = instance.Open(Viewer.System);
        Assert.Equal(1, await db.Members.CountAsync());
    }

    [Fact]
    public async Task Demo_BeingSeededByAProcessThatLives_RefusedWithoutTouchingIt()
    {
        await using var instance = await Instance.StartAsync();
        await using var db = instance.Open(Viewer.System);
        using var living = Process.Start(new ProcessStartInfo("sleep", ["60"]))!;
        var now = instance.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddMinutes(1);
        await MarkAsync(instance, $"{Environment.MachineName}|{living.Id}|{now:O}");

        var refusal = await Assert.ThrowsAsync<MaintenanceException>(() => SeedAsync(instance));
        living.Kill();
        await living.WaitForExitAsync();
        var counts = await SeedAsync(instance);

        Assert.Contains("attendez qu’il ait fini", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((263, 9), (counts!.Members, counts.Groups));
        Assert.False(await db.Settings.AnyAsync(s => s.Key == Mark));
    }

    private static Task<DemoCounts?> SeedAsync(Instance instance) => ActivatorUtilities.CreateInstance<DemoTerritory>(instance.Services).SeedAsync(1, default);

    private static async Task MarkAsync(Instance instance, string value)
    {
        await using var db = instance.Open(Viewer.System);
        db.Settings.Add(new Setting { Key = Mark, Value = value });
        await db.SaveChangesAsync();
    }

    private static async Task KillHalfWayAsync(string folder, (string, string)[] here)
    {
        using var seeding = ProductProcess.Start(["demo"], here);
        var watch = Stopwatch.StartNew();
        while (!HasMembers(folder))
        {
            Assert.False(seeding.HasExited, "The seeding ended before it was seen.");
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), "The seeding does not begin.");
            await Task.Delay(10);
        }

        seeding.Kill();
        await seeding.WaitForExitAsync();
        Assert.True(HasMembers(folder));
    }

    private static bool HasMembers(string folder)
    {
        var path = Path.Combine(folder, "territoire.db");
        if (!File.Exists(path)) return false;

        try
        {
            using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM Members";
            return (long)command.ExecuteScalar()! > 0;
        }
        catch (SqliteException)
        {
            // Not there yet, or being written.
            return false;
        }
    }
}
