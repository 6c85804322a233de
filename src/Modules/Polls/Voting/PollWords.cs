using System.Globalization;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Voting;

/// <summary>A poll in words.</summary>
internal static class PollWords
{
    /// <summary>How one votes, in two words.</summary>
    public static string Of(PollKind kind) => kind switch
    {
        PollKind.OneChoice => PollsTexts.KindSingle,
        PollKind.Multiple => PollsTexts.KindMultiple,
        PollKind.Approval => PollsTexts.KindApproval,
        PollKind.Ranking => PollsTexts.KindRanking,
        PollKind.Points => PollsTexts.KindPoints,
        PollKind.Dates => PollsTexts.KindDates,
        _ => PollsTexts.KindConsent,
    };

    /// <summary>What that kind is for.</summary>
    public static string For(PollKind kind) => kind switch
    {
        PollKind.OneChoice => PollsTexts.ForSingle,
        PollKind.Multiple => PollsTexts.ForMultiple,
        PollKind.Approval => PollsTexts.ForApproval,
        PollKind.Ranking => PollsTexts.ForRanking,
        PollKind.Points => PollsTexts.ForPoints,
        PollKind.Dates => PollsTexts.ForDates,
        _ => PollsTexts.ForConsent,
    };

    /// <summary>What one is asked to do.</summary>
    public static string Ask(Poll poll) => poll.Kind switch
    {
        PollKind.OneChoice => PollsTexts.AskSingle,
        PollKind.Multiple when poll.Most == 0 => PollsTexts.AskAtLeast.With(poll.Least),
        PollKind.Multiple when poll.Most == poll.Least => PollsTexts.AskExactly.With(poll.Most),
        PollKind.Multiple => PollsTexts.AskBetween.With(poll.Least, poll.Most),
        PollKind.Approval => PollsTexts.AskApproval,
        PollKind.Ranking => PollsTexts.AskRanking,
        PollKind.Points => PollsTexts.AskPoints.With(poll.Points),
        PollKind.Dates => PollsTexts.AskDates,
        _ => PollsTexts.AskConsent,
    };

    /// <summary>The one line that says, before the vote, who will see it.</summary>
    public static string WhoSees(Poll poll, string groupName) => poll switch
    {
        { HidesNames: true, Secrecy: not Secrecy.Secret } => PollsTexts.SeenMoved,
        { Secrecy: Secrecy.Secret } => PollsTexts.SeenByNobody,
        { Secrecy: Secrecy.NamedForAnimators } => PollsTexts.SeenByAnimators.With(groupName),
        _ => poll.Item.Audience switch
        {
            Audience.Public => PollsTexts.SeenByAll,
            Audience.Platform => PollsTexts.SeenByPlatform,
            _ => PollsTexts.SeenByMembers.With(groupName),
        },
    };

    /// <summary>The same for somebody without an account.</summary>
    public static string WhoSeesGuest(Poll poll) => poll.Secrecy == Secrecy.Secret ? PollsTexts.SeenByNobody : PollsTexts.SeenAsGuest;

    /// <summary>When the results are shown.</summary>
    public static string Of(Showing showing) => showing switch
    {
        Showing.Always => PollsTexts.ShowingAlways,
        Showing.AtEnd => PollsTexts.ShowingAtEnd,
        _ => PollsTexts.ShowingAfterVote,
    };

    /// <summary>Who sees the votes.</summary>
    public static string Of(Secrecy secrecy) => secrecy switch
    {
        Secrecy.Named => PollsTexts.SecrecyNamed,
        Secrecy.NamedForAnimators => PollsTexts.SecrecyAnimators,
        _ => PollsTexts.SecrecySecret,
    };

