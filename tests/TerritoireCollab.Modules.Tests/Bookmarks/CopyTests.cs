using System.Net;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Bookmarks;

/// <summary>Texts of pages that members keep for their own use, by their pages, without script.</summary>
public sealed class CopyTests(BookmarkStage stage) : IClassFixture<BookmarkStage>, IAsyncLifetime
{
    private const string Copies = "/moi/favoris/copies";
    private Group _group = null!;
    private Member _anne = null!;
    private Visitor _byAnne = null!;
    private Visitor _byLuc = null!;

    public async ValueTask InitializeAsync()
    {
        var luc = await stage.Scene.MemberAsync("Luc Essai");
        (_anne, _group) = (await stage.Scene.MemberAsync("Anne Essai"), null!);
        _group = await stage.Scene.GroupAsync("Groupe", _anne, members: luc);
        (_byAnne, _byLuc) = (await stage.AsAsync(_anne), await stage.AsAsync(luc));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Keep_FromABookmark_ReadByItsOwnerAloneWhenThePageIsGoneUntilItIsErased()
    {
        string bookmark;
        await using (var site = await WebPage.StartAsync(Page()))
        {
            bookmark = $"/c/{await stage.Scene.BookmarkAsync(_group, _anne, "Nom du groupe pour elle", address: site.Address.AbsoluteUri)}";
            var kept = await _byLuc.SendAsync(await _byLuc.OpenAsync(bookmark), "form[action$='copies/garder']");
            Assert.Contains("Une copie du texte est gardée pour vous.", kept.Text, StringComparison.Ordinal);
        }

        var page = await _byLuc.OpenAsync(bookmark);
        var address = "/" + page.Document.QuerySelector("a[href^='moi/favoris/copies/']")!.GetAttribute("href");
        var copy = await _byLuc.OpenAsync(address);
        Assert.Contains("La passerelle est ouverte", copy.Document.QuerySelector("article.prose")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("pour votre usage personnel", copy.Text, StringComparison.Ordinal);
        Assert.Equal("La passerelle", copy.Document.QuerySelector("h1")!.TextContent.Trim());
        Assert.Null(copy.Document.QuerySelector("article.prose img, article.prose script"));

        Assert.Equal(HttpStatusCode.NotFound, (await _byAnne.OpenAsync(address)).Status);
        Assert.Null((await _byAnne.OpenAsync(bookmark)).Document.QuerySelector("a[href^='moi/favoris/copies/']"));
        Assert.DoesNotContain("La passerelle", (await _byAnne.OpenAsync(Copies)).Text, StringComparison.Ordinal);
        await _byAnne.PostAsync(address + "/retirer");
        Assert.Equal(HttpStatusCode.OK, (await _byLuc.OpenAsync(address)).Status);

        Assert.Contains("La copie est effacée.", (await _byLuc.SendAsync(copy, "form[action$='/retirer']")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _byLuc.OpenAsync(address)).Status);
    }

    [Fact]
    public async Task Keep_AgainWhenThePageIsGone_SaidAndTheEarlierCopyStays()
    {
        string address;
        await using (var site = await WebPage.StartAsync(Page()))
        {
            address = site.Address.AbsoluteUri;
            await _byLuc.PostAsync(Copies + "/garder", ("adresse", address));
        }

        var again = await _byLuc.PostAsync(Copies + "/garder", ("adresse", address));
        Assert.Contains("La page ne répond pas", again.Text, StringComparison.Ordinal);
        Assert.Contains("La passerelle", again.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<title>A</title><p>Trop court.</p>", "Aucun texte ne se distingue")]
    [InlineData(null, "demande que ses pages ne soient pas copiées")]
    public async Task Keep_WhatMayNotOrCannotBeKept_SaidAndNothingKept(string? html, string said)
    {
        await using var site = await WebPage.StartAsync(html ?? Page().Replace("<head>", "<head><meta name=robots content=noarchive>", StringComparison.Ordinal));
        var answer = await _byLuc.PostAsync(Copies + "/garder", ("adresse", site.Address.AbsoluteUri));

        Assert.Contains(said, answer.Text, StringComparison.Ordinal);
        Assert.Contains("Aucune copie", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keep_WithTheLink_OnesOwnAndTheGroupsAtOnce()
    {
        await using var site = await WebPage.StartAsync(Page());
        var own = await _byLuc.SendAsync(await _byLuc.OpenAsync("/moi/favoris/nouveau"), "form.formulaire", ("Input.Address", site.Address.AbsoluteUri), ("Input.Title", "Pour moi"), ("Input.Copies", "true"));
        var shared = await _byAnne.SendAsync(await _byAnne.OpenAsync($"/groupes/{_group.Slug}/favoris/nouveau"), "form.formulaire", ("Input.Address", site.Address.AbsoluteUri), ("Input.Title", "Pour nous"), ("Input.Body", "Utile."), ("Input.Copies", "true"));

        foreach (var page in new[] { own, shared }) Assert.Contains("Une copie du texte est gardée pour vous.", page.Text, StringComparison.Ordinal);
        Assert.NotNull(own.Document.QuerySelector("a[href^='moi/favoris/copies/']"));
        Assert.NotNull(shared.Document.QuerySelector("a[href^='moi/favoris/copies/']"));
    }

    [Fact]
    public async Task Keep_WithoutSigningInOrNoAddressOfAPage_Refused()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _byLuc.PostAsync(Copies + "/garder", ("adresse", "file:///etc/passwd"))).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await stage.Instance.Stranger().PostAsync(Copies + "/garder", ("adresse", "https://ville.invalid/"))).Status);
    }

    private static string Page() => $"<html><head><title>La passerelle</title></head><body><article><h1>La passerelle</h1><p>La passerelle est ouverte depuis mardi. {string.Join(' ', Enumerable.Repeat("Les habitants passent d’une rive à l’autre à pied et à vélo.", 12))}</p><p>{string.Join(' ', Enumerable.Repeat("Elle a coûté moins que prévu, dit la commune.", 12))}</p><img src=x><script>alert(1)</script></article></body></html>";
}
