using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Architecture.Tests.Components.Islands;
using TerritoireCollab.Architecture.Tests.Reading;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Ui.Layouts;

namespace TerritoireCollab.Architecture.Tests.Components
{
    public sealed class ComponentTests
    {
        // What a reader without an account may open. The rest of the house begins with Current.Require.
        private static readonly AllowList PublicPages = new(
            ("TerritoireCollab.Web.Components.Pages.ErrorPage", "Refusals are shown to everybody, without saying what is behind them."),
            ("TerritoireCollab.Admin.Pages.AccessibilityPage", "The law wants it open to everybody."),
            ("TerritoireCollab.Admin.Pages.LegalNoticePage", "The law wants it open to everybody."),
            ("TerritoireCollab.Admin.Pages.PrivacyPage", "The law wants it open to everybody."),
            ("TerritoireCollab.Admin.Pages.HelpPage", "Help is of use before one has an account; it shows no content."),
            ("TerritoireCollab.Members.Pages.Accounts.SignInPage", "Where one signs in."),
            ("TerritoireCollab.Members.Pages.Accounts.RegisterPage", "Where one asks for an account."),
            ("TerritoireCollab.Members.Pages.Accounts.ForgottenPasswordPage", "Whoever forgot the password cannot sign in."),
            ("TerritoireCollab.Members.Pages.Accounts.LinkPage", "The secret of the link is the right."),
            ("TerritoireCollab.Groups.Pages.RefuseInvitationPage", "The secret of the link is the right: saying no takes no account."),
            ("TerritoireCollab.Groups.Pages.StopInvitationsPage", "The sealed token of the mail is the right: wanting no more takes no account."),
            ("TerritoireCollab.Ui.Components.GuestPage", "The sealed token of the mail is the right to the one content: its bearer has no account."),
            ("TerritoireCollab.Ui.Components.StopWritingPage", "The sealed token of the mail is the right: wanting no more takes no account."),
            ("TerritoireCollab.Ui.Components.TakePartPage", "What is public may be taken part in without an account: read as somebody who has none."),
            ("TerritoireCollab.Groups.Pages.InvitationPage", "The secret of the link is the right; its bearer often has no account yet."),
            ("TerritoireCollab.Inbox.Pages.HomePage", "Shows a welcome to visitors; the rest only to the member signed in."),
            ("TerritoireCollab.Inbox.Pages.MailActPage", "The sealed token of the mail is the right to ask; what may be done is asked of its member."),
            ("TerritoireCollab.Polls.Pages.VoteByLinkPage", "The sealed token of the mail is the right to ask; whether its member may vote is asked at that moment, and no vote is shown."),
            ("TerritoireCollab.Articles.Pages.ArticleListPage", "An article can be public: the filter decides article by article."),
            ("TerritoireCollab.Articles.Pages.ArticlePage", "An article can be public: the filter decides."),
            ("TerritoireCollab.Letters.Pages.LettersPage", "A letter can be public: the filter decides letter by letter."),
            ("TerritoireCollab.Letters.Pages.LetterPage", "A letter can be public: the filter decides."),
            ("TerritoireCollab.Inbox.Pages.UnsubscribePage", "The sealed token of the mail is the right: leaving takes no password."),
            ("TerritoireCollab.Agenda.Pages.EventPage", "An event can be public: the filter decides; who comes is shown to members of the platform alone."),
            ("TerritoireCollab.Articles.Pages.SeriesPage", "The articles of a series can be public: the filter decides article by article."),
            ("TerritoireCollab.Agenda.Pages.ProgrammePage", "An event can be public, its programme with it: the filter decides."),
            ("TerritoireCollab.Agenda.Pages.GroupAgendaPage", "A group that everybody may see has an agenda whose public dates everybody may read: the filter decides row by row."),
            ("TerritoireCollab.Agenda.Pages.TerritoryAgendaPage", "The public dates of the territory are for everybody: the filter decides row by row."),
            ("TerritoireCollab.Polls.Pages.PollListPage", "A group that everybody may see has polls that everybody may read: the filter decides row by row."),
            ("TerritoireCollab.Polls.Pages.PollPage", "A poll can be public: the filter decides; of the votes nobody reads more than was promised."),
            ("TerritoireCollab.Polls.Questionnaires.Pages.QuestionnairePage", "A questionnaire can be public: the filter decides; answering asks to sign in."),
            ("TerritoireCollab.Polls.Questionnaires.Pages.QuestionnaireHistoryPage", "The history of a public questionnaire is as public as the questionnaire: the filter decides."),
            ("TerritoireCollab.Forum.Pages.TopicListPage", "A group that everybody may see has a forum whose public threads everybody may read: the filter decides row by row."),
            ("TerritoireCollab.Forum.Pages.TopicPage", "A thread can be public: the filter decides."),
            ("TerritoireCollab.Veille.Pages.Finds.FindPage", "A find can be public: the filter decides."),
            ("TerritoireCollab.Veille.Pages.Finds.FindHistoryPage", "The history of a public find is as public as the find: the filter decides."),
            ("TerritoireCollab.Bookmarks.Pages.BookmarkPage", "A bookmark can be public: the filter decides."),
            ("TerritoireCollab.Bookmarks.Pages.BookmarkListPage", "A group that everybody may see has bookmarks that everybody may read: the filter decides row by row."),
            ("TerritoireCollab.Files.Pages.FilePage", "A file can be public: the filter decides."),
            ("TerritoireCollab.Files.Pages.FilesPage", "A group that everybody may see has files that everybody may read: the filter decides row by row, and shows folders to members alone."),
            ("TerritoireCollab.Files.Pages.SharedFilePage", "The secret of the link is the right: whoever holds it has in general no account."),
            ("TerritoireCollab.Ui.Components.ContentHistoryPage", "The history of a public content is as public as the content: the filter decides."),
            ("TerritoireCollab.Ui.Components.CommentHistoryPage", "The history of a comment is as public as what it is about: the filter decides."),
            ("TerritoireCollab.Veille.Pages.Pool.PoolPage", "A group that everybody may see has finds that everybody may read: the handler shows the pool to its members alone."),
            ("TerritoireCollab.Veille.Pages.Editorials.EditorialPage", "An édito can be public: the filter decides."),
            ("TerritoireCollab.Veille.Pages.Editorials.EditorialsPage", "An édito can be public: the filter decides édito by édito."),
            ("TerritoireCollab.Veille.Pages.Editorials.EditorialHistoryPage", "The history of a public édito is as public as the édito: the filter decides."),
            ("TerritoireCollab.Veille.Pages.Issues.ArchivesPage", "A revue can be public: the filter decides issue by issue."),
            ("TerritoireCollab.Veille.Pages.Issues.IssuePage", "A revue can be public: the filter decides."),
            ("TerritoireCollab.Veille.Pages.Readers.SubscribePage", "Getting a public revue by mail takes no account."),
            ("TerritoireCollab.Wiki.Pages.PagesHomePage", "A page can be public: the filter decides page by page."),
            ("TerritoireCollab.Wiki.Pages.WikiPagePage", "A page can be public: the filter decides."),
            ("TerritoireCollab.Wiki.Pages.HistoryPage", "The versions of a public page are as public as the page: the filter decides."),
            ("TerritoireCollab.Wiki.Pages.VersionPage", "A version of a public page is as public as the page: the filter decides."),
            ("TerritoireCollab.Wiki.Pages.ComparePage", "The versions of a public page are as public as the page: the filter decides."),
            ("TerritoireCollab.Gateway.Pages.ConfirmPage", "The sealed token of the mail is the right."),
            ("TerritoireCollab.Gateway.Pages.MailHelpPage", "Help is of use before one has an account; addresses are those of one's own groups."),
            ("TerritoireCollab.Veille.Pages.Readers.ConfirmPage", "The sealed token of the mail is the right."),
            ("TerritoireCollab.Veille.Pages.Readers.LeavePage", "The sealed token of the mail is the right: leaving takes no password."));

