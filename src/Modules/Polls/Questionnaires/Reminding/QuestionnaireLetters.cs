using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Polls.Questionnaires.Answering;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Polls.Questionnaires.Reminding;

/// <summary>Writes to those who have not answered, and to those who want their answers by mail. The outbox refuses a second copy of each.</summary>
internal sealed class QuestionnaireLetters(MailWriter writer, MailFoot foot, GuestLinks guests, GroupLabels labels, PlatformOptions platform, Dates dates)
{
    /// <summary>Kind of these mails.</summary>
    public const string Kind = "sondages.questionnaire";

    /// <summary>What the unique keys of reminders begin with.</summary>
    public const string ReminderPrefix = Kind + ":rappel:";

    /// <summary>What the unique keys of mails to guests begin with; the keys of the questionnaire and of the guest follow.</summary>
    public const string GuestPrefix = Kind + ":invite:";

    /// <summary>To the members of the group who have not answered, but for its author, whoever took it out of view and whoever wants no mail from the group.</summary>
    /// <param name="db">The database.</param>
    /// <param name="q">The questionnaire.</param>
    /// <param name="round">Tells this reminder from those before.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<MailRow>> RemindAsync(AppDbContext db, Questionnaire q, string round, CancellationToken cancellation)
    {
        var id = q.Id;
        var item = await db.Items.AsNoTracking().Include(i => i.Group).FirstAsync(i => i.Id == id, cancellation);
        var (group, author) = (item.GroupId, item.AuthorId);
        var members = await db.Memberships.AsNoTracking()
            .Where(m => m.GroupId == group && m.State == MembershipState.Active && m.MailLevel != MailLevel.Nothing && m.MemberId != author && !db.MailPreferences.Any(p => p.MemberId == m.MemberId && p.IsSilent) && m.Member!.State == MemberState.Active && m.Member.Email != null)
            .Where(m => !db.Set<Respondent>().Any(r => r.ItemId == id && r.PersonId == m.MemberId) && !db.Subscriptions.Any(s => s.ItemId == id && s.MemberId == m.MemberId && s.Following == Following.Muted))
            .OrderBy(m => m.Member!.FoldedName).Select(m => m.Member!).ToListAsync(cancellation);
        Speak();
        var rows = new List<MailRow>(members.Count);
        foreach (var member in members) rows.Add(await WriteAsync(item, member, $"{ReminderPrefix}{id:N}:{member.Id:N}:{round}", "rappel." + round, QuestionnaireTexts.ReminderTitle.With(item.Title),
            QuestionnaireTexts.MailReason.With(item.Group!.Name), [new MailParagraph(QuestionnaireTexts.ReminderText.With(dates.Exact(q.ClosesAt), q.IsAnonymous ? QuestionnaireTexts.ReminderAnonymous : "").Trim())], QuestionnaireTexts.AnswerNow, "#questions"));
        return rows;
    }

    /// <summary>To whoever has just answered, and asked for it: the answers.</summary>
    public async Task<IReadOnlyList<MailRow>> ConfirmAsync(AppDbContext db, Questionnaire q, TakenAnswers taken, CancellationToken cancellation)
    {
        var (id, me) = (q.Id, db.Viewer.MemberId);
        var item = await db.Items.AsNoTracking().Include(i => i.Group).FirstAsync(i => i.Id == id, cancellation);
        if (await db.Members.AsNoTracking().FirstOrDefaultAsync(m => m.Id == me && m.State == MemberState.Active && m.Email != null, cancellation) is not { } member) return [];

        Speak();
        var name = Guid.CreateVersion7().ToString("N");
        return [await WriteAsync(item, member, $"{Kind}:reponses:{id:N}:{name}", "reponses." + name, QuestionnaireTexts.ConfirmTitle.With(item.Title), QuestionnaireTexts.ConfirmReason,
            Given(q, taken), QuestionnaireTexts.SeeQuestionnaire, "#questions")];
    }

