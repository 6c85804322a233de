using TerritoireCollab.Platform.Content;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Pages;

/// <summary>A date as its fields post it.</summary>
public sealed record PostedDateFields
{
    /// <summary>Day.</summary>
    public string? Day { get; init; }
    /// <summary>Hour.</summary>
    public string? From { get; init; }
    /// <summary>Hour of the end.</summary>
    public string? To { get; init; }
    /// <summary>Most who come.</summary>
    public string? Places { get; init; }
}

/// <summary>The places of an option as its fields post them.</summary>
public sealed record PostedPlaces
{
    /// <summary>The option.</summary>
    public string? Option { get; init; }
    /// <summary>Most votes that it takes.</summary>
    public string? Most { get; init; }
}

/// <summary>A poll as its form posts it.</summary>
public sealed record PollPosted
{
    /// <summary>Key proposed by the form, so that sending it twice publishes once.</summary>
    public Guid Id { get; init; }
    /// <summary>The question.</summary>
    public string? Title { get; init; }
    /// <summary>The context, in Markdown.</summary>
    public string? Body { get; init; }
    /// <summary>Tags separated by commas.</summary>
    public string? Tags { get; init; }
    /// <summary>Who may read it.</summary>
    public Audience? Audience { get; init; }
    /// <summary>The version that was read.</summary>
    public int Version { get; init; }
    /// <summary>The options, one a line.</summary>
    public string? Options { get; init; }
    /// <summary>The dates.</summary>
    public List<PostedDateFields>? Dates { get; init; }
    /// <summary>The places of the options.</summary>
    public List<PostedPlaces>? Places { get; init; }
    /// <summary>Files to take off.</summary>
    public Guid[]? RemovedFiles { get; init; }
    /// <summary>Last day.</summary>
    public string? Day { get; init; }
    /// <summary>Hour of the end.</summary>
    public string? Hour { get; init; }
    /// <summary>Who sees the votes.</summary>
    public Secrecy? Secrecy { get; init; }
    /// <summary>When the results are shown.</summary>
    public Showing Showing { get; init; }
    /// <summary>Quorum.</summary>
    public string? Quorum { get; init; }
    /// <summary>Least options.</summary>
    public string? Least { get; init; }
    /// <summary>Most options.</summary>
    public string? Most { get; init; }
    /// <summary>Points.</summary>
    public string? Points { get; init; }
    /// <summary>Whether each organisation has one vote.</summary>
    public bool PerOrganisation { get; init; }
    /// <summary>Whether whoever may vote may add options.</summary>
    public bool TakesOptions { get; init; }
    /// <summary>Hours before the end when those who have not voted are reminded.</summary>
    public int RemindBefore { get; init; }
    /// <summary>Whether the button pressed asks for more fields of dates rather than to publish.</summary>
    public bool MoreDates { get; init; }
    /// <summary>Whether the button pressed asks for the fields of places rather than to publish.</summary>
    public bool WithPlaces { get; init; }
    /// <summary>Whether the button pressed asks what takes place on the dates rather than to publish.</summary>
    public bool CheckDates { get; init; }

    /// <summary>Whether the button pressed asks for something else than to publish.</summary>
    internal bool AsksForMore => MoreDates || WithPlaces || CheckDates || SwitchTo is not null;

    /// <summary>How one votes, by its word, as the form was shown; null where its address says it.</summary>
    public string? Kind { get; init; }
    /// <summary>How one votes from now on, by its word, when the button pressed asks for another kind rather than to publish.</summary>
    public string? SwitchTo { get; init; }

    internal ContentInput Content => new() { Id = Id, Title = Title ?? "", Body = Body ?? "", Tags = Tags, Audience = Audience };

    internal PollDetails Details(PollKind kind) => new()
    {
        Kind = kind, Day = Day, Hour = Hour, Options = (Options ?? "").Split('\n'), Dates = [.. (Dates ?? []).Select(d => new TypedDate(d.Day, d.From, d.To, d.Places))], Places = [.. (Places ?? []).Where(p => p.Option is not null).Select(p => new TypedPlaces(p.Option!, p.Most))],
        Secrecy = Secrecy, Showing = Showing, Quorum = Quorum, Least = Least, Most = Most, Points = Points, PerOrganisation = PerOrganisation, TakesOptions = TakesOptions, RemindBefore = RemindBefore,
    };

    /// <summary>The form with what was typed.</summary>
    internal PollForm Into(PollForm form) => form with { Title = Title ?? "", Body = Body ?? "", Tags = Tags ?? "", Audience = Audience ?? form.Audience, WithPlaces = WithPlaces, RemovedFiles = RemovedFiles ?? [], Details = SwitchTo is null ? Details(form.Details.Kind) : Details(KindWord.Parse(Kind)).As(form.Details.Kind) };
}

/// <summary>The kinds of polls as addresses name them.</summary>
internal static class KindWord
{
    /// <summary>The word of a kind.</summary>
    public static string Of(PollKind kind) => kind switch
    {
        PollKind.Multiple => "plusieurs",
        PollKind.Approval => "approbation",
        PollKind.Ranking => "classement",
        PollKind.Points => "points",
        PollKind.Dates => "dates",
        PollKind.Consent => "decision",
        _ => "choix",
    };

    /// <summary>The kind of a word; a single choice for any other.</summary>
    public static PollKind Parse(string? word) => Enum.GetValues<PollKind>().FirstOrDefault(k => Of(k) == word);
}
