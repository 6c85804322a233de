using System.Buffers.Binary;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Inbox.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Inbox.News;

/// <summary>One notification in words, written for its reader.</summary>
internal sealed record NewsLine
{
    /// <summary>Key of the notification.</summary>
    public required Guid Id { get; init; }
    /// <summary>When.</summary>
    public required DateTime At { get; init; }
    /// <summary>When it was read.</summary>
    public DateTime? ReadAt { get; init; }
    /// <summary>Why the reader is told.</summary>
    public required NotificationReason Reason { get; init; }
    /// <summary>What happened.</summary>
    public required string Kind { get; init; }
    /// <summary>The content, if any.</summary>
    public Guid? ItemId { get; init; }
    /// <summary>Who did it.</summary>
    public required string Actor { get; init; }
    /// <summary>What happened in words.</summary>
    public required string Text { get; init; }
    /// <summary>Where to see it, from the root.</summary>
    public required string Address { get; init; }
    /// <summary>Name of the group, if any.</summary>
    public string? Group { get; init; }
    /// <summary>Title of the content, if any.</summary>
    public string? Title { get; init; }
}

/// <summary>A page of notifications.</summary>
/// <param name="Lines">Newest first; what the reader may no longer see has none.</param>
/// <param name="Next">Cursor of the next page, or null.</param>
/// <param name="Unread">Not read yet, in all.</param>
internal sealed record NewsPageView(IReadOnlyList<NewsLine> Lines, string? Next, int Unread);

/// <summary>Where a page of the list ends: opaque to those who hand it back.</summary>
/// <param name="At">Date of the last notification.</param>
/// <param name="Id">Its key.</param>
internal sealed record NewsCursor(DateTime At, Guid Id)
{
    /// <summary>Text of the cursor.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteInt64BigEndian(bytes, At.Ticks);
        Id.TryWriteBytes(bytes[8..]);
        return WebEncoders.Base64UrlEncode(bytes);
    }

    /// <summary>The cursor of a text, or null when it is none.</summary>
    public static NewsCursor? Parse(string? text)
    {
        Span<byte> bytes = stackalloc byte[24];
        if (text is not { Length: 32 } || System.Buffers.Text.Base64Url.DecodeFromChars(text, bytes, out _, out var written) != System.Buffers.OperationStatus.Done || written != 24) return null;

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return ticks is < 0 or > 3155378975999999999 ? null : new(new DateTime(ticks, DateTimeKind.Utc), new Guid(bytes[8..]));
    }
}

