using System.Globalization;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Creating;

/// <summary>A date to choose from, as somebody typed it.</summary>
/// <param name="Day">Day, <c>2026-12-08</c>.</param>
/// <param name="From">Hour, <c>18:30</c>.</param>
/// <param name="To">Hour of the end; two hours later when empty.</param>
/// <param name="Places">Most who come; empty for as many as like.</param>
public sealed record TypedDate(string? Day, string? From, string? To, string? Places = null)
{
    /// <summary>Whether nothing was typed.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Day);
}

/// <summary>The places of an option, as somebody typed them.</summary>
/// <param name="Option">The words of the option.</param>
/// <param name="Most">Most votes that it takes; empty for as many as come.</param>
public sealed record TypedPlaces(string Option, string? Most);

/// <summary>What only a poll has, as somebody typed it or a program sent it.</summary>
public sealed record PollDetails
{
    /// <summary>How one votes.</summary>
    public PollKind Kind { get; init; }

    /// <summary>Last day, <c>2026-12-08</c>.</summary>
    public string? Day { get; init; }

    /// <summary>Hour of the end, <c>18:00</c>.</summary>
    public string? Hour { get; init; }

    /// <summary>The options, in order.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The places of options that have words; what is not named here has no limit.</summary>
    public IReadOnlyList<TypedPlaces> Places { get; init; } = [];

    /// <summary>The dates, of a poll on dates.</summary>
    public IReadOnlyList<TypedDate> Dates { get; init; } = [];

    /// <summary>Who sees what somebody voted; the usual for that kind when null.</summary>
    public Secrecy? Secrecy { get; init; }

    /// <summary>When the results are shown.</summary>
    public Showing Showing { get; init; }

    /// <summary>Votes without which it decides nothing; empty for none.</summary>
    public string? Quorum { get; init; }

    /// <summary>Least options that one chooses; empty for one.</summary>
    public string? Least { get; init; }

    /// <summary>Most options that one chooses; empty for all.</summary>
    public string? Most { get; init; }

    /// <summary>Points that one shares; empty for ten.</summary>
    public string? Points { get; init; }

    /// <summary>Whether each organisation has one vote.</summary>
    public bool PerOrganisation { get; init; }

    /// <summary>Whether whoever may vote may add options.</summary>
    public bool TakesOptions { get; init; }

    /// <summary>Hours before the end when those who have not voted are reminded; 0 for never.</summary>
    public int RemindBefore { get; init; } = UsualReminder;

    /// <summary>Hours before the end when those who have not voted are reminded, where nobody chose.</summary>
    public const int UsualReminder = 24;

    /// <summary>What is proposed for a new poll of that kind: a week.</summary>
    public static PollDetails Proposed(PollKind kind, Dates dates) => new()
    {
        Kind = kind,
        Day = Typed(dates.Today.AddDays(7)),
        Hour = "18:00",
        Secrecy = UsualSecrecy(kind),
        Showing = UsualShowing(kind),
    };

    /// <summary>The same as a poll of another kind: what was typed stays, and what was only proposed for the kind before becomes what is proposed for this one.</summary>
    public PollDetails As(PollKind kind) => this with
    {
        Kind = kind,
        Secrecy = Secrecy is null || Secrecy == UsualSecrecy(Kind) ? UsualSecrecy(kind) : Secrecy,
        Showing = Showing == UsualShowing(Kind) ? UsualShowing(kind) : Showing,
    };

    /// <summary>The poll's own, to fill its form.</summary>
    public static PollDetails Of(Poll poll, IReadOnlyList<PollOption> options, Dates dates)
    {
        var closes = dates.Local(poll.ClosesAt);
        return new()
        {
            Kind = poll.Kind,
            Day = Typed(DateOnly.FromDateTime(closes)),
            Hour = TypedHour(closes),
            Options = poll.Kind == PollKind.Dates ? [] : [.. options.Select(o => o.Text)],
            Places = poll.Kind == PollKind.Dates || options.All(o => o.Places is null) ? [] : [.. options.Select(o => new TypedPlaces(o.Text, Number(o.Places)))],
            Dates = poll.Kind == PollKind.Dates ? [.. options.Select(o => Typed(o, dates))] : [],
            Secrecy = poll.Secrecy,
            Showing = poll.Showing,
            Quorum = Number(poll.Quorum),
            Least = Number(poll.Least),
            Most = Number(poll.Most),
            Points = Number(poll.Points),
            PerOrganisation = poll.PerOrganisation,
            TakesOptions = poll.TakesOptions,
            RemindBefore = poll.RemindBefore,
        };
    }

