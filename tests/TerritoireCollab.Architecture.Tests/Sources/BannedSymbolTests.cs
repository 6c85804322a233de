using TerritoireCollab.Architecture.Tests.Reading;

namespace TerritoireCollab.Architecture.Tests.Sources;

public sealed class BannedSymbolTests
{
    private const string Platform = "src/TerritoireCollab.Platform/";
    private const string Web = "src/TerritoireCollab.Web/";

    private static readonly AllowList Allowed = new(
        ("markup src/TerritoireCollab.Ui/Components/Html.cs", "Encodes what stands between braces."),
        ("markup src/TerritoireCollab.Ui/Components/Content/Prose.razor", "The one door for HTML on a page: what the sanitiser of the platform made."),
        ("markup src/TerritoireCollab.Ui/Mail/MailPage.razor", "The mail's own style sheet, its line breaks, and HTML that the sanitiser made: a mail has no Prose."),
        ($"Viewer.System {Platform}Access/ProtectionKeys.cs", "Keys of the platform itself, which belong to nobody."),
        ($"Viewer.System {Platform}Access/SecurityLog.cs", "The log is written whoever acts, signed in or not."),
        ($"Viewer.System {Platform}Activities/Dispatcher.cs", "A job: it hands out what happened, and consumers ask again for each reader."),
        ($"Viewer.System {Platform}Antivirus/CheckFiles.cs", "A job: the antivirus looks at files, whoever may read them."),
        ($"Viewer.System {Platform}Coediting/CoeditStore.cs", "One text for all who write it at once; whether each of them may is asked as that member by CoeditAccess."),
        ($"Viewer.System {Platform}Comments/WatchThread.cs", "Finds out for many readers at once who is still signed in; whether they may read is asked as one of them, before anything is counted."),
        ($"Viewer.System {Platform}Feeds/AccessKeys.cs", "Finds out who the viewer is, from the key."),
        ($"Viewer.System {Platform}Jobs/Pulses.cs", "A job: workers write down that they are alive."),
        ($"Viewer.System {Platform}Mail/Bounces.cs", "A job: what came back is counted by address, whoever it was for."),
        ($"Viewer.System {Platform}Mail/MailAssembler.cs", "A job: files that hang on no content go with the mail that names them; those of a content are read as the recipient."),
        ($"Viewer.System {Platform}Mail/MailClaims.cs", "A job: it claims mails whose text is frozen, and writes down what became of them."),
        ($"Viewer.System {Platform}Mail/LinkSeals.cs", "It reads and makes the one secret of the links, which belongs to nobody."),
        ($"Viewer.System {Platform}Mail/MailWatch.cs", "Counts mails and reads signs of life; it reads nothing of what they tell."),
        ("Viewer.System src/Modules/Admin/Outbox/TryMail.cs", "A trial goes to an administrator, or to whom a command names: whoever runs one holds the machine and the database."),
        ("Viewer.System src/Modules/Admin/Outbox/TellAlarms.cs", "A job: it tells the administrators how mail goes."),
        ($"Viewer.System {Platform}Mail/MailGuard.cs", "A job: whether recipients want mail; the right to read what a mail tells of is asked as one of them."),
        ($"Viewer.System {Platform}Members/Sessions.cs", "Finds out who the viewer is, from the cookie."),
        ($"Viewer.System {Platform}Settings/PlatformSettings.cs", "Choices of the administrators, shown to everybody."),
        ($"Viewer.System {Platform}Groups/InvitationOfToken.cs", "The secret of the link is the right to know of the group."),
        ($"Viewer.System {Platform}Guests/GuestOfLink.cs", "Whoever takes part has no account: the sealed link is the right to the one content, and the tool is handed the one guest."),
        ($"Viewer.System {Platform}Guests/GuestOfAddress.cs", "Finds the guest whom a mail came from; the seal in the address that it was sent to is asked by the caller."),
        ($"Viewer.System {Platform}Guests/AskToTakePart.cs", "Nobody is signed in: the content is public, and is read as somebody without an account; it looks whether the address has one, and does not tell."),
        ($"Viewer.System {Platform}Guests/GuestMailCheck.cs", "A job: whether a guest may be written to is asked of the row and of the address alone."),
        ($"Viewer.System {Platform}Guests/StopWriting.cs", "Whoever wants no more mail has in general no account; the sealed link is the right, and stands for a hash alone."),
        ($"Viewer.System {Platform}Guests/ForgetGuests.cs", "A job: it erases guests that have had their time, and reads nothing of what they take part in."),
        ($"Viewer.System {Platform}Jobs/DueJobs.cs", "A job: it reads and writes when each one ran last."),
        ($"Viewer.System {Platform}Live/LiveRelay.cs", "A job: it signals that something moved, and whoever hears reads again with its own rights."),
        ($"Viewer.System {Platform}Jobs/PurgeOldData.cs", "A job: it removes what has had its time."),
        ($"Viewer.System {Platform}Jobs/TuneDatabase.cs", "A job: it reads nothing, and gives the planner figures of the tables."),
        ($"Viewer.System {Platform}Maintenance/CheckIntegrity.cs", "A command: whoever runs it holds the machine and the database."),
        ($"Viewer.System {Platform}Maintenance/RestoreBackup.cs", "A command: whoever runs it holds the machine and the database."),
        ($"Viewer.System {Platform}Maintenance/WriteBackup.cs", "A command: whoever runs it holds the machine and the database."),
        ($"Viewer.System {Platform}Members/NewMembers.cs", "Makes an account for a command or an administrator: it looks whether the address has one, whoever may see it."),
        ($"Viewer.System {Platform}Modules/Demo/DemoContext.cs", "Seeds an empty database, before anybody is there."),
        ($"Viewer.System {Web}Commands/MigrateCommand.cs", "A command: whoever runs it holds the machine and the database."),
        ($"Viewer.System {Web}Commands/ActiveMembers.cs", "A command: whoever runs it holds the machine and the database."),
        ($"Viewer.System {Web}Demo/DemoMark.cs", "Seeds an empty database, before anybody is there."),
        ($"Viewer.System {Web}Demo/DemoTerritory.cs", "Seeds an empty database, before anybody is there."),
        ("Viewer.System src/Modules/Admin/Overview/ReadOverview.cs", "An administrator knows that a hidden group is there, and reads nothing of it; AdminOnly is asked first."),
        ("Viewer.System src/Modules/Groups/Invitations/RemindInvited.cs", "A job: it finds invitations that nobody has answered, and asks whether who made them still may."),
        ("Viewer.System src/Modules/Groups/Memberships/WaitingRequest.cs", "A job: it finds requests that nobody has answered; the animators are told, and asked again as the mail leaves."),
        ("Viewer.System src/Modules/Agenda/Events/EventDates.cs", "A job: it writes the dates of series further on, and reads nothing of what they tell."),
        ("Viewer.System src/Modules/Agenda/Reminders/SendReminders.cs", "A job: it finds who is to be reminded; the right to read is asked again as the mail leaves."),
        ("Viewer.System src/Modules/Agenda/Calendars/TakeCalendarReply.cs", "It reads the identifier that one event has in calendars, to which the sealed address leads; the answer is that of the member or guest it was made for."),
        ("Viewer.System src/Modules/Bookmarks/Own/RemoveOwnBookmark.cs", "A job: it erases links that their members took off long ago."),
        ("Viewer.System src/Modules/Bookmarks/Quotes/EditQuote.cs", "A job: it erases passages that were taken off long ago."),
        ($"blocking {Platform}Files/S3ReadStream.cs", "Readers of office documents and pictures read without waiting: a stream must answer them."),
        ("Viewer.System src/Modules/Polls/Closing/SettlePolls.cs", "A job: it finds the polls that are over or due to be reminded of, and shows nobody anything; the right to read is asked again as the mail leaves."),
        ("Viewer.System src/Modules/Polls/Questionnaires/Reminding/SendQuestionnaireReminders.cs", "A job: it finds who is to be reminded, and shows nobody anything; the right to read is asked again as the mail leaves."),
        ("Viewer.System src/Modules/Inbox/Digests/MakeDigests.cs", "A job: it reads what happened once for all, and asks again for each reader what that one may read."),
        ("Viewer.System src/Modules/Inbox/Mails/GatherMails.cs", "A job: it writes the mails that are due, to those whose rights it looks up at that moment."),
        ("Viewer.System src/Modules/Files/Quota/GroupQuota.cs", "The place that is left is counted whole, whoever sends a file; of what takes it nothing is said."),
        ("Viewer.System src/Modules/Files/Quota/ListQuotas.cs", "Administrators see the sums of sizes of every group, and no file."),
        ("Viewer.System src/Modules/Files/Sharing/OpenShare.cs", "Finds a link by the hash of its secret; the file is then read as whoever made the link."),
        ("Viewer.System src/Modules/Files/Drawing/DrawPages.cs", "A job: it draws pages of files, whoever may read them; who sees them is asked of the file."),
        ("Viewer.System src/Modules/Files/Texts/ReadFileTexts.cs", "A job: it reads the text of each file for the search, which asks the rights of each reader."),
        ("Viewer.System src/Modules/Bookmarks/Links/CheckLinks.cs", "A job: it writes of each bookmark whether its page answers, and shows nobody anything."),
        ("Viewer.System src/Modules/Articles/Writing/PublishDueArticles.cs", "A job: it finds the drafts whose hour has come, publishes each as whoever said the hour, and tells its authors of one that stays."),
        ("Viewer.System src/Modules/Gateway/Confirming/ConfirmMail.cs", "Nobody is signed in: the sealed link, which went to the member's own mailbox, is the right to the one mail."),
        ("Viewer.System src/Modules/Gateway/Taking/ImapInbox.cs", "A job: it keeps how far the mailbox was read."),
        ("Viewer.System src/Modules/Gateway/Taking/KeepMail.cs", "A job: it stores mails before anybody knows whose they are."),
        ("Viewer.System src/Modules/Gateway/Treating/AskSender.cs", "A job: it counts the links that went to a member."),
        ("Viewer.System src/Modules/Gateway/Treating/DeliverMail.cs", "A job: it finds out who the viewer is, from the address; what is published is published as that member."),
        ("Viewer.System src/Modules/Gateway/Treating/PublishAnswer.cs", "A job: it finds out who the viewer is, from the key and the address; what is answered is read as that member."),
        ("Viewer.System src/Modules/Gateway/Answering/WriteBack.cs", "A job: it asks whose mailbox it writes to, and stores the text that it gives back."),
        ("Viewer.System src/Modules/Groups/Invitations/RefuseInvitation.cs", "Whoever is invited has in general no account; the secret of the link is the right."),
        ("Viewer.System src/Modules/Groups/Invitations/StopInvitations.cs", "Whoever wants no more invitations has in general no account; the sealed link is the right, and stands for a hash alone."),
        ("Viewer.System src/Modules/Gateway/Treating/SettleMail.cs", "A job: it writes down what became of a mail."),
        ("Viewer.System src/Modules/Gateway/Treating/StopByMail.cs", "A job: it finds out who wrote, and writes to that member alone."),
        ("Viewer.System src/Modules/Gateway/Treating/TakeReport.cs", "A job: the key of a mail of ours says which one came back."),
        ("Viewer.System src/Modules/Gateway/Treating/TreatMail.cs", "A job: it reads the mail, and whether it is one of ours."),
        ("Viewer.System src/Modules/Gateway/Treating/TreatMails.cs", "A job: it finds the mails that wait."),
        ("Viewer.System src/Modules/Veille/Fetching/FetchSources.cs", "A job: it asks the sources that are due, for all who follow them."),
        ("Viewer.System src/Modules/Veille/Fetching/StoreAnswers.cs", "A job: it writes news and the cards of the groups that follow their source."),
        ("Viewer.System src/Modules/Veille/Finds/FetchPicture.cs", "A job: it settles the picture of a find as its author brought it, who may have left since."),
        ("Viewer.System src/Modules/Veille/Finds/FetchPictures.cs", "A job: it finds what was brought lately and has no picture yet."),
        ("Viewer.System src/Modules/Veille/Hubs/AskHubs.cs", "A job: it asks hubs for what the platform subscribes to, for all who follow the source."),
        ("Viewer.System src/Modules/Veille/Hubs/HubCallback.cs", "A hub has no account: the unguessable address is its right to the one subscription, of which it is told nothing."),
        ("Viewer.System src/Modules/Veille/Issues/PublishDueIssues.cs", "A job: it finds the issues whose hour has come, and publishes each as the animator who said that it is ready."),
        ("Viewer.System src/Modules/Veille/Outlets/SendAnnouncements.cs", "A job: it finds what is to be announced; what is told is read as somebody who is not signed in."),
        ("Viewer.System src/Modules/Veille/Readers/ReadRevueByMail.cs", "Nobody is signed in: the revue is public, and the sealed token of a mail is the right to one's own row."),
        ("Viewer.System src/Modules/Veille/Readers/ReaderMailCheck.cs", "A job: whether that reader has left is asked of the row; whether the issue is public, as a visitor."),
        ("Viewer.System src/Modules/Agenda/Outside/FetchCalendars.cs", "A job: it asks the calendars that groups show, and stores what they answer."),
        ("Viewer.System src/Modules/Agenda/Outside/TellCalendarFailures.cs", "A job: it finds the calendars that fail, and tells the animators of their groups."),
        ("Viewer.System src/Modules/Veille/Sources/TellFailures.cs", "A job: it finds the sources that fail, and tells the animators of those who follow them."),
        ("Viewer.System src/Modules/Members/Accounts/PasswordRules.cs", "Names of groups only make a refusal, which does not tell the word."),
        ("Viewer.System src/Modules/Members/Accounts/Register.cs", "Nobody is signed in yet: it looks whether the address has an account, and does not tell."),
        ("Viewer.System src/Modules/Members/Accounts/SendLink.cs", "Nobody is signed in yet: it finds the account of the address, and does not tell."),
        ("Viewer.System src/Modules/Members/Accounts/SignIn.cs", "Finds out who the viewer is, from the password."),
        ("Viewer.System src/Modules/Members/Accounts/UseLink.cs", "Finds out who the viewer is, from the secret of the link."),
        ($"Viewer.System {Web}Hosting/DatabaseStartup.cs", "Migrates before anybody is there."),
        ($"Viewer.System {Web}Hosting/Health.cs", "Asks whether the database answers, and reads nothing."));

