using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Inbox.Mails;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Inbox.Digests;

/// <summary>Why a content stands in a summary.</summary>
internal enum DigestReason
{
    /// <summary>The level chosen for the group.</summary>
    Group = 0,
    /// <summary>The member follows it.</summary>
    Following = 1,
    /// <summary>The member wrote it.</summary>
    Author = 2,
    /// <summary>It came while the member was away.</summary>
    Away = 3,
}

/// <summary>What a summary is to tell.</summary>
internal sealed record DigestWish
{
    /// <summary>Whose.</summary>
    public required Guid MemberId { get; init; }
    /// <summary>How often it comes.</summary>
    public required DigestKind Kind { get; init; }
    /// <summary>The member's groups, with their levels.</summary>
    public required IReadOnlyDictionary<Guid, MailLevel> Levels { get; init; }
    /// <summary>What happened after.</summary>
    public required DateTime From { get; init; }
    /// <summary>Whether it makes up for an absence: what would have left at once too is told in it.</summary>
    public bool IsReturn { get; init; }

    /// <summary>Whether the groups of that level are told in it whole.</summary>
    public bool Tells(MailLevel level) => IsReturn
        ? level is MailLevel.DailyDigest or MailLevel.WeeklyDigest
        : level == (Kind == DigestKind.Daily ? MailLevel.DailyDigest : MailLevel.WeeklyDigest);
}

/// <summary>A content in a summary.</summary>
internal sealed record DigestItem
{
    /// <summary>The content.</summary>
    public required ContentItem Item { get; init; }
    /// <summary>Its address from the root.</summary>
    public required string Address { get; init; }
    /// <summary>Whether the content itself is new.</summary>
    public required bool IsNew { get; init; }
    /// <summary>New versions.</summary>
    public int Versions { get; init; }
    /// <summary>New answers.</summary>
    public required int Answers { get; init; }
    /// <summary>Who wrote what is new, the last first.</summary>
    public required IReadOnlyList<string> Who { get; init; }
    /// <summary>What came together with the content, in words; null when it came alone.</summary>
    public string? Besides { get; init; }
    /// <summary>When the last of it was written.</summary>
    public required DateTime At { get; init; }
    /// <summary>First words of the last; empty where texts do not go into mails.</summary>
    public required string Excerpt { get; init; }
    /// <summary>What can be done with it from the mail, besides what can be done with any content.</summary>
    public IReadOnlyList<ActChoices> Acts { get; init; } = [];
    /// <summary>Why it is there.</summary>
    public required DigestReason Reason { get; init; }
    /// <summary>Whether it can be answered.</summary>
    public required bool IsAnswerable { get; init; }
    /// <summary>Place in the summary, from 1.</summary>
    public int Place { get; init; }
}

/// <summary>A group in a summary.</summary>
internal sealed record DigestSection(Group Group, MailLevel Level, IReadOnlyList<DigestItem> Items);

/// <summary>A summary to be made.</summary>
/// <param name="Sections">By name of the group; in each the newest first.</param>
/// <param name="More">How many contents found no place.</param>
internal sealed record DigestDraft(IReadOnlyList<DigestSection> Sections, int More)
{
    /// <summary>Whether there is nothing to tell.</summary>
    public bool IsEmpty => Sections.Count == 0;

    /// <summary>Its contents in order.</summary>
    public IEnumerable<DigestItem> Items => Sections.SelectMany(s => s.Items);
}

/// <summary>
/// Chooses what a member's summary tells: what happened in the groups at its level, that others wrote, that the member may read at this moment and has not read, did not
/// mute, and was not told of by another mail.
/// </summary>
internal sealed class BuildDigest(Faces faces, ModuleCatalog modules, MailActs acts)
{
    /// <summary>Most contents in a summary.</summary>
    public const int Most = 50;

    /// <summary>The summary of a member.</summary>
    /// <param name="db">Reads as the member.</param>
    /// <param name="wish">What it is to tell.</param>
    /// <param name="pool">What happened.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<DigestDraft> ExecuteAsync(AppDbContext db, DigestWish wish, DigestPool pool, CancellationToken cancellation)
    {
        var candidates = wish.Levels.Where(l => wish.IsReturn || wish.Tells(l.Value)).SelectMany(l => pool.Events[l.Key])
            .Where(e => e.At > wish.From && e.ActorId != wish.MemberId).ToList();
        if (candidates.Count == 0) return new([], 0);

        var told = await ReadStateAsync(db, wish, [.. candidates.Select(e => e.ItemId).Distinct()], cancellation);
        var chosen = candidates.Where(e => IsNews(e, wish, wish.Levels[pool.Items[e.ItemId].GroupId], told))
            .GroupBy(e => e.ItemId).Select(g => (Item: pool.Items[g.Key], Events: g.ToList()))
            .OrderByDescending(c => c.Events[^1].At).ToList();
        if (chosen.Count == 0) return new([], 0);

        var shown = chosen.Take(Most).ToList();
        var excerpts = await pool.ExcerptsAsync(db, [.. shown.Select(c => c.Events[^1].CommentId).OfType<Guid>()], cancellation);
        var created = shown.Where(c => c.Events.Exists(e => e.IsContent)).Select(c => c.Item).ToList();
        var news = new News(excerpts, await pool.LinesAsync(db, faces, created, cancellation), await pool.ChoicesAsync(db, acts, created, cancellation));
        var place = 0;
        List<DigestSection> sections = [.. shown.GroupBy(c => c.Item.GroupId).Select(g => (Group: pool.Groups[g.Key], Contents: g)).OrderBy(s => s.Group.FoldedName, StringComparer.Ordinal)
            .Select(s => new DigestSection(s.Group, wish.Levels[s.Group.Id], [.. s.Contents.Select(c => Item(s.Group, c.Item, c.Events, wish, told, pool, news) with { Place = ++place })]))];
        return new(sections, chosen.Count - shown.Count);
    }

