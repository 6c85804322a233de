using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Voting;

/// <summary>The places of an option, as somebody who votes may know of them.</summary>
/// <param name="Most">Most votes that it takes.</param>
/// <param name="Left">Places that nobody has; null as long as the results are hidden.</param>
/// <param name="IsFull">Whether others have them all, so that whoever has none gets none.</param>
public sealed record PlacesLeft(int Most, int? Left, bool IsFull);

/// <summary>Counts the places of options. Whoever votes holds the row of the content, so that nobody counts while another takes one.</summary>
internal static class OptionPlaces
{
    /// <summary>Most places that an option can have.</summary>
    public const int Most = 10_000;

    /// <summary>Whether options of that kind of poll can have places.</summary>
    public static bool Has(PollKind kind) => kind is PollKind.OneChoice or PollKind.Multiple or PollKind.Approval or PollKind.Dates;

    /// <summary>Breaks a rule for each option that a vote wants a place of, and that others have filled.</summary>
    /// <param name="db">The context.</param>
    /// <param name="poll">The poll.</param>
    /// <param name="options">Its options.</param>
    /// <param name="tag">What finds the vote of whoever votes: the place that it holds is nobody else's.</param>
    /// <param name="marks">The vote.</param>
    /// <param name="rules">Where broken rules go.</param>
    /// <param name="dates">Says dates in words.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task CheckAsync(AppDbContext db, Poll poll, IReadOnlyList<PollOption> options, string tag, IReadOnlyDictionary<int, int> marks, Rules rules, Dates dates, CancellationToken cancellation)
    {
        var wanted = options.Where(o => o.Places is not null && marks.TryGetValue(o.Number, out var mark) && Takes(poll.Kind, mark)).ToList();
        if (wanted.Count == 0) return;

        var others = await TakenAsync(db, poll, tag, cancellation);
        foreach (var full in wanted.Where(o => others.GetValueOrDefault(o.Number) >= o.Places)) rules.Check(false, CastVote.ChoiceField, PollsTexts.OptionFull.With(PollWords.Of(full, dates)));
    }

    /// <summary>How many places of each option are taken, but for those of that vote; by the number of the option.</summary>
    public static async Task<IReadOnlyDictionary<int, int>> TakenAsync(AppDbContext db, Poll poll, string? but, CancellationToken cancellation)
    {
        var id = poll.Id;
        var votes = await db.Set<PollBallot>().Where(b => b.ItemId == id && b.Tag != but).Select(b => b.Marks).ToListAsync(cancellation);
        return Taken(poll.Kind, votes.Select(Marks.Read));
    }

    /// <summary>How many places of each option those votes take.</summary>
    public static IReadOnlyDictionary<int, int> Taken(PollKind kind, IEnumerable<IReadOnlyDictionary<int, int>> votes) =>
        votes.SelectMany(v => v.Where(m => Takes(kind, m.Value)).Select(m => m.Key)).CountBy(n => n).ToDictionary();

    /// <summary>The places of the options that have some, as somebody may know of them.</summary>
    /// <param name="poll">The poll.</param>
    /// <param name="options">Its options.</param>
    /// <param name="votes">All votes.</param>
    /// <param name="mine">The vote of whoever asks, or null.</param>
    /// <param name="areShown">Whether the results are shown to whoever asks.</param>
    public static IReadOnlyDictionary<int, PlacesLeft> Of(Poll poll, IReadOnlyList<PollOption> options, IEnumerable<IReadOnlyDictionary<int, int>> votes, IReadOnlyDictionary<int, int>? mine, bool areShown)
    {
        var limited = options.Where(o => o.Places is not null).ToList();
        if (limited.Count == 0) return new Dictionary<int, PlacesLeft>();

        var taken = Taken(poll.Kind, votes);
        return limited.ToDictionary(o => o.Number, o => new PlacesLeft(o.Places!.Value, areShown ? Math.Max(0, o.Places.Value - taken.GetValueOrDefault(o.Number)) : null, taken.GetValueOrDefault(o.Number) - (Holds(poll, mine, o) ? 1 : 0) >= o.Places));
    }

    private static bool Holds(Poll poll, IReadOnlyDictionary<int, int>? mine, PollOption option) => mine is not null && mine.TryGetValue(option.Number, out var mark) && Takes(poll.Kind, mark);

    // Whoever could come if need be does not come yet.
    private static bool Takes(PollKind kind, int mark) => kind == PollKind.Dates ? mark == Marks.Yes : mark > 0;
}