    [Fact]
    public void Sources_OfTheHouse_NameNothingBanned() => Verdict.NoViolation(Allowed.Filter(Checkout.Files("src", ".cs", ".razor").SelectMany(BannedSymbols.In)));

    [Fact]
    public void Types_OfTheHouse_WaitForNoTask() => Verdict.NoViolation(BannedSymbols.Waiting(House.Assemblies.SelectMany(House.Types)));

    [Theory]
    [InlineData(typeof(TakesResult))]
    [InlineData(typeof(TakesResultOfValue))]
    [InlineData(typeof(Waits))]
    public void Waiting_ForATask_Flagged(Type type) => Verdict.Flags(BannedSymbols.Waiting([type, typeof(Awaits)]), type.FullName!);

    [Theory]
    [InlineData("var now = DateTime.UtcNow;", "clock")]
    [InlineData("var now = DateTime . Now;", "clock")]
    [InlineData("var now = $\"il est {DateTimeOffset.Now:t}\";", "clock")]
    [InlineData("task.GetAwaiter().GetResult();", "blocking")]
    [InlineData("Thread.Sleep(5);", "sleep")]
    [InlineData("private async void Fire() {}", "async void")]
    [InlineData("db.Items.IgnoreQueryFilters().ToList();", "unnamed filter")]
    [InlineData("db.Items.IgnoreQueryFilters([AppDbContext.AccessFilter]).ToList();", "access filter")]
    [InlineData("db.Items.FromSqlRaw(text);", "SQL")]
    [InlineData("db.Database.ExecuteSqlRawAsync(text);", "SQL")]
    [InlineData("return new MarkupString(text);", "markup")]
    [InlineData("builder.AddMarkupContent(0, text);", "markup")]
    [InlineData("builder.AddContent(0, (MarkupString)text);", "markup")]
    [InlineData("MarkupString piece = new(text);", "markup")]
    [InlineData("Id = Guid.NewGuid(),", "key")]
    [InlineData("using var client = new HttpClient();", "network")]
    [InlineData("services.AddHttpClient<Reader>();", "network")]
    [InlineData("new System.Net.Http.SocketsHttpHandler { AllowAutoRedirect = true }", "network")]
    [InlineData("await Dns.GetHostAddressesAsync(name)", "network")]
    [InlineData("database.Open(Viewer.System)", "Viewer.System")]
    [InlineData("try { A(); } catch { }", "empty catch")]
    [InlineData("try { A(); } catch (X fault) when (Is(fault, (1)))\n{\n}", "empty catch")]
    public void Banned_InCode_Flagged(string code, string name) => Verdict.Flags(BannedSymbols.In(new("src/A.cs", code)), $"{name} src/A.cs");

