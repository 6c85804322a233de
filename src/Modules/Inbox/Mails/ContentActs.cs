using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Inbox.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Reactions;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Inbox.Mails;

/// <summary>A message that a mail told of, found again wherever it stands today.</summary>
/// <param name="ItemId">The content.</param>
/// <param name="ShortId">Its short identifier.</param>
/// <param name="Title">Its title.</param>
/// <param name="Number">Number of the answer; 0 for the content itself.</param>
/// <param name="TargetId">What a reaction is given to.</param>
/// <param name="Address">Where it is read, from the root.</param>
internal sealed record ToldMessage(Guid ItemId, string ShortId, string Title, int Number, Guid TargetId, string Address)
{
    /// <summary>The content or the answer of that key, if the viewer of <paramref name="db"/> may read it. An answer keeps its key when it is moved, merged or split.</summary>
    public static async Task<ToldMessage?> FindAsync(AppDbContext db, Faces faces, Guid id, CancellationToken cancellation)
    {
        var comment = await db.Comments.AsNoTracking().Where(c => c.Id == id && c.Kind == CommentKind.Message).Select(c => new { c.Number, c.Item, c.Item.Group!.Slug }).FirstOrDefaultAsync(cancellation);
        if (comment?.Slug is not null) return new(comment.Item.Id, comment.Item.ShortId, comment.Item.Title, comment.Number, id, faces.Of(comment.Item.Kind).CommentAddress(comment.Slug, comment.Item, comment.Number));

        var item = await db.Items.AsNoTracking().Where(i => i.Id == id).Select(i => new { Item = i, i.Group!.Slug }).FirstOrDefaultAsync(cancellation);
        return item?.Slug is null ? null : new(id, item.Item.ShortId, item.Item.Title, 0, id, faces.Address(item.Slug, item.Item));
    }
}

/// <summary>« Utile », from the mail that brought a content or an answer.</summary>
internal sealed class UsefulByMail(AppDb database, React react, Faces faces) : IMailAct
{
    /// <summary>Key of the act.</summary>
    public const string ActKey = "utile";

    public string Key => ActKey;

    public bool CanUndo => true;

    public MailActOffer? Offer(Activity activity, NotificationReason reason) => activity.Kind switch
    {
        ActivityKinds.ItemCreated when activity.ItemId is { } item => new(InboxTexts.ActUseful, item),
        ActivityKinds.CommentCreated when activity.CommentId is { } comment => new(InboxTexts.ActUseful, comment),
        _ => null,
    };

    public async Task<MailActPage?> ReadAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        if (await ToldMessage.FindAsync(db, faces, target.Id, cancellation) is not { } message) return null;

        var isGiven = await db.Reactions.AnyAsync(r => r.TargetId == message.TargetId && r.MemberId == viewer.MemberId && r.Kind == ReactionKind.Useful, cancellation);
        return new()
        {
            Title = InboxTexts.ActUsefulTitle,
            Text = (isGiven ? InboxTexts.ActUsefulDone : InboxTexts.ActUsefulText).With(message.Title),
            Button = isGiven ? null : InboxTexts.ActUsefulButton,
            Address = message.Address,
            AddressLabel = InboxTexts.MailReadAndAnswer,
        };
    }

    public Task DoAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation) => GiveAsync(viewer, target, given: true, cancellation);

    public Task UndoAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation) => GiveAsync(viewer, target, given: false, cancellation);

    private async Task GiveAsync(Viewer viewer, MailActTarget target, bool given, CancellationToken cancellation)
    {
        ToldMessage? message;
        await using (var db = database.Open(viewer)) message = await ToldMessage.FindAsync(db, faces, target.Id, cancellation);
        if (message is null) throw new NotFoundException();
        await react.ExecuteAsync(viewer, message.ShortId, message.Number, ReactionKind.Useful, given, cancellation);
    }
}

/// <summary>« Suivre ce fil », from the mail of somebody who does not follow it yet.</summary>
internal sealed class FollowByMail(AppDb database, Follow follow, Faces faces) : IMailAct
{
    /// <summary>Key of the act.</summary>
    public const string ActKey = "suivre";

    public string Key => ActKey;

    public bool CanUndo => true;

    // Who follows already, or wrote what is answered, gets the answers anyway.
    public MailActOffer? Offer(Activity activity, NotificationReason reason) =>
        activity is { Kind: ActivityKinds.ItemCreated or ActivityKinds.CommentCreated, ItemId: { } item } && reason is NotificationReason.Group or NotificationReason.Mention
            ? new(InboxTexts.ActFollow, activity.CommentId ?? item)
            : null;

    public async Task<MailActPage?> ReadAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        if (await ToldMessage.FindAsync(db, faces, target.Id, cancellation) is not { } message) return null;

        var isFollowed = await db.Subscriptions.AnyAsync(s => s.ItemId == message.ItemId && s.MemberId == viewer.MemberId && s.Following == Following.Followed, cancellation);
        return new()
        {
            Title = InboxTexts.ActFollowTitle,
            Text = (isFollowed ? InboxTexts.ActFollowDone : InboxTexts.ActFollowText).With(message.Title),
            Button = isFollowed ? null : InboxTexts.ActFollowButton,
            Address = message.Address,
            AddressLabel = InboxTexts.MailReadAndAnswer,
        };
    }

    public Task DoAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation) => SetAsync(viewer, target, Following.Followed, cancellation);

    public Task UndoAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation) => SetAsync(viewer, target, null, cancellation);

    private async Task SetAsync(Viewer viewer, MailActTarget target, Following? following, CancellationToken cancellation)
    {
        ToldMessage? message;
        await using (var db = database.Open(viewer)) message = await ToldMessage.FindAsync(db, faces, target.Id, cancellation);
        if (message is null) throw new NotFoundException();
        await follow.ExecuteAsync(viewer, message.ShortId, following, cancellation);
    }
}
