namespace TerritoireCollab.Coediting.Tests;

public sealed class ChangeSetTests
{
    [Theory]
    [InlineData("""[3,[2,"un","deux"],1]""", "abcdef", "abcun\ndeuxf")]
    [InlineData("""[[6]]""", "abcdef", "")]
    [InlineData("""[[0,"x"],6]""", "abcdef", "xabcdef")]
    [InlineData("""[6,[0,"",""]]""", "abcdef", "abcdef\n")]
    [InlineData("""[2,[2,"😀"],2]""", "ab👍cd", "ab😀cd")]
    [InlineData("""[]""", "", "")]
    public void Apply_ChangeInJson_ReplacesItsStretches(string json, string before, string after)
    {
        var change = Assert.IsType<ChangeSet>(ChangeSetJson.Read(json));

        Assert.Equal(after, change.Apply(before));
        Assert.Equal(before, change.Invert(before).Apply(after));
        Assert.Equal((before.Length, after.Length), (change.Length, change.NewLength));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[-1]")]
    [InlineData("[1.5]")]
    [InlineData("[1e30]")]
    [InlineData("[99999999999]")]
    [InlineData("[16000000,16000000]")]
    [InlineData("[\"a\"]")]
    [InlineData("[[]]")]
    [InlineData("[[-2]]")]
    [InlineData("[[\"a\"]]")]
    [InlineData("[[0,1]]")]
    [InlineData("[[0,null]]")]
    [InlineData("[[0,\"a\\nb\"]]")]
    [InlineData("[[0,\"a\\r\"]]")]
    [InlineData("[[0,\"\\u0000\"]]")]
    [InlineData("[[0,\"\\ud83d\"]]")]
    [InlineData("[[0,\"\\ude00a\"]]")]
    [InlineData("[")]
    [InlineData("")]
    public void Read_WhatIsNoChange_Refused(string json) => Assert.Null(ChangeSetJson.Read(json));

    [Fact]
    public void Read_BeyondTheBounds_Refused()
    {
        Assert.NotNull(ChangeSetJson.Read($"[{string.Join(',', Enumerable.Repeat("1", ChangeSetJson.MostSections))}]"));
        Assert.Null(ChangeSetJson.Read($"[{string.Join(',', Enumerable.Repeat("1", ChangeSetJson.MostSections + 1))}]"));
        Assert.NotNull(ChangeSetJson.Read($"[[0,\"{new string('a', ChangeSetJson.MostInserted)}\"]]"));
        Assert.Null(ChangeSetJson.Read($"[[0,\"{new string('a', ChangeSetJson.MostInserted)}\"],[0,\"b\"]]"));
    }

    [Fact]
    public void Map_InsertionsAtOnePlace_OtherFirstUnlessSaid()
    {
        var (mine, other) = (ChangeSet.Replace(4, 2, 0, "M"), ChangeSet.Replace(4, 2, 0, "A"));

        Assert.Equal("abAMcd", other.Compose(mine.Map(other)).Apply("abcd"));
        Assert.Equal("abMAcd", other.Compose(mine.Map(other, before: true)).Apply("abcd"));
    }

    [Fact]
    public void Map_InsertionInsideADeletion_IsKept() =>
        Assert.Equal("aMe", ChangeSet.Replace(5, 1, 3, "").Compose(ChangeSet.Replace(5, 2, 0, "M").Map(ChangeSet.Replace(5, 1, 3, ""))).Apply("abcde"));

    [Fact]
    public void Apply_TextOfAnotherLength_Throws() => Assert.Throws<ArgumentException>(() => ChangeSet.Unchanged(3).Apply("ab"));

    [Fact]
    public void Compose_ChangeOfAnotherLength_Throws() => Assert.Throws<ArgumentException>(() => ChangeSet.Unchanged(3).Compose(ChangeSet.Unchanged(2)));

    [Fact]
    public void BreaksCharacters_CutInsideAnEmoji_Seen()
    {
        Assert.True(ChangeSet.Replace(4, 2, 0, "x").BreaksCharacters("a😀b"));
        Assert.True(ChangeSet.Replace(4, 1, 1, "").BreaksCharacters("a😀b"));
        Assert.False(ChangeSet.Replace(4, 1, 2, "x").BreaksCharacters("a😀b"));
        Assert.False(ChangeSet.Replace(4, 1, 0, "x").BreaksCharacters("a😀b"));
    }

    [Theory]
    [InlineData("Réunion mardi à Die.\nOrdre du jour\n", "Réunion jeudi à Die.\nOrdre du jour\nDivers\n", "[8,[5,\"jeudi\"],22,[0,\"Divers\",\"\"]]")]
    [InlineData("a", "a", "[1]")]
    [InlineData("", "un\ndeux", "[[0,\"un\",\"deux\"]]")]
    public void Between_TwoTexts_ChangesTheWordsThatDiffer(string older, string newer, string json)
    {
        var change = TextChange.Between(older, newer);

        Assert.Equal(newer, change.Apply(older));
        Assert.Equal(json, ChangeSetJson.Write(change));
    }

    [Fact]
    public void Between_RandomTexts_LeadsFromOneToTheOther()
    {
        var random = new Random(7);
        string[] words = ["a", "b", " ", "\n", "été", "😀", "."];
        for (var i = 0; i < 3_000; i++)
        {
            var (older, newer) = (Some(random, words), Some(random, words));
            var change = TextChange.Between(older, newer);

            Assert.Equal(newer, change.Apply(older));
            Assert.False(change.BreaksCharacters(older));
        }
    }

    [Fact]
    public void Between_VeryDifferentTexts_IsQuickAndTrue()
    {
        var random = new Random(8);
        var (older, newer) = (string.Concat(Enumerable.Range(0, 20_000).Select(_ => random.Next(50) + "\n")), string.Concat(Enumerable.Range(0, 20_000).Select(_ => random.Next(50) + " ")));

        Assert.Equal(newer, TextChange.Between(older, newer).Apply(older));
    }

    [Fact]
    public void NormalText_OtherLineEndsAndHalfCharacters_BecomePlain() => Assert.Equal("a\nb\nc\uFFFD😀", NormalText.Of("a\r\nb\rc\uD83D\0😀"));

    private static string Some(Random random, string[] words) => string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => words[random.Next(words.Length)]));
}
