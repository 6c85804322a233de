using TerritoireCollab.Inbox.Mails;
using TerritoireCollab.Inbox.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Ui.Mail;
using TerritoireCollab.Ui.Resources;

namespace TerritoireCollab.Inbox.Digests;

/// <summary>A summary as it is written to one person.</summary>
internal sealed record DigestEdition
{
    /// <summary>To whom.</summary>
    public required Guid MemberId { get; init; }
    /// <summary>Name.</summary>
    public required string Name { get; init; }
    /// <summary>Address.</summary>
    public required string Address { get; init; }
    /// <summary>How often it comes.</summary>
    public required DigestKind Kind { get; init; }
    /// <summary>The hour it is of.</summary>
    public required DigestHour Hour { get; init; }
    /// <summary>It tells of what happened after.</summary>
    public required DateTime From { get; init; }
    /// <summary>What it tells.</summary>
    public required DigestDraft Draft { get; init; }
    /// <summary>Whether it makes up for an absence.</summary>
    public bool IsReturn { get; init; }
    /// <summary>Whether it was due more than a day before it is made.</summary>
    public bool IsLate { get; init; }
    /// <summary>How many times it was written before; an edition is written again when something in it may not be told any more.</summary>
    public int Rewritten { get; init; }
}

/// <summary>Writes summaries.</summary>
internal sealed class DigestLetter(MailWriter writer, MailActionTokens tokens, MailActs acts, Dates dates, MailOptions mail, PlatformOptions platform)
{
    /// <summary>Beginning of the keys of these mails.</summary>
    public const string Prefix = "digest:";

    /// <summary>The kind of mail of a summary.</summary>
    public static string KindOf(DigestKind kind) => kind == DigestKind.Daily ? "inbox.digest.daily" : "inbox.digest.weekly";

    /// <summary>The mail of an edition.</summary>
    /// <param name="edition">The edition; its draft holds something.</param>
    /// <param name="name">Name of the platform.</param>
    public Task<MailRow> WriteAsync(DigestEdition edition, string name)
    {
        var key = MailKeys.New();
        var content = Content(edition, name, key);
        var period = $"{(edition.Kind == DigestKind.Daily ? "j" : "s")}.{edition.Hour.Period}";
        return writer.WriteAsync(new()
        {
            UniqueKey = $"{Prefix}{edition.MemberId:N}:{period}" + (edition.Rewritten == 0 ? "" : $":{edition.Rewritten}"),
            Key = key,
            Kind = KindOf(edition.Kind),
            MessageId = writer.IdOf($"resume.{period}.{edition.MemberId:N}" + (edition.Rewritten == 0 ? "" : $".{edition.Rewritten}")),
            Optional = true,
            Priority = 2,
            To = new(edition.MemberId, edition.Address, edition.Name),
            Subject = MailSubject.Of(name, content.Title),
            Content = content,
            Sorting = new()
            {
                Reason = "resume",
                ListName = name,
                ListKey = edition.Kind == DigestKind.Daily ? "resume-quotidien" : "resume-hebdomadaire",
                Archive = platform.Absolute("/moi/lettre"),
                Unsubscribe = platform.Absolute(tokens.LinkOf(edition.MemberId, StopOf(edition))),
            },
            IsHeld = edition.IsLate,
        });
    }

    /// <summary>What the mail of an edition says.</summary>
    public MailContent Content(DigestEdition edition, string name, string key) => new()
    {
        Preheader = Excerpt.Cut(string.Join(" · ", edition.Draft.Items.Select(i => i.Item.Title)), 120),
        Context = name,
        Title = TitleOf(edition),
        Blocks =
        [
            .. edition.IsReturn ? [new MailParagraph(InboxTexts.DigestReturnText)] : edition.IsLate ? [new MailParagraph(InboxTexts.DigestLateText.With(dates.Exact(edition.From)))] : Array.Empty<MailBlock>(),
            .. edition.Draft.Sections.SelectMany(s => Blocks(s, edition, key)),
            .. edition.Draft.More > 0 ? [new MailParagraph(MoreOf(edition.Draft.More))] : Array.Empty<MailBlock>(),
            new MailButton(InboxTexts.DigestOpen, "/"),
        ],
        Reason = WhyOf(edition, name),
        FooterLinks = [new(InboxTexts.DigestNext, "/moi/lettre"), new(UiTexts.MailSettings, tokens.LinkOf(edition.MemberId, MailAction.Settings))],
    };

    /// <summary>« et 12 autres ».</summary>
    public static string MoreOf(int count) => count == 1 ? InboxTexts.DigestOneMore : InboxTexts.DigestMore.With(count);

