using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Links;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Forum.Topics;

/// <summary>Which page of a thread, and what the composer starts with.</summary>
/// <param name="ShortId">Short identifier.</param>
/// <param name="Page">Page, from 1; null for the first.</param>
/// <param name="Number">Answer to show, which decides the page.</param>
/// <param name="Quote">Number of the message to quote, 0 for the first.</param>
/// <param name="ReplyTo">Number of the answer to answer.</param>
public sealed record ReadTopicInput(string ShortId, int? Page, int? Number, int? Quote, int? ReplyTo);

/// <summary>A page of a thread.</summary>
public sealed record TopicView
{
    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>The shared row.</summary>
    public required ContentItem Item { get; init; }
    /// <summary>Who started it.</summary>
    public required AuthorView Author { get; init; }
    /// <summary>First message, sanitised HTML.</summary>
    public required string Html { get; init; }
    /// <summary>Last edit of the first message.</summary>
    public DateTime? EditedAt { get; init; }
    /// <summary>What was cut off the mail that the first message came by; null when nothing was.</summary>
    public string? Elided { get; init; }
    /// <summary>Asks for an answer.</summary>
    public required bool IsQuestion { get; init; }
    /// <summary>Number of the accepted answer.</summary>
    public int? AcceptedNumber { get; init; }
    /// <summary>The accepted answer to show on top; null when none was, or when it comes first anyway.</summary>
    public CommentView? Accepted { get; init; }
    /// <summary>Tags: address form and word.</summary>
    public required IReadOnlyList<(string Slug, string Name)> Tags { get; init; }
    /// <summary>Answers of this page.</summary>
    public required CommentPage Comments { get; init; }
    /// <summary>Number of the first answer not read yet; null when there is none or the thread was never opened.</summary>
    public int? ResumeAt { get; init; }
    /// <summary>What the viewer chose for the thread.</summary>
    public Following? Following { get; init; }
    /// <summary>Threads whose titles resemble this one's.</summary>
    public required IReadOnlyList<TopicLink> Related { get; init; }
    /// <summary>What it was made from, and what was made from it.</summary>
    public required IReadOnlyList<LinkedContent> Links { get; init; }
    /// <summary>What the composer starts with: the draft that was kept, then the quote that was asked for.</summary>
    public string? Prefill { get; init; }
    /// <summary>The answer that the composer answers.</summary>
    public (int Number, string Author)? ReplyTo { get; init; }
    /// <summary>Numbers of the messages that the viewer may edit, 0 for the first.</summary>
    public required IReadOnlySet<int> Editable { get; init; }
    /// <summary>Whether the viewer may answer.</summary>
    public required bool MayAnswer { get; init; }
    /// <summary>Whether the viewer may keep an answer.</summary>
    public required bool MayAccept { get; init; }
    /// <summary>Whether the viewer may put the thread into the trash.</summary>
    public required bool MayRemove { get; init; }
    /// <summary>Whether the viewer may pin, lock and move.</summary>
    public required bool MayModerate { get; init; }
    /// <summary>Whether the viewer may react.</summary>
    public required bool MayReact { get; init; }

    /// <summary>Key of the draft of an answer to a thread.</summary>
    public static string DraftKey(string shortId) => "fil/" + shortId;
}

/// <summary>Reads a thread, marks it as read as far as the page shows, and its notifications with it.</summary>
internal sealed class ReadTopic(AppDb database, Rights rights, ListComments comments, FindSimilar similar, LinkContents links, MarkRead marks, MarkNotificationsRead notifications)
{
    private const int LongestQuote = 1500;

