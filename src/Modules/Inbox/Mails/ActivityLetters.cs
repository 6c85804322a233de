using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Inbox.Resources;
using TerritoireCollab.Mime.Trimming;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Ui.Mail;
using TerritoireCollab.Ui.Resources;

namespace TerritoireCollab.Inbox.Mails;

/// <summary>What the mails of one activity share, whoever gets them.</summary>
internal sealed record ActivityLetter
{
    /// <summary>The activity; the last, when several posts of a thread go in one mail.</summary>
    public required Activity Activity { get; init; }
    /// <summary>The group.</summary>
    public required Group Group { get; init; }
    /// <summary>Key of the kind of its content; null when it is about none.</summary>
    public string? ContentKind { get; init; }
    /// <summary>Acts that it offers as several links.</summary>
    public IReadOnlyList<ActChoices> Choices { get; init; } = [];
    /// <summary>Who acts.</summary>
    public required string ActorName { get; init; }
    /// <summary>Why its mail comes, where the usual sentence would not be true.</summary>
    public string? Why { get; init; }
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
    /// <summary>Numbers of the posts in it, 0 for the content itself; empty for what is not about a content.</summary>
    public IReadOnlyList<int> Numbers { get; init; } = [];
    /// <summary>Whether it can be answered by mail.</summary>
    public bool IsAnswerable { get; init; }
    /// <summary>Number of the answer that an answer by mail answers; null for the content itself.</summary>
    public int? AnswersNumber { get; init; }
    /// <summary>Whether it was said to be urgent, and mail programs show it so.</summary>
    public bool IsUrgent { get; init; }
    /// <summary>Attachments small enough to go with it, for those who get every message.</summary>
    public IReadOnlyList<Guid> Files { get; init; } = [];
    /// <summary>An iCalendar document that goes with it, for each reader their own; null for none.</summary>
    public Func<GuestAddress, string>? Calendar { get; init; }
}

/// <summary>Posts of one thread that go in one mail.</summary>
/// <param name="Item">The content, with its organisation.</param>
/// <param name="Group">Its group.</param>
/// <param name="Last">What happened last.</param>
/// <param name="WithContent">Whether the content itself is among them.</param>
/// <param name="Answers">The answers, oldest first, with their authors and organisations.</param>
/// <param name="IsUrgent">Whether the content was said to be urgent.</param>
internal sealed record ThreadPosts(ContentItem Item, Group Group, Activity Last, bool WithContent, IReadOnlyList<Comment> Answers, bool IsUrgent)
{
    /// <summary>What came together with the content, in words; null when it came alone.</summary>
    public string? Besides { get; init; }
}

