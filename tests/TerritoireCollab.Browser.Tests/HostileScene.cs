using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>An instance whose people, groups, threads, tags and files are all called by the hostile texts of our own.</summary>
public sealed class HostileScene : IAsyncLifetime
{
    private readonly List<string> _addresses = [];

    /// <summary>The instance.</summary>
    public Instance Instance { get; private set; } = null!;

    /// <summary>What is written beside the hostile texts.</summary>
    public Scene Scene { get; private set; } = null!;

    /// <summary>An administrator, who owns every group and reads all of it.</summary>
    public Member Owner { get; private set; } = null!;

    /// <summary>Every page that shows some of the texts.</summary>
    public IReadOnlyList<string> Addresses => _addresses;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Instance = await Instance.StartAsync();
        Scene = new Scene(Instance);
        Owner = await Scene.MemberAsync("Maud Fontclaire", admin: true);
        _addresses.AddRange(["/", "/groupes", "/groupes?page=2", "/annuaire", "/annuaire?page=2", "/moi/nouveautes", "/moi/notifications", "/administration", "/administration/membres", "/administration/journal"]);
        foreach (var text in HostileTexts.Own) await WriteAsync(text);
        await Instance.SettleAsync();
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Instance.DisposeAsync();

    private async Task WriteAsync(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        var author = await Scene.MemberAsync(Cut(line, 100));
        var group = await Scene.GroupAsync(Cut(line, 100), Owner, members: author);
        await using (var db = Instance.Open(Viewer.System))
        {
            await db.Members.Where(m => m.Id == author.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Function, Cut(line, 100)).SetProperty(m => m.Commune, Cut(line, 100)).SetProperty(m => m.Presentation, text));
            await db.Groups.Where(g => g.Id == group.Id).ExecuteUpdateAsync(set => set
                .SetProperty(g => g.Summary, Cut(line, 200)).SetProperty(g => g.Purpose, text).SetProperty(g => g.Welcome, text).SetProperty(g => g.Charter, text).SetProperty(g => g.JoinQuestion, Cut(line, 300)).SetProperty(g => g.CharterVersion, 1));
        }

        var topic = await Scene.TopicAsync(group, author, Cut(line, 200), text, tags: Cut(line, 40), question: true, files: await Scene.FileAsync(line + ".txt", text));
        await Scene.AnswerAsync(topic, author, text, files: await Scene.FileAsync("x", text));
        _addresses.AddRange([
            $"/groupes/{group.Slug}", $"/groupes/{group.Slug}/forum", $"/groupes/{group.Slug}/forum/{topic}?citer=1", $"/annuaire/{author.Handle}", $"/recherche?q={Uri.EscapeDataString(text)}",
            $"/groupes/{group.Slug}/reglages", $"/groupes/{group.Slug}/forum/{topic}/modifier", $"/connexion?retour={Uri.EscapeDataString("/" + text)}",
        ]);
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
