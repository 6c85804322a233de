using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
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

/// <summary>
/// Looks at a thread again for the pages that stay open: who their readers are and what they may read is asked anew each time. Looks that come
/// while one is under way are answered together, since a thread that a thousand people look at is asked about a thousand times at once.
/// </summary>
public sealed class WatchThread(AppDb database, TimeProvider clock)
{
    private const int MostAtOnce = 1_000;

    private readonly Dictionary<Guid, Queue<Look>> _waiting = [];
    private readonly Lock _turn = new();

    /// <summary>What is new after <paramref name="number"/>, if the member may still read it.</summary>
    public Task<WatchedThread> ExecuteAsync(Guid memberId, Guid sessionId, Guid itemId, int number, CancellationToken cancellation)
    {
        var look = new Look(memberId, sessionId, number);
        lock (_turn)
        {
            if (_waiting.TryGetValue(itemId, out var others))
            {
                others.Enqueue(look);
            }
            else
            {
                _waiting[itemId] = new([look]);
                _ = Task.Run(() => AnswerAllAsync(itemId), CancellationToken.None);
            }
        }

        return look.Answer.Task.WaitAsync(cancellation);
    }

    private async Task AnswerAllAsync(Guid itemId)
    {
        while (Take(itemId) is { } looks)
        {
            try
            {
                await AnswerAsync(itemId, looks);
            }
            catch (Exception failure)
            {
                // Each of them waits for it, and tells it in its own place.
                foreach (var look in looks) look.Answer.TrySetException(failure);
            }
        }
    }

    private List<Look>? Take(Guid itemId)
    {
        lock (_turn)
        {
            var waiting = _waiting[itemId];
            var taken = new List<Look>(Math.Min(waiting.Count, MostAtOnce));
            while (taken.Count < MostAtOnce && waiting.TryDequeue(out var look)) taken.Add(look);
            if (taken.Count > 0) return taken;

            _waiting.Remove(itemId);
            return null;
        }
    }

    private async Task AnswerAsync(Guid itemId, List<Look> looks)
    {
        await using var db = database.Open(Viewer.System);
        var readers = await ReadersAsync(db, itemId, looks);
        var readable = await ReadableAsync(itemId, readers);
        var hidden = readable.ContainsValue(false) && await IsMergedAsync(db, itemId) ? WatchState.Merged : WatchState.Closed;
        var answers = readable.ContainsValue(true) ? await AnswersAsync(db, itemId, looks.Min(l => l.Number)) : [];

        foreach (var look in looks)
        {
            look.Answer.TrySetResult(
                !readers.TryGetValue((look.SessionId, look.MemberId), out var isOfTheGroup) ? new(WatchState.SignedOut, 0, null)
                : readable[isOfTheGroup] ? New(answers, look)
                : new(hidden, 0, null));
        }
    }

    // Sign-ins that are still open, and whether their member is of the content's group.
    private async Task<Dictionary<(Guid Session, Guid Member), bool>> ReadersAsync(AppDbContext db, Guid itemId, List<Look> looks)
    {
        var sessions = looks.ConvertAll(l => l.SessionId);
        var now = clock.GetUtcNow().UtcDateTime;
        var open = await db.Sessions.Where(s => sessions.Contains(s.Id) && s.ClosedAt == null && s.ExpiresAt > now && s.Member!.State == MemberState.Active)
            .Select(s => new
            {
                s.Id,
                s.MemberId,
                IsOfTheGroup = db.Memberships.Any(m => m.MemberId == s.MemberId && m.State == MembershipState.Active && db.Items.Any(i => i.Id == itemId && i.GroupId == m.GroupId)),
            }).ToListAsync();
        return open.ToDictionary(s => (s.Id, s.MemberId), s => s.IsOfTheGroup);
    }

    // Nothing but belonging to the group makes a difference between members: one of those who do and one of the others are asked for all, by the
    // filters that every read goes through.
    private async Task<Dictionary<bool, bool>> ReadableAsync(Guid itemId, Dictionary<(Guid Session, Guid Member), bool> readers)
    {
        var readable = new Dictionary<bool, bool>();
        foreach (var ((_, member), isOfTheGroup) in readers.DistinctBy(r => r.Value))
        {
            await using var theirs = database.Open(Viewer.Member(member));
            readable[isOfTheGroup] = await theirs.Items.AnyAsync(i => i.Id == itemId);
        }

        return readable;
    }

    private static Task<List<Answer>> AnswersAsync(AppDbContext db, Guid itemId, int number) => db.Comments
        .Where(c => c.ItemId == itemId && c.Number > number && c.Kind == CommentKind.Message).OrderBy(c => c.Number).Select(c => new Answer(c.Number, c.AuthorId)).ToListAsync();

    private static Task<bool> IsMergedAsync(AppDbContext db, Guid itemId) => db.Comments.IgnoreQueryFilters([AppDbContext.DeletedFilter])
        .AnyAsync(c => c.ItemId == itemId && c.Kind == CommentKind.Trace && c.Body.StartsWith(Comment.MergedInto));

    private static WatchedThread New(List<Answer> answers, Look look)
    {
        var (count, first) = (0, (int?)null);
        foreach (var answer in answers)
        {
            if (answer.Number <= look.Number || answer.AuthorId == look.MemberId) continue;
            count++;
            first ??= answer.Number;
        }

        return new(WatchState.Open, count, first);
    }

    private sealed record Answer(int Number, Guid AuthorId);

    private sealed record Look(Guid MemberId, Guid SessionId, int Number)
    {
        public TaskCompletionSource<WatchedThread> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
