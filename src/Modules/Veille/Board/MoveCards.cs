using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Board;

/// <summary>Where cards go.</summary>
/// <param name="Cards">The cards, in the order they are to stand in.</param>
/// <param name="To">To which state: proposed, kept, placed or set aside.</param>
/// <param name="Rubric">Under which rubric they are placed, or null; the other states leave the rubric as it was.</param>
/// <param name="Before">The card they come before, or null for the end.</param>
public sealed record MoveInput(IReadOnlyList<Guid> Cards, PoolState To, string? Rubric = null, Guid? Before = null);

/// <summary>A card as it was before a move, to undo it.</summary>
/// <param name="Id">The card.</param>
/// <param name="State">Where it was.</param>
/// <param name="Rubric">Under which rubric.</param>
/// <param name="Before">The card that came after it.</param>
/// <param name="Version">Its version since the move: a card that somebody moved since stays where it is.</param>
public sealed record CardBefore(Guid Id, PoolState State, string? Rubric, Guid? Before, int Version);

/// <summary>What a move did.</summary>
/// <param name="Undo">The cards that moved, as they were.</param>
/// <param name="Stayed">How many did not: published meanwhile, or for an undo moved again by somebody else.</param>
public sealed record MoveOutcome(IReadOnlyList<CardBefore> Undo, int Stayed);

/// <summary>
/// Moves cards of the board: the one handler of every gesture. The moves of a group take turns, by its row, so that two animators lose
/// nothing; of the same card the later one wins.
/// </summary>
internal sealed class MoveCards(AppDb database, Rights rights, ModuleCatalog modules, OpenIssue openIssue, TimeProvider clock)
{
    /// <summary>Most cards of one gesture: what undoes it travels in an address.</summary>
    public const int Most = 80;

    /// <summary>Moves the cards.</summary>
    /// <exception cref="NotFoundException">The group has no veille, the viewer does not curate it, or a card is not of this group.</exception>
    /// <exception cref="ForbiddenException">The group is archived.</exception>
    /// <exception cref="InvalidInputException">Too many cards, a state that is not a gesture's, or a rubric that cannot be.</exception>
    public Task<MoveOutcome> ExecuteAsync(Viewer viewer, string groupSlug, MoveInput input, CancellationToken cancellation)
    {
        var ids = input.Cards.Distinct().ToList();
        var rubric = string.IsNullOrWhiteSpace(input.Rubric) ? null : input.Rubric.Trim();
        new Rules().Check(ids.Count <= Most, nameof(input.Cards), BoardTexts.TooManyCards.With(Most)).Check(IsGesture(input.To), nameof(input.To), BoardTexts.NoSuchGesture)
            .Text(rubric, nameof(input.Rubric), PoolEntry.RubricLength, required: false).Demand();
        return database.TransactAsync(viewer, async (db, token) =>
        {
            var standing = await rights.RequireBoardAsync(db, modules, groupSlug, token);
            var cards = await HoldAsync(db, standing.GroupId, ids, token);
            var order = await CardOrder.ReadAsync(db, standing.GroupId, token);
            var moving = ids.ConvertAll(id => cards[id]).FindAll(c => c.State != PoolState.Published && !IsThere(c, input, rubric));
            var undo = Remember(moving, order);
            await PutAsync(db, standing.GroupId, moving, input.To, input.To == PoolState.Placed ? rubric : null, input.Before, order, token);
            await SaveAsync(db, standing.GroupId, moving, token);
            return new MoveOutcome(undo, cards.Values.Count(c => c.State == PoolState.Published));
        }, cancellation);
    }

