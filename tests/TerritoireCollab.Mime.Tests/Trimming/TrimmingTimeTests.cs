using TerritoireCollab.Mime.Trimming;
using TerritoireCollab.Testing;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Trimming;

[CollectionDefinition(nameof(TrimmingTimeTests), DisableParallelization = true)]
public sealed class TrimmingTimeTestsAlone;

/// <summary>Each text is done within 50 ms, whatever it is; measured while no other test runs.</summary>
[Collection(nameof(TrimmingTimeTests))]
public sealed class TrimmingTimeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(50);

    public static TheoryData<string, string> Monsters => new()
    {
        { "signs of quotation", new string('>', 4_000_000) },
        { "spaces", new string(' ', 4_000_000) },
        { "no line end", string.Concat(Enumerable.Repeat("Le 3 nov. 2026 à 14:02, a écrit : ", 100_000)) },
        { "blank lines", new string('\n', 2_000_000) },
        { "quoted spaces", string.Concat(Enumerable.Repeat("> ", 1_500_000)) },
        { "introductions", string.Concat(Enumerable.Repeat("Le mar. 3 nov. 2026 à 14:02, Camille <c@exemple.test> a écrit :\n", 100_000)) },
        { "beginnings of introductions", string.Concat(Enumerable.Repeat("3 nov. 2026 14:02 Camille Durand <c@exemple.test\n", 100_000)) },
        { "names", string.Concat(Enumerable.Repeat("Camille Durand <c@exemple.test>\n", 100_000)) },
        { "headers", string.Concat(Enumerable.Repeat("De : Camille Durand\n", 100_000)) },
        { "announcements", "x\n" + string.Concat(Enumerable.Repeat("> -----Message d'origine-----\n", 100_000)) },
        { "rules", string.Concat(Enumerable.Repeat("---\n", 300_000)) },
        { "low rules", string.Concat(Enumerable.Repeat("______\nx\n\n", 200_000)) },
        { "signatures", string.Concat(Enumerable.Repeat("--\n\n", 300_000)) },
        { "notices", string.Concat(Enumerable.Repeat("Ce message et toutes les pièces jointes sont confidentiels et destinés\n", 100_000)) },
        { "quotes and answers", string.Concat(Enumerable.Repeat("> question\nréponse\n", 100_000)) },
        { "quoted introductions and answers", string.Concat(Enumerable.Repeat("> Le 03/11/2026 à 14:02, Camille a écrit :\nréponse\n", 100_000)) },
        { "half a marker", string.Concat(Enumerable.Repeat("Répondez au-dessus\n", 100_000)) },
        { "combining accents", new string('\u0301', 1_000_000) },
    };

    public static TheoryData<string, string> MonstersOfHtml => new()
    {
        { "nested blocks", string.Concat(Enumerable.Repeat("<div>", 90_000)) + "x" },
        { "nested quotations", string.Concat(Enumerable.Repeat("<blockquote>x", 30_000)) },
        { "ends of nothing", string.Concat(Enumerable.Repeat("<b>", 50_000)) + string.Concat(Enumerable.Repeat("</i>", 50_000)) },
        { "open tag", "<a " + string.Concat(Enumerable.Repeat("a=b ", 100_000)) },
        { "lists", string.Concat(Enumerable.Repeat("<ol><li>x", 30_000)) },
        { "breaks", string.Concat(Enumerable.Repeat("<br>", 100_000)) + "x" },
        { "signs", new string('<', 400_000) },
        { "links", string.Concat(Enumerable.Repeat("<a href=\"https://exemple.test/\">x</a>", 10_000)) },
    };

    [Fact]
    public void M13_EachMailOfTheCorpus_TakesNoTime()
    {
        if (!ReplyCorpus.IsHere) Assert.Skip("skipped: not here");

        foreach (var mail in ReplyCorpus.Read().Where(mail => mail.Kind != "eml"))
        {
            var body = mail.Read();
            AssertQuick(mail.Id, () => mail.Kind == "html" ? ReplyTrimmer.TrimHtml(body) : ReplyTrimmer.Trim(body));
        }
    }

    [Theory]
    [MemberData(nameof(Monsters))]
    public void Trim_Monster_TakesNoTime(string name, string text) => AssertQuick(name, () => ReplyTrimmer.Trim(text));

    [Theory]
    [MemberData(nameof(MonstersOfHtml))]
    public void TrimHtml_Monster_TakesNoTime(string name, string html) => AssertQuick(name, () => ReplyTrimmer.TrimHtml(html));

    // The best of several: what is measured is the rules, not the compiler.
    private static void AssertQuick(string name, Func<TrimmedReply> trim)
    {
        var best = ThreadTime.Best(() => Assert.NotNull(trim()), Limit, attempts: 20);

        Assert.True(best < Limit, $"{name}: {best.TotalMilliseconds:F1} ms");
    }
}
