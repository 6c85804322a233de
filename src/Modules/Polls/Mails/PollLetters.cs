using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Faces;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Polls.Voting;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Polls.Mails;

/// <summary>What a mail about a poll says.</summary>
internal enum LetterCause
{
    /// <summary>It closes soon, and the member has not voted.</summary>
    Reminder = 0,
    /// <summary>It is closed.</summary>
    Closed = 1,
    /// <summary>It was concluded.</summary>
    Concluded = 2,
}

/// <summary>Writes to members about a poll. The outbox refuses a second copy of each.</summary>
internal sealed class PollLetters(MailWriter writer, MailFoot foot, IMailActLinks acts, IMailSettingsLinks settings, Dates dates, PlatformOptions platform)
{
    /// <summary>Kind of these mails.</summary>
    public const string Kind = "polls.mail";

    private const int PreheaderLength = 120;

    /// <summary>To those who may vote and have not, as far as they want mails of the group.</summary>
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
        return await WriteAsync(db, poll, LetterCause.Reminder, await waiting.Select(m => m.Member!).ToListAsync(cancellation), round, cancellation);
    }

    /// <summary>To its author, those who follow it and the animators, that it is closed.</summary>
    public async Task<IReadOnlyList<MailRow>> ClosedAsync(AppDbContext db, Poll poll, CancellationToken cancellation)
    {
        var (id, author) = (poll.Id, poll.Item.AuthorId);
        var told = Reached(db, poll.Item).Where(m => m.Role >= GroupRole.Animator || m.MemberId == author || db.Subscriptions.Any(s => s.ItemId == id && s.MemberId == m.MemberId && s.Following == Following.Followed));
        return await WriteAsync(db, poll, LetterCause.Closed, await told.Select(m => m.Member!).ToListAsync(cancellation), "", cancellation);
    }

    /// <summary>To all members but the one who concluded, what was concluded.</summary>
    public async Task<IReadOnlyList<MailRow>> ConcludedAsync(AppDbContext db, Poll poll, Guid by, CancellationToken cancellation) =>
        await WriteAsync(db, poll, LetterCause.Concluded, await Reached(db, poll.Item).Where(m => m.MemberId != by).Select(m => m.Member!).ToListAsync(cancellation), "", cancellation);

    // Whoever chose to get nothing from the group, no mail at all, or muted the poll gets none of these.
    private static IQueryable<Membership> Reached(AppDbContext db, ContentItem item)
    {
        var (id, group) = (item.Id, item.GroupId);
        return db.Memberships.AsNoTracking().Where(m => m.GroupId == group && m.State == MembershipState.Active && m.MailLevel > MailLevel.Nothing && m.Member!.State == MemberState.Active && m.Member.Email != null
            && !db.MailPreferences.Any(p => p.MemberId == m.MemberId && p.IsSilent) && !db.Subscriptions.Any(s => s.ItemId == id && s.MemberId == m.MemberId && s.Following == Following.Muted));
    }

    private async Task<IReadOnlyList<MailRow>> WriteAsync(AppDbContext db, Poll poll, LetterCause cause, List<Member> members, string round, CancellationToken cancellation)
    {
        if (members.Count == 0) return [];

        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        var groupId = poll.Item.GroupId;
        var group = await db.Groups.AsNoTracking().FirstAsync(g => g.Id == groupId, cancellation);
        var choices = cause == LetterCause.Reminder ? VoteByMail.Choices(poll, await EditPoll.OptionsAsync(db, poll.Id, cancellation)) : [];
        var rows = new List<MailRow>();
        foreach (var member in members) rows.Add(await OneAsync(poll, group, member, cause, round, choices));
        return rows;
    }

    private Task<MailRow> OneAsync(Poll poll, Group group, Member member, LetterCause cause, string round, IReadOnlyList<MailActOffer> choices)
    {
        var item = poll.Item;
        var (title, text) = Words(cause, poll);
        var address = PollAddress.Of(group.Slug, item.ShortId, item.Title);
        return writer.WriteAsync(new()
        {
            UniqueKey = $"{PollMailCheck.Prefix(cause)}{item.Id:N}:{member.Id:N}:{round}",
            Kind = Kind,
            MessageId = writer.IdOf($"polls.{(int)cause}.{item.ShortId}.{member.Id:N}.{round}"),
            ItemId = item.Id,
            GroupId = group.Id,
            Optional = true,
            Priority = 2,
            To = Addressee.Of(member),
            Subject = MailSubject.Of(group.Name, title),
            Content = new()
            {
                Preheader = Excerpt.Cut(text, PreheaderLength),
                Context = $"{group.Name} · {PollsTexts.Polls}",
                Title = title,
                Blocks =
                [
                    new MailParagraph(text),
                    .. cause == LetterCause.Concluded && poll.Conclusion is { } conclusion ? Concluded(group, conclusion) : [],
                    .. cause == LetterCause.Reminder ? [new MailParagraph(PollWords.WhoSees(poll, group.Name))] : Array.Empty<MailBlock>(),
                    .. choices.Count == 0 ? Array.Empty<MailBlock>() : [new MailList([.. choices.Select(c => new MailListItem(c.Label, acts.Of(member.Id, VoteByMail.ActKey, c)))])],
                    new MailButton(cause == LetterCause.Reminder ? PollsTexts.VoteNow : PollsTexts.SeePoll, address),
                ],
                Reason = (cause == LetterCause.Closed ? PollsTexts.WhyClosed : PollsTexts.WhyMember).With(group.Name),
                FooterLinks = foot.OfGroup(member.Id, group.Id, group.Slug, group.Name),
            },
            Sorting = MailSorting.OfGroup("sondage", group.Name, group.Slug, platform, platform.Absolute(settings.StopGroup(member.Id, group.Id))),
        });
    }

    // A group that sends titles alone sends no text here either.
    private static IEnumerable<MailBlock> Concluded(Group group, string conclusion) => group.MailsTitlesOnly ? [] : [new MailQuote(Excerpt.Of(conclusion, 2000))];

    private (string Title, string Text) Words(LetterCause cause, Poll poll) => cause switch
    {
        LetterCause.Reminder => (PollsTexts.ReminderTitle.With(poll.Item.Title), PollsTexts.ReminderText.With(dates.Coming(poll.ClosesAt))),
        LetterCause.Closed => (PollsTexts.ClosedTitle.With(poll.Item.Title), PollsTexts.ClosedText),
        _ => (PollsTexts.ConcludedTitle.With(poll.Item.Title), PollsTexts.ConcludedText),
    };
}