    /// <summary>An option: its words, or when its date is.</summary>
    public static string Of(PollOption option, Dates dates)
    {
        if (option.StartUtc is not { } startUtc || option.EndUtc is not { } endUtc) return option.Text;

        var (start, end, culture) = (dates.Local(startUtc), dates.Local(endUtc), CultureInfo.CurrentUICulture);
        var day = PollsTexts.DayWords.With(start.ToString("dddd", culture), Dates.Full(DateOnly.FromDateTime(start)));
        return end == start ? PollsTexts.DayAt.With(day, Dates.Hour(start)) : PollsTexts.DayFromTo.With(day, Dates.Hour(start), Dates.Hour(end));
    }

    /// <summary>The places of an option, as far as whoever votes may know of them.</summary>
    public static string Of(PlacesLeft places) => places switch
    {
        { IsFull: true } => PollsTexts.PlacesFull,
        { Left: 0 } => PollsTexts.PlacesWithYours,
        { Left: 1 } => PollsTexts.OnePlaceOf.With(places.Most),
        { Left: { } left } => PollsTexts.PlacesOf.With(left, places.Most),
        { Most: 1 } => PollsTexts.OnePlace,
        _ => PollsTexts.SomePlaces.With(places.Most),
    };

    /// <summary>The options that one votes on: those of the poll, or the three answers to a proposal.</summary>
    public static IReadOnlyList<PollOption> Options(Poll poll, IReadOnlyList<PollOption> written) => poll.Kind != PollKind.Consent ? written :
    [
        Answer(poll, ConsentAnswers.Agree, PollsTexts.Agree), Answer(poll, ConsentAnswers.Abstain, PollsTexts.Abstain), Answer(poll, ConsentAnswers.Objection, PollsTexts.Object),
    ];

    /// <summary>An answer to a date; none where it was added after the vote.</summary>
    public static string Answer(int? mark) => mark switch { Marks.Yes => PollsTexts.Yes, Marks.IfNeedBe => PollsTexts.IfNeedBe, null => PollsTexts.NotAnswered, _ => PollsTexts.No };

    /// <summary>A vote in one line: the options that it names, each with its mark where it is not merely chosen.</summary>
    public static string Of(PollKind kind, IReadOnlyDictionary<int, int> marks, IReadOnlyList<PollOption> options, Dates dates)
    {
        var named = options.Where(o => marks.ContainsKey(o.Number)).Select(o => (Text: Of(o, dates), Mark: marks[o.Number]));
        return kind switch
        {
            PollKind.Ranking => string.Join(", ", named.OrderBy(n => n.Mark).Select(n => PollsTexts.RankOf.With(n.Mark, n.Text))),
            PollKind.Points => string.Join(", ", named.OrderByDescending(n => n.Mark).Select(n => PollsTexts.PointsOf.With(n.Text, n.Mark))),
            PollKind.Dates => OfDates(marks, options, dates),
            _ => string.Join(", ", named.Select(n => n.Text)),
        };
    }

    private static string OfDates(IReadOnlyDictionary<int, int> marks, IReadOnlyList<PollOption> options, Dates dates)
    {
        var suiting = options.Where(o => marks.GetValueOrDefault(o.Number) > 0).Select(o => marks[o.Number] == Marks.Yes ? Of(o, dates) : PollsTexts.IfNeedBeOf.With(Of(o, dates))).ToList();
        var open = options.Where(o => !marks.ContainsKey(o.Number)).Select(o => PollsTexts.NotAnsweredOf.With(Of(o, dates)));
        return string.Join(", ", [.. suiting.Count == 0 ? [PollsTexts.NoDate] : suiting, .. open]);
    }

    private static PollOption Answer(Poll poll, int number, string text) => new() { ItemId = poll.Id, Number = number, Position = number, Text = text };
}

/// <summary>Numbers of the answers to a proposal.</summary>
public static class ConsentAnswers
{
    /// <summary>No objection.</summary>
    public const int Agree = 1;
    /// <summary>Abstention.</summary>
    public const int Abstain = 2;
    /// <summary>Objection, which says why.</summary>
    public const int Objection = 3;
}
