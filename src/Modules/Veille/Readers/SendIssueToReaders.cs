using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Ui.Mail;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Resources;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Readers;

/// <summary>
/// Once an issue is published for everybody, writes it to those who get it by mail without an account: the revue itself, not a summons to
/// come and read. The outbox refuses a second copy, so running again changes nothing.
/// </summary>
internal sealed class SendIssueToReaders(ReaderTokens tokens, RevueLetter letters, MailWriter writer, MailOutbox outbox, PlatformOptions platform) : IActivityConsumer
{
    /// <summary>Kind of these mails.</summary>
    public const string Kind = "veille.revue";

    /// <inheritdoc />
    public int Order => 25;

    /// <inheritdoc />
    public async Task ConsumeAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        if (activity.Kind != ActivityKinds.ItemCreated || activity.Quiet) return;

        var issue = await db.Set<PublishedIssue>().AsNoTracking().Include(i => i.Item).FirstOrDefaultAsync(i => i.Id == activity.ItemId && i.Item.Audience == Audience.Public, cancellation);
        if (issue is null || await TerritoryVeille.FindAsync(db, cancellation) is not { } revue || revue.GroupId != issue.Item.GroupId) return;

        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        var articles = await db.Set<IssueArticle>().AsNoTracking().Where(a => a.ItemId == issue.Id).OrderBy(a => a.Position).ToListAsync(cancellation);
        var letter = letters.Of(
            revue.Name, IssueTitle.Full(issue.Number, issue.Item.Title), issue.Item.Excerpt, issue.BodyHtml, articles.Select(a => (a.Rubric, ArticleView.Of(a))), VeilleAddress.TerritoryIssue(issue.Number));
        var readers = await db.Set<RevueReader>().AsNoTracking().Where(r => r.GroupId == revue.GroupId && r.State == ReaderState.Confirmed).ToListAsync(cancellation);
        var rows = new List<MailRow>(readers.Count);
        foreach (var reader in readers) rows.Add(await LetterAsync(revue, issue, letter, reader));
        await outbox.AddAsync(db, rows, cancellation);
    }

    private Task<MailRow> LetterAsync(TerritoryVeille revue, PublishedIssue issue, MailContent letter, RevueReader reader)
    {
        var leave = $"/veille/desabonnement/{tokens.ToLeave(reader.Id)}";
        return writer.WriteAsync(new()
        {
            UniqueKey = $"{Kind}:{issue.Id:N}:{reader.Id:N}",
            Kind = Kind,
            MessageId = writer.IdOf($"revue.{issue.Item.ShortId}.{reader.Id:N}"),
            ItemId = issue.Id,
            GroupId = revue.GroupId,
            Optional = true,
            Priority = 2,
            To = new(null, reader.Email, ""),
            Subject = MailSubject.Of(revue.Name, letter.Title),
            Content = letter with { Reason = ReaderTexts.MailReason.With(revue.Name, reader.Email), FooterLinks = [new(ReaderTexts.LeaveButton, leave)] },
            Sorting = new()
            {
                Reason = "veille",
                ListName = revue.Name,
                ListKey = "revue-" + revue.GroupSlug,
                Archive = platform.Absolute("/veille/revues"),
                GroupSlug = revue.GroupSlug,
                Unsubscribe = platform.Absolute(leave),
            },
        });
    }
}
