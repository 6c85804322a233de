using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Web.Hosting;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary><c>user create</c>: makes an account and prints a link that signs in once.</summary>
internal static class UserCreateCommand
{
    public static readonly Command Command = new()
    {
        Name = "user create", Usage = "user create --email E --name \"N\" [--admin]", Options = ["email", "name"], Flags = ["admin"], RunAsync = RunAsync,
    };

    private static async Task<int> RunAsync(IHost house, Arguments arguments, CancellationToken cancellation)
    {
        var input = new NewMember { Name = arguments.Required("name"), Email = arguments.Required("email"), IsAdmin = arguments.Has("admin") };
        await DatabaseStartup.MigrateAsync(house.Services, cancellation);
        var accounts = house.Services.GetRequiredService<NewMembers>();
        var member = await accounts.CreateAsync(input, cancellation);
        var link = await accounts.SignInLinkAsync(member, NewMembers.LongLink, cancellation);
        await Console.Error.WriteLineAsync(CommandTexts.UserCreated.With(member.Name, NewMembers.LongLink.TotalDays));
        Console.WriteLine(link);
        return CommandLine.Done;
    }
}
