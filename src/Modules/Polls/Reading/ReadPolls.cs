using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Polls.Faces;
using TerritoireCollab.Polls.Results;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Reading;

/// <summary>An option in the API.</summary>
/// <param name="Number">What votes name it by.</param>
/// <param name="Text">Its words.</param>
/// <param name="Start">When its date begins.</param>
/// <param name="End">When its date ends.</param>
/// <param name="Count">Votes, or points; null as long as the results are hidden.</param>
/// <param name="IfNeedBe">Answers « if need be » to a date; null as long as the results are hidden, and without dates.</param>
/// <param name="Places">Most votes that it takes, or null.</param>
/// <param name="IsFull">Whether they are all taken.</param>
public sealed record ApiOption(int Number, string Text, DateTime? Start, DateTime? End, int? Count, int? IfNeedBe, int? Places, bool IsFull);

/// <summary>A poll in the API.</summary>
public sealed record ApiPoll
{
    /// <summary>Short identifier.</summary>
    public required string Id { get; init; }
    /// <summary>Address form of the group.</summary>
    public required string Group { get; init; }
    /// <summary>The question.</summary>
    public required string Title { get; init; }
    /// <summary>The context, in Markdown.</summary>
    public required string Body { get; init; }
    /// <summary>The context, sanitised HTML.</summary>
    public required string BodyHtml { get; init; }
    /// <summary>Who asked.</summary>
    public required ApiAuthor Author { get; init; }
    /// <summary><c>group</c>, <c>platform</c> or <c>public</c>.</summary>
    public required string Audience { get; init; }
    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
    /// <summary><c>single</c>, <c>multiple</c>, <c>approval</c>, <c>ranking</c>, <c>points</c>, <c>dates</c> or <c>consent</c>.</summary>
    public required string Kind { get; init; }
    /// <summary>Who sees what somebody voted: <c>secret</c>, <c>named</c> or <c>animators</c>.</summary>
    public required string Secrecy { get; init; }
    /// <summary>When the results are shown: <c>always</c>, <c>afterVote</c> or <c>atEnd</c>.</summary>
    public required string Showing { get; init; }
    /// <summary>When it closes.</summary>
    public required DateTime ClosesAt { get; init; }
    /// <summary>Whether it is closed.</summary>
    public required bool IsClosed { get; init; }
    /// <summary>Votes of members, or of organisations, without which it decides nothing; null for none.</summary>
    public int? Quorum { get; init; }
    /// <summary>How many voted, guests too.</summary>
    public required int VoteCount { get; init; }
    /// <summary>Whether the results are shown to whoever asks.</summary>
    public required bool ResultsShown { get; init; }
    /// <summary>The options.</summary>
    public required IReadOnlyList<ApiOption> Options { get; init; }
    /// <summary>What was concluded, in Markdown, or null.</summary>
    public string? Conclusion { get; init; }
    /// <summary>Comments that can be read.</summary>
    public required int CommentCount { get; init; }
    /// <summary>First publication.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Last change.</summary>
    public required DateTime UpdatedAt { get; init; }
    /// <summary>Version to send back when changing it.</summary>
    public required int Version { get; init; }
    /// <summary>Address of its page.</summary>
    public required string Url { get; init; }
}

