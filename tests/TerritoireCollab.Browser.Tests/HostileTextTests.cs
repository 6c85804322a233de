using Microsoft.Playwright;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>Hostile texts in every field, in a real browser, with the Content-Security-Policy and without it: nothing runs.</summary>
public sealed partial class HostileTextTests(Chromium chromium, HostileScene scene) : IClassFixture<HostileScene>
{
    private const int PostsInAPage = 20;

    // At the start of a field it says how the field is written.
    private const char ByteOrderMark = '\uFEFF';

    [Fact]
    public async Task Trap_WhereAScriptDoesRun_CatchesIt()
    {
        await using var trap = await TrapAsync(withPolicy: false);
        await trap.OpenAsync("/groupes");
        await trap.Page.EvaluateAsync("""() => { document.querySelector('main').insertAdjacentHTML('beforeend', '<a href="javascript:alert(1)">ici</a><b onmouseover="window.__xss = 2">ici</b>'); history.replaceState(null, '', '/groupes'); }""");

        await trap.ProvokeAsync("/groupes");

        Assert.Single(trap.Caught);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OwnTexts_InEveryField_NeverRun(bool withPolicy)
    {
        await using var trap = await TrapAsync(withPolicy);

        // With the policy it is enough to see that it had nothing to stop.
        foreach (var address in scene.Addresses.Where((_, index) => !withPolicy || index % 3 == 0)) await trap.OpenAsync(address);

        Assert.Empty(trap.Caught);
    }

    [Fact]
    public async Task OwnTexts_AsTitles_ShownAsTheyWereTyped()
    {
        await using var window = await WindowAsync();
        var page = await window.NewPageAsync();
        var shown = new List<string>();
        foreach (var address in scene.Addresses.Where(a => a.EndsWith("/forum", StringComparison.Ordinal)))
        {
            await page.GotoAsync(address);
            shown.AddRange(await page.Locator(".liste h2 a").EvaluateAllAsync<string[]>("links => links.map(l => l.textContent)"));
        }

        Assert.Equal(HostileTexts.Own.Select(t => t.ReplaceLineEndings(" ").Trim()), shown);
    }

    [Theory]
    [InlineData("xss-dompurify", "payload")]
    [InlineData("naughty-strings", "s")]
    [InlineData("xss-payloads", "payload")]
    public async Task Corpus_AsAnswers_NeverRuns(string corpus, string field)
    {
        var texts = HostileTexts.Corpus(corpus, field).Where(t => !string.IsNullOrWhiteSpace(t) && t.Length < 20_000 && !HostileTexts.IsUnreadable(t)).ToList();
        var group = await scene.Scene.GroupAsync(corpus, scene.Owner);
        var topic = await scene.Scene.TopicAsync(group, scene.Owner, corpus);
        foreach (var text in texts) await scene.Scene.AnswerAsync(topic, scene.Owner, text);
        var thread = (await new Visitor(await scene.Instance.SignedInAsync(scene.Owner.Id)).OpenAsync($"/c/{topic}")).Address;

        var pages = Enumerable.Range(1, (texts.Count + PostsInAPage - 1) / PostsInAPage).ToList();
        var caught = await Task.WhenAll(ReadAsync(thread, pages.Where(p => p % 2 == 0)), ReadAsync(thread, pages.Where(p => p % 2 == 1)));

        Assert.Empty(caught.SelectMany(c => c));
    }

    [Fact]
    public async Task Corpus_AsTitles_NeverRunsAndReadsAsTyped()
    {
        var titles = HostileTexts.Corpus("xss-payloads", "payload").Select(t => t.Trim()).Where(t => t.Length is > 0 and <= 200 && !t.AsSpan().ContainsAny('\r', '\n')).Where((_, index) => index % 12 == 0).ToList();
        var group = await scene.Scene.GroupAsync("Titres", scene.Owner);
        foreach (var title in titles) await scene.Scene.TopicAsync(group, scene.Owner, title);
        await using var trap = await TrapAsync(withPolicy: false);
        var shown = new List<string>();

        for (var page = 1; page <= (titles.Count + 24) / 25; page++)
        {
            await trap.OpenAsync($"/groupes/{group.Slug}/forum?page={page}");
            shown.AddRange(await trap.Page.Locator(".liste h2 a").EvaluateAllAsync<string[]>("links => links.map(l => l.textContent)"));
        }

        Assert.Empty(trap.Caught);
        Assert.Equal(titles.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task UnreadableSign_InTitleAndText_RefusedAndKept()
    {
        var group = await scene.Scene.GroupAsync("Signes", scene.Owner);
        var hands = new Visitor(await scene.Instance.SignedInAsync(scene.Owner.Id));

        var after = await hands.SendAsync(await hands.OpenAsync($"/groupes/{group.Slug}/forum/nouveau"), "textarea[name='Input.Body']", ("Input.Title", "Prix\u0080"), ("Input.Body", "Cinq\u0080, étiqueté."));

        Assert.True(after.Refuses("Input.Title"));
        Assert.True(after.Refuses("Input.Body"));
        Assert.Contains("Ce texte contient un signe illisible.", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NaughtyStrings_InTitleAndText_ComeBackCodePointForCodePoint()
    {
        var group = await scene.Scene.GroupAsync("Chaînes", scene.Owner);
        var hands = new Visitor(await scene.Instance.SignedInAsync(scene.Owner.Id));
        var wrong = new List<string>();
        foreach (var text in HostileTexts.Corpus("naughty-strings", "s").Where(t => !string.IsNullOrWhiteSpace(t.Trim(ByteOrderMark))))
            if (await ComesBackAsync(hands, group, text.Trim(ByteOrderMark)) is { } fault) wrong.Add(fault);

        Assert.Empty(wrong);
    }

    private static async Task<string?> ComesBackAsync(Visitor hands, Group group, string text)
    {
        var after = await hands.SendAsync(await hands.OpenAsync($"/groupes/{group.Slug}/forum/nouveau"), "textarea[name='Input.Body']", ("Input.Title", text), ("Input.Body", text));
        if (after.Refuses("Input.Title") || after.Refuses("Input.Body"))
            return Readable(after.ValueOf("Input.Title")) == Readable(text) && Readable(after.ValueOf("Input.Body")) == Readable(text) ? null : $"refused, and lost: {text}";
        if (after.Document.QuerySelector("h1")?.TextContent is not { } title || title != text.Trim()) return $"title: {text} became {after.Document.QuerySelector("h1")?.TextContent} ({after.Status})";

        var edit = await hands.OpenAsync(after.Address.Split('?')[0] + "/modifier");
        return edit.ValueOf("Input.Body")?.Trim() == text.ReplaceLineEndings("\n").Trim() ? null : $"text: {text} became {edit.ValueOf("Input.Body")}";
    }

    // What HTML reads as another sign, which is why it is refused, is left out on both sides.
    private static string Readable(string? text) => Unreadable().Replace((text ?? "").ReplaceLineEndings("\n"), "").Trim();

    [System.Text.RegularExpressions.GeneratedRegex("[\u0080-\u009F€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")]
    private static partial System.Text.RegularExpressions.Regex Unreadable();

    private async Task<IReadOnlyCollection<string>> ReadAsync(string thread, IEnumerable<int> pages)
    {
        await using var trap = await TrapAsync(withPolicy: false);
        foreach (var page in pages) await trap.OpenAsync($"{thread}?page={page}");
        return trap.Caught;
    }

    private async Task<IBrowserContext> WindowAsync() => await chromium.WindowAsync(scene.Instance.Address, await scene.Instance.SessionAsync(scene.Owner.Id));

    private async Task<Trap> TrapAsync(bool withPolicy) => await Trap.SetAsync(await WindowAsync(), scene.Instance.Address, withPolicy);
}