    /// <summary>Who sees the votes, where nobody chose: one needs names to find a date or to meet an objection.</summary>
    public static Secrecy UsualSecrecy(PollKind kind) => kind is PollKind.Dates or PollKind.Consent ? Voting.Secrecy.Named : Voting.Secrecy.Secret;

    /// <summary>When the results are shown, where nobody chose: one finds a date together.</summary>
    public static Showing UsualShowing(PollKind kind) => kind == PollKind.Dates ? Showing.Always : Showing.AfterVote;

    /// <summary>A day as a field of a form holds it.</summary>
    public static string Typed(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An hour as a field of a form holds it.</summary>
    public static string TypedHour(DateTime at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static TypedDate Typed(PollOption option, Dates dates)
    {
        var (start, end) = (dates.Local(option.StartUtc!.Value), dates.Local(option.EndUtc!.Value));
        return new(Typed(DateOnly.FromDateTime(start)), TypedHour(start), TypedHour(end), Number(option.Places));
    }

    private static string? Number(int? number) => number is null or 0 ? null : number.Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>An option read and found right.</summary>
/// <param name="Text">Its words.</param>
/// <param name="StartUtc">When the date begins.</param>
/// <param name="EndUtc">When it ends.</param>
/// <param name="Places">Most votes that it takes; null for as many as come.</param>
public sealed record ReadOption(string Text, DateTime? StartUtc = null, DateTime? EndUtc = null, int? Places = null);

/// <summary>The details read and found right.</summary>
public sealed record PollTerms
{
    private const int MostVotes = 100_000;
    private const int MostPoints = 1000;
    private const int UsualPoints = 10;
    private const int FarthestDays = 366;
    private static readonly TimeSpan UsualLength = TimeSpan.FromHours(2);

    /// <summary>When it closes.</summary>
    public required DateTime ClosesAt { get; init; }
    /// <summary>The options.</summary>
    public required IReadOnlyList<ReadOption> Options { get; init; }
    /// <summary>Votes without which it decides nothing.</summary>
    public int? Quorum { get; init; }
    /// <summary>Least options that one chooses.</summary>
    public int Least { get; init; }
    /// <summary>Most options that one chooses.</summary>
    public int Most { get; init; }
    /// <summary>Points that one shares.</summary>
    public int Points { get; init; }

    /// <summary>Reads the details, and breaks a rule for each thing wrong with them.</summary>
    /// <returns>What was read; null where the end cannot be.</returns>
    public static PollTerms? Read(PollDetails details, Rules rules, Dates dates, DateTime now)
    {
        rules.Check(Enum.IsDefined(details.Kind), nameof(details.Kind), PollsTexts.KindUnknown)
            .Check(details.Secrecy is null || Enum.IsDefined(details.Secrecy.Value), nameof(details.Secrecy), PollsTexts.ChoiceUnknown)
            .Check(Enum.IsDefined(details.Showing), nameof(details.Showing), PollsTexts.ChoiceUnknown)
            .Check(details.RemindBefore is >= 0 and <= 24 * 14, nameof(details.RemindBefore), PollsTexts.ChoiceUnknown);
        var closes = End(details, rules, dates, now);
        var options = OptionsOf(details, rules, dates);
        // What another kind asks for may have been typed before the kind was changed.
        var isMultiple = details.Kind == PollKind.Multiple;
        var least = (isMultiple ? Number(details.Least, nameof(details.Least), 1, Poll.MostOptions, rules) : null) ?? 1;
        var most = (isMultiple ? Number(details.Most, nameof(details.Most), 1, Poll.MostOptions, rules) : null) ?? 0;
        if (isMultiple)
            rules.Check(most == 0 || most >= least, nameof(details.Most), PollsTexts.MostBelowLeast).Check(details.TakesOptions || options.Count == 0 || least <= options.Count, nameof(details.Least), PollsTexts.LeastTooMany);
        var quorum = Number(details.Quorum, nameof(details.Quorum), 1, MostVotes, rules);
        var points = (details.Kind == PollKind.Points ? Number(details.Points, nameof(details.Points), 1, MostPoints, rules) : null) ?? UsualPoints;
        return closes is { } end ? new() { ClosesAt = end, Options = options, Quorum = quorum, Least = least, Most = most, Points = points } : null;
    }

    /// <summary>The moment typed for the end; null where it cannot be read.</summary>
    public static DateTime? End(PollDetails details, Rules rules, Dates dates, DateTime now)
    {
        var (day, hour) = (Day(details.Day), Hour(details.Hour));
        rules.Check(day is not null, nameof(details.Day), PollsTexts.DayNeeded).Check(hour is not null, nameof(details.Hour), PollsTexts.HourNeeded);
        if (day is not { } last || hour is not { } at) return null;

        var closes = dates.Utc(last, at);
        rules.Check(closes > now, nameof(details.Day), PollsTexts.EndIsPast).Check(closes <= now.AddDays(FarthestDays), nameof(details.Day), PollsTexts.EndTooFar);
        return closes;
    }

    /// <summary>Writes what was read into the poll; its options are written apart.</summary>
    public Poll Into(Poll poll, PollDetails details)
    {
        (poll.Kind, poll.Secrecy, poll.Showing) = (details.Kind, details.Secrecy ?? PollDetails.UsualSecrecy(details.Kind), details.Showing);
        (poll.ClosesAt, poll.Quorum, poll.RemindBefore) = (ClosesAt, Quorum, details.RemindBefore);
        (poll.Least, poll.Most, poll.Points) = (Least, Most, Points);
        (poll.PerOrganisation, poll.TakesOptions) = (details.PerOrganisation, details.TakesOptions && details.Kind != PollKind.Consent);
        return poll;
    }

    private static IReadOnlyList<ReadOption> OptionsOf(PollDetails details, Rules rules, Dates dates)
    {
        if (details.Kind == PollKind.Consent) return [];

        var options = details.Kind == PollKind.Dates ? DatesOf(details.Dates, nameof(details.Dates), rules, dates) : Texts(details, rules);
        var field = details.Kind == PollKind.Dates ? nameof(details.Dates) : nameof(details.Options);
        var least = details.TakesOptions && details.Kind != PollKind.Dates ? 1 : 2;
        rules.Check(options.Count >= least, field, details.Kind == PollKind.Dates ? PollsTexts.TooFewDates : PollsTexts.TooFewOptions.With(least))
            .Check(options.Count <= Poll.MostOptions, field, PollsTexts.TooManyOptions.With(Poll.MostOptions));
        return options;
    }

    private static List<ReadOption> Texts(PollDetails details, Rules rules)
    {
        var texts = details.Options.Select(o => o.Trim()).Where(o => o.Length > 0).ToList();
        foreach (var text in texts) rules.Text(text, nameof(details.Options), PollOption.TextLength);
        rules.Check(texts.Distinct(StringComparer.OrdinalIgnoreCase).Count() == texts.Count, nameof(details.Options), PollsTexts.OptionTwice);
        var places = OptionPlaces.Has(details.Kind) ? PlacesOf(details, rules) : new Dictionary<string, int?>();
        return texts.ConvertAll(t => new ReadOption(t, Places: places.GetValueOrDefault(t)));
    }

    /// <summary>The places typed, by the words of their option whatever the case; breaks a rule for each that is no number.</summary>
    public static IReadOnlyDictionary<string, int?> PlacesOf(PollDetails details, Rules rules)
    {
        var places = new Dictionary<string, int?>(StringComparer.OrdinalIgnoreCase);
        foreach (var typed in details.Places) places[typed.Option.Trim()] = Number(typed.Most, nameof(details.Places), 1, OptionPlaces.Most, rules);
        return places;
    }

    /// <summary>The dates typed, in their order; breaks a rule at <paramref name="field"/> for each that cannot be read or is there twice.</summary>
    public static IReadOnlyList<ReadOption> DatesOf(IReadOnlyList<TypedDate> typedDates, string field, Rules rules, Dates dates)
    {
        var read = new List<ReadOption>();
        foreach (var typed in typedDates.Where(d => !d.IsEmpty))
        {
            var (day, from, to) = (Day(typed.Day), Hour(typed.From), string.IsNullOrWhiteSpace(typed.To) ? null : Hour(typed.To));
            var isRight = day is not null && from is not null && (string.IsNullOrWhiteSpace(typed.To) || to is not null);
            rules.Check(isRight, field, PollsTexts.DateUnreadable.With(typed.Day));
            if (!isRight) continue;

            var start = day!.Value.ToDateTime(from!.Value);
            var end = to is { } hour ? day.Value.ToDateTime(hour) : start + UsualLength;
            // What ends before it begins ends the day after.
            read.Add(new("", dates.Utc(start), dates.Utc(end < start ? end.AddDays(1) : end), Number(typed.Places, field, 1, OptionPlaces.Most, rules)));
        }

        rules.Check(read.Select(r => r.StartUtc).Distinct().Count() == read.Count, field, PollsTexts.DateTwice);
        return [.. read.OrderBy(r => r.StartUtc)];
    }

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1970 and <= 2200 ? day : null;

    private static TimeOnly? Hour(string? text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour) ? hour : null;

    private static int? Number(string? text, string field, int least, int most, Rules rules)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;

        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;
        rules.Check(isNumber, field, PollsTexts.NumberBetween.With(least, most));
        return isNumber ? number : null;
    }
}
