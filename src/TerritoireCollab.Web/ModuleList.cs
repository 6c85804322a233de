using TerritoireCollab.Admin;
using TerritoireCollab.Agenda;
using TerritoireCollab.Articles;
using TerritoireCollab.Bookmarks;
using TerritoireCollab.Files;
using TerritoireCollab.Forum;
using TerritoireCollab.Gateway;
using TerritoireCollab.Groups;
using TerritoireCollab.Inbox;
using TerritoireCollab.Letters;
using TerritoireCollab.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Polls;
using TerritoireCollab.Search;
using TerritoireCollab.Veille;
using TerritoireCollab.Wiki;

namespace TerritoireCollab.Web;

/// <summary>The rooms of the house: the one list that services, routes, migrations and tests read.</summary>
internal static class ModuleList
{
    public static IReadOnlyList<IModule> Create() =>
    [
        new MembersModule(),
        new GroupsModule(),
        new ForumModule(),
        new ArticlesModule(),
        new FilesModule(),
        new BookmarksModule(),
        new AgendaModule(),
        new PollsModule(),
        new WikiModule(),
        new VeilleModule(),
        new LettersModule(),
        new InboxModule(),
        new GatewayModule(),
        new SearchModule(),
        new AdminModule(),
    ];
}