/// <summary>Whether a mail about a poll may leave: its reader may still read the poll, wants mails of its group, and, if it is a reminder, may still vote and has not.</summary>
internal sealed class PollMailCheck(TimeProvider clock) : IMailCheck
{
    /// <summary>What the unique keys of these mails begin with.</summary>
    public static string Prefix(LetterCause cause) => $"{PollLetters.Kind}:{(int)cause}:";

    /// <inheritdoc />
    public bool Decides(MailRow mail) => mail.Kind == PollLetters.Kind;

    /// <inheritdoc />
    public async Task<bool> MayLeaveAsync(AppDbContext db, MailRow mail, CancellationToken cancellation)
    {
        if (mail is not { ItemId: { } id, MemberId: { } member }) return false;
        if (await db.Set<Poll>().AsNoTracking().Include(p => p.Item).FirstOrDefaultAsync(p => p.Id == id, cancellation) is not { } poll) return false;

        var group = poll.Item.GroupId;
        if (!await db.Memberships.AnyAsync(m => m.GroupId == group && m.MemberId == member && m.State == MembershipState.Active && m.MailLevel > MailLevel.Nothing, cancellation)) return false;
        if (await db.Subscriptions.AnyAsync(s => s.ItemId == id && s.MemberId == member && s.Following == Following.Muted, cancellation)) return false;
        if (await db.MailPreferences.AnyAsync(p => p.MemberId == member && p.IsSilent, cancellation)) return false;
        if (!mail.UniqueKey.StartsWith(Prefix(LetterCause.Reminder), StringComparison.Ordinal)) return true;
        if (poll.IsClosed(clock.GetUtcNow().UtcDateTime)) return false;

        return await CastVote.OwnerAsync(db, poll, member, cancellation) is { } owner && !await db.Set<PollVoter>().AnyAsync(v => v.ItemId == id && v.VoterId == owner.VoterId, cancellation);
    }
}