    private DigestItem Item(Group group, ContentItem item, List<DigestEvent> events, DigestWish wish, State told, DigestPool pool, News news)
    {
        var last = events[^1];
        var first = events.Find(e => e.CommentId is not null);
        var isNew = events.Exists(e => e.IsContent);
        var words = last.CommentId is { } comment ? news.Excerpts.GetValueOrDefault(comment, "") : DigestPool.ExcerptOf(item);
        var line = isNew ? news.Lines.GetValueOrDefault(item.Id, "") : "";
        return new DigestItem
        {
            Item = item,
            Address = events[0].CommentId is null || first is null ? faces.Address(group.Slug, item) : faces.Of(item.Kind).CommentAddress(group.Slug, item, first.Number),
            IsNew = isNew,
            Versions = events.Count(e => e.IsVersion),
            Answers = events.Count(e => e.CommentId is not null),
            Who = [.. events.Select(e => pool.Names.GetValueOrDefault(e.ActorId, "")).Reverse().Distinct()],
            At = last.At,
            Besides = events.Where(e => e.IsContent == isNew).Select(e => ActivityParticulars.Of(e.Particulars).Note).LastOrDefault(n => n is not null),
            Excerpt = group.MailsTitlesOnly ? "" : string.Join(" — ", new[] { line, words }.Where(t => t.Length > 0)),
            Acts = isNew ? news.Choices.GetValueOrDefault(item.Id, []) : [],
            Reason = item.AuthorId == wish.MemberId ? DigestReason.Author
                : told.Followed.Contains(item.Id) ? DigestReason.Following
                : wish.Tells(wish.Levels[group.Id]) ? DigestReason.Group : DigestReason.Away,
            IsAnswerable = modules.Kind(item.Kind).Can(Capability.Commentable) && item.LockedAt is null,
        };
    }

    private static bool IsNews(DigestEvent news, DigestWish wish, MailLevel level, State told)
    {
        if (!told.Readable.Contains(news.ItemId) || told.Muted.Contains(news.ItemId)) return false;
        if (told.Reads.TryGetValue(news.ItemId, out var read) && read >= news.Number) return false;
        if (told.Summed.TryGetValue(news.ItemId, out var until) && news.At <= until) return false;

        var known = told.Notified.GetValueOrDefault(news.ActivityId);
        if (known is { IsRead: true }) return false;
        if (known is { IsWaiting: true }) return wish.IsReturn;

        // Mailed by itself: whoever is told of an answer in person is told at once.
        if (known is not null && told.Mailed.TryGetValue(news.ItemId, out var mailed) && news.At <= mailed) return false;
        return wish.Tells(level);
    }

    private static async Task<State> ReadStateAsync(AppDbContext db, DigestWish wish, List<Guid> ids, CancellationToken cancellation)
    {
        var (me, from) = (wish.MemberId, wish.From);
        var subscriptions = await db.Subscriptions.Where(s => s.MemberId == me && ids.Contains(s.ItemId)).Select(s => new { s.ItemId, s.Following }).ToListAsync(cancellation);
        return new State(
            await db.Items.Where(i => ids.Contains(i.Id)).Select(i => i.Id).ToHashSetAsync(cancellation),
            [.. subscriptions.Where(s => s.Following == Following.Muted).Select(s => s.ItemId)],
            [.. subscriptions.Where(s => s.Following == Following.Followed).Select(s => s.ItemId)],
            // An answer written by mail marks the thread as read up to itself, though nothing of it was seen.
            await db.OwnReadMarks.Where(r => r.MemberId == me && ids.Contains(r.ItemId)
                && !db.PostedByMail.Any(p => p.ItemId == r.ItemId && db.Comments.Any(c => c.Id == p.CommentId && c.AuthorId == me && c.Number == r.Number))).ToDictionaryAsync(r => r.ItemId, r => r.Number, cancellation),
            await db.Notifications.Where(n => n.MemberId == me && n.ItemId != null && n.CreatedAt > from)
                .Select(n => new { n.ActivityId, Known = new Known(n.ReadAt != null, n.MailDueAt != null) }).ToDictionaryAsync(n => n.ActivityId, n => n.Known, cancellation),
            await db.Mails.Where(m => m.MemberId == me && m.ItemId != null && m.CreatedAt > from && m.State != MailState.Dropped && m.State != MailState.Failed)
                .GroupBy(m => m.ItemId!.Value).Select(g => new { g.Key, At = g.Max(m => m.CreatedAt) }).ToDictionaryAsync(m => m.Key, m => m.At, cancellation),
            await db.DigestLines.Where(l => l.Digest.MemberId == me && l.Digest.Until > from)
                .GroupBy(l => l.ItemId).Select(g => new { g.Key, Until = g.Max(l => l.Digest.Until) }).ToDictionaryAsync(l => l.Key, l => l.Until, cancellation));
    }

    private sealed record News(IReadOnlyDictionary<Guid, string> Excerpts, IReadOnlyDictionary<Guid, string> Lines, IReadOnlyDictionary<Guid, IReadOnlyList<ActChoices>> Choices);

    private sealed record Known(bool IsRead, bool IsWaiting);

    private sealed record State(
        HashSet<Guid> Readable, HashSet<Guid> Muted, HashSet<Guid> Followed, Dictionary<Guid, int> Reads, Dictionary<Guid, Known> Notified, Dictionary<Guid, DateTime> Mailed,
        Dictionary<Guid, DateTime> Summed);
}
