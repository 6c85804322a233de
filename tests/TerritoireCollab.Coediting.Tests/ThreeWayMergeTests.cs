namespace TerritoireCollab.Coediting.Tests;

public sealed class ThreeWayMergeTests
{
    [Theory]
    [InlineData("un\ndeux\ntrois\n", "UN\ndeux\ntrois\n", "un\ndeux\nTROIS\n", "UN\ndeux\nTROIS\n")]
    [InlineData("un\ndeux\n", "un\ndeux\ntrois\n", "zéro\nun\ndeux\n", "zéro\nun\ndeux\ntrois\n")]
    [InlineData("La réunion de mardi à Die.", "La réunion de jeudi à Die.", "La réunion de mardi à Crest.", "La réunion de jeudi à Crest.")]
    [InlineData("a\nb\nc\n", "a\nc\n", "a\nb\nc\nd\n", "a\nc\nd\n")]
    [InlineData("a\nb\n", "a\nB\n", "a\nB\n", "a\nB\n")]
    [InlineData("a\n", "a\n", "b\n", "b\n")]
    [InlineData("", "a", "", "a")]
    [InlineData("a", "a\nb", "a", "a\nb")]
    public void Merge_ChangesInDifferentPlaces_BothAreThere(string original, string mine, string theirs, string merged)
    {
        var result = ThreeWayMerge.Merge(original, mine, theirs);

        Assert.True(result.IsClean);
        Assert.Equal(merged, result.KeepBoth());
        Assert.Equal(merged, ThreeWayMerge.Merge(original, theirs, mine).KeepBoth());
    }

    [Fact]
    public void Merge_SameWordsChangedDifferently_ShowsBoth()
    {
        var result = ThreeWayMerge.Merge("Titre\nRendez-vous mardi.\nFin\n", "Titre\nRendez-vous jeudi.\nFin\n", "Titre\nRendez-vous vendredi.\nFin\n");

        Assert.False(result.IsClean);
        Assert.Equal([new("Titre\n", "Titre\n"), new("Rendez-vous jeudi.\n", "Rendez-vous vendredi.\n"), new MergedPiece("Fin\n", "Fin\n")], result.Pieces);
        Assert.Equal("Titre\nRendez-vous vendredi.\nRendez-vous jeudi.\nFin\n", result.KeepBoth());
    }

    [Fact]
    public void Merge_BothAddALineAtTheEnd_KeepsBothOnce() =>
        Assert.Equal("liste\nleur\nmien", ThreeWayMerge.Merge("liste", "liste\nmien", "liste\nleur").KeepBoth());

    [Fact]
    public void Merge_OneDeletesWhatTheOtherChanged_NothingLost()
    {
        var result = ThreeWayMerge.Merge("a\nb\nc\n", "a\nc\n", "a\nb et plus\nc\n");

        Assert.False(result.IsClean);
        Assert.Contains("b et plus", result.KeepBoth());
    }

    [Fact]
    public void Merge_RandomTexts_EveryNewWordIsThereAndOneSideAloneIsTaken()
    {
        var random = new Random(11);
        for (var i = 0; i < 2_000; i++)
        {
            var original = string.Concat(Enumerable.Range(0, random.Next(12)).Select(n => $"ligne {n} commune{(random.Next(3) == 0 ? " " : "\n")}"));
            var (mine, theirs) = (Edited(original, random, "moi"), Edited(original, random, "elle"));

            var merged = ThreeWayMerge.Merge(original, mine, theirs).KeepBoth();

            Assert.All(Words(mine).Where(w => w.StartsWith("moi", StringComparison.Ordinal)), w => Assert.Contains(w, Words(merged)));
            Assert.All(Words(theirs).Where(w => w.StartsWith("elle", StringComparison.Ordinal)), w => Assert.Contains(w, Words(merged)));
            Assert.Equal(mine, ThreeWayMerge.Merge(original, mine, original).KeepBoth());
            Assert.Equal(theirs, ThreeWayMerge.Merge(original, original, theirs).KeepBoth());
            Assert.Equal(mine, ThreeWayMerge.Merge(original, mine, mine).KeepBoth());
        }
    }

    private static string[] Words(string text) => text.Split([' ', '\n']);

    private static string Edited(string text, Random random, string who)
    {
        var lines = text.Split('\n').ToList();
        for (var i = random.Next(3); i > 0; i--)
        {
            var at = random.Next(lines.Count);
            switch (random.Next(3))
            {
                case 0: lines.Insert(at, $"{who}{i}a"); break;
                case 1: lines[at] += $" {who}{i}b"; break;
                default: if (lines.Count > 1) lines.RemoveAt(at); break;
            }
        }

        return string.Join('\n', lines);
    }
}
