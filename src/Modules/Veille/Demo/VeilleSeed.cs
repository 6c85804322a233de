using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Veille.Outlets;

namespace TerritoireCollab.Veille.Demo;

/// <summary>The veille of the demo territory: written for the first group of that name, of phrases for its copies; and the sites that it reads.</summary>
internal sealed class VeilleSeed(PlatformOptions platform, OutletSecrets secrets) : IDemoSeed
{
    private const string Pattern = "veille-numerique";

    /// <inheritdoc />
    public int Order => 20;

    /// <inheritdoc />
    public async Task SeedAsync(DemoContext context, CancellationToken cancellation)
    {
        var texts = context.Texts.Read<WatchSource>("veille");
        var diary = new WatchDiary(context, texts);
        BulkVeille? before = null;
        foreach (var group in context.Groups.Where(g => g.Pattern == Pattern).OrderBy(g => g.Copy))
        {
            if (group.Copy == 1) await new WrittenVeille(context, texts, diary, group, secrets).SeedAsync(cancellation);
            else before = await new BulkVeille(context, texts, group).SeedAsync(before, cancellation);
        }

        await new ShelfWriter(context, platform, texts, diary).WriteAsync(cancellation);
    }
}