    // The viewer is a parameter: what a compiled query reads of the context itself is kept from its first run on.
    private readonly Func<AppDbContext, string, Guid, string, Task<Head?>> _byShortId = EF.CompileAsyncQuery(
        (AppDbContext db, string shortId, Guid me, string draftKey) => db.Set<Topic>().AsNoTracking().Where(t => t.Item.ShortId == shortId)
            .Select(t => new Head
            {
                Topic = t,
                Item = t.Item,
                AuthorName = t.Item.Author!.Name,
                AuthorHandle = t.Item.Author.Handle,
                OrganisationName = t.Item.Organisation!.Name,
                Read = db.OwnReadMarks.Where(r => r.ItemId == t.Id && r.MemberId == me).Select(r => (int?)r.Number).FirstOrDefault(),
                Following = db.Subscriptions.Where(s => s.ItemId == t.Id && s.MemberId == me).Select(s => (Following?)s.Following).FirstOrDefault(),
                HasNews = db.Notifications.Any(n => n.MemberId == me && n.ItemId == t.Id && n.ReadAt == null),
                Elided = db.PostedByMail.Where(m => m.ItemId == t.Id && m.CommentId == null).Select(m => m.Elided).FirstOrDefault(),
                Draft = db.Drafts.Where(d => d.MemberId == me && d.Key == draftKey).Select(d => d.Text).FirstOrDefault(),
            })
            .FirstOrDefault());

    // Apart from the rest: joined to it, SQLite would read the tags of every content.
    private readonly Func<AppDbContext, Guid, IAsyncEnumerable<TagName>> _tagsOf = EF.CompileAsyncQuery(
        (AppDbContext db, Guid itemId) => db.Tags.Where(t => t.ItemId == itemId).OrderBy(t => t.Slug).Select(t => new TagName(t.Slug, t.Name)));

    private readonly Func<AppDbContext, Guid, int, Task<int?>> _nextAnswer = EF.CompileAsyncQuery(
        (AppDbContext db, Guid itemId, int read) => db.Comments.Where(c => c.ItemId == itemId && c.Kind == CommentKind.Message && c.Number > read)
            .OrderBy(c => c.Number).Select(c => (int?)c.Number).FirstOrDefault());

    /// <summary>The thread at a page, or at the page of an answer.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<TopicView> ExecuteAsync(Viewer viewer, ReadTopicInput input, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var head = await _byShortId(db, input.ShortId, viewer.MemberId, TopicView.DraftKey(input.ShortId)) ?? throw new NotFoundException();
        var (topic, item) = (head.Topic, head.Item);
        var standing = await rights.StandingAsync(db, item.GroupId, cancellation);
        var at = input.Number is { } wanted ? await ListComments.PageOfAsync(db, item.Id, wanted, cancellation) : input.Page ?? 1;
        var shown = await comments.ExecuteAsync(db, item, at, cancellation);
        var related = await similar.BesideAsync(db, item, cancellation);
        var mayAnswer = rights.Allows(GroupPermissions.Comment, standing, isLocked: item.LockedAt is not null);
        var (quote, replyTo) = mayAnswer ? await AnsweredAsync(db, head, input, cancellation) : default;

