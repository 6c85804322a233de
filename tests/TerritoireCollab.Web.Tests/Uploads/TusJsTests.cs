using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests.Uploads;

/// <summary>The client that the pages use, run under node: it judges whether we speak tus.</summary>
public sealed class TusJsTests
{
    [Fact]
    public async Task Client_KilledInTheMiddle_ResumesAndEnds()
    {
        var packages = Path.Combine(Repository.Root, "src", "TerritoireCollab.Ui");
        if (!Directory.Exists(Path.Combine(packages, "node_modules", "tus-js-client"))) Assert.Skip("skipped: the packages are not here");

        await using var instance = await Instance.StartAsync();
        var member = await new Scene(instance).MemberAsync("Zita Aouste");
        var bytes = RandomNumberGenerator.GetBytes(2_100_000);
        var file = Path.Combine(instance.Folder, "film.bin");
        await File.WriteAllBytesAsync(file, bytes);
        string[] arguments = [Path.Combine(Repository.Root, "tests", "TerritoireCollab.Web.Tests", "Uploads", "tus.mjs"), packages, new Uri(instance.Address, "depots").ToString(), $"session={await instance.SessionAsync(member.Id)}", file, Path.Combine(instance.Folder, "memoire.json")];

        var killed = await RunAsync([.. arguments, "4"]);
        Assert.NotEqual(0, killed.Status);
        await using (var db = instance.Open(Viewer.System)) Assert.Null((await db.Uploads.SingleAsync()).FileId);
        var ended = await RunAsync(arguments);

        Assert.Equal(("", 0), (ended.Error, ended.Status));
        // Eleven pieces in all: those that had come were not sent again.
        Assert.InRange(int.Parse(ended.Output.Split(' ')[0], CultureInfo.InvariantCulture), 1, 7);
        await using var after = instance.Open(Viewer.System);
        var upload = await after.Uploads.Include(u => u.File).SingleAsync();
        Assert.Equal(("film été.bin", Convert.ToHexStringLower(SHA256.HashData(bytes))), (upload.Name, upload.File!.Sha256));
    }

    private static async Task<(int Status, string Output, string Error)> RunAsync(string[] arguments)
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
            await node.WaitForExitAsync();
            return (node.ExitCode, await output, await error);
        }
        catch (Win32Exception)
        {
            Assert.Skip("skipped: node is not here");
            throw;
        }
    }
}
