using TerritoireCollab.Web.Commands;
using TerritoireCollab.Web.Hosting;

// French is the neutral language; a request in English sets its own.
System.Globalization.CultureInfo.DefaultThreadCurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("fr-FR");
System.Globalization.CultureInfo.DefaultThreadCurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("fr-FR");

try
{
    if (CommandLine.IsCommand(args)) return await CommandLine.RunAsync(args);

    await using var app = WebHost.Build(args);
    await app.PrepareDatabaseAsync();
    await app.RunAsync();
    return 0;
}
catch (BadConfigurationException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return BadConfigurationException.ExitCode;
}

/// <summary>The entry point, public for the tests that start the host.</summary>
public partial class Program;
