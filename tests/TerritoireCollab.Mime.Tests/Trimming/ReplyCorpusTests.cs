using Xunit;

namespace TerritoireCollab.Mime.Tests.Trimming;

public sealed class ReplyCorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void M13_TextsOfTheCorpus_AreCutAsTheirSourcesSay()
    {
        var cases = Cases(@case => @case.Kind == "text");
        var french = cases.Where(@case => @case.Language == "fr").ToList();

        Assert.InRange(Right(cases), 108, cases.Count);
        Assert.InRange(Right(french), 31, french.Count);
    }

    [Fact]
    public void M13_HtmlAndWholeMessagesOfTheCorpus_AreCutAsTheirSourcesSay()
    {
        var cases = Cases(@case => @case.Kind != "text");

        Assert.InRange(Right(cases), cases.Count - 1, cases.Count);
    }

    [Fact]
    public void M13_FalseFriendsOfTheCorpus_AreUntouched()
    {
        var cases = Cases(@case => @case.IsFalseFriend);

        Assert.All(cases, @case => Assert.Equal(@case.Read().TrimEnd(), @case.Trim().Text));
    }

    private static List<ReplyCase> Cases(Func<ReplyCase, bool> wanted)
    {
        if (!ReplyCorpus.IsHere) Assert.Skip("skipped: not here");

        var cases = ReplyCorpus.Read().Where(wanted).ToList();
        Assert.NotEmpty(cases);
        return cases;
    }

    private int Right(List<ReplyCase> cases)
    {
        var results = cases.Select(@case => (@case, IsRight: @case.Expected.IsMetBy(@case.Trim().Text))).ToList();
        foreach (var group in results.GroupBy(result => (result.@case.Kind, result.@case.Source, result.@case.Language)).OrderBy(group => group.Key.ToString(), StringComparer.Ordinal))
        {
            output.WriteLine($"{group.Key.Kind} {group.Key.Source} {group.Key.Language}: {group.Count(result => result.IsRight)} of {group.Count()}");
        }

        foreach (var (wrong, _) in results.Where(result => !result.IsRight)) output.WriteLine($"not as its source says: {wrong.Id}");
        return results.Count(result => result.IsRight);
    }
}