    /// <summary>The same to a guest who has just answered by a personal link.</summary>
    public async Task<IReadOnlyList<MailRow>> ConfirmAsync(AppDbContext db, Questionnaire q, Guest guest, TakenAnswers taken, CancellationToken cancellation)
    {
        var (id, item) = (q.Id, q.Item);
        var group = await db.Groups.AsNoTracking().FirstAsync(g => g.Id == item.GroupId, cancellation);
        var label = await labels.ForGuestAsync(group, cancellation);
        Speak();
        var name = Guid.CreateVersion7().ToString("N");
        return
        [
            await writer.WriteAsync(new()
            {
                UniqueKey = $"{GuestPrefix}{id:N}:{guest.Id:N}:{name}",
                Kind = Kind,
                MessageId = writer.IdOf($"questionnaire.reponses.{name}.{item.ShortId}.{guest.Id:N}"),
                ItemId = id,
                GroupId = group.Id,
                Priority = 1,
                To = new(null, guest.Email, guest.Name),
                Subject = MailSubject.Of(label.Name, QuestionnaireTexts.ConfirmTitle.With(item.Title)),
                Content = new()
                {
                    Preheader = QuestionnaireTexts.ConfirmTitle.With(item.Title),
                    Context = label.Name,
                    Title = QuestionnaireTexts.ConfirmTitle.With(item.Title),
                    Blocks = [.. Given(q, taken), new MailButton(QuestionnaireTexts.SeeQuestionnaire, guests.Of(guest.Id))],
                    Reason = QuestionnaireTexts.ConfirmReason,
                    FooterLinks = foot.OfGuest(guest.Email),
                },
                Sorting = labels.Sorting(label, "questionnaire", platform.Absolute(guests.StopOf(guest.Email))),
            }),
        ];
    }

    private IReadOnlyList<MailBlock> Given(Questionnaire q, TakenAnswers taken) =>
    [
        new MailParagraph(QuestionnaireTexts.ConfirmText.With(dates.Exact(q.ClosesAt))),
        new MailList([.. taken.Parts.Where(p => taken.Answers.ContainsKey(p.Number)).Select(p => new MailListItem(QuestionnaireTexts.AnswerIs.With(p.Text, AnswerWords.Of(p, taken.Answers[p.Number]))))]),
    ];

    private Task<MailRow> WriteAsync(ContentItem item, Member member, string key, string name, string title, string reason, IReadOnlyList<MailBlock> blocks, string button, string anchor)
    {
        var group = item.Group!;
        return writer.WriteAsync(new()
        {
            UniqueKey = key,
            Kind = Kind,
            MessageId = writer.IdOf($"questionnaire.{name}.{item.ShortId}.{member.Id:N}"),
            ItemId = item.Id,
            GroupId = group.Id,
            Priority = 1,
            To = Addressee.Of(member),
            Subject = MailSubject.Of(group.Name, title),
            Content = new()
            {
                Preheader = title,
                Context = group.Name,
                Title = title,
                Blocks = [.. blocks, new MailButton(button, QuestionnaireAddress.Of(group.Slug, item.ShortId, item.Title) + anchor)],
                Reason = reason,
                FooterLinks = foot.OfMember(member.Id),
            },
            Sorting = MailSorting.OfGroup("questionnaire", group.Name, group.Slug, platform),
        });
    }

    private static void Speak() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
}

/// <summary>Whether such a mail may leave: its recipient still reads the questionnaire and, where it reminds, has not answered and still can.</summary>
internal sealed class QuestionnaireMailCheck(GuestOfLink guests, GuestMailCheck writable, TimeProvider clock) : IMailCheck
{
    /// <inheritdoc />
    public bool Decides(MailRow mail) => mail.Kind == QuestionnaireLetters.Kind;

    /// <inheritdoc />
    public async Task<bool> MayLeaveAsync(AppDbContext db, MailRow mail, CancellationToken cancellation)
    {
        if (mail.UniqueKey.StartsWith(QuestionnaireLetters.GuestPrefix, StringComparison.Ordinal)) return await OfGuestAsync(mail, cancellation);
        if (mail is not { ItemId: { } item, MemberId: { } member } || await db.Set<Questionnaire>().AsNoTracking().FirstOrDefaultAsync(q => q.Id == item, cancellation) is not { } q) return false;

        return !mail.UniqueKey.StartsWith(QuestionnaireLetters.ReminderPrefix, StringComparison.Ordinal)
            || (!q.IsOver(clock.GetUtcNow().UtcDateTime) && !await db.Set<Respondent>().AnyAsync(r => r.ItemId == item && r.PersonId == member, cancellation));
    }

    // The link of a guest is the right to read what it was for.
    private async Task<bool> OfGuestAsync(MailRow mail, CancellationToken cancellation)
    {
        if (mail.UniqueKey.Split(':') is not [.., var who, _] || !Guid.TryParseExact(who, "N", out var person) || !await writable.MayBeWrittenAsync(person, mail.ToAddress, cancellation)) return false;

        try
        {
            return await guests.WithAsync(PollsModule.QuestionnaireKindKey, person, (_, _) => Task.FromResult(true), cancellation);
        }
        catch (NotFoundException)
        {
            return false;
        }
    }
}