    [Theory]
    [InlineData("// DateTime.Now would be wrong")]
    [InlineData("/* Guid.NewGuid() */ var x = 1;")]
    [InlineData("var text = \"DateTime.Now \\\" Thread.Sleep\";")]
    [InlineData("var text = @\"a\"\"DateTime.Now\";")]
    [InlineData("var text = \"\"\"Viewer.System \"quoted\" task.Result\"\"\";")]
    [InlineData("var text = $$\"\"\"{DateTime.Now}\"\"\";")]
    [InlineData("var quote = '\"'; // DateTime.Now")]
    [InlineData("var now = clock.GetUtcNow().UtcDateTime;")]
    [InlineData("return answer.Result == SignInResult.Accepted;")]
    [InlineData("private static MarkupString Row(string title) => Html.Of($\"<li>{title}</li>\");")]
    [InlineData("db.Items.IgnoreQueryFilters([AppDbContext.DeletedFilter]).ToList();")]
    [InlineData("try { A(); } catch (X)\n{\n    // The server refused already.\n}")]
    public void Banned_OutsideCode_NothingFlagged(string code) => Verdict.Flags(BannedSymbols.In(new("src/A.cs", code)));

    [Theory]
    [InlineData("<p>@DateTime.Now</p>")]
    [InlineData("<p title=\"@DateTime.Now.ToString(\"t\")\">x</p>")]
    [InlineData("<Time Value=\"DateTime.Now\" />")]
    [InlineData("@if (true)\n{\n    <p>@(x ? DateTime.Now : y)</p>\n}")]
    [InlineData("<p>it’s</p>\n@code {\n    private DateTime now = DateTime.Now;\n}")]
    public void Banned_InRazorCode_Flagged(string razor) => Verdict.Flags(BannedSymbols.In(new("src/A.razor", razor)), "clock src/A.razor");

