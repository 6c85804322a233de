using System.Text.Json;

namespace TerritoireCollab.Browser.Tests;

/// <summary>Texts that try to run as script wherever they are shown. Each one that runs calls <c>alert</c> or sets <c>window.__xss</c>.</summary>
internal static class HostileTexts
{
    /// <summary>Forty of our own, one a way of getting in: markup, attributes, addresses, Markdown, broken nesting, other namespaces.</summary>
    public static IReadOnlyList<string> Own { get; } =
    [
        "<script>alert(1)</script>",
        "<scr<script>ipt>alert(2)</scr</script>ipt>",
        "</script><script>window.__xss=3</script>",
        "</title><script>alert(4)</script>",
        "</textarea><script>alert(5)</script>",
        "--><script>alert(6)</script><!--",
        "]]><script>alert(7)</script>",
        "<img src=x onerror=alert(8)>",
        "<img/src='x'/onerror='window.__xss=9'>",
        "<IMG SRC=x OnErRoR=\"alert(10)\"",
        "\"><img src=x onerror=alert(11)>",
        "'><img src=x onerror=alert(12)>",
        "\" onmouseover=\"alert(13)\" x=\"",
        "' onfocus='alert(14)' autofocus tabindex=1 x='",
        "`onclick=alert(15)`",
        "<b onmouseover=alert(16)>passez ici</b>",
        "<p tabindex=0 onfocus=alert(17)>ici</p>",
        "<details open ontoggle=alert(18)><summary>ici</summary></details>",
        "<input autofocus onfocus=alert(19)>",
        "<svg onload=alert(20)>",
        "<svg><script>alert(21)</script></svg>",
        "<svg><animate onbegin=alert(22) attributeName=x dur=1s>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(23)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(24)>\">",
        "<style>@import 'javascript:alert(25)';</style>",
        "<p style=\"background:url(javascript:alert(26))\">ici</p>",
        "<iframe srcdoc=\"<script>parent.__xss=27</script>\"></iframe>",
        "<object data=\"data:text/html,<script>alert(28)</script>\"></object>",
        "<a href=\"javascript:alert(29)\">ici</a>",
        "<a href=\" &#106;avascript:alert(30)\">ici</a>",
        "<a href=\"java\tscript:alert(31)\">ici</a>",
        "<form action=\"javascript:alert(32)\"><button>ici</button></form>",
        "<base href=\"javascript:alert(33)//\"><a href=\"/\">ici</a>",
        "<meta http-equiv=refresh content=\"0;url=javascript:alert(34)\">",
        "[ici](javascript:alert(35))",
        "[ici](<java\nscript:alert(36)>)",
        "![ici](x \"onerror=alert(37)\")",
        "[ici]: data:text/html;base64,PHNjcmlwdD5hbGVydCgzOCk8L3NjcmlwdD4=\n\n[ici]",
        "<javascript:alert(39)>",
        "{{constructor.constructor('window.__xss=40')()}}<template><script>alert(40)</script></template>",
    ];

    /// <summary>Whether a field refuses the text, for a sign in it that no page can hold.</summary>
    public static bool IsUnreadable(string text) => text.AsSpan().ContainsAnyInRange('\u0080', '\u009F') || text.Contains('\0', StringComparison.Ordinal);

    /// <summary>Those of a corpus; skips where there is none.</summary>
    /// <param name="name">Its folder and file.</param>
    /// <param name="field">The field of an entry that holds the text.</param>
    public static IReadOnlyList<string> Corpus(string name, string field)
    {
        var folder = Environment.GetEnvironmentVariable("TERRITOIRE_CORPORA");
        var file = folder is null ? null : Path.Combine(folder, name, name + ".json");
        if (!File.Exists(file)) Assert.Skip("skipped: not here");

        using var entries = JsonDocument.Parse(File.ReadAllBytes(file!));
        return [.. entries.RootElement.EnumerateArray().Select(e => e.GetProperty(field).GetString()!)];
    }
}
