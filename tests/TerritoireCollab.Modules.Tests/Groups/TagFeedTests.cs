using System.Net;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Groups;

/// <summary>The feed of a list that is narrowed to a tag.</summary>
public sealed class TagFeedTests(Stage stage) : IClassFixture<Stage>
{
    [Fact]
    public async Task FeedOfTag_ListNarrowedToIt_LeadsToWhatBearsItAlone()
    {
        var (anne, luc) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.Scene.GroupAsync("Étiquettes", anne, members: luc);
        await stage.Scene.TopicAsync(group, anne, "La fibre au col", tags: "Très haut débit, col");
        await stage.Scene.TopicAsync(group, anne, "Le marché d’hiver", tags: "marché");
        var byLuc = await stage.AsAsync(luc);

        var list = await byLuc.OpenAsync($"/groupes/{group.Slug}/forum?etiquette=tres-haut-debit");
        var address = list.Document.QuerySelector("main a[href*='flux.atom']")!.GetAttribute("href")!;
        var (feed, whole) = (await byLuc.OpenAsync("/" + address), await byLuc.OpenAsync($"/groupes/{group.Slug}/flux.rss?etiquette=tres-haut-debit"));

        Assert.Equal($"/{address}", list.Document.QuerySelector("head link[rel=alternate][href*='etiquette']")?.GetAttribute("href") is { } head ? "/" + head : null);
        foreach (var read in new[] { feed, whole })
        {
            Assert.Contains("La fibre au col", read.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("Le marché", read.Body, StringComparison.Ordinal);
            Assert.Contains("étiquette « Très haut débit »", WebUtility.HtmlDecode(read.Body), StringComparison.Ordinal);
            Assert.Contains("?etiquette=tres-haut-debit", read.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task FeedOfTag_NobodySignedIn_OnlyWhatIsPublic()
    {
        var anne = await stage.Scene.MemberAsync("Anne Essai");
        var group = await stage.Scene.GroupAsync("Étiquettes ouvertes", anne);
        await stage.Scene.TopicAsync(group, anne, "Fil ouvert", audience: Audience.Public, tags: "col, neige");
        await stage.Scene.TopicAsync(group, anne, "Fil réservé", tags: "col, pluie");
        var nobody = stage.Instance.Stranger();

        var shared = await nobody.OpenAsync($"/groupes/{group.Slug}/forum/flux.atom?etiquette=col");
        var hidden = await nobody.OpenAsync($"/groupes/{group.Slug}/forum/flux.atom?etiquette=pluie");
        var absent = await nobody.OpenAsync($"/groupes/{group.Slug}/forum/flux.atom?etiquette=soleil");

        Assert.Contains("Fil ouvert", shared.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Fil réservé", shared.Body, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (hidden.Status, absent.Status));
    }
}
