using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Architecture.Tests.Access;

public sealed class WritingTests
{
    private static readonly AllowList OwnRows = new(
        ("TerritoireCollab.Agenda.Reminders.ChooseReminder", "A member chooses their own reminders."),
        ("TerritoireCollab.Files.Shelf.DownloadFile", "It counts a download of what the filter shows."),
        ("TerritoireCollab.Groups.Editing.CreateGroup", "There is no group yet to have rights in: the platform's setting says who makes groups."),
        ("TerritoireCollab.Inbox.Mails.ActOnMail", "The sealed token of the mail is the right, and it names the member."),
        ("TerritoireCollab.Inbox.Mails.MailActs", "The sealed token of the mail is the right to ask, and it names the member; it writes only that a link has served."),
        ("TerritoireCollab.Inbox.News.MarkNewsRead", "A member marks their own notifications and reading."),
        ("TerritoireCollab.Inbox.Settings.SetMailLevels", "A member sets their own mails, on their own memberships."),
        ("TerritoireCollab.Inbox.Settings.SetMailPreferences", "A member sets their own mails."),
        ("TerritoireCollab.Members.Organisations.MyAffiliations", "A member tells their own organisations."),
        ("TerritoireCollab.Members.Profiles.EditProfile", "A member edits their own profile."),
        ("TerritoireCollab.Members.Welcoming.FirstSteps", "A member ends their own first steps."),
        ("TerritoireCollab.Platform.Drafts.KeepDrafts", "A member writes their own drafts; the member is half of the key."),
        ("TerritoireCollab.Platform.Feeds.AccessKeys", "A member revokes their own keys."),
        ("TerritoireCollab.Platform.Subscriptions.Follow", "A member follows for themselves what the filter shows them."),
        ("TerritoireCollab.Platform.Subscriptions.MarkRead", "A member marks their own reading; the row counts for nobody else."),
        ("TerritoireCollab.Bookmarks.Own.EditOwnBookmark", "A member writes their own links; those of others do not exist."),
        ("TerritoireCollab.Bookmarks.Own.KeepOwnBookmark", "A member keeps a link for themselves."),
        ("TerritoireCollab.Bookmarks.Own.RemoveOwnBookmark", "A member takes their own links off; those of others do not exist."),
        ("TerritoireCollab.Bookmarks.Copies.KeepCopy", "A member keeps the text of a page of the web for themselves."),
        ("TerritoireCollab.Bookmarks.Copies.RemoveCopy", "A member erases their own copies; those of others do not exist."),
        ("TerritoireCollab.Platform.Uploads.AppendUpload", "A member sends their own files; those of others do not exist."),
        ("TerritoireCollab.Platform.Uploads.BeginUpload", "A member begins to send a file of their own."),
        ("TerritoireCollab.Platform.Uploads.DropUploads", "A member gives up files of their own; at night a job, those that nobody came back for."),
        ("TerritoireCollab.Platform.Uploads.FinishUpload", "A member's own file, found by whoever calls it."),
        ("TerritoireCollab.Wiki.Tree.FollowTree", "A member follows for themselves what the filter shows them."),
        ("TerritoireCollab.Platform.Notifications.MarkNotificationsRead", "A member marks their own notifications."));

