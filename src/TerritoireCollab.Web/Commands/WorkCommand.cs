using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Web.Hosting;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary><c>work</c>: runs the background jobs without the web server, until it is stopped or, with <c>--once</c>, until nothing is due.</summary>
internal static class WorkCommand
{
    public static readonly Command Command = new() { Name = "work", Usage = "work [--once]", Flags = ["once"], IsService = true, RunAsync = RunAsync };

    private static async Task<int> RunAsync(IHost house, Arguments arguments, CancellationToken cancellation)
    {
        await DatabaseStartup.OpenAsync(house.Services, cancellation);
        if (!arguments.Has("once"))
        {
            await house.RunAsync(cancellation);
            return CommandLine.Done;
        }

        var dispatched = await house.Services.GetRequiredService<Dispatcher>().RunOnceAsync(cancellation);
        await house.Services.GetRequiredService<DueJobs>().RunAsync(cancellation);
        foreach (var worker in house.Services.GetServices<IWorker>()) await worker.RunOnceAsync(cancellation);
        // What the rooms did may have to be told.
        dispatched += await house.Services.GetRequiredService<Dispatcher>().RunOnceAsync(cancellation);
        var sent = await house.Services.GetRequiredService<MailWorker>().RunOnceAsync(cancellation);
        Console.WriteLine(CommandTexts.WorkDone.With(dispatched, sent));
        return CommandLine.Done;
    }
}