    /// <summary>Moves a kept or placed card one place up or down among those of its rubric; at the end of them it stays.</summary>
    /// <exception cref="NotFoundException">As for every move.</exception>
    /// <exception cref="ForbiddenException">The group is archived.</exception>
    public Task<MoveOutcome> ShiftAsync(Viewer viewer, string groupSlug, Guid id, bool up, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireBoardAsync(db, modules, groupSlug, token);
        var card = (await HoldAsync(db, standing.GroupId, [id], token))[id];
        var order = await CardOrder.ReadAsync(db, standing.GroupId, token);
        if (!order.TryShift(card, up, out var before)) return new MoveOutcome([], 0);

        var undo = Remember([card], order);
        await order.PutAsync(db, [card], before, token);
        await SaveAsync(db, standing.GroupId, [card], token);
        return new MoveOutcome(undo, 0);
    }, cancellation);

    /// <summary>Puts cards back where a move took them from, as far as nobody has moved them since.</summary>
    /// <exception cref="NotFoundException">As for every move.</exception>
    /// <exception cref="ForbiddenException">The group is archived.</exception>
    public Task<MoveOutcome> UndoAsync(Viewer viewer, string groupSlug, IReadOnlyList<CardBefore> undo, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireBoardAsync(db, modules, groupSlug, token);
        var cards = await HoldAsync(db, standing.GroupId, [.. undo.Select(u => u.Id).Distinct()], token);
        var order = await CardOrder.ReadAsync(db, standing.GroupId, token);
        var back = undo.Where(u => cards[u.Id].Version == u.Version && cards[u.Id].State != PoolState.Published && (IsGesture(u.State) || u.State == PoolState.Old)).DistinctBy(u => u.Id).ToList();
        foreach (var was in back)
        {
            var card = cards[was.Id];
            await PutAsync(db, standing.GroupId, [card], was.State, was.Rubric, was.Before, order, token);
            card.Rubric = was.Rubric;
        }

        await SaveAsync(db, standing.GroupId, back.ConvertAll(u => cards[u.Id]), token);
        return new MoveOutcome([], undo.Count - back.Count);
    }, cancellation);

    private static bool IsGesture(PoolState state) => state is PoolState.Proposed or PoolState.Kept or PoolState.Placed or PoolState.SetAside;

    private static bool IsThere(PoolEntry card, MoveInput input, string? rubric) =>
        card.State == input.To && (!CardOrder.IsOrdered(input.To) || (input.Before is null && (input.To != PoolState.Placed || card.Rubric == rubric)));

    private static List<CardBefore> Remember(List<PoolEntry> moving, CardOrder order)
    {
        var ids = moving.Select(c => c.Id).ToHashSet();
        // Neighbours that go together come back in their order, before the same card.
        return [.. moving.OrderBy(c => c.Position).ThenBy(c => c.Id).Select(c => new CardBefore(c.Id, c.State, c.Rubric, order.After(c, ids), c.Version + 1))];
    }

    /// <summary>
    /// The cards of those ids, tracked, held with the group's turn until the transaction ends: writes that change nothing hold the rows, and
    /// what is read after them is what the change is made from.
    /// </summary>
    /// <exception cref="NotFoundException">One of them is not of this group.</exception>
    internal static async Task<Dictionary<Guid, PoolEntry>> HoldAsync(AppDbContext db, Guid groupId, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        await db.Groups.Where(g => g.Id == groupId).ExecuteUpdateAsync(set => set.SetProperty(g => g.LastActivityAt, g => g.LastActivityAt), cancellation);
        var cards = new Dictionary<Guid, PoolEntry>();
        // One by one and in one order: two gestures that want the same cards wait for one another at the first.
        foreach (var id in ids.Order())
        {
            var card = db.Set<PoolEntry>().Where(e => e.Id == id && e.GroupId == groupId);
            await card.ExecuteUpdateAsync(set => set.SetProperty(e => e.Version, e => e.Version), cancellation);
            cards[id] = await card.FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        }

        return cards;
    }

    private async Task PutAsync(AppDbContext db, Guid groupId, List<PoolEntry> cards, PoolState to, string? rubric, Guid? before, CardOrder order, CancellationToken cancellation)
    {
        if (cards.Count == 0) return;

        var issue = to == PoolState.Placed ? await HeldIssueAsync(db, groupId, cancellation) : (Guid?)null;
        foreach (var card in cards)
        {
            (card.State, card.IssueId) = (to, issue);
            if (to == PoolState.Placed) card.Rubric = rubric;
        }

        await order.PutAsync(db, cards, before, cancellation);
    }

    // An issue that is published at this very moment is waited for, and found to be no longer open.
    private async Task<Guid> HeldIssueAsync(AppDbContext db, Guid groupId, CancellationToken cancellation)
    {
        while (true)
        {
            var issue = await openIssue.ExecuteAsync(db, groupId, cancellation);
            var held = await db.Set<Issue>().Where(i => i.Id == issue.Id && i.State != IssueState.Published).ExecuteUpdateAsync(set => set.SetProperty(i => i.Version, i => i.Version), cancellation);
            if (held > 0) return issue.Id;

            db.Entry(issue).State = EntityState.Detached;
        }
    }

    private async Task SaveAsync(AppDbContext db, Guid groupId, List<PoolEntry> moved, CancellationToken cancellation)
    {
        if (moved.Count == 0) return;

        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var card in moved)
        {
            (card.MovedById, card.MovedAt) = (db.Viewer.MemberId, now);
            card.Version++;
        }

        db.Activities.Add(BoardActivities.Of(BoardActivities.Moved, groupId, db.Viewer, now));
        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>Kinds of activity that the board records: quiet, for the other open boards alone.</summary>
internal static class BoardActivities
{
    /// <summary>Cards moved, or the line of one changed.</summary>
    public const string Moved = "veille.board-moved";

    /// <summary>Somebody looks at the board.</summary>
    public const string Watched = "veille.board-watched";

    /// <summary>Somebody looks at it no more.</summary>
    public const string Left = "veille.board-left";

    /// <summary>One of them.</summary>
    public static Activity Of(string kind, Guid groupId, Viewer actor, DateTime at) => new() { Kind = kind, GroupId = groupId, ActorId = actor.MemberId, At = at, Quiet = true };
}