        await MarkAsync(viewer, head, shown, cancellation);
        return new TopicView
        {
            Standing = standing,
            Item = item,
            Author = new(item.AuthorId, head.AuthorName, head.AuthorHandle, head.OrganisationName),
            Html = topic.Html(),
            EditedAt = topic.EditedAt,
            Elided = head.Elided,
            IsQuestion = topic.IsQuestion,
            AcceptedNumber = topic.AcceptedNumber,
            Accepted = await AcceptedAsync(db, topic, item, shown),
            Tags = await _tagsOf(db, item.Id).Select(t => (t.Slug, t.Name)).ToListAsync(cancellation),
            Comments = shown,
            ResumeAt = head.Read is { } read and > 0 && read < item.LastCommentNumber ? await _nextAnswer(db, item.Id, read) : null,
            Following = head.Following,
            Related = related,
            Links = await links.OfAsync(db, item, cancellation),
            Prefill = quote is null ? head.Draft : string.IsNullOrWhiteSpace(head.Draft) ? quote : $"{head.Draft.TrimEnd()}\n\n{quote}",
            ReplyTo = replyTo,
            Editable = Editable(standing, item, shown),
            MayAnswer = mayAnswer,
            MayAccept = topic.IsQuestion && rights.Allows(GroupPermissions.EditItem, standing, item.AuthorId),
            MayRemove = rights.Allows(GroupPermissions.RemoveItem, standing, item.AuthorId),
            MayModerate = rights.Allows(GroupPermissions.Moderate, standing),
            MayReact = rights.Allows(GroupPermissions.React, standing),
        };
    }

    private HashSet<int> Editable(Standing standing, ContentItem item, CommentPage shown)
    {
        var numbers = shown.Comments.Where(c => rights.Allows(GroupPermissions.EditComment, standing, c.Author.Id)).Select(c => c.Number).ToHashSet();
        if (rights.Allows(GroupPermissions.EditItem, standing, item.AuthorId)) numbers.Add(0);
        return numbers;
    }

    // On the first page only, and not when it is the first answer: it is then on top already.
    private async Task<CommentView?> AcceptedAsync(AppDbContext db, Topic topic, ContentItem item, CommentPage shown)
    {
        if (topic.AcceptedNumber is not { } number || shown.Page > 1 || shown.Comments.Count == 0 || shown.Comments[0].Number == number) return null;

        return shown.Comments.FirstOrDefault(c => c.Number == number) ?? await comments.OneAsync(db, item, number);
    }

    private static async Task<(string? Quote, (int, string)? ReplyTo)> AnsweredAsync(AppDbContext db, Head head, ReadTopicInput input, CancellationToken cancellation)
    {
        if (input.Quote is 0) return (Quoted(head.AuthorName, head.Topic.Body), null);
        if ((input.Quote ?? input.ReplyTo) is not { } number) return (null, null);

        var answered = await db.Comments.Where(c => c.ItemId == head.Item.Id && c.Number == number && c.Kind == CommentKind.Message)
            .Select(c => new { c.Body, c.Author!.Name }).FirstOrDefaultAsync(cancellation);
        if (answered is null) return (null, null);
        return input.Quote is null ? (null, (number, answered.Name)) : (Quoted(answered.Name, answered.Body), null);
    }

    private static string Quoted(string author, string body)
    {
        var text = Excerpt.Cut(body.ReplaceLineEndings("\n").Trim(), LongestQuote);
        // What the message itself quotes is left out: quotes of quotes drown the answer.
        var lines = text.Split('\n').Where(l => !l.StartsWith('>')).SkipWhile(string.IsNullOrWhiteSpace);
        return $"> **{author}**\n>\n{string.Join('\n', lines.Select(l => l.Length == 0 ? ">" : "> " + l))}\n\n";
    }

    private async Task MarkAsync(Viewer viewer, Head head, CommentPage shown, CancellationToken cancellation)
    {
        // A late answer to an early one stands on an early page: before the last page only what comes up to its last first-level answer is all seen.
        var last = shown.Page == shown.PageCount ? head.Item.LastCommentNumber : shown.Comments.Count == 0 ? 0 : shown.Comments[^1].RootNumber;
        if (viewer.IsMember && (head.Read is null || head.Read < last)) await marks.ExecuteAsync(viewer, head.Item.Id, last, cancellation);
        if (head.HasNews) await notifications.AboutAsync(viewer, head.Item.Id, cancellation);
    }

    private sealed record TagName(string Slug, string Name);

    private sealed record Head
    {
        public required Topic Topic { get; init; }
        public required ContentItem Item { get; init; }
        public required string AuthorName { get; init; }
        public required string AuthorHandle { get; init; }
        public string? OrganisationName { get; init; }
        public int? Read { get; init; }
        public Following? Following { get; init; }
        public bool HasNews { get; init; }
        public string? Draft { get; init; }
        public string? Elided { get; init; }
    }
}
