using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Sources asked for real, of a server on this machine: from the address that an animator types to the card that a member reads.</summary>
public sealed class FetchSourcesTests : FetchTest
{
    [Fact]
    public async Task Source_FoundFromItsSite_FollowedAndItsNewsInThePool()
    {
        var (group, animator) = await SetAsync();
        var feed = Answer;
        Answer = e => e.Path == "/flux.xml" ? feed(e) : e.WriteAsync("200 OK\nContent-Type: text/html", "<title>Ville</title><link rel=alternate type=application/rss+xml href=/flux.xml>"u8.ToArray());

        var found = await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/veille/sources/ajouter"), "form:has([name='Address'])", ("Address", Root));
        var followed = await animator.SendAsync(found, "form:has([name='Input.Address'])", ("Input.Folder", "Communes"));
        await FetchAsync();
        var pool = await animator.OpenAsync($"/groupes/{group.Slug}/veille");
        var sources = await animator.OpenAsync($"/groupes/{group.Slug}/veille/sources");

        Assert.Contains("La fibre arrive aux Granges", found.Text, StringComparison.Ordinal);
        Assert.Contains("La source est suivie", followed.Text, StringComparison.Ordinal);
        Assert.Contains("Le marché revient sur la place", pool.Text, StringComparison.Ordinal);
        Assert.Contains("Ville d’Exemple", sources.Text, StringComparison.Ordinal);
        Assert.Contains("À jour ; dernier article le 23 novembre", sources.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200 OK\nContent-Type: text/html", "<p>Rien ici.</p>", "Aucun flux n’a été trouvé")]
    [InlineData("404 Not Found", "", "introuvable (erreur 404)")]
    [InlineData("503 Service Unavailable", "", "en panne (erreur 503)")]
    public async Task Address_WithoutAFeed_SentenceAtTheFieldAndTextKept(string head, string body, string sentence)
    {
        var (group, animator) = await SetAsync();
        Answer = e => e.WriteAsync(head, Encoding.UTF8.GetBytes(body));

        var refused = await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/veille/sources/ajouter"), "form:has([name='Address'])", ("Address", Root));

        Assert.True(refused.Refuses("Address"));
        Assert.Equal(Root, refused.ValueOf("Address"));
        Assert.Contains(sentence, refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_OfTwoGroups_AskedOnce()
    {
        var ((first, one), (second, other)) = (await SetAsync(), await SetAsync());
        await FollowAsync(first, one);
        await FollowAsync(second, other);

        await FetchAsync();
        await FetchAsync();

        Assert.Equal(["/flux.xml"], Server.Paths);
        foreach (var (group, animator) in new[] { (first, one), (second, other) })
            Assert.Contains("La fibre arrive aux Granges", (await animator.OpenAsync($"/groupes/{group.Slug}/veille")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_Unchanged_AskedByItsValidatorAndNothingTwice()
    {
        var (group, animator) = await SetAsync();
        await FollowAsync(group, animator);
        await FetchAsync();
        Answer = e => e.WriteAsync("304 Not Modified", []);

        Instance.Clock.Advance(TimeSpan.FromDays(1.2));
        await FetchAsync();

        Assert.Equal("\"un\"", Server.Exchanges.Last().Header("If-None-Match"));
        Assert.Equal(2, Server.Paths.Count);
        var source = await SourceAsync();
        Assert.Equal((SourceFault.None, 0), (source.Fault, source.Failures));
        Assert.True(source.NextFetchAt > Now, "It would be asked at once.");
    }

    [Fact]
    public async Task Source_ThatBreaks_SaidInWordsAndItsNewsKept()
    {
        var (group, animator) = await SetAsync();
        await FollowAsync(group, animator);
        await FetchAsync();
        Answer = e => e.WriteAsync("200 OK\nContent-Type: text/html", "<p>Site en travaux</p>"u8.ToArray());

        Instance.Clock.Advance(TimeSpan.FromDays(1.2));
        await FetchAsync();

        var page = await animator.OpenAsync($"/groupes/{group.Slug}/veille/sources?filtre=panne");
        Assert.Contains("Cette adresse ne donne plus un flux", page.Text, StringComparison.Ordinal);
        Assert.Contains("Le marché revient sur la place", (await animator.OpenAsync($"/groupes/{group.Slug}/veille")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_GoneForGood_AskedNoMoreUntilSomebodyRetries()
    {
        var (group, animator) = await SetAsync();
        await FollowAsync(group, animator);
        Answer = e => e.WriteAsync("410 Gone", []);
        await FetchAsync();
        await LiveAsync(10);
        var asked = Server.Paths.Count;
        var page = await animator.OpenAsync($"/groupes/{group.Slug}/veille/sources?filtre=panne");
        await animator.SendAsync(page, "button[value='relancer']");
        await FetchAsync();

        Assert.Equal((1, 2), (asked, Server.Paths.Count));
        Assert.Contains("fermé pour de bon", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_MovedForGood_ProposedAfterThreeDaysAndFollowedByTheAnimator()
    {
        var (group, animator) = await SetAsync();
        var feed = Answer;
        Answer = e => e.Path == "/nouveau.xml" ? feed(e) : e.WriteAsync($"301 Moved Permanently\nLocation: {Root}/nouveau.xml", []);
        await FollowAsync(group, animator);
        await FetchAsync();
        var early = await animator.OpenAsync($"/groupes/{group.Slug}/veille/sources");
        for (var day = 0; day < 4; day++)
        {
            Instance.Clock.Advance(TimeSpan.FromDays(1.2));
            await FetchAsync();
        }

        var late = await animator.OpenAsync($"/groupes/{group.Slug}/veille/sources");
        var moved = await animator.SendAsync(late, "button[value='deplacer']");

        Assert.Null(early.Document.QuerySelector("button[value='deplacer']"));
        Assert.Contains("suivie à sa nouvelle adresse", moved.Text, StringComparison.Ordinal);
        await using var db = Instance.Open(Viewer.System);
        Assert.Equal($"{Root}/nouveau.xml", await db.Set<GroupSource>().Where(s => s.GroupId == group.Id).Select(s => s.Source!.Address).SingleAsync());
    }
}