    private static readonly AllowList ForNobody = new(
        ("TerritoireCollab.Admin.Outbox.TellAlarms", "A job: it notes which alarms the administrators were told of."),
        ("TerritoireCollab.Bookmarks.Links.CheckLinks", "A job: it asks pages of the web, and writes of each bookmark whether its page answers."),
        ("TerritoireCollab.Bookmarks.Own.EraseOwnBookmarks", "A job: it erases what its member took off long ago."),
        ("TerritoireCollab.Bookmarks.Quotes.EraseQuotes", "A job: it erases passages that were taken off long ago."),
        ("TerritoireCollab.Articles.Writing.PublishDueArticles", "A job: it gives back a draft that could not be published; each is published as whoever said its hour."),
        ("TerritoireCollab.Agenda.Outside.FetchCalendars", "A job: what calendars of other sites answer belongs to nobody."),
        ("TerritoireCollab.Agenda.Events.SpreadSeries", "A job: the dates of series, as their authors said them, further on."),
        ("TerritoireCollab.Files.Sharing.OpenShare", "Whoever holds a link has in general no account: it is worth what its maker may do at that moment, and downloads and wrong passwords are counted."),
        ("TerritoireCollab.Files.Drawing.DrawPages", "A job: it makes pictures of what was brought."),
        ("TerritoireCollab.Files.Texts.ReadFileTexts", "A job: it writes down what files say, for the search."),
        ("TerritoireCollab.Polls.Closing.SettlePolls", "A job: it closes what its author said the end of."),
        ("TerritoireCollab.Polls.Questionnaires.Reminding.SendQuestionnaireReminders", "A job: it reminds once, as the author of the questionnaire said."),
        ("TerritoireCollab.Gateway.Confirming.ConfirmMail", "The sealed link that went to the member's own mailbox is the proof."),
        ("TerritoireCollab.Gateway.Taking.ImapInbox", "A job: how far a mailbox was read belongs to nobody."),
        ("TerritoireCollab.Gateway.Taking.KeepMail", "A job: a mail is stored before anybody knows whose it is."),
        ("TerritoireCollab.Gateway.Answering.WriteBack", "A job: it stores the text that a refusal gives back."),
        ("TerritoireCollab.Groups.Invitations.RefuseInvitation", "Whoever is invited has in general no account; the secret of the link is the proof."),
        ("TerritoireCollab.Groups.Invitations.StopInvitations", "Whoever wants no more invitations has in general no account; the sealed link of the mail is the proof."),
        ("TerritoireCollab.Gateway.Treating.SettleMail", "A job: it writes down what became of a mail."),
        ("TerritoireCollab.Gateway.Treating.TreatMails", "A job: it claims the mails that wait."),
        ("TerritoireCollab.Groups.Invitations.RemindInvited", "A job: it reminds once of an invitation that its animator may still make."),
        ("TerritoireCollab.Groups.Memberships.RemindOfRequests", "A job: it tells animators once more of a request."),
        ("TerritoireCollab.Inbox.Digests.MakeDigests", "A job: it makes each member's summary, chosen as that member."),
        ("TerritoireCollab.Inbox.Mails.GatherMails", "A job: it writes the mails that are due, to those whose rights it looks up at that moment."),
        ("TerritoireCollab.Members.Accounts.SendLink", "Nobody is signed in yet; the link goes to the account's own address."),
        ("TerritoireCollab.Members.Accounts.SignIn", "Nobody is signed in yet; the password is the proof."),
        ("TerritoireCollab.Members.Accounts.UseLink", "Nobody is signed in yet; the secret of the link is the proof."),
        ("TerritoireCollab.Veille.Fetching.StoreAnswers", "A job: what sources answer belongs to nobody."),
        ("TerritoireCollab.Veille.Hubs.AskHubs", "A job: subscriptions of the platform, which belong to nobody."),
        ("TerritoireCollab.Veille.Hubs.HubCallback", "Hubs have no account: the unguessable address is the proof, and the signature of what they send."),
        ("TerritoireCollab.Veille.Issues.PublishDueIssues", "A job: it gives back an issue that could not leave; each is published as its animator."),
        ("TerritoireCollab.Veille.Outlets.QueueAnnouncements", "A consumer: it notes that outlets are to be told of what everybody may read."),
        ("TerritoireCollab.Veille.Outlets.SendAnnouncements", "A job: it writes down what outlets answered."),
        ("TerritoireCollab.Veille.Readers.ReadRevueByMail", "Whoever gets a public revue by mail has no account; the sealed token of a mail is the proof."));

    [Fact]
    public void Handlers_OfTheHouse_AskRights() =>
        Verdict.NoViolation(OwnRows.Filter(WritingRules.UnguardedHandlers(House.Assemblies.SelectMany(House.Types))));

    [Fact]
    public void Writers_OfTheModules_TakeAViewer() =>
        Verdict.NoViolation(ForNobody.Filter(WritingRules.WritersWithoutViewer(House.ModuleAssemblies.SelectMany(House.Types))));

    [Theory]
    [InlineData(typeof(SavesAtOnce))]
    [InlineData(typeof(SavesInALambda))]
    [InlineData(typeof(UpdatesInPlace))]
    public void Handlers_WriteWithoutRights_Flagged(Type type) => Verdict.Flags(WritingRules.UnguardedHandlers([type]), type.FullName!);

