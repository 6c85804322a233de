using TerritoireCollab.Admin.Outbox;
using TerritoireCollab.Platform;
using TerritoireCollab.Web.Hosting;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary><c>mail test</c>: sends a trial mail to a member at once, and tells step by step what the mail server said.</summary>
internal static class MailTestCommand
{
    public static readonly Command Command = new() { Name = "mail test", Usage = "mail test --email E", Options = ["email"], RunAsync = RunAsync };

    private static async Task<int> RunAsync(IHost house, Arguments arguments, CancellationToken cancellation)
    {
        await DatabaseStartup.MigrateAsync(house.Services, cancellation);
        if (await ActiveMembers.FindAsync(house, arguments.Required("email"), cancellation) is not { } member) return CommandLine.Refused;

        var trial = await house.Services.GetRequiredService<TryMail>().ToAsync(member, cancellation);
        foreach (var step in trial.Steps) Console.WriteLine($"{step.Name}\t{WordOf(step)}{(step.Detail is { } said ? "\t" + said : "")}");
        await Console.Error.WriteLineAsync((trial.HasLeft ? CommandTexts.TrialGone : CommandTexts.TrialStuck).With(trial.Address));
        return trial.HasLeft ? CommandLine.Done : CommandLine.Refused;
    }

    private static string WordOf(TrialStep step) => step.IsDone switch { true => CommandTexts.StageGood, false => CommandTexts.StageBad, null => CommandTexts.StageNot };
}
