using System.Text.Json;
using TerritoireCollab.Markup;
using TerritoireCollab.Platform.Search.French;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Testing;
using Xunit;

namespace TerritoireCollab.Text.Tests;

/// <summary>Alone in its process time: the last test measures CPU.</summary>
[CollectionDefinition(nameof(CorpusTests), DisableParallelization = true)]
public sealed class CorpusCollection;

[Collection(nameof(CorpusTests))]
public sealed class CorpusTests
{
    private static readonly TimeSpan CpuLimit = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("xss-dompurify")]
    [InlineData("xss-payloads")]
    public void Sanitizer_XssCorpus_LeavesNothingThatRuns(string corpus)
    {
        foreach (var item in Read(corpus).EnumerateArray())
        {
            var payload = item.GetProperty("payload").GetString()!;
            foreach (var text in new[] { payload, Uri.UnescapeDataString(payload) }.Distinct())
            {
                SafeHtml.AssertSafe(Sanitizer.Clean(text), text);
                SafeHtml.AssertForeignSafe(text);
                SafeHtml.AssertSafe(RichText.Render(text, RichTextContext.Empty), text);
                SafeHtml.AssertSafe(RichText.Render($"[x](<{text}>) ![x]({text}) <{text}>", RichTextContext.Empty), text);
            }
        }
    }

    [Fact]
    public void Render_CommonMarkExamples_AreSafeAndDoNotThrow()
    {
        foreach (var item in Read("commonmark-spec").EnumerateArray())
        {
            var markdown = item.GetProperty("markdown").GetString()!;
            SafeHtml.AssertSafe(RichText.Render(markdown, RichTextContext.Empty), markdown);
            SafeHtml.AssertSafe(Sanitizer.Clean(item.GetProperty("html").GetString()!), markdown);
            Assert.Equal(RichTextCheck.Accepted, RichText.Check(markdown));
        }
    }

    [Fact]
    public void Engine_NaughtyStrings_NeverThrows()
    {
        foreach (var item in Read("naughty-strings").EnumerateArray())
        {
            var text = item.GetProperty("s").GetString()!;
            SafeHtml.AssertSafe(RichText.Render(text, RichTextContext.Empty), text);
            Assert.True(Excerpt.Of(text, 20).Length <= 20);
            Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", Slug.Of(text));
            Assert.Equal(FrenchAnalyzer.Tokens(text), FrenchAnalyzer.Tokens(text));
            Assert.DoesNotContain(FrenchAnalyzer.Query(text), term => term.Stems.IsEmpty);
            var parts = Highlighter.Extract(text, FrenchAnalyzer.Query(text), 30);
            Assert.DoesNotContain(parts, part => part.Text.Length == 0);
            Assert.Equal(text.ReplaceLineEndings("\n"), string.Concat(TextDiff.Between("avant", text.ReplaceLineEndings("\n")).Where(part => part.Kind != DiffKind.Removed).Select(part => part.Text)));
        }
    }

    [Fact]
    public void Engine_PathologicalMarkdown_EndsWithinItsLimit()
    {
        foreach (var item in Read("markdown-pathological").EnumerateArray())
        {
            var name = item.GetProperty("name").GetString()!;
            var full = string.Concat(item.GetProperty("parts").EnumerateArray().Select(part => string.Concat(Enumerable.Repeat(part[0].GetString()!, part[1].GetInt32()))));
            foreach (var text in new[] { full, full[..Math.Min(full.Length, RichText.MaxLength)] })
            {
                AssertFast(name + ": render", () => SafeHtmlLight(RichText.Render(text, RichTextContext.Empty)));
                AssertFast(name + ": check", () => RichText.Check(text));
                AssertFast(name + ": clean", () => SafeHtmlLight(Sanitizer.Clean(text)));
                AssertFast(name + ": find", () => RichText.FindMentions(text).AddRange(RichText.FindReferences(text)));
                AssertFast(name + ": plain", () => PlainText.FromMarkdown(text));
                AssertFast(name + ": plain html", () => PlainText.FromHtml(text));
                AssertFast(name + ": excerpt", () => Excerpt.Of(text, 200));
                AssertFast(name + ": tokens", () => FrenchAnalyzer.Tokens(text));
                AssertFast(name + ": highlight", () => Highlighter.Extract(text, FrenchAnalyzer.Query("a b html"), 200));
                AssertFast(name + ": diff", () => TextDiff.Between(text, string.Concat(text.Reverse())));
            }
        }
    }

    private static string SafeHtmlLight(string html)
    {
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        return html;
    }

    private static void AssertFast(string what, Func<object> work)
    {
        var spent = ThreadTime.Of(() => work());
        Assert.True(spent < CpuLimit, $"{what} took {spent.TotalMilliseconds:F0} ms of CPU");
    }

    private static JsonElement Read(string corpus)
    {
        var file = Path.Combine(Folder(), corpus, corpus + ".json");
        if (!File.Exists(file))
        {
            Assert.Skip("skipped: not here");
        }

        return JsonDocument.Parse(File.ReadAllText(file)).RootElement;
    }

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable("TERRITOIRE_CORPORA") is { Length: > 0 } chosen)
        {
            return chosen;
        }

        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "TerritoireCollab.sln")))
        {
            root = root.Parent;
        }

        return Path.Combine(root?.FullName ?? ".", "..", "shared", "corpora");
    }
}
