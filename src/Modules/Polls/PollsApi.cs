using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Platform.Tags;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Reading;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls;

/// <summary>A date to choose from, that a program proposes.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="End">When it ends; two hours later without one.</param>
/// <param name="Places">Most who come, or null.</param>
public sealed record PostedDate(DateTimeOffset Start, DateTimeOffset? End, int? Places = null);

/// <summary>A poll that a program publishes, or what it changes of one: what is absent stays.</summary>
public sealed record PostedPoll
{
    /// <summary>The question.</summary>
    public string? Title { get; init; }
    /// <summary>The context, in Markdown.</summary>
    public string? Body { get; init; }
    /// <summary><c>group</c>, <c>platform</c> or <c>public</c>.</summary>
    public string? Audience { get; init; }
    /// <summary>Tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
    /// <summary><c>single</c>, <c>multiple</c>, <c>approval</c>, <c>ranking</c>, <c>points</c>, <c>dates</c> or <c>consent</c>.</summary>
    public string? Kind { get; init; }
    /// <summary>The options, in order.</summary>
    public IReadOnlyList<string>? Options { get; init; }
    /// <summary>Most votes that each option, or date, takes, in their order; null for as many as come.</summary>
    public IReadOnlyList<int?>? Places { get; init; }
    /// <summary>The dates, of a poll on dates.</summary>
    public IReadOnlyList<PostedDate>? Dates { get; init; }
    /// <summary>When it closes, to the minute; in a week without one.</summary>
    public DateTimeOffset? ClosesAt { get; init; }
    /// <summary><c>secret</c>, <c>named</c> or <c>animators</c>.</summary>
    public string? Secrecy { get; init; }
    /// <summary><c>always</c>, <c>afterVote</c> or <c>atEnd</c>.</summary>
    public string? Showing { get; init; }
    /// <summary>Votes without which it decides nothing.</summary>
    public int? Quorum { get; init; }
    /// <summary>Least options that one chooses.</summary>
    public int? Least { get; init; }
    /// <summary>Most options that one chooses.</summary>
    public int? Most { get; init; }
    /// <summary>Points that one shares.</summary>
    public int? Points { get; init; }
    /// <summary>Whether each organisation has one vote.</summary>
    public bool? PerOrganisation { get; init; }
    /// <summary>Whether whoever may vote may add options.</summary>
    public bool? TakesOptions { get; init; }
    /// <summary>The version that was read: a change is refused when somebody has edited since.</summary>
    public int? Version { get; init; }
}

/// <summary>A vote that a program gives.</summary>
public sealed record PostedVote
{
    /// <summary>Numbers of the options chosen; in a poll that asks for an order, in that order.</summary>
    public IReadOnlyList<int>? Choices { get; init; }
    /// <summary>What each option gets, by its number: points; for dates 2 for yes, 1 for if need be, 0 for no.</summary>
    public IReadOnlyDictionary<string, int>? Marks { get; init; }
    /// <summary>Why.</summary>
    public string? Reason { get; init; }
    /// <summary>Whether it may take the place of what a colleague voted for the same organisation.</summary>
    public bool Replaces { get; init; }
}

/// <summary>Polls under <c>/api/v1</c>, by the handlers of their pages.</summary>
internal static class PollsApi
{
    private static readonly ApiKind Kind = new(PollsModule.PollKindKey, "polls", "Poll");

