using System.Net;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests;

/// <summary>
/// Every page that a member can reach, on each database. SQLite answers before a page is first drawn, a server afterwards: a page that
/// needs its view at once opens on the one and fails on the other.
/// </summary>
public sealed class EveryPageTests
{
    private static readonly string[] Starts =
    [
        "/", "/groupes", "/groupes/nouveau", "/annuaire", "/organisations", "/recherche?q=fil", "/moi", "/moi/compte", "/moi/structures", "/moi/notifications", "/moi/nouveautes", "/bienvenue", "/aide",
        "/accessibilite", "/mentions-legales", "/donnees-personnelles", "/administration", "/administration/reglages", "/administration/journal", "/administration/courriels",
    ];

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task EveryPage_ByAnAdministratorWhoAnimates_Opens(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var scene = new Scene(instance);
        var (admin, member) = (await scene.MemberAsync("Ada Admin", admin: true), await scene.MemberAsync("Marc Membre"));
        var group = await scene.GroupAsync("Rivières", admin, members: member);
        var topic = await scene.TopicAsync(group, member, "Un fil", "Bonjour @" + admin.Handle);
        await scene.AnswerAsync(topic, admin, "Une réponse.");
        await scene.TurnOnAsync(group);
        var find = await scene.FindAsync(group, member, "Une page", tags: "eau");
        await scene.AnswerAsync(find, admin, "Vue.");
        await scene.NewsAsync(group, await scene.SourceAsync(group, admin, "Gazette"), ["Une nouvelle"], sources: 2);
        await instance.PasswordAsync(admin);
        await instance.Stranger().AskLinkAsync(member.Email!);
        await instance.SettleAsync();
        var crawler = new Crawler(await instance.SignedInAsync(admin.Id));

        await crawler.RunAsync([.. Starts, $"/c/{topic}", $"/c/{find}", $"/groupes/{group.Slug}/veille?q=nouvelle", $"/groupes/{group.Slug}/veille?tri=score", "/moi/trouvailles", "/veille/proposer", $"/administration/membres/{member.Id}"]);

        Assert.Empty(crawler.Statuses.Where(s => s.Value is not ((int)HttpStatusCode.OK or (int)HttpStatusCode.Found)).Select(s => $"{s.Key} {s.Value}"));
        Assert.True(crawler.Statuses.Count > 60, $"{crawler.Statuses.Count} pages");
        Assert.Equal((int)HttpStatusCode.OK, crawler.Statuses[$"/groupes/{group.Slug}/forum"]);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task EveryPage_ByAStranger_Opens(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var member = await new Scene(instance).MemberAsync("Marc Membre");
        await instance.Stranger().AskLinkAsync(member.Email!);
        var crawler = new Crawler(instance.Browser());

        await crawler.RunAsync(["/", "/connexion", "/inscription", "/mot-de-passe", await instance.LinkAsync(member.Email), "/lien/0123456789abcdefghjkmnpqrstvwxyz", "/aide", "/accessibilite", "/mentions-legales", "/donnees-personnelles"]);

        Assert.Empty(crawler.Statuses.Where(s => s.Value is not ((int)HttpStatusCode.OK or (int)HttpStatusCode.Found)).Select(s => $"{s.Key} {s.Value}"));
        Assert.Equal((int)HttpStatusCode.OK, crawler.Statuses["/connexion"]);
    }
}
