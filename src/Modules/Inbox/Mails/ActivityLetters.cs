using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Inbox.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Inbox.Mails;

/// <summary>What the mails of one activity share, whoever gets them.</summary>
internal sealed record ActivityLetter
{
    /// <summary>The activity.</summary>
    public required Activity Activity { get; init; }
    /// <summary>The group.</summary>
    public required Group Group { get; init; }
    /// <summary>Who acts.</summary>
    public required string ActorName { get; init; }
    /// <summary>Subject.</summary>
    public required string Subject { get; init; }
    /// <summary>Identifier.</summary>
    public required string MessageId { get; init; }
    /// <summary>Ancestors, root first; the last is the parent.</summary>
    public IReadOnlyList<string> References { get; init; } = [];
    /// <summary>Over the title.</summary>
    public required string Context { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>First words, for the inbox.</summary>
    public required string Preheader { get; init; }
    /// <summary>Body.</summary>
    public required IReadOnlyList<MailBlock> Blocks { get; init; }
}

/// <summary>Writes the mails of an activity: once what all share, then the envelope of each person.</summary>
internal sealed class ActivityLetters(
    MailRenderer renderer, MailActionTokens tokens, MailActs acts, Bodies bodies, ListComments comments, ModuleCatalog modules, Faces faces, Notices notices, MailOptions mail, PlatformOptions platform, TimeProvider clock)
{
    // Gmail cuts mails at 102 kB; the styles of each element about double what the text weighs.
    private const int LongestHtml = 40_000;
    private const int ExcerptLength = 2_000;
    private const int PreheaderLength = 120;
    private const int QuoteLength = 300;
    private const int LongestFromName = 200;

    /// <summary>What all recipients share; null when what it was about is gone.</summary>
    public async Task<ActivityLetter?> WriteAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        var group = await db.Groups.AsNoTracking().FirstOrDefaultAsync(g => g.Id == activity.GroupId, cancellation);
        var actor = await db.Members.Where(m => m.Id == activity.ActorId).Select(m => m.Name).FirstOrDefaultAsync(cancellation);
        if (group is null || actor is null) return null;

        if (notices.Of(activity.Kind) is { } notice) return await OfNoticeAsync(db, activity, group, notice, cancellation);

        return activity.Kind switch
        {
            ActivityKinds.ItemCreated => await OfItemAsync(db, activity, group, actor, cancellation),
            ActivityKinds.CommentCreated => await OfCommentAsync(db, activity, group, actor, cancellation),
            _ => await OfMembershipAsync(db, activity, group, actor, cancellation),
        };
    }

