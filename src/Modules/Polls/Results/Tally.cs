using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Results;

/// <summary>What an option got.</summary>
public sealed record OptionResult
{
    /// <summary>The option.</summary>
    public required PollOption Option { get; init; }
    /// <summary>Votes; points where one gives points or an order.</summary>
    public required int Count { get; init; }
    /// <summary>Share of the votes, or of all points, from 0 to 1.</summary>
    public required double Share { get; init; }
    /// <summary>Answers « if need be » to a date; first places in an order.</summary>
    public int Beside { get; init; }
    /// <summary>Answers « no » to a date.</summary>
    public int Against { get; init; }
    /// <summary>Votes that say nothing of a date: it was added after them.</summary>
    public int Unanswered { get; init; }
    /// <summary>Whether none got more.</summary>
    public bool IsAhead { get; init; }
}

/// <summary>A round of the count by elimination.</summary>
/// <param name="Counts">Votes of each option that is still in, by number.</param>
/// <param name="Exhausted">Votes that name none of them any more.</param>
/// <param name="Out">Options that leave after it.</param>
public sealed record Round(IReadOnlyDictionary<int, int> Counts, int Exhausted, IReadOnlyList<int> Out);

/// <summary>The results of a poll.</summary>
public sealed record PollResults
{
    /// <summary>Votes.</summary>
    public required int Votes { get; init; }
    /// <summary>What each option got, in the order of the poll; of dates too.</summary>
    public required IReadOnlyList<OptionResult> Lines { get; init; }
    /// <summary>The count by elimination, of a poll that asks for an order.</summary>
    public IReadOnlyList<Round> Rounds { get; init; } = [];
    /// <summary>Who remains after the last round: one, or several that cannot be told apart.</summary>
    public IReadOnlyList<int> LastStanding { get; init; } = [];
}

/// <summary>Counts the votes of a poll.</summary>
public static class Tally
{
    /// <summary>The results.</summary>
    public static PollResults Of(Poll poll, IReadOnlyList<PollOption> options, IReadOnlyList<IReadOnlyDictionary<int, int>> votes)
    {
        var lines = poll.Kind switch
        {
            PollKind.Ranking => Shared([.. options.Select(o => (o, votes.Sum(v => Borda.Points(v, o.Number)), votes.Count(v => v.GetValueOrDefault(o.Number) == 1)))]),
            PollKind.Points => Shared([.. options.Select(o => (o, votes.Sum(v => v.GetValueOrDefault(o.Number)), votes.Count(v => v.ContainsKey(o.Number))))]),
            PollKind.Dates => [.. options.Select(o => Date(o, votes))],
            _ => [.. options.Select(o => Counted(o, votes.Count(v => v.ContainsKey(o.Number)), votes.Count))],
        };
        var results = new PollResults { Votes = votes.Count, Lines = Ahead(poll.Kind, lines) };
        return poll.Kind != PollKind.Ranking || votes.Count == 0 ? results : Elimination.Count(results, [.. options.Select(o => o.Number)], votes);
    }

    private static OptionResult Counted(PollOption option, int count, int votes) => new() { Option = option, Count = count, Share = votes == 0 ? 0 : (double)count / votes };

    private static OptionResult Date(PollOption option, IReadOnlyList<IReadOnlyDictionary<int, int>> votes) => Counted(option, votes.Count(v => v.GetValueOrDefault(option.Number) == Marks.Yes), votes.Count) with
    {
        Beside = votes.Count(v => v.GetValueOrDefault(option.Number) == Marks.IfNeedBe),
        Against = votes.Count(v => v.TryGetValue(option.Number, out var mark) && mark == 0),
        Unanswered = votes.Count(v => !v.ContainsKey(option.Number)),
    };

    private static List<OptionResult> Shared(IReadOnlyList<(PollOption Option, int Points, int Beside)> given)
    {
        var all = given.Sum(g => g.Points);
        return [.. given.Select(g => new OptionResult { Option = g.Option, Count = g.Points, Share = all == 0 ? 0 : (double)g.Points / all, Beside = g.Beside })];
    }

    // A proposal has no winner: one objection weighs more than nine agreements. Of two dates that suit as many, the one that suits more if need be is ahead.
    private static IReadOnlyList<OptionResult> Ahead(PollKind kind, IReadOnlyList<OptionResult> lines)
    {
        if (kind == PollKind.Consent || lines.Count == 0 || lines.Max(l => l.Count + (kind == PollKind.Dates ? l.Beside : 0)) == 0) return lines;

        var best = lines.Max(l => Weight(kind, l));
        return [.. lines.Select(l => l with { IsAhead = Weight(kind, l) == best })];
    }

    private static (int, int) Weight(PollKind kind, OptionResult line) => (line.Count, kind == PollKind.Dates ? line.Beside : 0);
}

/// <summary>
/// The count of Borda as its author meant it for votes that do not rank everything (P. Emerson, « The original Borda count and partial voting », Social
/// Choice and Welfare 40, 2013): who ranks m options gives m points to the first, m − 1 to the second, 1 to the last. Naming one option alone gives it
/// one point, so that nobody gains by hiding the rest of an opinion.
/// </summary>
public static class Borda
{
    /// <summary>The points that a vote gives to an option.</summary>
    public static int Points(IReadOnlyDictionary<int, int> vote, int option) => vote.TryGetValue(option, out var rank) ? vote.Count - rank + 1 : 0;
}

/// <summary>
/// The count by elimination (instant run-off): each round counts the first option of every vote that is still in; the last one leaves, until one has more than
/// half of the votes that still name any. Of several that are last together, those leave that had fewest in the round before, and so back; those that were always
/// equal leave together, unless none would remain.
/// </summary>
public static class Elimination
{
    /// <summary>The results with their rounds.</summary>
    public static PollResults Count(PollResults results, IReadOnlyList<int> options, IReadOnlyList<IReadOnlyDictionary<int, int>> votes)
    {
        var (remaining, rounds) = (options.ToList(), new List<Round>());
        while (true)
        {
            var firsts = votes.Select(v => v.Where(m => remaining.Contains(m.Key)).OrderBy(m => m.Value).Select(m => (int?)m.Key).FirstOrDefault()).ToList();
            var counts = remaining.ToDictionary(o => o, o => firsts.Count(f => f == o));
            var (valid, most) = (counts.Values.Sum(), counts.Values.DefaultIfEmpty().Max());
            var out_ = valid == 0 || most * 2 > valid || remaining.Count == 1 ? [] : Last(counts, rounds);
            if (out_.Count == remaining.Count) out_ = [];
            rounds.Add(new(counts, votes.Count - valid, out_));
            if (out_.Count == 0) return results with { Rounds = rounds, LastStanding = valid == 0 ? [] : [.. counts.Where(c => c.Value == most).Select(c => c.Key)] };

            remaining.RemoveAll(out_.Contains);
        }
    }

    private static List<int> Last(Dictionary<int, int> counts, List<Round> rounds)
    {
        var last = counts.Where(c => c.Value == counts.Values.Min()).Select(c => c.Key).ToList();
        for (var at = rounds.Count - 1; at >= 0 && last.Count > 1; at--)
        {
            var fewest = last.Min(o => rounds[at].Counts[o]);
            last = last.FindAll(o => rounds[at].Counts[o] == fewest);
        }

        return last;
    }
}
