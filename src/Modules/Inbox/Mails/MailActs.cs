using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Inbox.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Inbox.Mails;

/// <summary>What the page of an act shows.</summary>
/// <param name="Page">What the act says of itself.</param>
/// <param name="IsSpent">Whether the link served already, and serves no more.</param>
/// <param name="CanUndo">Whether it can be taken back.</param>
internal sealed record MailActView(MailActPage Page, bool IsSpent, bool CanUndo);

/// <summary>The links of one act that stand in a mail, one for each choice.</summary>
/// <param name="Key">The act.</param>
/// <param name="Offers">The choices.</param>
internal sealed record ActChoices(string Key, IReadOnlyList<MailActOffer> Offers);

/// <summary>
/// Offers acts in mails, and does them for the member the mail was sent to, signed in or not. The sealed token is the right to ask; what may be
/// done is asked again at that moment. It serves that member alone, so somebody else's session does not.
/// </summary>
internal sealed class MailActs(AppDb database, IEnumerable<IMailAct> acts, MailActTokens tokens, TimeProvider clock) : IMailActLinks
{
    /// <summary>Where the links lead.</summary>
    public const string Path = "/geste/";

    // A summary tells of fifty contents: a longer choice is made on the page.
    private const int MostInSummary = 4;

    private readonly Dictionary<string, IMailAct> _acts = acts.ToDictionary(a => a.Key);

    /// <summary>What a mail of that activity offers one member: a list of links, or nothing.</summary>
    public IReadOnlyList<MailBlock> Offered(Activity activity, string? contentKind, IReadOnlyList<ActChoices> choices, Guid memberId, NotificationReason reason)
    {
        List<MailListItem> links = [.. choices.SelectMany(c => c.Offers, (c, offer) => new MailListItem(offer.Label, Of(memberId, c.Key, offer)))];
        links.AddRange(_acts.Values.Where(a => a.ContentKind is null || a.ContentKind == contentKind).Select(a => (Act: a, Offer: a.Offer(activity, reason))).Where(o => o.Offer is not null)
            .Select(o => new MailListItem(o.Offer!.Label, Of(memberId, o.Act.Key, o.Offer))));
        return links.Count == 0 ? [] : [new MailParagraph(InboxTexts.ActsHead), new MailList(links)];
    }

    /// <summary>The acts that the mail of that activity offers as several links, the same for whoever gets it.</summary>
    public async Task<IReadOnlyList<ActChoices>> ChoicesAsync(AppDbContext db, Activity activity, string contentKind, CancellationToken cancellation)
    {
        var choices = new List<ActChoices>();
        foreach (var act in _acts.Values.Where(a => a.ContentKind is null || a.ContentKind == contentKind))
            if (await act.ChoicesAsync(db, activity, cancellation) is { Count: > 0 } offers) choices.Add(new(act.Key, offers));
        return choices;
    }

    /// <summary>What a mail that tells of a new content among others offers to do with it, the same for whoever gets it: what its own kind offers.</summary>
    public async Task<IReadOnlyList<ActChoices>> OfContentAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(item);
        var own = _acts.Values.Where(a => a.ContentKind == item.Kind).ToList();
        if (own.Count == 0) return [];

        var created = new Activity { Kind = ActivityKinds.ItemCreated, ItemId = item.Id, GroupId = item.GroupId, ActorId = item.AuthorId, At = item.CreatedAt };
        var choices = new List<ActChoices>();
        foreach (var act in own)
        {
            var offers = await act.ChoicesAsync(db, created, cancellation);
            if (act.Offer(created, NotificationReason.Group) is { } offer) offers = [offer, .. offers];
            if (offers.Count is > 0 and <= MostInSummary) choices.Add(new(act.Key, offers));
        }

