using TerritoireCollab.Polls.Results;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Modules.Tests.Polls;

/// <summary>How votes are counted.</summary>
public sealed class TallyTests
{
    [Fact]
    public void Ranking_PartialVotes_PointsOfEmerson()
    {
        // Three ranked: 3, 2, 1 points; one alone: 1 point.
        var results = Count(PollKind.Ranking, 3, Order(1, 2, 3), Order(2), Order(2, 1));

        Assert.Equal([4, 5, 1], results.Lines.Select(l => l.Count));
        Assert.Equal([2], results.Lines.Where(l => l.IsAhead).Select(l => l.Option.Number));
        Assert.Equal([1, 2, 0], results.Lines.Select(l => l.Beside));
    }

    [Fact]
    public void Elimination_FirstInTheFirstRound_LosesToTheNextChoices()
    {
        // Four for 1, three for 2, two for 3 whose next choice is 2: nobody has more than half at first.
        var results = Count(PollKind.Ranking, 3, Order(1), Order(1), Order(1), Order(1), Order(2), Order(2), Order(2), Order(3, 2), Order(3, 2));

        Assert.Equal(2, results.Rounds.Count);
        Assert.Equal([3], results.Rounds[0].Out);
        Assert.Equal(5, results.Rounds[1].Counts[2]);
        Assert.Equal([2], results.LastStanding);
    }

    [Fact]
    public void Elimination_VotesWithoutNextChoice_AreExhausted()
    {
        var results = Count(PollKind.Ranking, 3, Order(1), Order(1), Order(2), Order(2), Order(3));

        Assert.Equal(1, results.Rounds[^1].Exhausted);
        Assert.Equal([1, 2], results.LastStanding.Order());
    }

    [Fact]
    public void Dates_SameYes_TheOneThatSuitsMoreIfNeedBeIsAhead()
    {
        var results = Count(PollKind.Dates, 2, Of((1, 2), (2, 2)), Of((1, 2), (2, 2)), Of((1, 0), (2, 1)));

        Assert.Equal([2], results.Lines.Where(l => l.IsAhead).Select(l => l.Option.Number));
        Assert.Equal((2, 0, 1), (results.Lines[0].Count, results.Lines[0].Beside, results.Lines[0].Against));
    }

    [Fact]
    public void Dates_VoteBeforeTheDateWasAdded_IsNoAnswerAndNoRefusal()
    {
        var results = Count(PollKind.Dates, 2, Of((1, 2)), Of((1, 0), (2, 0)));

        Assert.Equal((1, 1), (results.Lines[1].Against, results.Lines[1].Unanswered));
        Assert.Equal((1, 0), (results.Lines[0].Against, results.Lines[0].Unanswered));
    }

    [Fact]
    public void Points_Shared_SumAndShareOfAll()
    {
        var results = Count(PollKind.Points, 2, Of((1, 7), (2, 3)), Of((1, 1), (2, 9)));

        Assert.Equal([8, 12], results.Lines.Select(l => l.Count));
        Assert.Equal(0.6, results.Lines[1].Share);
    }

    [Fact]
    public void Approval_SeveralEach_ShareOfVoters()
    {
        var results = Count(PollKind.Approval, 2, Of((1, 1), (2, 1)), Of((1, 1)));

        Assert.Equal([1.0, 0.5], results.Lines.Select(l => l.Share));
    }

    [Fact]
    public void Consent_NineAgainstOne_NobodyIsAhead() =>
        Assert.DoesNotContain(Count(PollKind.Consent, 3, [.. Enumerable.Repeat(Of((1, 1)), 9), Of((3, 1))]).Lines, l => l.IsAhead);

    private static PollResults Count(PollKind kind, int options, params IReadOnlyDictionary<int, int>[] votes) =>
        Tally.Of(new Poll { Kind = kind }, [.. Enumerable.Range(1, options).Select(n => new PollOption { ItemId = Guid.Empty, Number = n, Position = n, Text = $"{n}" })], votes);

    private static IReadOnlyDictionary<int, int> Order(params int[] options) => options.Index().ToDictionary(o => o.Item, o => o.Index + 1);

    private static IReadOnlyDictionary<int, int> Of(params (int Option, int Mark)[] marks) => marks.ToDictionary(m => m.Option, m => m.Mark);
}
