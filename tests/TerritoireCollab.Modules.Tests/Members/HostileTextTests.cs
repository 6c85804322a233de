using System.Net;
using System.Text.Json;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Members;

/// <summary>Whatever is typed into a profile is stored and shown as text, or refused with a sentence; never an error, never a script.</summary>
public sealed class HostileTextTests(Stage stage) : IClassFixture<Stage>
{
    // Enough of a large corpus, spread over it.
    private const int Most = 300;

    private Instance Instance => stage.Instance;

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' OR '1'='1")]
    [InlineData("\u202Egnp.exe")]
    [InlineData("a\0b")]
    [InlineData("﷽﷽﷽ 👩‍👩‍👧‍👦 Z̷̢̛a̶l̷g̶o̷")]
    [InlineData("@{1+1} {{7*7}} ${7*7} %s%n")]
    public async Task Profile_AnyText_ShownAsItIsOrRefused(string text) => await TryAsync(await NewAsync(), text);

    [Theory]
    [InlineData("naughty-strings", "s")]
    [InlineData("injection-strings", "value")]
    [InlineData("xss-payloads", "payload")]
    public async Task Profile_EveryStringOfACorpus_ShownAsItIsOrRefused(string corpus, string name)
    {
        var file = Path.Combine(Environment.GetEnvironmentVariable("TERRITOIRE_CORPORA") ?? "", corpus, corpus + ".json");
        if (!File.Exists(file)) Assert.Skip("skipped: not here");
        var owner = await NewAsync();
        var (shown, tried) = (0, 0);

        var all = JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement.EnumerateArray().Select(e => e.TryGetProperty(name, out var value) ? value.GetString() : null).OfType<string>().Where(t => t.Length > 0).ToList();
        foreach (var text in all.Where((_, i) => i % (1 + (all.Count / Most)) == 0))
        {
            tried++;
            if (await TryAsync(owner, text)) shown++;
        }

        Assert.True(tried > 50, $"{tried} tried");
        Assert.True(shown > tried / 2, $"{shown} of {tried} shown");
    }

    private async Task<(Member Member, Visitor Visitor, VisitedPage Form)> NewAsync()
    {
        var member = await stage.Scene.MemberAsync("Odile Essai");
        var visitor = await Instance.VisitorAsync(member);
        return (member, visitor, await visitor.OpenAsync("/moi"));
    }

    // Whether it was taken. What is shown is what was typed, but for spaces, and no element comes of it.
    private static async Task<bool> TryAsync((Member Member, Visitor Visitor, VisitedPage Form) owner, string text)
    {
        var saved = await owner.Visitor.SendAsync(owner.Form, "[name='FullName']", ("Function", text), ("Presentation", text));
        Assert.True(saved.Status == HttpStatusCode.OK, $"{saved.Status}: {text}");
        var isTaken = saved.Address == "/moi?fait=profil";
        if (!isTaken)
        {
            Assert.True(saved.Refuses("Function") || saved.Refuses("Presentation"), text);
            return false;
        }

        var page = await owner.Visitor.OpenAsync($"/annuaire/{owner.Member.Handle}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var main = page.Document.QuerySelector("main")!;
        // A byte order mark at the beginning of a field is taken for the encoding, and control characters are a browser's to write.
        if (text[0] != '\uFEFF' && !text.Any(char.IsControl) && !text.Any(char.IsSurrogate)) Assert.Contains(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), page.Text, StringComparison.Ordinal);
        Assert.Empty(main.QuerySelectorAll("script, iframe, object, embed, style, form, [style]"));
        Assert.DoesNotContain(main.QuerySelectorAll("*"), e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)));
        return true;
    }
}