    public static void MapPollsApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").WithTags("polls");
        api.AddEndpointFilter<ApiGuard>();
        api.MapGet("/groups/{slug}/polls", ListAsync).WithName("listPolls").WithSummary(PollsTexts.ApiList);
        api.MapPost("/groups/{slug}/polls", CreateAsync).WithName("askPoll").WithSummary(PollsTexts.ApiCreate);
        api.MapGet("/polls/{id}", ReadAsync).WithName("readPoll").WithSummary(PollsTexts.ApiRead);
        api.MapPatch("/polls/{id}", ChangeAsync).WithName("changePoll").WithSummary(PollsTexts.ApiChange);
        api.MapPost("/polls/{id}/votes", VoteAsync).WithName("vote").WithSummary(PollsTexts.ApiVote);
        api.MapDelete("/polls/{id}/votes", WithdrawAsync).WithName("withdrawVote").WithSummary(PollsTexts.ApiWithdraw);
        api.MapRemoval(Kind, PollsTexts.ApiRemove);
        api.MapComments(Kind, PollsTexts.ApiComments, PollsTexts.ApiComment);
    }

    private static Task<CursorPage<ApiPoll>> ListAsync(string slug, string? after, int? limit, ReadPolls read, CurrentViewer current, CancellationToken cancellation) =>
        read.ListAsync(current.Viewer, slug, PageCursor.Parse(after), PageCursor.Limit(limit), cancellation);

    private static async Task<Created<ApiPoll>> CreateAsync(string slug, PostedPoll body, CreatePoll create, ReadPolls read, Dates dates, CurrentViewer current, CancellationToken cancellation)
    {
        var content = new ContentInput { Title = body.Title ?? "", Body = body.Body ?? "", Audience = AudienceWord.Parse(body.Audience), Tags = TagList.Typed(body.Tags) };
        var id = await ApiFields.NamedAsync(() => create.ExecuteAsync(current.Viewer, slug, new(content, Details(body, PollDetails.Proposed(PollApiWords.Kind(body.Kind), dates), dates), []), cancellation), Named);
        return TypedResults.Created($"/api/v1/polls/{id}", await read.OneAsync(current.Viewer, id, cancellation));
    }

    private static Task<ApiPoll> ReadAsync(string id, ReadPolls read, CurrentViewer current, CancellationToken cancellation) => read.OneAsync(current.Viewer, id, cancellation);

    private static async Task<ApiPoll> ChangeAsync(string id, PostedPoll body, EditPoll edit, ReadPolls read, Dates dates, CurrentViewer current, CancellationToken cancellation)
    {
        var form = await edit.ReadAsync(current.Viewer, id, cancellation);
        if (form.HasVotes && (body.Options ?? (object?)body.Dates ?? body.Kind) is not null) throw new InvalidInputException(nameof(body.Options), PollsTexts.VotesKeepOptions);

        var content = new ContentInput { Title = body.Title ?? form.Title, Body = body.Body ?? form.Body, Audience = AudienceWord.Parse(body.Audience) ?? form.Audience, Tags = TagList.Typed(body.Tags) ?? form.Tags };
        await ApiFields.NamedAsync(() => edit.ExecuteAsync(current.Viewer, id, new(content, Details(body, form.Details, dates), body.Version ?? form.Version), cancellation), Named);
        return await read.OneAsync(current.Viewer, id, cancellation);
    }

    private static async Task<ApiPoll> VoteAsync(string id, PostedVote body, CastVote cast, ReadPolls read, CurrentViewer current, CancellationToken cancellation)
    {
        var poll = await read.OneAsync(current.Viewer, id, cancellation);
        await cast.ExecuteAsync(current.Viewer, id, new(MarksOf(body, poll.Kind == PollApiWords.Of(PollKind.Ranking)), body.Reason, body.Replaces), cancellation);
        return await read.OneAsync(current.Viewer, id, cancellation);
    }

    private static async Task<NoContent> WithdrawAsync(string id, CastVote cast, CurrentViewer current, CancellationToken cancellation)
    {
        await cast.WithdrawAsync(current.Viewer, id, cancellation);
        return TypedResults.NoContent();
    }

    private static Dictionary<int, int> MarksOf(PostedVote vote, bool isOrder)
    {
        if (vote.Choices is { } choices) return choices.Distinct().Index().ToDictionary(c => c.Item, c => isOrder ? c.Index + 1 : 1);

        return (vote.Marks ?? new Dictionary<string, int>()).ToDictionary(m => int.TryParse(m.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new InvalidInputException(nameof(vote.Marks), PollsTexts.OptionGone), m => m.Value);
    }

    private static PollDetails Details(PostedPoll body, PollDetails present, Dates dates)
    {
        var details = present with
        {
            Kind = body.Kind is null ? present.Kind : PollApiWords.Kind(body.Kind),
            Options = body.Options is null ? present.Options : [.. body.Options.Select(o => o.ReplaceLineEndings(" "))],
            Dates = body.Dates is null ? present.Dates : [.. body.Dates.Select(d => Typed(d, dates))],
            Secrecy = PollApiWords.Secret(body.Secrecy) ?? present.Secrecy,
            Showing = body.Showing is null ? present.Showing : PollApiWords.Shown(body.Showing),
            Quorum = Text(body.Quorum) ?? present.Quorum,
            Least = Text(body.Least) ?? present.Least,
            Most = Text(body.Most) ?? present.Most,
            Points = Text(body.Points) ?? present.Points,
            PerOrganisation = body.PerOrganisation ?? present.PerOrganisation,
            TakesOptions = body.TakesOptions ?? present.TakesOptions,
        };
        details = WithPlaces(body, details);
        if (body.ClosesAt is not { } closes) return details;

        var (day, hour) = ApiFields.End(closes, dates);
        return details with { Day = day, Hour = hour };
    }

    // Options that are replaced leave their places behind.
    private static PollDetails WithPlaces(PostedPoll body, PollDetails details)
    {
        if (body.Places is not { } places) return body.Options is null ? details : details with { Places = [] };

        return details.Kind == PollKind.Dates
            ? details with { Dates = [.. details.Dates.Select((d, at) => d with { Places = Text(places.ElementAtOrDefault(at)) })] }
            : details with { Places = [.. details.Options.Select((o, at) => new TypedPlaces(o, Text(places.ElementAtOrDefault(at))))] };
    }

    private static TypedDate Typed(PostedDate date, Dates dates)
    {
        var start = dates.Local(date.Start.UtcDateTime);
        return new(PollDetails.Typed(DateOnly.FromDateTime(start)), PollDetails.TypedHour(start), date.End is { } end ? PollDetails.TypedHour(dates.Local(end.UtcDateTime)) : null, Text(date.Places));
    }

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Named(string field) => field is "Day" or "Hour" ? nameof(PostedPoll.ClosesAt) : field;
}
