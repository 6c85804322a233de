using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Platform.Mail;

/// <summary>
/// Something that a link of a mail lets its recipient do without signing in. The link shows a page, whose button does it: programs that follow
/// every link of a mail change nothing. One class an act, found by injection; the page, the sealed links, their time and their being used up
/// are the same for all.
/// </summary>
public interface IMailAct
{
    /// <summary>Key, as it is sealed into links: never changed. At most <see cref="LongestKey"/> ASCII characters.</summary>
    string Key { get; }

    /// <summary>Whether a link serves once: what is done twice does not come to the same.</summary>
    bool IsOnce => false;

    /// <summary>Whether what was just done can be undone by the same link.</summary>
    bool CanUndo => false;

    /// <summary>Key of the kind of content whose mails alone it is offered in; null where the activity says enough.</summary>
    string? ContentKind => null;

    /// <summary>The link as it stands in the mail of that activity to somebody told for that reason; null when the act has no place there.</summary>
    MailActOffer? Offer(Activity activity, NotificationReason reason);

    /// <summary>Several links of the same act in the mail that tells of an activity alone, to whoever gets it: one for each option of a vote. Asked once for all of them.</summary>
    /// <param name="db">Sees everything: the mail goes to those who may read the content.</param>
    /// <param name="activity">What happened.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<IReadOnlyList<MailActOffer>> ChoicesAsync(AppDbContext db, Activity activity, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<MailActOffer>>([]);

    /// <summary>Where a link of the act leads that needs more than a button: a page of the tool, which checks of the member all that the shared page does. From the root; null for the shared page.</summary>
    /// <param name="memberId">Whose mail it stands in.</param>
    /// <param name="offer">What it is about.</param>
    string? Address(Guid memberId, MailActOffer offer) => null;

    /// <summary>What the page says before the button is pressed. Changes nothing.</summary>
    /// <param name="viewer">The member whose mail it was in.</param>
    /// <param name="target">What the link is about.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The page; null when it is gone, or not for that member any more.</returns>
    Task<MailActPage?> ReadAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation);

    /// <summary>Does it with the rights of this moment.</summary>
    /// <exception cref="NotFoundException">Gone, or not for that member any more.</exception>
    /// <exception cref="ForbiddenException">Seen, but not allowed any more.</exception>
    Task DoAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation);

    /// <summary>Takes it back, where <see cref="CanUndo"/>.</summary>
    /// <inheritdoc cref="DoAsync"/>
    Task UndoAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Longest key, in characters.</summary>
    const int LongestKey = 20;
}

/// <summary>A link to offer in a mail.</summary>
/// <param name="Label">Its words.</param>
/// <param name="Id">What it is about: a content, a comment, a group.</param>
/// <param name="Other">Who or what else it is about; empty for nothing.</param>
/// <param name="Number">A choice among several; 0 for none.</param>
public sealed record MailActOffer(string Label, Guid Id, Guid Other = default, int Number = 0);

/// <summary>What a link is about, as it was sealed.</summary>
/// <param name="Id">A content, a comment, a group.</param>
/// <param name="Other">Who or what else it is about; empty for nothing.</param>
/// <param name="Number">A choice among several; 0 for none.</param>
/// <param name="IssuedAt">When the mail was written.</param>
public sealed record MailActTarget(Guid Id, Guid Other, int Number, DateTime IssuedAt);

/// <summary>The page of an act.</summary>
public sealed record MailActPage
{
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>What the button will do, or what was done.</summary>
    public required string Text { get; init; }
    /// <summary>The words of somebody that it is about, plain text; null for none.</summary>
    public string? Quote { get; init; }
    /// <summary>The button; null when there is nothing to do any more.</summary>
    public string? Button { get; init; }
    /// <summary>Where to read on, from the root; null for nowhere.</summary>
    public string? Address { get; init; }
    /// <summary>Words of the link that leads there.</summary>
    public string? AddressLabel { get; init; }
}
