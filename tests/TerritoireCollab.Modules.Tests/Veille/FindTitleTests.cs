using System.Net;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>The title of a page, asked of the page itself by the form that brings it.</summary>
public sealed class FindTitleTests
{
    private const string Html = "<html lang=fr><head><title>Mairie</title><meta property=\"og:title\" content=\"Le &lt;b&gt; marché ☃\"><meta name=description content=\"Tous les mardis.\"></head><body></body></html>";

    [Fact]
    public async Task Title_Asked_FilledInAndWhatTheNewsSays()
    {
        await using var site = await WebPage.StartAsync(Html);
        await using var stage = await SetAsync(("Territoire:Fetch:AllowPrivateNetworks", "true"));
        var form = await stage.Visitor.OpenAsync(stage.Address);

        var asked = await stage.Visitor.SendAsync(form, "button[name='Input.Asks']", ("Input.Address", site.Address.AbsoluteUri), ("Input.Body", "Pour voir."));
        var page = await stage.Visitor.SendAsync(asked, "[name='Input.Title']");

        Assert.Equal(("Le <b> marché ☃", "Pour voir."), (asked.ValueOf("Input.Title"), asked.ValueOf("Input.Body")));
        Assert.Contains("Tous les mardis.", asked.Text, StringComparison.Ordinal);
        Assert.Equal("Le <b> marché ☃", page.Document.QuerySelector("h1")!.TextContent);
        Assert.Equal(1, site.Asked);
        var card = await stage.Scene.CardAsync(page.Address.Split('/')[^1][..8]);
        Assert.Equal(("Le <b> marché ☃", "Tous les mardis."), (card.News!.Title, card.News.Excerpt));
    }

    [Fact]
    public async Task Title_OfAPageOfOurOwnNetwork_NeverAsked()
    {
        await using var site = await WebPage.StartAsync(Html);
        await using var stage = await SetAsync();

        var asked = await stage.Visitor.SendAsync(await stage.Visitor.OpenAsync(stage.Address), "button[name='Input.Asks']", ("Input.Address", site.Address.AbsoluteUri), ("Input.Title", "Le mien"));

        Assert.Contains("ne répond pas", asked.Text, StringComparison.Ordinal);
        Assert.Equal("Le mien", asked.ValueOf("Input.Title"));
        Assert.Equal(0, site.Asked);
    }

    [Theory]
    [InlineData("%PDF-1.7", "application/pdf")]
    [InlineData("<p>Sans titre</p>", "text/html")]
    public async Task Title_OfWhatSaysNone_ToBeTyped(string body, string contentType)
    {
        await using var site = await WebPage.StartAsync(body, contentType);
        await using var stage = await SetAsync(("Territoire:Fetch:AllowPrivateNetworks", "true"));

        var asked = await stage.Visitor.SendAsync(await stage.Visitor.OpenAsync(stage.Address), "button[name='Input.Asks']", ("Input.Address", site.Address.AbsoluteUri));

        Assert.Equal(HttpStatusCode.OK, asked.Status);
        Assert.Contains("écrivez-le", asked.Text, StringComparison.Ordinal);
        Assert.Equal(1, site.Asked);
    }

    private static async Task<Set> SetAsync(params (string, string)[] settings)
    {
        var instance = await Instance.StartAsync(settings: settings);
        var scene = new Scene(instance);
        var member = await scene.MemberAsync("Anne Essai");
        var group = await scene.VeilleAsync(member);
        return new(instance, scene, group, new Visitor(await instance.SignedInAsync(member.Id)));
    }

    private sealed record Set(Instance Instance, Scene Scene, Group Group, Visitor Visitor) : IAsyncDisposable
    {
        public string Address => $"/groupes/{Group.Slug}/veille/proposer";

        public ValueTask DisposeAsync() => Instance.DisposeAsync();
    }
}