        private static IEnumerable<Type> Components => House.Assemblies.SelectMany(House.Types).Where(t => t.IsAssignableTo(typeof(IComponent)) && !t.IsAbstract);

        private static readonly IReadOnlySet<string> None = new HashSet<string>();

        [Fact]
        public void Islands_OfTheHouse_AreSmallAndApart() =>
            Verdict.NoViolation(ComponentRules.Islands(Components, ComponentRules.MadeInteractive(Checkout.Files("src", ".razor"))));

        [Fact]
        public void Components_OfTheHouse_AskHandlers() => Verdict.NoViolation(ComponentRules.Database(Components));

        [Fact]
        public void Pages_OfTheHouse_AskToSignIn() => Verdict.NoViolation(PublicPages.Filter(ComponentRules.OpenPages(Components)));

        [Fact]
        public void Islands_PageWithRenderMode_Flagged() => Verdict.Flags(ComponentRules.Islands([typeof(InteractivePage)], None), typeof(InteractivePage).FullName!);

        [Fact]
        public void Islands_RenderModeOutsideIslands_Flagged() => Verdict.Flags(ComponentRules.Islands([typeof(StrayIsland)], None), typeof(StrayIsland).FullName!);

        [Fact]
        public void Islands_RenderModeWhereUsed_Flagged() => Verdict.Flags(ComponentRules.Islands([typeof(PlainPage)], new HashSet<string> { nameof(PlainPage) }), typeof(PlainPage).FullName!);