/// <summary>Lists a member's notifications. Each line is written as it is shown, through the reader's own rights: nothing of what can no longer be seen.</summary>
internal sealed class ListNews(AppDb database, Faces faces, Notices notices, ContentNotices contentNotices)
{
    /// <summary>Notifications after <paramref name="after"/>, at most <paramref name="limit"/>.</summary>
    public async Task<NewsPageView> ExecuteAsync(Viewer viewer, NewsCursor? after, int limit, CancellationToken cancellation)
    {
        if (!viewer.IsMember) throw new NotFoundException();

        await using var db = database.Open(viewer);
        var mine = db.Notifications.AsNoTracking().Where(n => n.MemberId == viewer.MemberId);
        var unread = await mine.CountAsync(n => n.ReadAt == null, cancellation);
        if (after is not null) mine = mine.Where(n => n.CreatedAt < after.At || (n.CreatedAt == after.At && n.Id.CompareTo(after.Id) < 0));
        var rows = await mine.OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id).Take(limit + 1)
            .Select(n => new Row(n.Id, n.CreatedAt, n.ReadAt, n.Reason, n.Activity!.Kind, n.ItemId, n.Activity.CommentId, n.GroupId, n.Activity.Actor!.Name, n.Activity.Particulars))
            .ToListAsync(cancellation);
        var next = rows.Count > limit ? new NewsCursor(rows[limit - 1].At, rows[limit - 1].Id).ToString() : null;
        rows = [.. rows.Take(limit)];
        return new(await WriteAsync(db, rows, cancellation), next, unread);
    }

    private async Task<IReadOnlyList<NewsLine>> WriteAsync(AppDbContext db, List<Row> rows, CancellationToken cancellation)
    {
        var (itemIds, groupIds, commentIds) = (Keys(rows, r => r.ItemId), Keys(rows, r => r.GroupId), Keys(rows, r => r.CommentId));
        var items = await db.Items.AsNoTracking().Where(i => itemIds.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellation);

        // A content may have moved: its group is the one of today.
        groupIds = [.. groupIds.Union(items.Values.Select(i => i.GroupId))];
        var groups = await db.Groups.Where(g => groupIds.Contains(g.Id)).Select(g => new GroupName(g.Id, g.Slug, g.Name)).ToDictionaryAsync(g => g.Id, cancellation);
        var numbers = await db.Comments.Where(c => commentIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Number, cancellation);

        var lines = new List<NewsLine>(rows.Count);
        foreach (var row in rows)
        {
            var line = row.ItemId is { } itemId
                ? items.TryGetValue(itemId, out var item) && groups.TryGetValue(item.GroupId, out var home) ? OfItem(row, item, home, numbers) : null
                : row.GroupId is { } groupId && groups.TryGetValue(groupId, out var group) ? OfGroup(row, group) : null;
            if (line is not null) lines.Add(line);
        }

        return lines;
    }

    private NewsLine? OfItem(Row row, Platform.Content.ContentItem item, GroupName group, Dictionary<Guid, int> numbers)
    {
        var number = row.CommentId is { } comment && numbers.TryGetValue(comment, out var found) ? found : (int?)null;
        if (row.CommentId is not null && number is null) return null;

        var face = faces.Of(item.Kind);
        var text = row switch
        {
            { Reason: NotificationReason.Mention } => InboxTexts.NewsMention.With(row.Actor, item.Title),
            { Kind: ActivityKinds.ItemCreated } when ActivityParticulars.Of(row.Particulars).Note is { } besides => InboxTexts.NewsCreatedWith.With(row.Actor, face.CreatedVerb, item.Title, besides),
            { Kind: ActivityKinds.ItemCreated } => InboxTexts.NewsCreated.With(row.Actor, face.CreatedVerb, item.Title),
            { Kind: ActivityKinds.ItemRewritten } => InboxTexts.NewsRewritten.With(row.Actor, item.Title, ActivityParticulars.Of(row.Particulars).Note ?? ""),
            { Kind: ActivityKinds.ItemVersioned } => InboxTexts.NewsVersioned.With(row.Actor, item.Title, ActivityParticulars.Of(row.Particulars).Note ?? ""),
            { Kind: ActivityKinds.Annotated } => InboxTexts.NewsAnnotated.With(row.Actor, item.Title),
            { Kind: ActivityKinds.Invited } => InboxTexts.NewsInvited.With(row.Actor, item.Title),
            { Kind: ActivityKinds.Reacted } => InboxTexts.NewsReacted.With(row.Actor, item.Title),
            _ when contentNotices.Of(row.Kind) is { } notice => notice.Line(row.Actor, item.Title),
            _ => InboxTexts.NewsAnswered.With(row.Actor, item.Title),
        };
        return Line(row, text, number is { } n ? face.CommentAddress(group.Slug, item, n) : face.Address(group.Slug, item), group.Name, item.Title);
    }

    private NewsLine? OfGroup(Row row, GroupName group)
    {
        if (notices.Of(row.Kind) is { } notice)
            return Line(row with { Actor = notice.Speaker }, notice.Line(group.Name, ActivityParticulars.Of(row.Particulars)), notice.Address(group.Slug), group.Name, null);

        var home = "/groupes/" + group.Slug;
        return row.Kind switch
        {
            ActivityKinds.JoinRequested => Line(row, InboxTexts.NewsJoinRequested.With(row.Actor, group.Name), home + "/membres", group.Name, null),
            ActivityKinds.JoinAccepted => Line(row, InboxTexts.NewsJoinAccepted.With(group.Name), home, group.Name, null),
            ActivityKinds.JoinRefused => Line(row, InboxTexts.NewsJoinRefused.With(group.Name), home, group.Name, null),
            ActivityKinds.MemberAdded => Line(row, InboxTexts.NewsAdded.With(row.Actor, group.Name), home, group.Name, null),
            ActivityKinds.OwnerChanged => Line(row, InboxTexts.NewsOwner.With(group.Name), home, group.Name, null),
            _ => null,
        };
    }

    private static NewsLine Line(Row row, string text, string address, string group, string? title) => new()
    {
        Id = row.Id, At = row.At, ReadAt = row.ReadAt, Reason = row.Reason, Kind = row.Kind, ItemId = row.ItemId,
        Actor = row.Actor, Text = text, Address = address, Group = group, Title = title,
    };

    private static List<Guid> Keys(List<Row> rows, Func<Row, Guid?> key) => [.. rows.Select(key).OfType<Guid>().Distinct()];

    private sealed record Row(Guid Id, DateTime At, DateTime? ReadAt, NotificationReason Reason, string Kind, Guid? ItemId, Guid? CommentId, Guid? GroupId, string Actor, string? Particulars);

    private sealed record GroupName(Guid Id, string Slug, string Name);
}