    /// <summary>The title of an edition.</summary>
    public static string TitleOf(DigestEdition edition) => edition switch
    {
        { IsReturn: true } => InboxTexts.DigestReturnTitle,
        { Kind: DigestKind.Daily } => InboxTexts.DigestDailyTitle.With(Dates.Full(edition.Hour.Day)),
        _ => InboxTexts.DigestWeeklyTitle.With(Dates.Full(edition.Hour.Day)),
    };

    /// <summary>Why the member gets it.</summary>
    public static string WhyOf(DigestEdition edition, string name) => edition switch
    {
        { IsReturn: true } => InboxTexts.WhyReturn,
        { Kind: DigestKind.Daily } => InboxTexts.WhyDaily.With(name),
        _ => InboxTexts.WhyWeekly.With(name),
    };

    /// <summary>Who wrote and how much, in one line.</summary>
    public static string MetaOf(DigestItem item)
    {
        var who = item.Who.Count switch { 1 => item.Who[0], 2 => InboxTexts.MailTwoSpeakers.With(item.Who[0], item.Who[1]), _ => InboxTexts.MailSeveralSpeakers.With(item.Who[0], item.Who.Count - 1) };
        var what = string.Join(", ", new[]
        {
            item.IsNew ? InboxTexts.NewSubject : null,
            item.Versions switch { 0 => null, 1 => InboxTexts.DigestOneVersion, var n => InboxTexts.DigestVersions.With(n) },
            item switch
            {
                { Answers: 0 } => null,
                { Answers: 1 } => item.IsNew || item.Versions > 0 ? InboxTexts.DigestOneAnswer : InboxTexts.OneNewAnswer,
                _ => item.IsNew || item.Versions > 0 ? InboxTexts.DigestAnswers.With(item.Answers) : InboxTexts.MailSeveral.With(item.Answers),
            },
        }.OfType<string>());
        return item.Besides is { } besides ? item.IsNew ? $"{who} · {what} {besides}" : $"{who} · {what} ({besides})" : $"{who} · {what}";
    }

    /// <summary>Why a content stands there, in a few words.</summary>
    public static string WhyOf(DigestItem item, MailLevel level) => item.Reason switch
    {
        DigestReason.Author => InboxTexts.DigestWhyAuthor,
        DigestReason.Following => InboxTexts.DigestWhyFollowing,
        DigestReason.Away => InboxTexts.DigestWhyAway,
        _ when level == MailLevel.DailyDigest => InboxTexts.DigestWhyDaily,
        _ => InboxTexts.DigestWhyWeekly,
    };

    // What one click stops is that list: the summary, or after an absence, which gathers all, every group.
    private static MailAction StopOf(DigestEdition edition) => edition switch
    {
        { IsReturn: true } => MailAction.Settings,
        { Kind: DigestKind.Daily } => MailAction.StopDailyDigest,
        _ => MailAction.StopWeeklyDigest,
    };

    private IEnumerable<MailBlock> Blocks(DigestSection section, DigestEdition edition, string key)
    {
        yield return new MailHeading(section.Group.Name);
        foreach (var item in section.Items) yield return Entry(section, item, edition.MemberId, key);
        yield return new MailSmallLink(new(UiTexts.MailStopGroup.With(section.Group.Name), tokens.LinkOf(edition.MemberId, MailAction.StopGroup, section.Group.Id)));
    }

    private MailEntry Entry(DigestSection section, DigestItem item, Guid member, string key)
    {
        List<MailLink> links = [.. acts.Links(member, item.Acts)];
        if (item.IsAnswerable && mail.TakesMail) links.Add(new(InboxTexts.DigestAnswer, AnswerAddress(item, key, section)));
        if (item.Item.AuthorId != member) links.Add(new(InboxTexts.DigestUseful, acts.UsefulAddress(member, item.Item.Id)));
        if (item.Reason is DigestReason.Group or DigestReason.Away) links.Add(new(InboxTexts.ActFollow, acts.FollowAddress(member, item.Item.Id)));
        links.Add(new(InboxTexts.DigestMute, tokens.LinkOf(member, MailAction.MuteThread, item.Item.Id)));
        return new(item.Item.Title, item.Address, MetaOf(item), item.Excerpt, WhyOf(item, section.Level), links);
    }

    private string AnswerAddress(DigestItem item, string key, DigestSection section) =>
        $"mailto:reponse+{key}-{item.Place}@{mail.ReplyDomain}?subject={Uri.EscapeDataString("Re: " + MailSubject.Of(section.Group.Name, item.Item.Title))}";
}