        return choices;
    }

    /// <summary>Those links for one member.</summary>
    public IEnumerable<MailLink> Links(Guid memberId, IReadOnlyList<ActChoices> choices) =>
        choices.SelectMany(c => c.Offers, (c, offer) => new MailLink(offer.Label, Of(memberId, c.Key, offer)));

    /// <inheritdoc />
    public string Of(Guid memberId, string key, MailActOffer offer) => _acts.GetValueOrDefault(key)?.Address(memberId, offer) ?? Path + tokens.Make(memberId, key, offer);

    /// <summary>The address that lets a member follow a content.</summary>
    public string FollowAddress(Guid memberId, Guid itemId) => Address(memberId, FollowByMail.ActKey, itemId);

    /// <summary>The address that lets a member say that a content is useful.</summary>
    public string UsefulAddress(Guid memberId, Guid itemId) => Address(memberId, UsefulByMail.ActKey, itemId);

    private string Address(Guid memberId, string key, Guid itemId) => Path + tokens.Make(memberId, key, new MailActOffer("", itemId));

    /// <summary>What the link is about. Changes nothing, however often.</summary>
    /// <exception cref="NotFoundException">Not a token of ours, too old, of somebody else, or about what the member may not see or what is gone.</exception>
    public async Task<MailActView> ReadAsync(Viewer current, string token, bool isJustDone, CancellationToken cancellation)
    {
        var (act, sealedToken) = await RequireAsync(current, token, cancellation);
        var page = await act.ReadAsync(Viewer.Member(sealedToken.MemberId), sealedToken.Target, cancellation) ?? throw new NotFoundException();
        var isSpent = act.IsOnce && await IsSpentAsync(token, cancellation);
        return new(page, isSpent, isJustDone && act.CanUndo && page.Button is null);
    }

    /// <summary>Does it.</summary>
    /// <returns>Whether it was done: not when the link had served already.</returns>
    /// <exception cref="NotFoundException">Not a token of ours, too old, of somebody else, or about what the member may not see or what is gone.</exception>
    /// <exception cref="ForbiddenException">Not allowed any more.</exception>
    public async Task<bool> DoAsync(Viewer current, string token, CancellationToken cancellation)
    {
        var (act, done) = await RequireAsync(current, token, cancellation);
        if (act.IsOnce && !await SpendAsync(token, cancellation)) return false;

        try
        {
            await act.DoAsync(Viewer.Member(done.MemberId), done.Target, cancellation);
            return true;
        }
        catch when (act.IsOnce)
        {
            // Nothing was done: it may be tried again.
            await GiveBackAsync(token);
            throw;
        }
    }

    /// <summary>Takes it back, where that can be.</summary>
    /// <inheritdoc cref="DoAsync"/>
    public async Task UndoAsync(Viewer current, string token, CancellationToken cancellation)
    {
        var (act, done) = await RequireAsync(current, token, cancellation);
        if (!act.CanUndo) throw new NotFoundException();
        await act.UndoAsync(Viewer.Member(done.MemberId), done.Target, cancellation);
    }

    private async Task<(IMailAct Act, MailActToken Token)> RequireAsync(Viewer current, string token, CancellationToken cancellation)
    {
        if (tokens.Read(token) is not { } read || !_acts.TryGetValue(read.Key, out var act)) throw new NotFoundException();
        if (current.IsMember && current.MemberId != read.MemberId) throw new NotFoundException();

        await using var db = database.Open(Viewer.Member(read.MemberId));
        return await db.Members.AnyAsync(m => m.Id == read.MemberId && m.State == MemberState.Active, cancellation) ? (act, read) : throw new NotFoundException();
    }

    private async Task<bool> IsSpentAsync(string token, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.Anonymous);
        var hash = MailActTokens.HashOf(token);
        return await db.SpentLinks.AnyAsync(l => l.Hash == hash, cancellation);
    }

    // Of two presses at once one writes the row, and the other finds it there.
    private async Task<bool> SpendAsync(string token, CancellationToken cancellation)
    {
        if (await IsSpentAsync(token, cancellation)) return false;

        await using var db = database.Open(Viewer.Anonymous);
        db.SpentLinks.Add(new SpentLink { Hash = MailActTokens.HashOf(token), At = clock.GetUtcNow().UtcDateTime });
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            return false;
        }
    }

    private async Task GiveBackAsync(string token)
    {
        await using var db = database.Open(Viewer.Anonymous);
        var hash = MailActTokens.HashOf(token);
        await db.SpentLinks.Where(l => l.Hash == hash).ExecuteDeleteAsync(CancellationToken.None);
    }
}
