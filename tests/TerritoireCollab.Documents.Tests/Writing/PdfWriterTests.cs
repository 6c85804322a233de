using System.Diagnostics;
using System.Text;
using TerritoireCollab.Documents.Writing;
using TerritoireCollab.Documents.Writing.Pdf;

namespace TerritoireCollab.Documents.Tests.Writing;

/// <summary>PDF that we write, read by poppler-utils where it is installed.</summary>
public sealed class PdfWriterTests
{
    [Fact]
    public async Task Write_ABitOfEverything_TextInTheOrderOfReading()
    {
        var text = Words(await AskAsync("pdftotext", Write(Samples.Of(Samples.Minutes)), "-", ["-enc", "UTF-8", "-raw"]));

        string[] order = ["Compte rendu du 12 mars", "Ana Pichon, jeudi 12 mars 2026", "Présents", "Une élue, un agent et l’école « Les Cèdres »", "Deuxième ligne, barrée", "Décisions", "Nettoyer la source", "avec l’école",
            "1. en avril", "2. ou en mai", "Poser trois bancs", "3. Troisième", "4. Quatrième", "1. Recommence", "☑ Convoquer", "☐ Rédiger", "Tronçon", "Montant", "Nord", "12,50 €", "Sud", "8 €", "Citation", "On ira tous,", "Sauf l’hiver.", "if (a < b && c) // trois blancs", "piège", "Fin."];
        Assert.Equal(order, order.Where(words => text.Contains(words, StringComparison.Ordinal)));
        Assert.Equal(order.Select(words => text.IndexOf(words, StringComparison.Ordinal)).Order(), order.Select(words => text.IndexOf(words, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Write_Anything_TaggedWithTitleLanguageAndPages()
    {
        var bytes = Write(Samples.Of(Samples.Minutes));
        var said = await AskAsync("pdfinfo", bytes, null, []);

        string Of(string field) => said.Split('\n').Single(line => line.StartsWith(field + ":", StringComparison.Ordinal)).Split(':', 2)[1].Trim();
        Assert.Equal(("yes", "Compte rendu du 12 mars", "Ana Pichon", "595.28 x 841.89 pts (A4)"), (Of("Tagged"), Of("Title"), Of("Author"), Of("Page size")));
        Assert.Contains("/Lang", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        Assert.Contains("fr-FR", Encoding.Latin1.GetString(bytes).Replace("\0", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_ABitOfEverything_StructureOfHeadingsListsTableLinksAndPicture()
    {
        var structure = await AskAsync("pdfinfo", Write(Samples.Of(Samples.Minutes)), null, ["-struct"]);

        string[] elements = ["Document", "H1", "H2", "H3", "H4", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "BlockQuote", "Code", "Link", "Figure"];
        var found = structure.Split('\n').Select(line => line.Trim().Split(' ', '(', ':')[0]).ToHashSet();
        Assert.Equal(elements, elements.Where(found.Contains));
    }

    [Fact]
    public async Task Write_Links_OnlyThoseThatLeadSafely()
    {
        var links = await AskAsync("pdfinfo", Write(Samples.Of(Samples.Minutes)), null, ["-url"]);

        Assert.Contains("https://exemple.test/sentier?a=1&b=2", links, StringComparison.Ordinal);
        Assert.Contains("https://territoire.test/groupes/chemins", links, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript", links, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_LongTable_HeaderOnEachPageAndEveryRowOnce()
    {
        var rows = Enumerable.Range(1, 300).Select(i => $"| rang-{i}- | {i} € |");

        var text = await AskAsync("pdftotext", Write(Samples.Of("| Quoi | Combien |\n| --- | ---: |\n" + string.Join('\n', rows))), "-", ["-enc", "UTF-8", "-layout"]);

        var pages = text.TrimEnd('\f').Split('\f');
        Assert.InRange(pages.Length, 5, 30);
        Assert.All(pages, page => Assert.Contains("Combien", page, StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(1, 300), Enumerable.Range(1, 300).Where(i => text.Split($"rang-{i}-").Length == 2));
        Assert.Equal(Enumerable.Range(1, pages.Length).Select(n => $"{n}"), pages.Select(page => page.TrimEnd().Split('\n')[^1].Trim()));
    }

    public static TheoryData<string> Odd => new(
        "",
        new string('m', 20_000),
        "- " + new string('n', 5_000),
        "| A |\n| --- |\n| " + new string('o', 5_000) + " |",
        "| A | B |\n| --- | --- |\n| " + string.Join(' ', Enumerable.Repeat("longue cellule", 4_000)) + " | x |",
        "|" + string.Concat(Enumerable.Repeat(" colonne |", 80)) + "\n|" + string.Concat(Enumerable.Repeat(" --- |", 80)) + "\n|" + string.Concat(Enumerable.Repeat(" valeur |", 80)),
        string.Concat(Enumerable.Range(0, 30).Select(i => new string(' ', i * 2) + "- niveau\n")),
        string.Concat(Enumerable.Repeat("> ", 60)) + "profond",
        "\u0001\uD800 \u200b\ufe0f 😀 العربية 漢字 a\u0301 \u00ad",
        "#\n\n-\n\n>\n\n| |\n| - |\n| |\n\n```\n```\n\n![](/images/pont.png)",
        string.Concat(Enumerable.Repeat("![Le pont](/images/pont.png) ", 12)),
        "```\n" + new string('x', 5_000) + "\n\n\tfin\n```");

    [Theory, MemberData(nameof(Odd))]
    public async Task Write_OddDocument_OpensWithItsPages(string markdown) =>
        Assert.Contains("Tagged:          yes", await AskAsync("pdfinfo", Write(Samples.Of(markdown)), null, []), StringComparison.Ordinal);

    [Fact]
    public void Write_RandomDocuments_NeverThrows()
    {
        SkipWithoutFonts();
        var random = new Random(20_261_129);
        for (var i = 0; i < 25; i++)
        {
            using var output = new MemoryStream();
            PdfWriter.Write(new() { Title = Noise(random, 30), Modified = DateTimeOffset.UnixEpoch, ShowsTitle = random.Next(2) == 0, Author = Noise(random, 10), Description = Noise(random, 10), Blocks = Blocks(random, 0) }, output);
            Assert.True(output.ToArray() is [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..]);
        }
    }

    [Fact]
    public void Write_DamagedPicture_ItsWordsInItsPlace()
    {
        SkipWithoutFonts();
        using var output = new MemoryStream();

        PdfWriter.Write(new() { Title = "T", Modified = DateTimeOffset.UnixEpoch, Blocks = [new WrittenParagraph([new WrittenImage("Le pont", "image/png", 10, 10, () => new MemoryStream([1, 2, 3]))])] }, output);

        Assert.True(output.Length > 0);
    }

    [Fact]
    public void Fonts_NoneInTheFolders_None()
    {
        using var folder = new FakeProgram("true");

        Assert.Null(PdfFonts.Of([folder.Path, "/nulle/part"]));
    }

    private static IReadOnlyList<WrittenBlock> Blocks(Random random, int depth) => [.. Enumerable.Range(0, random.Next(depth > 4 ? 1 : 6)).Select(_ => BlockOf(random, depth))];

    private static WrittenBlock BlockOf(Random random, int depth) => random.Next(7) switch
    {
        0 => new WrittenHeading(random.Next(-1, 9), Inlines(random)),
        1 => new WrittenList([.. Enumerable.Range(0, random.Next(4)).Select(_ => new WrittenItem(Blocks(random, depth + 1), random.Next(3) switch { 0 => null, 1 => true, _ => false }))], random.Next(2) == 0, random.Next(100_000)),
        2 => new WrittenTable([.. Enumerable.Range(0, random.Next(5)).Select(_ => Inlines(random))], [.. Enumerable.Range(0, random.Next(40)).Select(_ => (IReadOnlyList<IReadOnlyList<WrittenInline>>)[.. Enumerable.Range(0, random.Next(30)).Select(_ => Inlines(random))])], [(WrittenAlignment)random.Next(3)]),
        3 => new WrittenQuote(Blocks(random, depth + 1)),
        4 => new WrittenCode(Noise(random, 300)),
        5 => new WrittenRule(),
        _ => new WrittenParagraph(Inlines(random)),
    };

    private static IReadOnlyList<WrittenInline> Inlines(Random random) => [.. Enumerable.Range(0, random.Next(8)).Select(_ => InlineOf(random))];

    private static WrittenInline InlineOf(Random random) => random.Next(10) switch
    {
        0 => new WrittenBreak(),
        1 => new WrittenImage(Noise(random, 5), random.Next(2) == 0 ? "image/png" : "image/webp", random.Next(3_000), random.Next(3_000), () => new MemoryStream(Samples.Png)),
        _ => new WrittenText(Noise(random, 120), (WrittenStyle)random.Next(16), random.Next(4) == 0 ? "https://exemple.test/" + Noise(random, 10) : null),
    };

    private static string Noise(Random random, int most)
    {
        var text = new StringBuilder();
        for (var left = random.Next(most); left > 0; left--)
            text.Append(random.Next(6) switch { 0 => " ", 1 => "\n", 2 => char.ConvertFromUtf32(random.Next(0x1f300, 0x1f600)), 3 => ((char)random.Next(0x10000)).ToString(), _ => ((char)random.Next('a', 'z')).ToString() });
        return text.ToString();
    }

    private static byte[] Write(WrittenDocument document)
    {
        SkipWithoutFonts();
        using var output = new MemoryStream();
        PdfWriter.Write(document, output);
        return output.ToArray();
    }

    private static void SkipWithoutFonts() => Assert.SkipUnless(PdfWriter.IsAvailable, "skipped: not here");

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static async Task<string> AskAsync(string program, byte[] pdf, string? output, string[] options)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, "skipped: not here");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, pdf, TestContext.Current.CancellationToken);
            string[] arguments = [.. options, file, .. output is null ? Array.Empty<string>() : [output]];
            using var process = Process.Start(new ProcessStartInfo(found!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 })!;
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, await errors);
            return said;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
