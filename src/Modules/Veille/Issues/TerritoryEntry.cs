using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Resources;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Issues;

/// <summary>
/// « Veille » in the main navigation, once a group serves the territory. Every page asks for it: who may read the revue is kept in memory for
/// half a minute. What is read at <c>/veille</c> never comes from there.
/// </summary>
internal sealed class TerritoryEntry(AppDb database, TimeProvider clock) : ISiteEntry
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(30);

    private Kept? _kept;

    /// <inheritdoc />
    public int Order => 20;

    /// <summary>Shown to whoever may read the revue without being in its group; its members have the group's own tab.</summary>
    public async ValueTask<SiteEntry?> ReadAsync(bool isSignedIn, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (_kept is not { } kept || now - kept.ReadAt >= Age)
        {
            await using var db = database.Open(Viewer.Anonymous);
            _kept = kept = new((await TerritoryVeille.FindAsync(db, cancellation))?.Audience, now);
        }

        return kept.Audience is { } audience && (audience == Audience.Public || (isSignedIn && audience == Audience.Platform))
            ? new SiteEntry(VeilleTexts.Veille, "veille", "newspaper")
            : null;
    }

    private sealed record Kept(Audience? Audience, DateTimeOffset ReadAt);
}