        [Fact]
        public void Islands_WholeObjectAsParameter_Flagged() => Verdict.Flags(ComponentRules.Islands([typeof(GreedyIsland)], None), typeof(GreedyIsland).FullName!);

        [Fact]
        public void Islands_KeysAndPlainValues_NothingFlagged() => Verdict.Flags(ComponentRules.Islands([typeof(SmallIsland)], None));

        [Fact]
        public void MadeInteractive_RenderModeOnATag_NameFound() =>
            Assert.Equal(["Board"], ComponentRules.MadeInteractive([new("a.razor", """<div><Islands.Board Id="@id" @rendermode="Mode" /><Other Id="1" /></div>""")]));

        [Theory]
        [InlineData(typeof(AsksAppDb))]
        [InlineData(typeof(AsksContext))]
        [InlineData(typeof(AsksFactory))]
        public void Database_ComponentGivenOne_Flagged(Type type) => Verdict.Flags(ComponentRules.Database([type]), type.FullName!);

        [Fact]
        public void Pages_WithoutRequire_Flagged() => Verdict.Flags(ComponentRules.OpenPages([typeof(PlainPage), typeof(GuardedPage)]), typeof(PlainPage).FullName!);

        [Fact]
        public void AllowList_EntryOfNoUse_Flagged() => Verdict.Flags(new AllowList(("Gone", "It was there once.")).Filter([]), "Gone");

        [Fact]
        public void AllowList_EntryWithoutReason_Refused() => Assert.Throws<ArgumentException>(() => new AllowList(("Somewhere", " ")));

        private sealed class AnyMode : RenderModeAttribute
        {
            public override IComponentRenderMode Mode { get; } = Microsoft.AspNetCore.Components.Web.RenderMode.InteractiveServer;
        }

        [Route("/interactive"), AnyMode]
        private sealed class InteractivePage : Sample;

        [AnyMode]
        private sealed class StrayIsland : Sample;

        [Route("/plain")]
        private sealed class PlainPage : Sample;

        [Route("/guarded")]
        private sealed class GuardedPage : Sample
        {
            [Inject]
            private CurrentViewer Current { get; set; } = null!;

            [Inject]
            private NavigationManager Navigation { get; set; } = null!;

            public override async Task SetParametersAsync(ParameterView parameters)
            {
                // In a state machine, where a real page has it.
                await Task.Yield();
                Current.Require(Navigation);
            }
        }

        private sealed class AsksAppDb : Sample
        {
            [Inject]
            private AppDb Database { get; set; } = null!;
        }

        private sealed class AsksFactory : Sample
        {
            [Inject]
            private IDbContextFactory<AppDbContext> Contexts { get; set; } = null!;
        }

        private sealed class AsksContext(AppDbContext context) : Sample
        {
            public AppDbContext Context => context;
        }
    }

    internal abstract class Sample : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
        }
    }
}

namespace TerritoireCollab.Architecture.Tests.Components.Islands
{
    internal sealed class ServerMode : RenderModeAttribute
    {
        public override IComponentRenderMode Mode { get; } = Microsoft.AspNetCore.Components.Web.RenderMode.InteractiveServer;
    }

    [ServerMode]
    internal sealed class GreedyIsland : Sample
    {
        [Parameter]
        public Viewer? Viewer { get; set; }
    }

    [ServerMode]
    internal sealed class SmallIsland : Sample
    {
        [Parameter]
        public Guid Id { get; set; }

        [Parameter]
        public string Address { get; set; } = "";

        [Parameter]
        public DayOfWeek? Day { get; set; }

        [Parameter]
        public int Count { get; set; }

        [Inject]
        private CurrentViewer Current { get; set; } = null!;
    }
}
