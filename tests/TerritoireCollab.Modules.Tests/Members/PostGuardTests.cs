using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Members;

/// <summary>Every form of accounts, profiles and administration: nothing is taken without the token of the page it came from.</summary>
public sealed partial class PostGuardTests(Stage stage) : IClassFixture<Stage>
{
    private static readonly string[] Rooms = ["/connexion", "/deconnexion", "/inscription", "/mot-de-passe", "/lien", "/bienvenue", "/moi/compte", "/moi/structures", "/annuaire", "/organisations", "/administration"];

    private Instance Instance => stage.Instance;

    [Theory]
    [InlineData("missing")]
    [InlineData("false")]
    [InlineData("of somebody else")]
    public async Task EveryPost_WithoutItsToken_RefusedAndNothingChanged(string token)
    {
        var (admin, other) = (await stage.Scene.MemberAsync("Ada Admin", admin: true), await stage.Scene.MemberAsync("Abel Admin", admin: true));
        var waiting = await stage.Scene.MemberAsync("Walter Attend", MemberState.AwaitingApproval);
        using var browser = await Instance.SignedInAsync(admin.Id);
        await browser.GetStringAsync("/moi/compte");
        var foreign = (await (await Instance.VisitorAsync(other)).OpenAsync("/moi/compte")).ValueOf("__RequestVerificationToken");
        var before = await StateAsync();
        var addresses = Addresses(waiting.Id);

        foreach (var address in addresses)
        {
            var fields = new Dictionary<string, string> { ["donnee"] = "true", ["id"] = waiting.Id.ToString(), ["Email"] = admin.Email!, ["Password"] = Accounts.Password };
            if (token != "missing") fields["__RequestVerificationToken"] = token == "false" ? "CfDJ8faux" : foreign!;
            using var answer = await browser.PostAsync(address, new FormUrlEncodedContent(fields));
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{address}: {answer.StatusCode}");
        }

        Assert.True(addresses.Count > 20, $"{addresses.Count} addresses");
        Assert.Equal(before, await StateAsync());
        Assert.Equal("/moi/compte", (await new Visitor(browser).OpenAsync("/moi/compte")).Address);
    }

    private List<string> Addresses(Guid id) =>
    [
        .. Instance.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(a => a == "/moi" || Rooms.Any(r => a == r || a.StartsWith(r + "/", StringComparison.Ordinal)))
            .Select(a => Parameter().Replace(a, id.ToString())).Distinct().Order(StringComparer.Ordinal),
    ];

    private async Task<string> StateAsync()
    {
        await using var db = Instance.Open(Viewer.System);
        var members = await db.Members.OrderBy(m => m.Id).Select(m => $"{m.Email} {m.State} {m.IsAdmin} {m.SecurityStamp}").ToListAsync();
        return string.Join('\n', members) + await db.Sessions.CountAsync(s => s.ClosedAt != null) + await db.SecurityEvents.CountAsync() + await db.Mails.CountAsync();
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
