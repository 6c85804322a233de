using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using TerritoireCollab.Architecture.Tests.Reading;
using TerritoireCollab.Web.Hosting;

namespace TerritoireCollab.Architecture.Tests.Endpoints;

public sealed class EndpointTests
{
    private const string Reviewed = "tests/TerritoireCollab.Architecture.Tests/Endpoints/endpoints.txt";

    // Not forms of a browser. The API is guarded by ApiGuard: a bearer key, or a header that no foreign form can send.
    private static readonly AllowList WithoutToken = new(
        ("/health/live", "Answers a word, changes nothing."),
        ("/health/ready", "Answers a word, changes nothing."),
        ("/signaux", "A hub: it refuses a foreign Origin and has no method to call."),
        ("/signaux/negotiate", "The same hub."),
        ("/coedition", "A hub: it refuses a foreign Origin, and asks the rights of the member at each text."),
        ("/coedition/negotiate", "The same hub."),
        ("/veille/hub/{token}", "A hub (WebSub) calls an unguessable address of its own; what it sends counts when it is signed, and is never read."),
        ("/invitations/arret/{token}", "One-click unsubscription (RFC 8058) comes from a mailbox, with a sealed token of its own; the page's own button sends the form token."),
        ("/invite/arret/{token}", "One-click unsubscription (RFC 8058) comes from a mailbox, with a sealed token of its own; the page's own button sends the form token."),
        ("/veille/desabonnement/{token}", "One-click unsubscription (RFC 8058) comes from a mailbox, with a sealed token of its own; the page's own button sends the form token."),
        ("/desabonnement/{token}", "One-click unsubscription (RFC 8058) comes from a mailbox, with a signed token of its own; the page's own button sends the form token."),
        ("/depots/", "Guarded as the API: a bearer key, or a header that no foreign form can send."),
        ("/depots/{id:guid}", "Guarded as the API: a bearer key, or a header that no foreign form can send."),
        ("/langue", "Another site could at most change the language; a token on every page would cost more."));

    private static readonly Lazy<IReadOnlyList<HouseEndpoint>> Endpoints = new(ReadEndpoints);

    [Fact]
    public void Endpoints_OfTheHost_AreThoseReviewed()
    {
        var lines = Endpoints.Value.Select(e => e.ToString()).Distinct().Order(StringComparer.Ordinal).ToList();
        // TERRITOIRE_REVIEWED=1 writes the list; the change is then read like any other change of the code.
        if (Environment.GetEnvironmentVariable("TERRITOIRE_REVIEWED") == "1") File.WriteAllLines(Checkout.PathOf(Reviewed), lines);

        Verdict.NoViolation(EndpointRules.Unreviewed(lines, File.ReadAllLines(Checkout.PathOf(Reviewed))));
    }

    [Fact]
    public void Endpoints_ThatWrite_CheckAToken() =>
        Verdict.NoViolation(WithoutToken.Filter(EndpointRules.WithoutAntiforgery(Endpoints.Value.Where(e => !e.Route.StartsWith("/api/v1/", StringComparison.Ordinal)))));

    [Fact]
    public void WithoutAntiforgery_WriteWithoutToken_Flagged() => Verdict.Flags(
        EndpointRules.WithoutAntiforgery([new("GET", "/a", false), new("POST", "/b", false), new("GET,POST", "/c", true), new("*", "/d", false)]), "/b", "/d");

    [Fact]
    public void Unreviewed_NewAndGone_Flagged() => Verdict.Flags(EndpointRules.Unreviewed(["GET /a", "GET /b"], ["GET /b", "GET /c"]), "GET /a", "GET /c");

    private static List<HouseEndpoint> ReadEndpoints()
    {
        var folder = Directory.CreateTempSubdirectory("territoire-endpoints-").FullName;
        try
        {
            // Built and never started: nothing listens, no database is opened.
            var app = WebHost.Build([$"--Territoire:DataDirectory={folder}", "--Territoire:Demo=false", "--urls=http://127.0.0.1:0"]);
            return [.. ((IEndpointRouteBuilder)app).DataSources.ToList().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Where(IsOurs).Select(Describe)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsOurs(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null && !Pattern(endpoint).StartsWith("/_", StringComparison.Ordinal);

    private static HouseEndpoint Describe(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
        return new(methods.Count == 0 ? "*" : string.Join(',', methods.Order(StringComparer.Ordinal)), Pattern(endpoint), endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation == true);
    }

    private static string Pattern(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
}
