using System.Net;
using System.Net.Http.Headers;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Members;

/// <summary>Personal keys for feeds and programs.</summary>
public sealed class KeyTests(Stage stage) : IClassFixture<Stage>
{
    private const string Page = "/moi/compte";

    private Instance Instance => stage.Instance;

    [Theory]
    [InlineData("lecture", HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("ecriture", HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData("flux", HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)]
    public async Task Key_OfEachScope_OpensThatAndIsShownOnce(string scope, HttpStatusCode reading, HttpStatusCode writing)
    {
        var visitor = await Instance.VisitorAsync(await stage.Scene.MemberAsync("Anne Essai"));

        var made = await visitor.SendAsync(await visitor.OpenAsync(Page), "[name='KeyLabel']", ("KeyLabel", "Mon lecteur"), ("KeyScope", scope));
        var key = made.Document.QuerySelector("code")!.TextContent;
        using var program = Program(key);

        Assert.Equal(reading, (await program.GetAsync("me")).StatusCode);
        Assert.Equal(writing, (await program.PostAsync("markdown/preview", new StringContent("{\"body\":\"x\"}", new MediaTypeHeaderValue("application/json")))).StatusCode);
        var again = await visitor.OpenAsync(Page);
        Assert.Contains("Mon lecteur", again.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(key, again.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_Revoked_OpensNothing()
    {
        var visitor = await Instance.VisitorAsync(await stage.Scene.MemberAsync("Anne Essai"));
        var made = await visitor.SendAsync(await visitor.OpenAsync(Page), "[name='KeyLabel']", ("KeyLabel", "Mon programme"), ("KeyScope", "lecture"));
        using var program = Program(made.Document.QuerySelector("code")!.TextContent);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("me")).StatusCode);

        var revoked = await visitor.SendAsync(made, "[formaction$='/revoquer']");

        Assert.Contains("Clé révoquée.", revoked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Mon programme", revoked.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("me")).StatusCode);
    }

    [Theory]
    [InlineData("KeyLabel", " ", "ecriture")]
    [InlineData("KeyLabel", "long", "ecriture")]
    [InlineData("KeyScope", "Mon lecteur", "tout")]
    public async Task Key_BadField_SentenceAtTheFieldAndTextKept(string field, string label, string scope)
    {
        var visitor = await Instance.VisitorAsync(await stage.Scene.MemberAsync("Anne Essai"));
        var typed = label == "long" ? new string('é', 101) : label;

        var refused = await visitor.SendAsync(await visitor.OpenAsync(Page), "[name='KeyLabel']", ("KeyLabel", typed), ("KeyScope", scope));

        Assert.Null(refused.Document.QuerySelector("code"));
        Assert.NotNull(refused.Document.QuerySelector("[data-erreurs] li"));
        Assert.Equal(typed, refused.ValueOf("KeyLabel"));
        if (field == "KeyScope") return;

        Assert.True(refused.Refuses(field));
        Assert.NotNull(refused.Document.QuerySelector("[name='KeyScope'][value='ecriture'][checked]"));
    }

    private HttpClient Program(string key)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri(Instance.Address, "api/v1/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }
}
