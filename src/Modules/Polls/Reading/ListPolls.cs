using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Polls.Questionnaires;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Reading;

/// <summary>A row of the list.</summary>
public sealed record PollRow
{
    /// <summary>Short identifier.</summary>
    public required string ShortId { get; init; }
    /// <summary>The question.</summary>
    public required string Title { get; init; }
    /// <summary>The beginning of the context.</summary>
    public required string Excerpt { get; init; }
    /// <summary>How one votes.</summary>
    public required PollKind Kind { get; init; }
    /// <summary>Whether it is a questionnaire: its votes are answers.</summary>
    public required bool IsQuestionnaire { get; init; }
    /// <summary>Who asked.</summary>
    public required string AuthorName { get; init; }
    /// <summary>When it closes.</summary>
    public required DateTime ClosesAt { get; init; }
    /// <summary>How many voted.</summary>
    public required int Votes { get; init; }
    /// <summary>Comments that can be read.</summary>
    public required int CommentCount { get; init; }
    /// <summary>On top of the list.</summary>
    public required bool IsPinned { get; init; }
    /// <summary>Whether it was concluded.</summary>
    public required bool IsConcluded { get; init; }
    /// <summary>Whether the viewer voted.</summary>
    public required bool IsVoted { get; init; }
}

/// <summary>The polls of a group.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Rows">Those of this page.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="PageCount">Pages in all.</param>
/// <param name="IsClosed">Whether those are listed that are closed, instead of those that are open.</param>
/// <param name="OpenCount">How many are open.</param>
/// <param name="ClosedCount">How many are closed.</param>
/// <param name="Kind">The one kind of content that is listed, or null.</param>
/// <param name="HasBoth">Whether there are both, so that one can choose.</param>
/// <param name="MayAsk">Whether the viewer may ask a question.</param>
public sealed record PollListView(Standing Standing, IReadOnlyList<PollRow> Rows, int Page, int PageCount, bool IsClosed, int OpenCount, int ClosedCount, string? Kind, bool HasBoth, bool MayAsk);

/// <summary>Lists the polls and questionnaires of a group: the open ones, the next to close first; or the closed ones, the last closed first.</summary>
internal sealed class ListPolls(AppDb database, Rights rights, ModuleCatalog modules, TimeProvider clock)
{
    /// <summary>Polls on a page.</summary>
    public const int PageSize = 20;

    /// <summary>One page of the list.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no polls.</exception>
    public async Task<PollListView> ExecuteAsync(Viewer viewer, string groupSlug, bool closed, string? kind, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(PollsModule.ToolKey)!)) throw new NotFoundException();

        var now = clock.GetUtcNow().UtcDateTime;
        var all = All(db, standing.GroupId);
        var counts = await all.GroupBy(a => new { a.Item.Kind, IsClosed = a.ClosesAt <= now }).Select(g => new { g.Key.Kind, g.Key.IsClosed, Count = g.Count() }).ToListAsync(cancellation);
        var (openCount, closedCount) = (counts.Where(c => !c.IsClosed && (kind is null || c.Kind == kind)).Sum(c => c.Count), counts.Where(c => c.IsClosed && (kind is null || c.Kind == kind)).Sum(c => c.Count));
        var pages = Math.Max(1, ((closed ? closedCount : openCount) + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        if (kind is not null) all = all.Where(a => a.Item.Kind == kind);
        var wanted = closed
            ? all.Where(a => a.ClosesAt <= now).OrderByDescending(a => a.Item.IsPinned).ThenByDescending(a => a.ClosesAt).ThenBy(a => a.Item.ShortId)
            : all.Where(a => a.ClosesAt > now).OrderByDescending(a => a.Item.IsPinned).ThenBy(a => a.ClosesAt).ThenBy(a => a.Item.ShortId);
        var rows = await Rows(db, wanted.Skip((page - 1) * PageSize).Take(PageSize), viewer.MemberId).ToListAsync(cancellation);
        return new(standing, rows, page, pages, closed, openCount, closedCount, kind, counts.Select(c => c.Kind).Distinct().Count() > 1, rights.Allows(PollsModule.Create, standing));
    }

    /// <summary>Polls and questionnaires of a group in one list, each with what it has of its own.</summary>
    internal static IQueryable<Listed> All(AppDbContext db, Guid groupId) =>
        from i in db.Items.AsNoTracking()
        where i.GroupId == groupId && (i.Kind == PollsModule.PollKindKey || i.Kind == PollsModule.QuestionnaireKindKey)
        join p in db.Set<Poll>() on i.Id equals p.Id into polls
        from poll in polls.DefaultIfEmpty()
        join q in db.Set<Questionnaire>() on i.Id equals q.Id into questionnaires
        from questionnaire in questionnaires.DefaultIfEmpty()
        select new Listed { Item = i, Poll = poll, ClosesAt = poll != null ? poll.ClosesAt : questionnaire!.ClosesAt };

    /// <summary>Those contents as rows.</summary>
    internal static IQueryable<PollRow> Rows(AppDbContext db, IQueryable<Listed> listed, Guid me)
    {
        // Named outside of the question: within it each would be compiled anew every time that it is asked.
        var (ballots, voters, respondents) = (db.Set<PollBallot>(), db.Set<PollVoter>(), db.Set<Respondent>());
        return listed.Select(l => new PollRow
        {
            ShortId = l.Item.ShortId,
            Title = l.Item.Title,
            Excerpt = l.Item.Excerpt,
            Kind = l.Poll != null ? l.Poll.Kind : PollKind.OneChoice,
            IsQuestionnaire = l.Item.Kind == PollsModule.QuestionnaireKindKey,
            AuthorName = l.Item.Author!.Name,
            ClosesAt = l.ClosesAt,
            Votes = ballots.Count(b => b.ItemId == l.Item.Id) + respondents.Count(r => r.ItemId == l.Item.Id),
            CommentCount = l.Item.CommentCount,
            IsPinned = l.Item.IsPinned,
            IsConcluded = l.Poll != null && l.Poll.ConcludedAt != null,
            IsVoted = voters.Any(v => v.ItemId == l.Item.Id && v.MemberId == me) || respondents.Any(r => r.ItemId == l.Item.Id && r.MemberId == me),
        });
    }

    /// <summary>A poll, or a questionnaire.</summary>
    internal sealed class Listed
    {
        /// <summary>The shared row.</summary>
        public ContentItem Item { get; init; } = null!;
        /// <summary>The poll; null of a questionnaire.</summary>
        public Poll? Poll { get; init; }
        /// <summary>When it closes.</summary>
        public DateTime ClosesAt { get; init; }
    }
}
