using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Polls.Closing;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Faces;
using TerritoireCollab.Polls.Inviting;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Polls.Voting;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Polls.Mails;

/// <summary>What a mail about a poll says. Keys of mails hold the numbers: none is ever given another meaning.</summary>
internal enum LetterCause
{
    /// <summary>It closes soon, and the person has not voted.</summary>
    Reminder = 0,
    /// <summary>It is closed.</summary>
    Closed = 1,
    /// <summary>It was concluded.</summary>
    Concluded = 2,
    /// <summary>Something was added to vote on, and the person has voted.</summary>
    Added = 3,
    /// <summary>A date was confirmed, and the person has voted.</summary>
    Confirmed = 4,
}

/// <summary>Writes about a poll to members, and to guests who were invited to it. The outbox refuses a second copy of each.</summary>
internal sealed class PollLetters(
    MailWriter writer, MailFoot foot, IMailActLinks acts, IMailSettingsLinks settings, VoteLinks votes, GuestLinks guests, GroupLabels labels, Dates dates, PlatformOptions platform)
{
    /// <summary>Kind of these mails.</summary>
    public const string Kind = "polls.mail";

    private const int PreheaderLength = 120;

    /// <summary>To those who may vote and have not, as far as they want mails of the group; a guest is reminded once, however often members are.</summary>
    /// <param name="db">Sees everything.</param>
    /// <param name="poll">The poll, with its row.</param>
    /// <param name="round">What tells this reminder from another one.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<MailRow>> RemindAsync(AppDbContext db, Poll poll, string round, CancellationToken cancellation)
    {
        var (id, perOrganisation) = (poll.Id, poll.PerOrganisation);
        var voters = db.Set<PollVoter>().Where(v => v.ItemId == id);
        var waiting = perOrganisation
            ? Reached(db, poll.Item).Where(m => m.Role >= GroupRole.Member && db.Affiliations.Any(a => a.MemberId == m.MemberId && a.IsPrincipal && a.Until == null && !voters.Any(v => v.VoterId == a.OrganisationId)))
            : Reached(db, poll.Item).Where(m => m.Role >= GroupRole.Member && !voters.Any(v => v.VoterId == m.MemberId));
        var said = new Said(LetterCause.Reminder, round);
        var rows = await WriteAsync(db, poll, said, await PeopleAsync(waiting, cancellation), cancellation);
        var invited = await WriteAsync(db, poll, said with { Round = "" }, await PeopleAsync(Invited(db, id).Where(g => g.ConfirmedAt == null), cancellation), cancellation);
        return [.. rows, .. await NewAsync(db, invited, cancellation)];
    }

    /// <summary>To its author, those who follow it and the animators, that it is closed.</summary>
    public async Task<IReadOnlyList<MailRow>> ClosedAsync(AppDbContext db, Poll poll, CancellationToken cancellation)
    {
        var (id, author) = (poll.Id, poll.Item.AuthorId);
        var told = Reached(db, poll.Item).Where(m => m.Role >= GroupRole.Animator || m.MemberId == author || db.Subscriptions.Any(s => s.ItemId == id && s.MemberId == m.MemberId && s.Following == Following.Followed));
        // What is opened again closes another time.
        return await WriteAsync(db, poll, new(LetterCause.Closed, RoundOf(poll)), await PeopleAsync(told, cancellation), cancellation);
    }

    /// <summary>To all members but the one who concluded, and to the guests who voted, what was concluded.</summary>
    public async Task<IReadOnlyList<MailRow>> ConcludedAsync(AppDbContext db, Poll poll, Guid by, CancellationToken cancellation)
    {
        var members = await PeopleAsync(Reached(db, poll.Item).Where(m => m.MemberId != by), cancellation);
        return await WriteAsync(db, poll, new(LetterCause.Concluded, ""), [.. members, .. await VotingGuestsAsync(db, poll.Id, cancellation)], cancellation);
    }

    /// <summary>To those who voted before something was added, but for the one who added it.</summary>
    public async Task<IReadOnlyList<MailRow>> AddedAsync(AppDbContext db, Poll poll, IReadOnlyList<PollOption> added, Guid by, CancellationToken cancellation) =>
        await WriteAsync(db, poll, new(LetterCause.Added, string.Create(CultureInfo.InvariantCulture, $"{poll.LastOption}")) { Options = added }, await VotersAsync(db, poll, by, cancellation), cancellation);

    /// <summary>To those who voted on dates, but for the one who confirmed it, which date it is.</summary>
    /// <param name="db">Sees everything.</param>
    /// <param name="poll">The poll, with its row.</param>
    /// <param name="date">The date.</param>
    /// <param name="by">Who confirmed it.</param>
    /// <param name="isAnnounced">Whether an event is made of it.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<MailRow>> ConfirmedAsync(AppDbContext db, Poll poll, PollOption date, Guid by, bool isAnnounced, CancellationToken cancellation) =>
        await WriteAsync(db, poll, new(LetterCause.Confirmed, string.Create(CultureInfo.InvariantCulture, $"{date.Number}.{RoundOf(poll)}")) { Options = [date], IsAnnounced = isAnnounced }, await VotersAsync(db, poll, by, cancellation), cancellation);

    private static string RoundOf(Poll poll) => poll.ClosesAt.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    // Whoever chose to get nothing from the group, no mail at all, or muted the poll gets none of these.
    private static IQueryable<Membership> Reached(AppDbContext db, ContentItem item)
    {
        var (id, group) = (item.Id, item.GroupId);
        return db.Memberships.AsNoTracking().Where(m => m.GroupId == group && m.State == MembershipState.Active && m.MailLevel > MailLevel.Nothing && m.Member!.State == MemberState.Active && m.Member.Email != null
            && !db.MailPreferences.Any(p => p.MemberId == m.MemberId && p.IsSilent) && !db.Subscriptions.Any(s => s.ItemId == id && s.MemberId == m.MemberId && s.Following == Following.Muted));
    }

    // The link of a guest is first used by voting: a guest who counts has voted, whichever way the votes are kept.
    private static IQueryable<Guest> Invited(AppDbContext db, Guid id) => db.Guests.AsNoTracking().Where(g => g.ItemId == id && g.MemberId == null && g.RefusedAt == null);

    private static Task<List<Reader>> VotingGuestsAsync(AppDbContext db, Guid id, CancellationToken cancellation) => PeopleAsync(Invited(db, id).Where(g => g.ConfirmedAt != null), cancellation);

    private static async Task<List<Reader>> VotersAsync(AppDbContext db, Poll poll, Guid by, CancellationToken cancellation)
    {
        var id = poll.Id;
        var members = Reached(db, poll.Item).Where(m => m.MemberId != by && db.Set<PollVoter>().Any(v => v.ItemId == id && v.MemberId == m.MemberId));
        return [.. await PeopleAsync(members, cancellation), .. await VotingGuestsAsync(db, id, cancellation)];
    }

    private static Task<List<Reader>> PeopleAsync(IQueryable<Membership> members, CancellationToken cancellation) =>
        members.Select(m => new Reader(m.MemberId, m.Member!.Email!, m.Member.Name, false)).ToListAsync(cancellation);

    private static Task<List<Reader>> PeopleAsync(IQueryable<Guest> guests, CancellationToken cancellation) =>
        guests.Select(g => new Reader(g.Id, g.Email, g.Name, true)).ToListAsync(cancellation);

    private async Task<IReadOnlyList<MailRow>> WriteAsync(AppDbContext db, Poll poll, Said said, List<Reader> readers, CancellationToken cancellation)
    {
        if (readers.Count == 0) return [];

        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        var groupId = poll.Item.GroupId;
        var group = await db.Groups.AsNoTracking().FirstAsync(g => g.Id == groupId, cancellation);
        // A group that hid itself since has no guests any more: their links lead nowhere.
        if (!PollGuests.Takes(poll, group.Visibility)) readers.RemoveAll(r => r.IsGuest);
        var choices = said.Cause == LetterCause.Reminder ? VoteByMail.Choices(poll, await EditPoll.OptionsAsync(db, poll.Id, cancellation)) : [];
        var forGuest = await labels.ForGuestAsync(group, cancellation);
        var rows = new List<MailRow>();
        foreach (var reader in readers) rows.Add(await OneAsync(poll, group, reader, reader.IsGuest ? forGuest : GroupLabels.ForMember(group), reader.IsGuest ? said : said with { Choices = choices }));
        return rows;
    }

    // Whoever presses the button is told of those who are written to, and not of those who were before.
    private static async Task<IEnumerable<MailRow>> NewAsync(AppDbContext db, IReadOnlyList<MailRow> rows, CancellationToken cancellation)
    {
        var keys = rows.Select(r => r.UniqueKey).ToList();
        var present = await db.Mails.Where(m => keys.Contains(m.UniqueKey)).Select(m => m.UniqueKey).ToListAsync(cancellation);
        return rows.Where(r => !present.Contains(r.UniqueKey));
    }

    private Task<MailRow> OneAsync(Poll poll, Group group, Reader to, GroupLabel label, Said said)
    {
        var (item, cause) = (poll.Item, said.Cause);
        var (title, text) = Words(said, poll);
        return writer.WriteAsync(new()
        {
            UniqueKey = $"{PollMailCheck.Prefix(cause)}{item.Id:N}:{to.Id:N}:{said.Round}",
            Kind = Kind,
            MessageId = writer.IdOf($"polls.{(int)cause}.{item.ShortId}.{to.Id:N}.{said.Round}"),
            ItemId = item.Id,
            GroupId = group.Id,
            Optional = !to.IsGuest,
            Priority = 2,
            To = new(to.IsGuest ? null : to.Id, to.Email, to.Name),
            Subject = MailSubject.Of(label.Name, title),
            Content = new()
            {
                Preheader = Excerpt.Cut(text, PreheaderLength),
                Context = $"{label.Name} · {PollsTexts.Polls}",
                Title = title,
                Blocks = [new MailParagraph(text), .. Details(poll, group, to, said), Button(poll, group, to, said)],
                Reason = Why(poll, group, to, cause),
                FooterLinks = to.IsGuest ? foot.OfGuest(to.Email) : foot.OfGroup(to.Id, group.Id, group.Slug, group.Name),
            },
            Sorting = labels.Sorting(label, "sondage", platform.Absolute(to.IsGuest ? guests.StopOf(to.Email) : settings.StopGroup(to.Id, group.Id))),
        });
    }

    // A group that sends titles alone sends no text here either; when something is, is no text.
    private IEnumerable<MailBlock> Details(Poll poll, Group group, Reader to, Said said)
    {
        if (said.Cause == LetterCause.Concluded && poll.Conclusion is { } conclusion && !group.MailsTitlesOnly) yield return new MailQuote(Excerpt.Of(conclusion, 2000));
        if (said.Options.Count > 0 && (poll.Kind == PollKind.Dates || !group.MailsTitlesOnly)) yield return new MailList([.. said.Options.Select(o => new MailListItem(PollWords.Of(o, dates)))]);
        if (said.Cause == LetterCause.Reminder) yield return new MailParagraph(to.IsGuest ? PollWords.WhoSeesGuest(poll) : PollWords.WhoSees(poll, group.Name));
        if (said.Choices.Count > 0) yield return new MailList([.. said.Choices.Select(c => new MailListItem(c.Label, acts.Of(to.Id, VoteByMail.ActKey, c)))]);
    }

    private MailButton Button(Poll poll, Group group, Reader to, Said said)
    {
        var page = to.IsGuest ? guests.Of(to.Id) : PollAddress.Of(group.Slug, poll.Item.ShortId, poll.Item.Title);
        return said switch
        {
            { Cause: LetterCause.Reminder } when to.IsGuest || said.Choices.Count > 0 => new(PollsTexts.VoteNow, page),
            { Cause: LetterCause.Reminder } => new(PollsTexts.VoteNow, votes.Of(to.Id, poll.Id)),
            { Cause: LetterCause.Added } => new(PollsTexts.ChangeVote, to.IsGuest ? page : votes.Of(to.Id, poll.Id)),
            { IsAnnounced: true } when !to.IsGuest => new(PollsTexts.SeeEvent, PollAgenda.EventOf(group.Slug, poll.Item.ShortId)),
            _ => new(PollsTexts.SeePoll, page),
        };
    }

    private static string Why(Poll poll, Group group, Reader to, LetterCause cause) => cause switch
    {
        _ when to.IsGuest => PollsTexts.WhyGuest.With(poll.Item.Title),
        LetterCause.Closed => PollsTexts.WhyClosed.With(group.Name),
        LetterCause.Added or LetterCause.Confirmed => PollsTexts.WhyVoter.With(group.Name),
        _ => PollsTexts.WhyMember.With(group.Name),
    };

    private (string Title, string Text) Words(Said said, Poll poll) => said.Cause switch
    {
        LetterCause.Reminder => (PollsTexts.ReminderTitle.With(poll.Item.Title), PollsTexts.ReminderText.With(dates.Coming(poll.ClosesAt))),
        LetterCause.Closed => (PollsTexts.ClosedTitle.With(poll.Item.Title), PollsTexts.ClosedText),
        LetterCause.Added when poll.Kind == PollKind.Dates => (PollsTexts.AddedDatesTitle.With(poll.Item.Title), PollsTexts.AddedDatesText.With(dates.Coming(poll.ClosesAt))),
        LetterCause.Added => (PollsTexts.AddedTitle.With(poll.Item.Title), PollsTexts.AddedText.With(dates.Coming(poll.ClosesAt))),
        LetterCause.Confirmed => (PollsTexts.ConfirmedTitle.With(poll.Item.Title), said.IsAnnounced ? PollsTexts.ConfirmedAnnouncedText : PollsTexts.ConfirmedText),
        _ => (PollsTexts.ConcludedTitle.With(poll.Item.Title), PollsTexts.ConcludedText),
    };

    private sealed record Reader(Guid Id, string Email, string Name, bool IsGuest);

    private sealed record Said(LetterCause Cause, string Round)
    {
        public IReadOnlyList<PollOption> Options { get; init; } = [];
        public IReadOnlyList<MailActOffer> Choices { get; init; } = [];
        public bool IsAnnounced { get; init; }
    }
}
