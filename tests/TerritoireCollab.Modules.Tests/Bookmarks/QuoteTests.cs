using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Bookmarks.Quotes;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Bookmarks;

/// <summary>Passages quoted from the page of a bookmark, by their pages, without script: for the group or for oneself, rewritten, taken off.</summary>
public sealed class QuoteTests(BookmarkStage stage) : IClassFixture<BookmarkStage>, IAsyncLifetime
{
    private Group _group = null!;
    private Member _anne = null!;
    private Member _luc = null!;
    private Visitor _byAnne = null!;
    private Visitor _byLuc = null!;
    private Visitor _byZoe = null!;
    private string _page = "";

    public async ValueTask InitializeAsync()
    {
        (_luc, var zoe) = (await stage.Scene.MemberAsync("Luc Essai"), await stage.Scene.MemberAsync("Zoé Essai"));
        _anne = await stage.Scene.MemberAsync("Anne Essai");
        _group = await stage.Scene.GroupAsync("Groupe", _anne, members: [_luc, zoe]);
        (_byAnne, _byLuc, _byZoe) = (await stage.AsAsync(_anne), await stage.AsAsync(_luc), await stage.AsAsync(zoe));
        _page = $"/groupes/{_group.Slug}/favoris/{await stage.Scene.BookmarkAsync(_group, _anne, "La fiche", audience: Audience.Public)}";
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Quote_ForTheGroup_SignedUnderTheBookmarkForItsMembersAlone()
    {
        var quoted = await QuoteAsync(_byLuc, "Une phrase <b>à retenir</b>.", "Elle dit tout.");

        Assert.Contains("Le passage est cité.", quoted.Text, StringComparison.Ordinal);
        var seen = await _byZoe.OpenAsync(_page);
        Assert.Equal("Une phrase <b>à retenir</b>.", seen.Document.QuerySelector(".passage blockquote")!.TextContent.Trim());
        Assert.Contains("Elle dit tout.", seen.Text, StringComparison.Ordinal);
        Assert.Contains("cité par Luc Essai", seen.Text, StringComparison.Ordinal);
        Assert.Null(seen.Document.QuerySelector(".passage a[href$='/modifier']"));
        Assert.DoesNotContain("à retenir", (await stage.Instance.Stranger().OpenAsync(_page)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("à retenir", (await (await stage.AsAsync(await stage.Scene.MemberAsync("Ida Essai"))).OpenAsync(_page)).Text, StringComparison.Ordinal);
        await stage.Instance.SettleAsync();
        Assert.Contains("Luc Essai a marqué un passage de « La fiche »", (await _byAnne.OpenAsync("/moi/nouveautes")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quote_ForOneself_ReadAndChangedByNobodyElse()
    {
        var quoted = await QuoteAsync(_byLuc, "Pour mes archives.", "Rien qu’à moi.", isPrivate: true);
        var id = quoted.Document.QuerySelector(".passage")!.Id![2..];
        Assert.Contains("Pour moi seul", quoted.Document.QuerySelector(".passage")!.TextContent, StringComparison.Ordinal);

        await stage.Instance.SettleAsync();
        foreach (var other in new[] { _byAnne, _byZoe })
        {
            Assert.DoesNotContain("Pour mes archives.", (await other.OpenAsync(_page)).Text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await other.OpenAsync($"{_page}/passages/{id}/modifier")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync($"{_page}/passages/{id}/gestes", ("geste", "retirer-passage"))).Status);
            Assert.DoesNotContain("a marqué un passage", (await other.OpenAsync("/moi/nouveautes")).Text, StringComparison.Ordinal);
        }

        Assert.Contains("Pour mes archives.", (await _byLuc.OpenAsync(_page)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_ByItsAuthorAlone_RewrittenAndShared()
    {
        var form = await OpenEditAsync(_byLuc, await QuoteAsync(_byLuc, "Avant.", isPrivate: true));
        var saved = await _byLuc.SendAsync(form, "form.formulaire", ("Quote.Text", "Après."), ("Quote.IsPrivate", "false"));

        Assert.Contains("Le passage est enregistré.", saved.Text, StringComparison.Ordinal);
        Assert.Contains("Après.", (await _byZoe.OpenAsync(_page)).Text, StringComparison.Ordinal);
        var stale = await _byLuc.SendAsync(form, "form.formulaire", ("Quote.Text", "Trop tard."));
        Assert.True(stale.Refuses("Quote.Note"));
        Assert.Equal("Trop tard.", stale.ValueOf("Quote.Text"));
        // An animator takes words off, and does not rewrite those of others.
        Assert.Equal(HttpStatusCode.Forbidden, (await _byAnne.OpenAsync(form.Address)).Status);
    }

    [Fact]
    public async Task Remove_ByAnAnimator_GoneThenPutBackThenErasedByANight()
    {
        var quoted = await QuoteAsync(_byLuc, "À retirer.");
        var id = Guid.Parse(quoted.Document.QuerySelector(".passage")!.Id![2..]);
        Assert.Equal(HttpStatusCode.Forbidden, (await _byZoe.PostAsync($"{_page}/passages/{id:N}/gestes", ("geste", "retirer-passage"))).Status);

        var removed = await _byAnne.SendAsync(await _byAnne.OpenAsync(_page), "button[value='retirer-passage']");
        Assert.DoesNotContain("À retirer.", removed.Text, StringComparison.Ordinal);
        Assert.Contains("À retirer.", (await _byAnne.SendAsync(removed, "button[value='retablir-passage']")).Text, StringComparison.Ordinal);

        await _byLuc.PostAsync($"{_page}/passages/{id:N}/gestes", ("geste", "retirer-passage"));
        await using (var db = stage.Instance.Open(Viewer.System)) await db.Set<BookmarkQuote>().Where(q => q.Id == id).ExecuteUpdateAsync(set => set.SetProperty(q => q.RemovedAt, q => DateTime.UnixEpoch));
        await stage.Instance.Services.GetServices<IRecurringJob>().Single(j => j.Key == "favoris.passages").RunAsync(default);
        await using var after = stage.Instance.Open(Viewer.System);
        Assert.False(await after.Set<BookmarkQuote>().AnyAsync(q => q.Id == id));
    }

    [Fact]
    public async Task Quote_EmptyOrTooLong_SentenceAtTheFieldAndNothingLost()
    {
        foreach (var text in new[] { " ", new string('x', 1001) })
        {
            var refused = await QuoteAsync(_byLuc, text, "Ma note");
            Assert.True(refused.Refuses("Quote.Text"));
            Assert.Equal("Ma note", refused.ValueOf("Quote.Note"));
        }
    }

    [Fact]
    public async Task Share_WithASelection_ProposedAsAPassageThatSaysWhyByItself()
    {
        var shared = await _byLuc.OpenAsync($"/favoris/partager?url={Uri.EscapeDataString("https://ville.invalid/choisi")}&title=Vu&quote={Uri.EscapeDataString("Un passage choisi.")}");
        var form = await _byLuc.OpenAsync("/" + shared.Document.QuerySelectorAll("main .liste a").Single(a => a.TextContent.Contains("Groupe", StringComparison.Ordinal)).GetAttribute("href"));
        Assert.Equal(("Un passage choisi.", ""), (form.ValueOf("Input.Passage"), form.ValueOf("Input.Body")));

        var added = await _byLuc.SendAsync(form, "form.formulaire");
        Assert.Contains("Le lien est dans les favoris du groupe.", added.Text, StringComparison.Ordinal);
        Assert.Equal("Un passage choisi.", added.Document.QuerySelector(".passage blockquote")!.TextContent.Trim());

        var again = await _byZoe.OpenAsync($"/groupes/{_group.Slug}/favoris/nouveau?adresse={Uri.EscapeDataString("https://ville.invalid/choisi")}&titre=Vu&passage=Un+autre.");
        Assert.Contains("Un autre.", (await _byZoe.SendAsync(again, "form.formulaire")).Document.QuerySelectorAll(".passage blockquote").Select(q => q.TextContent.Trim()));
    }

    [Fact]
    public async Task Quote_ByAProgram_ReadByThoseWhoReadItOnThePageAndTakenOff()
    {
        var address = $"bookmarks/{_page.Split('/')[^1]}/quotes";
        using var program = await stage.Instance.ProgramAsync(_luc.Id);
        using var other = await stage.Instance.ProgramAsync(_anne.Id);
        using var outside = await stage.Instance.ProgramAsync((await stage.Scene.MemberAsync("Ida Essai")).Id);

        using var shared = await program.PostAsJsonAsync(address, new { text = "Pour nous tous", note = "À lire" });
        using var kept = await program.PostAsJsonAsync(address, new { text = "Pour moi", isPrivate = true });
        using var empty = await program.PostAsJsonAsync(address, new { text = " " });
        var (own, theirs) = (await TextsAsync(program, address), await TextsAsync(other, address));
        using var unseen = await outside.GetAsync(address);
        using var removed = await other.DeleteAsync($"{address}/{(await shared.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid()}");

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity], [shared.StatusCode, kept.StatusCode, empty.StatusCode]);
        Assert.Equal(["Pour nous tous", "Pour moi (privé)"], own);
        Assert.Equal(["Pour nous tous"], theirs);
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NoContent], [unseen.StatusCode, removed.StatusCode]);
        Assert.Equal(["Pour moi (privé)"], await TextsAsync(program, address));
        Assert.DoesNotContain("Pour nous tous", (await _byZoe.OpenAsync(_page)).Text, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> TextsAsync(HttpClient program, string address) =>
        [.. (await program.GetFromJsonAsync<JsonElement>(address)).GetProperty("items").EnumerateArray().Select(q => q.GetProperty("text").GetString() + (q.GetProperty("isPrivate").GetBoolean() ? " (privé)" : ""))];

    private async Task<VisitedPage> QuoteAsync(Visitor visitor, string text, string note = "", bool isPrivate = false) =>
        await visitor.SendAsync(await visitor.OpenAsync("/" + (await visitor.OpenAsync(_page)).Document.QuerySelector("#passages a[href*='citer=oui']")!.GetAttribute("href")), "#citer", ("Quote.Text", text), ("Quote.Note", note), ("Quote.IsPrivate", isPrivate ? "true" : "false"));

    private static async Task<VisitedPage> OpenEditAsync(Visitor visitor, VisitedPage page) => await visitor.OpenAsync("/" + page.Document.QuerySelector(".passage a[href$='/modifier']")!.GetAttribute("href"));
}
