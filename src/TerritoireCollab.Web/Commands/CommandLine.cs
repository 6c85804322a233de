using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Maintenance;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary>The commands of the executable. A command never starts the web server; results go to stdout, messages to stderr.</summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int WrongUsage = 2;

    private static readonly IReadOnlyList<Command> Commands =
    [
        MigrateCommand.Command,
        DemoCommand.Command,
        UserCreateCommand.Command,
        TokenCreateCommand.Command,
        MailTestCommand.Command,
        BackupCommand.Command,
        RestoreCommand.Command,
        VerifyCommand.Command,
        WorkCommand.Command,
        FeedInspectCommand.Command,
        OpmlInspectCommand.Command,
        MailInspectCommand.Command,
        IcsInspectCommand.Command,
    ];

    public static bool IsCommand(string[] args) => args is [var name, ..] && !name.StartsWith('-');

    public static async Task<int> RunAsync(string[] args)
    {
        if (Commands.FirstOrDefault(c => c.IsNamedBy(args)) is not { } command)
        {
            await Console.Error.WriteLineAsync(CommandTexts.UnknownCommand.With(args[0]));
            foreach (var known in Commands) await Console.Error.WriteLineAsync("  " + known.Usage);
            return WrongUsage;
        }

        try
        {
            return await RunAsync(command, args[command.Words.Count..]);
        }
        catch (UsageException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            await Console.Error.WriteLineAsync(CommandTexts.Usage.With(command.Usage));
            return WrongUsage;
        }
        catch (Exception refusal) when (refusal is MaintenanceException or InvalidInputException or IOException or UnauthorizedAccessException or System.Data.Common.DbException or Microsoft.EntityFrameworkCore.DbUpdateException)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return Refused;
        }
    }

    private static async Task<int> RunAsync(Command command, string[] rest)
    {
        // The arguments are read first: wrong usage opens nothing.
        var arguments = Arguments.Parse(rest, command);
        using var interruption = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            interruption.Cancel();
        };
        try
        {
            if (command.RunAloneAsync is { } alone) return await alone(arguments, interruption.Token);

            using var house = CommandHost.Build(command.IsService);
            return await command.RunAsync!(house, arguments, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(CommandTexts.Interrupted);
            return Refused;
        }
    }
}