    /// <summary>The mail of one person: the words why, the links that work without signing in, the headers to sort by.</summary>
    public async Task<MailRow> AddressAsync(ActivityLetter letter, MailRecipient recipient)
    {
        var (activity, group) = (letter.Activity, letter.Group);
        string Link(MailAction action, Guid? target) => "/desabonnement/" + tokens.Make(new MailActionToken(recipient.MemberId, action, target ?? Guid.Empty));
        var isInPerson = recipient.Reason is NotificationReason.Mention or NotificationReason.Personal or NotificationReason.Animator;
        var mute = activity.ItemId is { } item ? new MailLink(InboxTexts.MailMute, Link(MailAction.MuteThread, item)) : null;
        var stop = new MailLink(InboxTexts.MailStopGroup.With(group.Name), Link(MailAction.StopGroup, group.Id));
        var leave = activity.Kind == ActivityKinds.MemberAdded ? new MailLink(InboxTexts.LeaveGroup, Link(MailAction.LeaveGroup, group.Id)) : null;

        // What one click stops is what sent the mail: the group, but for somebody who was called by name the thread.
        var oneClick = recipient.Reason == NotificationReason.Mention && mute is not null ? mute : stop;
        var content = await renderer.RenderAsync(new MailContent
        {
            Preheader = letter.Preheader,
            Context = letter.Context,
            Title = letter.Title,
            Blocks =
            [
                .. letter.Blocks,
                .. acts.Offered(activity, recipient.MemberId, recipient.Reason),
                .. leave is null ? Array.Empty<MailBlock>() : [new MailParagraph(InboxTexts.MailAddedLeave), new MailList([new(leave.Label, leave.Address)])],
            ],
            Reason = ReasonOf(letter, recipient),
            FooterLinks = [.. new[] { mute, stop, new MailLink(InboxTexts.MailSettings, Link(MailAction.Settings, null)) }.OfType<MailLink>()],
        });
        var now = clock.GetUtcNow().UtcDateTime;
        return new MailRow
        {
            UniqueKey = ActivityMailCheck.KeyOf(activity.Id, recipient.MemberId),
            Kind = activity.Kind,
            MemberId = recipient.MemberId,
            ItemId = activity.ItemId,
            GroupId = group.Id,
            Optional = true,
            Priority = isInPerson ? 1 : 2,
            FromName = Excerpt.Cut(MailSorting.OneLine($"{letter.ActorName} ({group.Name})"), LongestFromName),
            ToAddress = recipient.Address,
            ToName = MailSorting.OneLine(recipient.Name),
            Subject = letter.Subject,
            TextBody = content.Text,
            HtmlBody = content.Html,
            MessageId = letter.MessageId,
            InReplyTo = letter.References.Count == 0 ? null : letter.References[^1],
            References = letter.References.Count == 0 ? null : string.Join(' ', letter.References),
            Headers = Headers(group, recipient.Reason, oneClick.Address),
            CreatedAt = now,
            NextAttemptAt = now,
        };
    }

    private string Headers(Group group, NotificationReason reason, string oneClick) => new MailSorting
    {
        Reason = Code(reason),
        ListName = group.Name,
        ListKey = "groupe-" + group.Slug,
        Archive = platform.Absolute("/groupes/" + group.Slug),
        GroupSlug = group.Slug,
        Unsubscribe = platform.Absolute(oneClick),
    }.Write(mail);

    private static string Code(NotificationReason reason) => reason switch
    {
        NotificationReason.Following => "abonnement",
        NotificationReason.Mention => "mention",
        NotificationReason.Author => "auteur",
        NotificationReason.Animator => "animation",
        NotificationReason.Personal => "personnel",
        _ => "groupe",
    };

    private static string ReasonOf(ActivityLetter letter, MailRecipient recipient) => recipient.Reason switch
    {
        NotificationReason.Mention => InboxTexts.WhyMention.With(letter.ActorName),
        NotificationReason.Following => InboxTexts.WhyFollowing,
        NotificationReason.Author => InboxTexts.WhyAuthor,
        NotificationReason.Animator => InboxTexts.WhyAnimator.With(letter.Group.Name),
        NotificationReason.Personal when letter.Activity.Kind == ActivityKinds.MemberAdded => InboxTexts.WhyAdded.With(letter.ActorName, letter.Group.Name),
        NotificationReason.Personal when letter.Activity.Kind == ActivityKinds.OwnerChanged => InboxTexts.WhyOwner.With(letter.Group.Name),
        NotificationReason.Personal => InboxTexts.WhyAsked.With(letter.Group.Name),
        _ when recipient.Level == MailLevel.Everything => InboxTexts.WhyEverything.With(letter.Group.Name),
        _ => InboxTexts.WhyNewThreads.With(letter.Group.Name),
    };