/// <summary>Writes the mails of an activity: once what all share, then the envelope of each person.</summary>
internal sealed class ActivityLetters(
    MailWriter writer, MailRenderer renderer, MailActionTokens tokens, MailActs acts, Bodies bodies, ListComments comments, ModuleCatalog modules, Faces faces, Notices notices, IEnumerable<ICalendarContent> calendars, MailOptions mail, PlatformOptions platform)
{
    private readonly Dictionary<string, ICalendarContent> _calendars = calendars.ToDictionary(c => c.Kind);

    // Gmail cuts mails at 102 kB; the styles of each element about double what the text weighs.
    private const int LongestHtml = 40_000;
    private const int ExcerptLength = 2_000;
    private const int PreheaderLength = 120;
    private const int QuoteLength = 300;
    private const int LongestFromName = 200;
    private const long MostFiles = 2 * 1024 * 1024;

    /// <summary>What all recipients share; null when what it was about is gone.</summary>
    public async Task<ActivityLetter?> WriteAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        var group = await db.Groups.AsNoTracking().FirstOrDefaultAsync(g => g.Id == activity.GroupId, cancellation);
        var actor = await db.Members.Where(m => m.Id == activity.ActorId).Select(m => m.Name).FirstOrDefaultAsync(cancellation);
        if (group is null || actor is null) return null;

        if (notices.Of(activity.Kind) is { } notice) return await OfNoticeAsync(db, activity, group, notice, cancellation);

        return activity.Kind is ActivityKinds.ItemRewritten or ActivityKinds.ItemVersioned or ActivityKinds.Mentioned
            ? await OfRewritingAsync(db, activity, group, actor, cancellation)
            : await OfMembershipAsync(db, activity, group, actor, cancellation);
    }

    // What was changed, in words, or that somebody is named now; the text itself is where it can be compared.
    private async Task<ActivityLetter?> OfRewritingAsync(AppDbContext db, Activity activity, Group group, string actor, CancellationToken cancellation)
    {
        if (await db.Items.AsNoTracking().FirstOrDefaultAsync(i => i.Id == activity.ItemId, cancellation) is not { } item) return null;

        var (words, button) = activity.Kind switch
        {
            ActivityKinds.Mentioned => (InboxTexts.NewsMention, InboxTexts.MailReadAndAnswer),
            ActivityKinds.ItemVersioned => (InboxTexts.NewsVersioned, InboxTexts.MailSeeVersion),
            _ => (InboxTexts.NewsRewritten, InboxTexts.MailSeeChanges),
        };
        var sentence = words.With(actor, item.Title, ActivityParticulars.Of(activity).Note ?? "");
        return new ActivityLetter
        {
            Activity = activity,
            Group = group,
            ActorName = actor,
            Subject = "Re: " + MailSubject.Of(group.Name, item.Title),
            MessageId = MessageIdOf(activity, group),
            References = [ThreadIds.Of(item.ShortId, 0, mail.ReplyDomain)],
            Context = ContextOf(group, item),
            Title = item.Title,
            Preheader = Excerpt.Cut(sentence, PreheaderLength),
            Blocks = [new MailParagraph(sentence), new MailButton(button, faces.Of(item.Kind).Address(group.Slug, item))],
        };
    }

    /// <summary>The mail of one person: the words why, the links that work without signing in, the headers to sort by.</summary>
    public Task<MailRow> AddressAsync(ActivityLetter letter, MailRecipient recipient)
    {
        var (activity, group) = (letter.Activity, letter.Group);
        var mute = activity.ItemId is { } item ? new MailLink(InboxTexts.MailMute, tokens.LinkOf(recipient.MemberId, MailAction.MuteThread, item)) : null;
        var stop = new MailLink(UiTexts.MailStopGroup.With(group.Name), tokens.LinkOf(recipient.MemberId, MailAction.StopGroup, group.Id));

        // What one click stops is what sent the mail: the group, but for somebody who was called by name the thread.
        var oneClick = recipient.Reason == NotificationReason.Mention && mute is not null ? mute : stop;
        var isInPerson = recipient.Reason is NotificationReason.Mention or NotificationReason.Personal or NotificationReason.Animator;
        return writer.WriteAsync(new()
        {
            UniqueKey = ActivityMailCheck.KeyOf(activity.Id, recipient.MemberId, letter.Numbers.Count),
            Kind = activity.Kind,
            MessageId = letter.MessageId,
            References = letter.References,
            ItemId = activity.ItemId,
            GroupId = group.Id,
            Optional = true,
            Priority = isInPerson ? 1 : 2,
            FromName = Excerpt.Cut(MailSorting.OneLine($"{letter.ActorName} ({group.Name})"), LongestFromName),
            To = new(recipient.MemberId, recipient.Address, recipient.Name),
            Subject = letter.Subject,
            Content = Content(letter, recipient) with { FooterLinks = [.. mute is null ? Array.Empty<MailLink>() : [mute], stop, new(UiTexts.MailSettings, tokens.LinkOf(recipient.MemberId, MailAction.Settings))] },
            Sorting = Sorting(group, recipient.Reason, oneClick.Address),
            Fields = [.. Fields(letter)],
            IsAnswerable = letter.IsAnswerable,
            AnswersNumber = letter.AnswersNumber,
            Files = recipient.Level == MailLevel.Everything ? letter.Files : [],
            Calendar = letter.Calendar?.Invoke(new(recipient.MemberId, recipient.Address, recipient.Name)),
        });
    }

    private MailContent Content(ActivityLetter letter, MailRecipient recipient) => new()
    {
        Preheader = letter.Preheader,
        Context = letter.Context,
        Title = letter.Title,
        Marker = letter.IsAnswerable && mail.TakesMail ? ReplyTrimmer.Marker : null,
        Blocks = [.. letter.Blocks, .. letter.Numbers.Count > 1 ? [] : acts.Offered(letter.Activity, letter.ContentKind, letter.Choices, recipient.MemberId, recipient.Reason), .. Leaving(letter, recipient)],
        Reason = ReasonOf(letter, recipient),
    };

    // Whoever was added without having asked leaves by one link.
    private IEnumerable<MailBlock> Leaving(ActivityLetter letter, MailRecipient recipient)
    {
        if (letter.Activity.Kind != ActivityKinds.MemberAdded) yield break;

        yield return new MailParagraph(InboxTexts.MailAddedLeave);
        yield return new MailList([new(InboxTexts.LeaveGroup, tokens.LinkOf(recipient.MemberId, MailAction.LeaveGroup, letter.Group.Id))]);
    }

    private MailSorting Sorting(Group group, NotificationReason reason, string oneClick) => MailSorting.OfGroup(Code(reason), group.Name, group.Slug, platform, platform.Absolute(oneClick));

    private static IEnumerable<string> Fields(ActivityLetter letter)
    {
        // RFC 2156, 5.3.4, as registered by RFC 4021.
        if (letter.IsUrgent) yield return "Importance: high";
        if (letter.Numbers.Count > 1) yield return $"{ActivityMailCheck.Numbers}: {string.Join(' ', letter.Numbers)}";
    }

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
        NotificationReason.Following => recipient.Why ?? InboxTexts.WhyFollowing,
        NotificationReason.Author => InboxTexts.WhyAuthor,
        NotificationReason.Animator => InboxTexts.WhyAnimator.With(letter.Group.Name),
        NotificationReason.Personal when letter.Why is { } why => why,
        NotificationReason.Personal when letter.Activity.Kind == ActivityKinds.MemberAdded => InboxTexts.WhyAdded.With(letter.ActorName, letter.Group.Name),
        NotificationReason.Personal when letter.Activity.Kind == ActivityKinds.OwnerChanged => InboxTexts.WhyOwner.With(letter.Group.Name),
        NotificationReason.Personal => InboxTexts.WhyAsked.With(letter.Group.Name),
        _ when recipient.Level == MailLevel.Everything => InboxTexts.WhyEverything.With(letter.Group.Name),
        _ when recipient.Level < MailLevel.NewThreads => InboxTexts.WhyUrgent.With(letter.Group.Name),
        _ => InboxTexts.WhyNewThreads.With(letter.Group.Name),
    };

    /// <summary>What all share who get the same posts of a thread: their texts as they are at this moment.</summary>
    public async Task<ActivityLetter> WriteAsync(AppDbContext db, ThreadPosts posts, CancellationToken cancellation)
    {
        var (item, group, answers) = (posts.Item, posts.Group, posts.Answers);
        var (face, kind) = (faces.Of(item.Kind), modules.Kind(item.Kind));
        var files = await comments.FilesAsync(db, item, cancellation);
        var known = await ThreadIds.WrittenByMailAsync(db, item, cancellation);
        string Id(int number) => known.GetValueOrDefault(number) ?? ThreadIds.Of(item.ShortId, number, mail.ReplyDomain);
        var last = answers.Count == 0 ? null : answers[^1];
        var isTitleOnly = group.MailsTitlesOnly;
        var author = await db.Members.Where(m => m.Id == item.AuthorId).Select(m => m.Name).FirstAsync(cancellation);
        List<Guid> told = [.. posts.WithContent ? [item.Id] : Array.Empty<Guid>(), .. answers.Select(a => a.Id)];
        return new ActivityLetter
        {
            Activity = posts.Last,
            Group = group,
            ContentKind = item.Kind,
            Choices = posts.WithContent && answers.Count == 0 ? await acts.ChoicesAsync(db, posts.Last, item.Kind, cancellation) : [],
            ActorName = Speakers([.. posts.WithContent ? [author] : Array.Empty<string>(), .. answers.Select(a => a.Author!.Name)]),
            Subject = (posts.WithContent ? "" : "Re: ") + MailSubject.Of(group.Name, item.Title),
            MessageId = Id(last?.Number ?? 0),
            References = last is null ? [] : [.. ThreadIds.Ancestors(last.RootNumber, last.Number, last.ParentNumber).Select(Id)],
            Context = ContextOf(group, item) + (posts.IsUrgent && posts.WithContent ? $" · {InboxTexts.Urgent}" : ""),
            Title = item.Title,
            Preheader = Preheader(posts, author, face),
            Blocks =
            [
                .. posts.WithContent ? await ContentBlocksAsync(db, posts, author, face, isTitleOnly ? [] : files[item.Id], isTitleOnly, cancellation) : [],
                .. await AnswerBlocksAsync(db, posts, files, isTitleOnly, cancellation),
                .. isTitleOnly ? [new MailParagraph(InboxTexts.MailTitleOnly)] : Array.Empty<MailBlock>(),
                last is null
                    ? new MailButton(InboxTexts.MailReadAndAnswer, face.Address(group.Slug, item))
                    : new MailButton(answers.Count == 1 ? InboxTexts.MailSeeAnswer : InboxTexts.MailSeeAnswers, face.CommentAddress(group.Slug, item, answers[0].Number)),
            ],
            Numbers = [.. posts.WithContent ? [0] : Array.Empty<int>(), .. answers.Select(a => a.Number)],
            IsAnswerable = kind.Can(Capability.Commentable) && item.LockedAt is null,
            // The answers to an urgent letter are ordinary mail.
            IsUrgent = posts.IsUrgent && posts.WithContent,
            AnswersNumber = last?.Number,
            Files = isTitleOnly ? [] : await SmallFilesAsync(db, item, told, cancellation),
            Calendar = posts.WithContent && !isTitleOnly && _calendars.TryGetValue(item.Kind, out var calendar) ? await calendar.AnnouncedAsync(db, item, GroupLabels.ForMember(group), cancellation) : null,
        };
    }

    private static string Preheader(ThreadPosts posts, string author, IContentFace face) => posts switch
    {
        { WithContent: true } when posts.Group.MailsTitlesOnly || posts.Item.Excerpt.Length == 0 => InboxTexts.MailCreated.With(author, face.CreatedVerb),
        { WithContent: true } => Excerpt.Cut(posts.Item.Excerpt, PreheaderLength),
        { Answers: [var only] } when !posts.Group.MailsTitlesOnly => Excerpt.Of(only.Body, PreheaderLength),
        { Answers: [var only] } => InboxTexts.MailAnswered.With(only.Author!.Name),
        _ => InboxTexts.MailSeveral.With(posts.Answers.Count),
    };

    private async Task<IReadOnlyList<MailBlock>> ContentBlocksAsync(
        AppDbContext db, ThreadPosts posts, string author, IContentFace face, IEnumerable<AttachmentView> files, bool isTitleOnly, CancellationToken cancellation)
    {
        var item = posts.Item;
        var speaker = Speaker(author, item.Organisation?.Name);
        var others = await CoAuthors.OfAsync(db, item, cancellation);
        if (others.Count > 0) speaker = InboxTexts.MailWithCoAuthors.With(speaker, string.Join(", ", others.Select(a => a.Name)));
        var said = new MailParagraph(posts.Besides is { } besides ? InboxTexts.NewsCreatedWith.With(speaker, face.CreatedVerb, item.Title, besides) : InboxTexts.MailCreated.With(speaker, face.CreatedVerb));
        if (isTitleOnly) return [said];

        var markdown = (await face.BodiesAsync(db, [item.Id], cancellation)).GetValueOrDefault(item.Id, "");
        var html = (await bodies.RenderAsync(db, markdown, cancellation)).Html;
        return [said, .. Text(html, item.Excerpt, LongestHtml / (1 + posts.Answers.Count)), .. Files(files)];
    }

    private async Task<IReadOnlyList<MailBlock>> AnswerBlocksAsync(AppDbContext db, ThreadPosts posts, ILookup<Guid, AttachmentView> files, bool isTitleOnly, CancellationToken cancellation)
    {
        var (item, answers) = (posts.Item, posts.Answers);
        if (answers.Count == 0) return [];

        List<MailBlock> blocks = answers.Count == 1 ? [] : [new MailHeading(InboxTexts.MailSeveral.With(answers.Count))];
        var longest = LongestHtml / (answers.Count + (posts.WithContent ? 1 : 0));
        foreach (var answer in answers)
        {
            blocks.Add(new MailParagraph(InboxTexts.MailAnswered.With(Speaker(answer.Author!.Name, answer.Organisation?.Name))));
            if (isTitleOnly) continue;

            if (answer.Quote is { } quote) blocks.Add(new MailQuote(quote, InboxTexts.MailPassage));
            var html = answer.BodyRenderer == Bodies.Renderer ? answer.BodyHtml : (await bodies.RenderAsync(db, answer.Body, cancellation)).Html;
            blocks.AddRange([.. Text(html, Excerpt.Of(answer.Body, ExcerptLength), longest), .. Files(files[answer.Id])]);
        }

        if (answers is [{ ParentNumber: { } number }] && !isTitleOnly) blocks.AddRange(await ParentAsync(db, item, number, cancellation));
        return blocks;
    }

    private static async Task<IReadOnlyList<MailBlock>> ParentAsync(AppDbContext db, ContentItem item, int number, CancellationToken cancellation)
    {
        var parent = await db.Comments.Where(c => c.ItemId == item.Id && c.Number == number).Select(c => new { c.Author!.Name, c.Body }).FirstOrDefaultAsync(cancellation);
        return parent is null ? [] : [new MailHeading(InboxTexts.MailInAnswerTo), new MailQuote(Excerpt.Of(parent.Body, QuoteLength), parent.Name)];
    }

    // The files of the posts told, as long as they weigh little together: whoever gets every message reads them without signing in.
    private static async Task<IReadOnlyList<Guid>> SmallFilesAsync(AppDbContext db, ContentItem item, List<Guid> told, CancellationToken cancellation)
    {
        if (item.AttachmentCount == 0) return [];

        var files = await db.Attachments.AsNoTracking().Where(a => a.ItemId == item.Id && told.Contains(a.CommentId ?? a.ItemId)).OrderBy(a => a.CreatedAt)
            .Select(a => new { a.FileId, a.File!.Length }).ToListAsync(cancellation);
        return files.Sum(f => f.Length) <= MostFiles ? [.. files.Select(f => f.FileId).Distinct()] : [];
    }

    private static string Speakers(IReadOnlyList<string> names)
    {
        var all = names.Distinct().ToList();
        return all.Count switch
        {
            1 => all[0],
            2 => InboxTexts.MailTwoSpeakers.With(all[0], all[1]),
            _ => InboxTexts.MailSeveralSpeakers.With(all[0], all.Count - 1),
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
            Why = notice.Why(group.Name),
            Subject = MailSubject.Of(group.Name, letter.Title),
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
            Subject = MailSubject.Of(group.Name, subject),
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

    private string ContextOf(Group group, ContentItem item) =>
        modules.Tool(modules.Kind(item.Kind).Tool) is { } tool ? $"{group.Name} · {tool.Name()}" : group.Name;

    private static string Speaker(string name, string? organisation) => organisation is null ? name : $"{name} ({organisation})";

    private IEnumerable<MailBlock> Text(string html, string start, int longest)
    {
        if (html.Length <= longest) return html.Length == 0 ? [] : [renderer.Prose(html)];
        return [new MailParagraph(Excerpt.Cut(start, ExcerptLength)), new MailParagraph(InboxTexts.MailTooLong)];
    }

    private static IEnumerable<MailBlock> Files(IEnumerable<AttachmentView> files)
    {
        var items = files.Select(f => new MailListItem(f.Name, f.Address)).ToList();
        return items.Count == 0 ? [] : [new MailHeading(InboxTexts.MailFiles), new MailList(items)];
    }
}
