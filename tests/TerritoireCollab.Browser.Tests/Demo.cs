using TerritoireCollab.Platform.Access;
using TerritoireCollab.Testing;
using Microsoft.EntityFrameworkCore;

[assembly: AssemblyFixture(typeof(TerritoireCollab.Browser.Tests.Demo))]

namespace TerritoireCollab.Browser.Tests;

/// <summary>An instance with the demo territory, with everything running as in production; started once for all tests that only look.</summary>
public sealed class Demo : IAsyncLifetime
{
    /// <summary>The instance.</summary>
    public Instance Instance { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => Instance = await Instance.StartAsync(jobs: true, settings: ("Territoire:Demo", "true"));

    /// <summary>A session of a demo account.</summary>
    public async Task<string> SessionAsync(string email)
    {
        await using var db = Instance.Open(Viewer.System);
        return await Instance.SessionAsync(await db.Members.Where(m => m.Email == email).Select(m => m.Id).SingleAsync());
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Instance.DisposeAsync();
}