    private async Task<ActivityLetter?> OfItemAsync(AppDbContext db, Activity activity, Group group, string actor, CancellationToken cancellation)
    {
        if (await ItemAsync(db, activity, cancellation) is not { } item) return null;

        var face = faces.Of(item.Kind);
        var address = face.Address(group.Slug, item);
        var markdown = (await face.BodiesAsync(db, [item.Id], cancellation)).GetValueOrDefault(item.Id, "");
        var html = (await bodies.RenderAsync(db, markdown, cancellation)).Html;
        var files = (await comments.FilesAsync(db, item, cancellation))[item.Id];
        return new ActivityLetter
        {
            Activity = activity,
            Group = group,
            ActorName = actor,
            Subject = ThreadIds.Subject(group.Name, item.Title),
            MessageId = ThreadIds.Of(item.ShortId, 0, mail.ReplyDomain),
            Context = ContextOf(group, item),
            Title = item.Title,
            Preheader = item.Excerpt.Length == 0 ? InboxTexts.MailCreated.With(actor, face.CreatedVerb) : Excerpt.Cut(item.Excerpt, PreheaderLength),
            Blocks =
            [
                new MailParagraph(InboxTexts.MailCreated.With(Speaker(actor, item.Organisation?.Name), face.CreatedVerb)),
                .. Text(html, item.Excerpt),
                .. Files(files),
                new MailButton(InboxTexts.MailReadAndAnswer, address),
            ],
        };
    }

    private async Task<ActivityLetter?> OfCommentAsync(AppDbContext db, Activity activity, Group group, string actor, CancellationToken cancellation)
    {
        if (await ItemAsync(db, activity, cancellation) is not { } item) return null;

        var comment = await db.Comments.AsNoTracking().Include(c => c.Organisation).FirstOrDefaultAsync(c => c.Id == activity.CommentId && c.Kind == CommentKind.Message, cancellation);
        if (comment is null) return null;

        var parent = comment.ParentNumber is not { } number ? null : await db.Comments
            .Where(c => c.ItemId == item.Id && c.Number == number).Select(c => new { c.Author!.Name, c.Body }).FirstOrDefaultAsync(cancellation);
        var html = comment.BodyRenderer == Bodies.Renderer ? comment.BodyHtml : (await bodies.RenderAsync(db, comment.Body, cancellation)).Html;
        var files = (await comments.FilesAsync(db, item, cancellation))[comment.Id];
        var start = Excerpt.Of(comment.Body, ExcerptLength);
        return new ActivityLetter
        {
            Activity = activity,
            Group = group,
            ActorName = actor,
            Subject = "Re: " + ThreadIds.Subject(group.Name, item.Title),
            MessageId = ThreadIds.Of(item.ShortId, comment.Number, mail.ReplyDomain),
            References = ThreadIds.References(item.ShortId, comment.RootNumber, comment.Number, comment.ParentNumber, mail.ReplyDomain),
            Context = ContextOf(group, item),
            Title = item.Title,
            Preheader = Excerpt.Cut(start, PreheaderLength),
            Blocks =
            [
                new MailParagraph(InboxTexts.MailAnswered.With(Speaker(actor, comment.Organisation?.Name))),
                .. Text(html, start),
                .. Files(files),
                .. parent is null ? Array.Empty<MailBlock>() : [new MailHeading(InboxTexts.MailInAnswerTo), new MailQuote(Excerpt.Of(parent.Body, QuoteLength), parent.Name)],
                new MailButton(InboxTexts.MailSeeAnswer, faces.Of(item.Kind).CommentAddress(group.Slug, item, comment.Number)),
            ],
        };
    }

    private async Task<ActivityLetter?> OfNoticeAsync(AppDbContext db, Activity activity, Group group, IGroupNotice notice, CancellationToken cancellation)
    {
        if (await notice.WriteAsync(db, activity, cancellation) is not { } letter) return null;

        return new ActivityLetter
        {
            Activity = activity,
            Group = group,
            ActorName = notice.Speaker,
            Subject = ThreadIds.Subject(group.Name, letter.Title),
            MessageId = MessageIdOf(activity, group),
            Context = $"{group.Name} · {notice.Speaker}",
            Title = letter.Title,
            Preheader = Excerpt.Cut(letter.Text, PreheaderLength),
            Blocks = [new MailParagraph(letter.Text), new MailList([.. letter.Lines.Select(l => new MailListItem(l.Name, null, l.Remark))]), new MailButton(letter.Button, notice.Address(group.Slug))],
        };
    }

    private string MessageIdOf(Activity activity, Group group) => $"groupe.{group.Slug}.{activity.Id:N}@{mail.ReplyDomain}";

