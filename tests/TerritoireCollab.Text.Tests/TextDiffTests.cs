using TerritoireCollab.Platform.Text;
using Xunit;

namespace TerritoireCollab.Text.Tests;

public sealed class TextDiffTests
{
    [Fact]
    public void Between_OneWordChanged_ShowsIt() =>
        Assert.Equal(
            [
                new(DiffKind.Kept, "La réunion de "),
                new(DiffKind.Removed, "mardi"),
                new(DiffKind.Added, "jeudi"),
                new(DiffKind.Kept, " à Die."),
            ],
            TextDiff.Between("La réunion de mardi à Die.", "La réunion de jeudi à Die."));

    [Fact]
    public void Between_SeveralWordsChanged_AreOneChange() =>
        Assert.Equal(
            [new(DiffKind.Removed, "un deux"), new(DiffKind.Added, "trois quatre"), new(DiffKind.Kept, " fin")],
            TextDiff.Between("un deux fin", "trois quatre fin"));

    [Fact]
    public void Between_SameTexts_KeepsAll()
    {
        Assert.Equal([new(DiffKind.Kept, "a\nb")], TextDiff.Between("a\r\nb", "a\nb"));
        Assert.Empty(TextDiff.Between("", ""));
        Assert.Equal([new(DiffKind.Added, "a")], TextDiff.Between("", "a"));
    }

    [Fact]
    public void Between_Graphemes_StayWhole() =>
        Assert.Equal(
            [new(DiffKind.Removed, "👩‍🌾e\u0301"), new(DiffKind.Added, "👩‍🚒e\u0301")],
            TextDiff.Between("👩‍🌾e\u0301", "👩‍🚒e\u0301"));

    [Theory]
    [InlineData(20, 5)]
    [InlineData(400, 60)]
    [InlineData(9_000, 3_000)]
    [InlineData(60_000, 2)]
    public void Between_RandomTexts_GivesBothBack(int words, int lineEvery)
    {
        var random = new Random(words);
        var older = Text(random, words, lineEvery);
        var newer = Text(random, words, lineEvery);

        var parts = TextDiff.Between(older, newer);

        Assert.Equal(older, string.Concat(parts.Where(part => part.Kind != DiffKind.Added).Select(part => part.Text)));
        Assert.Equal(newer, string.Concat(parts.Where(part => part.Kind != DiffKind.Removed).Select(part => part.Text)));
        Assert.DoesNotContain(parts, part => part.Text.Length == 0);
        Assert.DoesNotContain(parts.Zip(parts.Skip(1)), pair => pair.First.Kind == pair.Second.Kind);
    }

    [Fact]
    public void Between_LongTextsWithTwoEdits_ShowsOnlyThem()
    {
        var page = string.Concat(Enumerable.Range(0, 2_500).Select(i => $"Ligne {i} de la page.\n"));
        var edited = page.Replace("Ligne 12 de", "Ligne douze de", StringComparison.Ordinal).Replace("Ligne 2400 de", "Ligne 2400 bis de", StringComparison.Ordinal);

        var changes = TextDiff.Between(page, edited).Where(part => part.Kind != DiffKind.Kept);

        Assert.Equal([new(DiffKind.Removed, "12"), new(DiffKind.Added, "douze"), new(DiffKind.Added, " bis")], changes);
    }

    private static string Text(Random random, int words, int lineEvery)
    {
        string[] vocabulary = ["commune", "de", "Die", "l’élue", "fibre", ",", "réseau", "2026", "  "];
        return string.Concat(Enumerable.Range(1, words).Select(i => vocabulary[random.Next(vocabulary.Length)] + (i % lineEvery == 0 ? "\n" : " ")));
    }
}