    [Theory]
    [InlineData("<p>DateTime.Now</p>")]
    [InlineData("@* DateTime.Now *@")]
    [InlineData("<!-- DateTime.Now --><p title=\"DateTime.Now\"></p>")]
    public void Banned_InMarkup_NothingFlagged(string razor) => Verdict.Flags(BannedSymbols.In(new("src/A.razor", razor)));

    [Fact]
    public void Banned_SqlAmongProviders_NothingFlagged() =>
        Verdict.Flags(BannedSymbols.In(new($"{Platform}Data/Providers/SqliteSearchIndex.cs", "db.Database.SqlQueryRaw<long>(text)")));

    [Fact]
    public void Banned_NetworkInTheOutgoingClient_NothingFlagged() =>
        Verdict.Flags(BannedSymbols.In(new($"{Platform}Fetching/OutgoingClient.cs", "new SocketsHttpHandler()")));

    [Fact]
    public void Tokenizer_HoleOfAnInterpolatedString_IsCode()
    {
        const string source = "var a = $\"x {b.Name(\"é\")} y {{z}}\"; // c";

        Assert.Equal("var a =      b.Name(   )          ;", CSharpText.CodeOf(source).TrimEnd());
    }

    private sealed class TakesResult
    {
        public static int Read(Task<int> task) => task.Result;
    }

    private sealed class TakesResultOfValue
    {
        public static Func<int> Read(ValueTask<int> task) => () => task.Result;
    }

    private sealed class Waits
    {
        public static void Wait(Task task) => task.Wait();
    }

    private sealed class Awaits
    {
        public static async Task<int> Read(Task<int> task) => await task + new Answer(1).Result;
    }

    private sealed record Answer(int Result);
}
