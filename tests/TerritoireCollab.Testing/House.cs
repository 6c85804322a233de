using Xunit;

namespace TerritoireCollab.Testing;

/// <summary>One running instance for all tests of a class, whose clock moves when told to. Each test brings its own people.</summary>
public sealed class House : IAsyncLifetime
{
    /// <summary>The instance.</summary>
    public Instance Instance { get; private set; } = null!;

    /// <summary>Its people and groups.</summary>
    public Scene Scene { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Instance = await Instance.StartAsync(manualClock: true);
        Scene = new Scene(Instance);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Instance.DisposeAsync();
}
