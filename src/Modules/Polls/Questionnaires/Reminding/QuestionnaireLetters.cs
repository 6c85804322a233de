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
using TerritoireCollab.Polls.Questionnaires.Answering;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Polls.Questionnaires.Reminding;

/// <summary>Writes to those who have not answered, and to those who want their answers by mail. The outbox refuses a second copy of each.</summary>
internal sealed class QuestionnaireLetters(MailWriter writer, MailFoot foot, PlatformOptions platform, Dates dates)
{
    /// <summary>Kind of these mails.</summary>
    public const string Kind = "sondages.questionnaire";

    /// <summary>What the unique keys of reminders begin with.</summary>
    public const string ReminderPrefix = Kind + ":rappel:";

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
    public async Task<IReadOnlyList<MailRow>> ConfirmAsync(AppDbContext db, Questionnaire q, IReadOnlyList<FormPart> parts, IReadOnlyDictionary<int, IReadOnlyList<string>> answers, CancellationToken cancellation)
    {
        var (id, me) = (q.Id, db.Viewer.MemberId);
        var item = await db.Items.AsNoTracking().Include(i => i.Group).FirstAsync(i => i.Id == id, cancellation);
        if (await db.Members.AsNoTracking().FirstOrDefaultAsync(m => m.Id == me && m.State == MemberState.Active && m.Email != null, cancellation) is not { } member) return [];

        Speak();
        var given = parts.Where(p => answers.ContainsKey(p.Number)).Select(p => new MailListItem(QuestionnaireTexts.AnswerIs.With(p.Text, AnswerWords.Of(p, answers[p.Number])))).ToList();
        var name = Guid.CreateVersion7().ToString("N");
        return [await WriteAsync(item, member, $"{Kind}:reponses:{id:N}:{name}", "reponses." + name, QuestionnaireTexts.ConfirmTitle.With(item.Title), QuestionnaireTexts.ConfirmReason,
            [new MailParagraph(QuestionnaireTexts.ConfirmText.With(dates.Exact(q.ClosesAt))), new MailList(given)], QuestionnaireTexts.SeeQuestionnaire, "#questions")];
    }

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
internal sealed class QuestionnaireMailCheck(TimeProvider clock) : IMailCheck
{
    /// <inheritdoc />
    public bool Decides(MailRow mail) => mail.Kind == QuestionnaireLetters.Kind;

    /// <inheritdoc />
    public async Task<bool> MayLeaveAsync(AppDbContext db, MailRow mail, CancellationToken cancellation)
    {
        if (mail is not { ItemId: { } item, MemberId: { } member } || await db.Set<Questionnaire>().AsNoTracking().FirstOrDefaultAsync(q => q.Id == item, cancellation) is not { } q) return false;

        return !mail.UniqueKey.StartsWith(QuestionnaireLetters.ReminderPrefix, StringComparison.Ordinal)
            || (!q.IsOver(clock.GetUtcNow().UtcDateTime) && !await db.Set<Respondent>().AnyAsync(r => r.ItemId == item && r.PersonId == member, cancellation));
    }
}
