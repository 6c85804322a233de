using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Maintenance;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary><c>verify</c>: one line a check; fails when one of them does.</summary>
internal static class VerifyCommand
{
    public static readonly Command Command = new() { Name = "verify", Usage = "verify", RunAsync = RunAsync };

    private static async Task<int> RunAsync(IHost house, Arguments arguments, CancellationToken cancellation)
    {
        var results = await house.Services.GetRequiredService<CheckIntegrity>().ExecuteAsync(cancellation);
        foreach (var result in results) Console.WriteLine($"{(result.IsSound ? CommandTexts.Sound : CommandTexts.Unsound),-7} {result.Sentence}");

        var wrong = results.Count(r => !r.IsSound);
        if (wrong == 0) return CommandLine.Done;

        await Console.Error.WriteLineAsync(CommandTexts.ChecksFailed.With(wrong, results.Count));
        return CommandLine.Refused;
    }
}