/// <summary>Reads polls for programs, with the rights and the promises of the screens.</summary>
internal sealed class ReadPolls(AppDb database, Rights rights, ModuleCatalog modules, Dates dates, PlatformOptions site, TimeProvider clock)
{
    /// <summary>A page of the group's polls, the newest first.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no polls.</exception>
    public async Task<CursorPage<ApiPoll>> ListAsync(Viewer viewer, string groupSlug, PageCursor? after, int limit, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(PollsModule.ToolKey)!)) throw new NotFoundException();

        var rows = await db.Set<Poll>().Where(p => p.Item.GroupId == standing.GroupId).NewestFirst(after, limit).Rows(db).ToListAsync(cancellation);
        return new(await JsonAsync(db, [.. rows.Take(limit)], cancellation), PageCursor.Next(rows, limit, r => r.AtCreation));
    }

    /// <summary>One poll.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<ApiPoll> OneAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var row = await db.Set<Poll>().Of(shortId).Rows(db).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return (await JsonAsync(db, [row], cancellation))[0];
    }

    private async Task<IReadOnlyList<ApiPoll>> JsonAsync(AppDbContext db, IReadOnlyList<ContentRow<Poll>> rows, CancellationToken cancellation)
    {
        var (ids, me, now) = (rows.Select(r => r.Item.Id).ToList(), db.Viewer.MemberId, clock.GetUtcNow().UtcDateTime);
        var options = (await db.Set<PollOption>().AsNoTracking().Where(o => ids.Contains(o.ItemId)).OrderBy(o => o.Position).ToListAsync(cancellation)).ToLookup(o => o.ItemId);
        var voters = (await db.Set<PollVoter>().AsNoTracking().Where(v => ids.Contains(v.ItemId)).Select(v => new { v.ItemId, v.MemberId }).ToListAsync(cancellation)).ToLookup(v => v.ItemId, v => v.MemberId);
        var votes = await db.Set<PollBallot>().Where(b => ids.Contains(b.ItemId)).GroupBy(b => b.ItemId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var shown = rows.Where(r => ReadPoll.AreShown(r.Content, r.Content.IsClosed(now), me != Guid.Empty && voters[r.Item.Id].Contains(me))).Select(r => r.Item.Id).ToList();
        // Whether an option is full is said although its votes are hidden.
        var counted = shown.Union(options.SelectMany(o => o).Where(o => o.Places is not null).Select(o => o.ItemId)).ToList();
        var ballots = (await db.Set<PollBallot>().AsNoTracking().Where(b => counted.Contains(b.ItemId)).Select(b => new { b.ItemId, b.Marks }).ToListAsync(cancellation)).ToLookup(b => b.ItemId, b => Marks.Read(b.Marks));
        return [.. rows.Select(r => Json(r, PollWords.Options(r.Content, [.. options[r.Item.Id]]), votes.GetValueOrDefault(r.Item.Id), [.. ballots[r.Item.Id]], shown.Contains(r.Item.Id)))];
    }

    private ApiPoll Json(ContentRow<Poll> row, IReadOnlyList<PollOption> options, int votes, IReadOnlyList<IReadOnlyDictionary<int, int>> ballots, bool areShown)
    {
        var (poll, lines) = (row.Content, areShown ? Tally.Of(row.Content, options, ballots).Lines.ToDictionary(l => l.Option.Number) : null);
        var places = OptionPlaces.Of(poll, options, ballots, null, areShown);
        return new()
        {
            Id = row.Item.ShortId,
            Group = row.Group,
            Title = row.Item.Title,
            Body = poll.Body,
            BodyHtml = poll.Html(),
            Author = row.Author,
            Audience = AudienceWord.Of(row.Item.Audience),
            Tags = row.Tags,
            Kind = PollApiWords.Of(poll.Kind),
            Secrecy = PollApiWords.Of(poll.Secrecy),
            Showing = PollApiWords.Of(poll.Showing),
            ClosesAt = poll.ClosesAt,
            IsClosed = poll.IsClosed(clock.GetUtcNow().UtcDateTime),
            Quorum = poll.Quorum,
            VoteCount = votes,
            ResultsShown = lines is not null,
            Options = [.. options.Select(o => new ApiOption(o.Number, PollWords.Of(o, dates), o.StartUtc, o.EndUtc, lines?[o.Number].Count, poll.Kind == PollKind.Dates ? lines?[o.Number].Beside : null, o.Places, places.GetValueOrDefault(o.Number)?.IsFull == true))],
            Conclusion = poll.Conclusion,
            CommentCount = row.Item.CommentCount,
            CreatedAt = row.Item.CreatedAt,
            UpdatedAt = row.Item.UpdatedAt,
            Version = row.Item.Version,
            Url = site.Absolute(PollAddress.Of(row.Group, row.Item.ShortId, row.Item.Title)).ToString(),
        };
    }
}

/// <summary>What a poll is, as the API writes it.</summary>
internal static class PollApiWords
{
    /// <summary>The word of a kind.</summary>
    public static string Of(PollKind kind) => kind switch
    {
        PollKind.OneChoice => "single",
        PollKind.Multiple => "multiple",
        PollKind.Approval => "approval",
        PollKind.Ranking => "ranking",
        PollKind.Points => "points",
        PollKind.Dates => "dates",
        _ => "consent",
    };

    /// <summary>The word of who sees the votes.</summary>
    public static string Of(Secrecy secrecy) => secrecy switch { Secrecy.Named => "named", Secrecy.NamedForAnimators => "animators", _ => "secret" };

    /// <summary>The word of when the results are shown.</summary>
    public static string Of(Showing showing) => showing switch { Showing.Always => "always", Showing.AtEnd => "atEnd", _ => "afterVote" };

    /// <summary>The kind of a word; a single choice without one; for any other word one that is refused at its field.</summary>
    public static PollKind Kind(string? word) => word is null ? PollKind.OneChoice : Enum.GetValues<PollKind>().Cast<PollKind?>().FirstOrDefault(k => Of(k!.Value) == word) ?? (PollKind)(-1);

    /// <summary>Who sees the votes, by its word; null without one.</summary>
    public static Secrecy? Secret(string? word) => word is null ? null : Enum.GetValues<Secrecy>().Cast<Secrecy?>().FirstOrDefault(s => Of(s!.Value) == word) ?? (Secrecy)(-1);

    /// <summary>When the results are shown, by its word; once one has voted without one.</summary>
    public static Showing Shown(string? word) => word is null ? Showing.AfterVote : Enum.GetValues<Showing>().Cast<Showing?>().FirstOrDefault(s => Of(s!.Value) == word) ?? (Showing)(-1);
}