    [Fact]
    public void Handlers_AskOrOnlyRead_NothingFlagged() => Verdict.Flags(WritingRules.UnguardedHandlers([typeof(AsksFirst), typeof(AsksByAnother), typeof(OnlyReads)]));

    [Fact]
    public void Handlers_RequireThatAsksNothing_Flagged() => Verdict.Flags(WritingRules.UnguardedHandlers([typeof(RequiresNothing)]), typeof(RequiresNothing).FullName!);

    [Fact]
    public void Writers_OnAContextHandedOver_NothingFlagged() => Verdict.Flags(WritingRules.WritersWithoutViewer([typeof(WritesForItsCaller)]));

    [Fact]
    public void Writers_WithoutViewer_Flagged() => Verdict.Flags(WritingRules.WritersWithoutViewer([typeof(SavesForNobody), typeof(SavesAtOnce)]), typeof(SavesForNobody).FullName!);

    private sealed class SavesAtOnce(AppDb database)
    {
        public async Task ExecuteAsync(Viewer viewer, CancellationToken cancellation)
        {
            await using var db = database.Open(viewer);
            await db.SaveChangesAsync(cancellation);
        }
    }

    private sealed class SavesInALambda(AppDb database)
    {
        public Task<int> UndoAsync(Viewer viewer, string name, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
        {
            db.Settings.Add(new() { Key = name, Value = "" });
            return await db.SaveChangesAsync(token);
        }, cancellation);
    }

    private sealed class UpdatesInPlace(AppDb database)
    {
        public async Task ExecuteAsync(Viewer viewer, CancellationToken cancellation)
        {
            await using var db = database.Open(viewer);
            await db.Settings.Where(s => s.Key == "x").ExecuteUpdateAsync(set => set.SetProperty(s => s.Value, "y"), cancellation);
        }
    }

    private sealed class SavesForNobody(AppDb database)
    {
        public async Task ExecuteAsync(CancellationToken cancellation)
        {
            await using var db = database.Open(Viewer.Anonymous);
            await db.SaveChangesAsync(cancellation);
        }
    }

    private sealed class AsksFirst(AppDb database, Rights rights)
    {
        public async Task ExecuteAsync(Viewer viewer, string slug, CancellationToken cancellation)
        {
            await using var db = database.Open(viewer);
            await rights.RequireAsync(db, GroupPermissions.Edit, slug, cancellation);
            await db.SaveChangesAsync(cancellation);
        }
    }

    private sealed class AsksByAnother(AppDb database, Rights rights)
    {
        public async Task ExecuteAsync(Viewer viewer, string slug, CancellationToken cancellation)
        {
            await using var db = database.Open(viewer);
            await NoteRights.RequireNoteAsync(rights, db, slug, cancellation);
            await db.SaveChangesAsync(cancellation);
        }
    }

    private static class NoteRights
    {
        public static async Task RequireNoteAsync(Rights rights, AppDbContext db, string slug, CancellationToken cancellation) =>
            await rights.RequireAsync(db, GroupPermissions.Edit, slug, cancellation);

        public static async Task RequireNothingAsync(AppDbContext db, CancellationToken cancellation) => await db.Settings.AnyAsync(cancellation);
    }

    private sealed class RequiresNothing(AppDb database)
    {
        public async Task ExecuteAsync(Viewer viewer, CancellationToken cancellation)
        {
            await using var db = database.Open(viewer);
            await NoteRights.RequireNothingAsync(db, cancellation);
            await db.SaveChangesAsync(cancellation);
        }
    }

    private sealed class WritesForItsCaller
    {
        public async Task AddAsync(AppDbContext db, CancellationToken cancellation)
        {
            db.Settings.Add(new() { Key = "x", Value = "y" });
            await db.SaveChangesAsync(cancellation);
        }
    }

    private sealed class OnlyReads(AppDb database)
    {
        public async Task<int> ExecuteAsync(Viewer viewer, CancellationToken cancellation)
        {
            await using var db = database.Open(viewer);
            return await db.Settings.CountAsync(cancellation);
        }
    }
}
