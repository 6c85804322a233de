namespace TerritoireCollab.Platform.Modules.Demo;

/// <summary>What a room adds to the demo territory. Members and groups are there when it runs; found by injection.</summary>
public interface IDemoSeed
{
    /// <summary>Place among the seeds.</summary>
    int Order { get; }

    /// <summary>Adds its contents. Everything is drawn from forks of <see cref="DemoContext.Random"/>, so that the same day and scale give the same territory.</summary>
    Task SeedAsync(DemoContext context, CancellationToken cancellation);
}
