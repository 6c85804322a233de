using TerritoireCollab.Admin.Outbox;
using TerritoireCollab.Web.Hosting;

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
        foreach (var step in trial.Steps) Console.WriteLine($"{step.Name}\t{step.Outcome}{(step.Detail is { } said ? "\t" + said : "")}");
        await Console.Error.WriteLineAsync(trial.Verdict);
        return trial.HasLeft ? CommandLine.Done : CommandLine.Refused;
    }
}
