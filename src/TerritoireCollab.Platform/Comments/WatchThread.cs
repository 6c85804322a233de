using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Comments;

/// <summary>What a page that stays open finds when it looks again.</summary>
public enum WatchState
{
    /// <summary>The reader may still read.</summary>
    Open = 0,
    /// <summary>The content was removed, or the reader may not read it any more.</summary>
    Closed = 1,
    /// <summary>The reader's sign-in was closed.</summary>
    SignedOut = 2,
    /// <summary>The content was merged into another one, to which its own address leads.</summary>
    Merged = 3,
}

/// <summary>A look at a thread.</summary>
/// <param name="State">Whether the reader may still read.</param>
/// <param name="NewAnswers">Answers of others after the number asked about.</param>
/// <param name="FirstNew">Number of the first of them, or null.</param>
public sealed record WatchedThread(WatchState State, int NewAnswers, int? FirstNew);

/// <summary>Looks at a thread again for a page that stays open: who the reader is and what he may read is asked anew each time.</summary>
public sealed class WatchThread(AppDb database, TimeProvider clock)
{
    // One question, since a thread that a thousand people look at is asked about a thousand times at once.
    private readonly Func<AppDbContext, Guid, Guid, DateTime, Guid, int, Task<Seen?>> _look = EF.CompileAsyncQuery(
        (AppDbContext db, Guid session, Guid member, DateTime now, Guid item, int number) => db.Sessions
            .Where(s => s.Id == session && s.MemberId == member && s.ClosedAt == null && s.ExpiresAt > now && s.Member!.State == MemberState.Active)
            .Select(_ => new Seen(
                db.Items.Any(i => i.Id == item),
                db.Comments.Count(c => c.ItemId == item && c.Number > number && c.Kind == CommentKind.Message && c.AuthorId != member),
                db.Comments.Where(c => c.ItemId == item && c.Number > number && c.Kind == CommentKind.Message && c.AuthorId != member).Min(c => (int?)c.Number)))
            .FirstOrDefault());

    /// <summary>What is new after <paramref name="number"/>, if it may still be read.</summary>
    public async Task<WatchedThread> ExecuteAsync(Viewer viewer, Guid sessionId, Guid itemId, int number, CancellationToken cancellation)
    {
        if (!viewer.IsMember) return new(WatchState.SignedOut, 0, null);

        await using var db = database.Open(viewer);
        if (await _look(db, sessionId, viewer.MemberId, clock.GetUtcNow().UtcDateTime, itemId, number) is not { } seen) return new(WatchState.SignedOut, 0, null);
        if (seen.MayRead) return new(WatchState.Open, seen.Answers, seen.First);

        return new(await IsMergedAsync(db, itemId, cancellation) ? WatchState.Merged : WatchState.Closed, 0, null);
    }

    private static Task<bool> IsMergedAsync(AppDbContext db, Guid itemId, CancellationToken cancellation) => db.Comments.IgnoreQueryFilters([AppDbContext.DeletedFilter])
        .AnyAsync(c => c.ItemId == itemId && c.Kind == CommentKind.Trace && c.Body.StartsWith(Comment.MergedInto), cancellation);

    private sealed record Seen(bool MayRead, int Answers, int? First);
}
