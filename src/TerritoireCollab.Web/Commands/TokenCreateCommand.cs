using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Web.Hosting;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary><c>token create</c>: prints a personal API token, once.</summary>
internal static class TokenCreateCommand
{
    public static readonly Command Command = new()
    {
        Name = "token create", Usage = "token create --email E [--scope read|write]", Options = ["email", "scope"], RunAsync = RunAsync,
    };

    private static async Task<int> RunAsync(IHost house, Arguments arguments, CancellationToken cancellation)
    {
        var scope = (arguments.Option("scope") ?? "read") switch
        {
            "read" => AccessKeyScope.ApiRead,
            "write" => AccessKeyScope.ApiWrite,
            var other => throw new UsageException(CommandTexts.UnknownScope.With(other)),
        };
        await DatabaseStartup.MigrateAsync(house.Services, cancellation);
        if (await ActiveMembers.FindAsync(house, arguments.Required("email"), cancellation) is not { } member) return CommandLine.Refused;

        var token = await house.Services.GetRequiredService<AccessKeys>().CreateAsync(member, scope, CommandTexts.TokenLabel, cancellation);
        await Console.Error.WriteLineAsync(CommandTexts.TokenCreated);
        Console.WriteLine(token);
        return CommandLine.Done;
    }
}