    private async Task<ActivityLetter> OfMembershipAsync(AppDbContext db, Activity activity, Group group, string actor, CancellationToken cancellation)
    {
        var home = "/groupes/" + group.Slug;
        var note = ActivityParticulars.Of(activity).Note;
        var (subject, title, sentence, word, button) = activity.Kind switch
        {
            ActivityKinds.JoinRequested => (
                InboxTexts.MailRequestSubject.With(actor), InboxTexts.MailRequestTitle.With(actor), InboxTexts.MailRequestText.With(actor, group.Name),
                await RequestTextAsync(db, activity, cancellation), new MailButton(InboxTexts.MailRequestButton, home + "/membres")),
            ActivityKinds.JoinAccepted => (
                InboxTexts.MailAcceptedSubject, InboxTexts.MailWelcomeTitle.With(group.Name), InboxTexts.MailAcceptedText.With(actor, group.Name),
                note, new MailButton(InboxTexts.MailEnterGroup, home)),
            ActivityKinds.JoinRefused => (
                InboxTexts.MailRefusedSubject, InboxTexts.MailRefusedTitle.With(group.Name), InboxTexts.MailRefusedText.With(actor, group.Name),
                note, new MailButton(InboxTexts.SeeGroups, "/groupes")),
            ActivityKinds.OwnerChanged => (
                InboxTexts.MailOwnerSubject, InboxTexts.MailOwnerTitle.With(group.Name), InboxTexts.MailOwnerText,
                note, new MailButton(InboxTexts.MailEnterGroup, home)),
            _ => (
                InboxTexts.MailAddedSubject, InboxTexts.MailWelcomeTitle.With(group.Name), InboxTexts.MailAddedText.With(actor, group.Name),
                note, new MailButton(InboxTexts.MailEnterGroup, home)),
        };
        return new ActivityLetter
        {
            Activity = activity,
            Group = group,
            ActorName = actor,
            Subject = ThreadIds.Subject(group.Name, subject),
            MessageId = MessageIdOf(activity, group),
            Context = group.Name,
            Title = title,
            Preheader = sentence,
            Blocks =
            [
                new MailParagraph(sentence),
                .. string.IsNullOrWhiteSpace(word) ? Array.Empty<MailBlock>() : [new MailQuote(word, actor)],
                .. activity.Kind == ActivityKinds.MemberAdded && group.Summary.Length > 0 ? [new MailParagraph(group.Summary)] : Array.Empty<MailBlock>(),
                button,
            ],
        };
    }

    private static Task<string?> RequestTextAsync(AppDbContext db, Activity activity, CancellationToken cancellation) => db.Memberships
        .Where(m => m.GroupId == activity.GroupId && m.MemberId == activity.ActorId).Select(m => m.RequestText).FirstOrDefaultAsync(cancellation);

    private static Task<ContentItem?> ItemAsync(AppDbContext db, Activity activity, CancellationToken cancellation) =>
        db.Items.AsNoTracking().Include(i => i.Organisation).FirstOrDefaultAsync(i => i.Id == activity.ItemId, cancellation);

    private string ContextOf(Group group, ContentItem item) =>
        modules.Tool(modules.Kind(item.Kind).Tool) is { } tool ? $"{group.Name} · {tool.Name()}" : group.Name;

    private static string Speaker(string name, string? organisation) => organisation is null ? name : $"{name} ({organisation})";

    private IEnumerable<MailBlock> Text(string html, string start)
    {
        if (html.Length <= LongestHtml) return html.Length == 0 ? [] : [renderer.Prose(html)];
        return [new MailParagraph(Excerpt.Cut(start, ExcerptLength)), new MailParagraph(InboxTexts.MailTooLong)];
    }

    private static IEnumerable<MailBlock> Files(IEnumerable<AttachmentView> files)
    {
        var items = files.Select(f => new MailListItem(f.Name, f.Address)).ToList();
        return items.Count == 0 ? [] : [new MailHeading(InboxTexts.MailFiles), new MailList(items)];
    }
}
