using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Testing;
using TerritoireCollab.Testing.Fetching;
using TerritoireCollab.Veille.Outlets;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>The revue announced on Mastodon, of a small instance that answers as the API does.</summary>
public sealed class MastodonTests(OutletsStage stage) : IClassFixture<OutletsStage>, IAsyncLifetime
{
    private FakeMastodon _mastodon = null!;
    private AnnouncingGroup _group = null!;

    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    public async ValueTask InitializeAsync()
    {
        _mastodon = new FakeMastodon(stage.Instance.Clock);
        _group = await AnnouncingGroup.CreateAsync(stage.Scene);
    }

    public ValueTask DisposeAsync() => _mastodon.DisposeAsync();

    [Fact]
    public async Task Revue_PublishedForEverybody_PostedOnceWithItsLinkAndSaidSo()
    {
        var settings = await _group.Hands.OpenAsync($"/groupes/{_group.Group.Slug}/veille/reglages");
        Assert.NotNull(settings.Document.QuerySelector($"main a[href='{_group.Page[1..]}']"));
        var added = await _group.AddMastodonAsync(_mastodon.Address + "/@revue", FakeMastodon.Token);
        Assert.Contains("C’est ajouté.", added.Text, StringComparison.Ordinal);

        await _group.PublishAsync();
        var sent = _group.Said();
        await _group.SendAsync();
        await _group.AfterAsync(TimeSpan.FromDays(1));

        var post = Assert.Single(_mastodon.Posts);
        Assert.Equal("public", post.Visibility);
        Assert.Contains("La revue d’essai – Revue n°\u00a01 – La fibre arrive", post.Text, StringComparison.Ordinal);
        Assert.Contains("• Un article de « La fibre arrive »", post.Text, StringComparison.Ordinal);
        Assert.Contains($"http://127.0.0.1/groupes/{_group.Group.Slug}/veille/revues/1\n\n#veille", post.Text, StringComparison.Ordinal);
        Assert.Equal((await _group.AnnouncementAsync())!.Id.ToString("D"), post.Key);
        var page = await _group.OpenAsync();
        Assert.Equal($"Publié sur Mastodon le {sent}.", Sentence(page));
        Assert.Equal($"{_mastodon.Address}/@revue/1000", page.Document.QuerySelector("main a[rel='noopener noreferrer']")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Trial_OfAToken_SeenByTheAccountAlone()
    {
        await _group.AddMastodonAsync(_mastodon.Address, FakeMastodon.Token);

        var page = await _group.Hands.SendAsync(await _group.OpenAsync(), "button[value='essayer']");

        Assert.Contains("L’essai est arrivé", page.Text, StringComparison.Ordinal);
        Assert.Equal(("direct", "Essai d’annonce de La revue d’essai. Vous seul voyez ce message."), (_mastodon.Posts.Single().Visibility, _mastodon.Posts.Single().Text));
    }

    [Fact]
    public async Task Trial_OfAWrongToken_SaidInWords()
    {
        await _group.AddMastodonAsync(_mastodon.Address, "un-autre-jeton");

        var page = await _group.Hands.SendAsync(await _group.OpenAsync(), "button[value='essayer']");

        Assert.Contains("Refusé : le jeton n’est plus valable.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_OnceSaved_NeverShownNorKeptInClear()
    {
        await _group.AddMastodonAsync(_mastodon.Address, FakeMastodon.Token);
        var outlet = await _group.OutletAsync();

        var list = await _group.OpenAsync();
        var form = await _group.Hands.OpenAsync($"{_group.Page}/{outlet.Id:N}");

        Assert.Contains("Le compte d’essai", list.Text, StringComparison.Ordinal);
        Assert.Equal("Le compte d’essai", form.ValueOf("Input.Name"));
        foreach (var text in new[] { list.Body, form.Body, outlet.Secret }) Assert.DoesNotContain(FakeMastodon.Token, text, StringComparison.Ordinal);
        Assert.Equal("", form.ValueOf("Input.Secret"));
    }

    [Fact]
    public async Task Answer_Lost_TriedAgainWithTheSameKeyAndPostedOnce()
    {
        await _group.AddMastodonAsync(_mastodon.Address, FakeMastodon.Token);
        _mastodon.Lost = _ => Task.CompletedTask;
        await _group.PublishAsync();
        Assert.Equal($"Le serveur n’a pas répondu à temps. Nouvel essai le {_group.Said(TimeSpan.FromMinutes(1))}.", Sentence(await _group.OpenAsync()));

        _mastodon.Lost = null;
        await _group.AfterAsync(TimeSpan.FromMinutes(1.1));

        Assert.Single(_mastodon.Posts);
        Assert.Equal(2, _mastodon.Exchanges.Count);
        Assert.Single(_mastodon.Exchanges.Select(e => e.Header("Idempotency-Key")).Distinct());
        Assert.Contains("Publié sur Mastodon", Sentence(await _group.OpenAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_LostUntilTheKeyIsForgotten_NotPostedTwiceAndAnimatorsTold()
    {
        await _group.AddMastodonAsync(_mastodon.Address, FakeMastodon.Token);
        _mastodon.Lost = _ => Task.CompletedTask;
        await _group.PublishAsync();

        _mastodon.Lost = null;
        await _group.AfterAsync(TimeSpan.FromHours(2));

        Assert.Single(_mastodon.Posts);
        Assert.Contains("Peut-être publié : le serveur n’a pas confirmé.", Sentence(await _group.OpenAsync()), StringComparison.Ordinal);
        Assert.Contains("Peut-être publié", Assert.Single(await LettersAsync()).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Process_EndedAfterPosting_TheNextOnePostsNothingMore(DatabaseProvider provider)
    {
        await using var first = await Instance.StartAsync(provider, manualClock: true, settings: OutletsStage.MayAskThisMachine);
        await using var mastodon = new FakeMastodon(first.Clock);
        var group = await AnnouncingGroup.CreateAsync(new Scene(first));
        await group.AddMastodonAsync(mastodon.Address, FakeMastodon.Token);
        using var dying = new CancellationTokenSource();
        mastodon.Lost = async e => { await dying.CancelAsync(); await e.StayAsync(); };
        await new Scene(first).PlaceAsync(group.Group, group.Animator, new PlacedCard("Un article"));
        await new Scene(first).PublishAsync(group.Group, group.Animator, "Juste avant la fin");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => group.SendAsync(dying.Token));
        await first.StopAsync();

        mastodon.Lost = null;
        await using var second = await first.SecondAsync(OutletsStage.MayAskThisMachine);
        second.Clock.Advance(TimeSpan.FromMinutes(2.1));
        await second.Services.GetRequiredService<SendAnnouncements>().RunOnceAsync(default);

        Assert.Single(mastodon.Posts);
        Assert.Equal(2, mastodon.Exchanges.Count);
        var page = await new Visitor(await second.SignedInAsync(group.Animator.Id)).OpenAsync(group.Page);
        Assert.StartsWith("Publié sur Mastodon le ", Sentence(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instance_ThatAsksToWait_AskedOnlyThen()
    {
        await _group.AddMastodonAsync(_mastodon.Address, FakeMastodon.Token);
        _mastodon.Ill = e => e.WriteAsync("429 Too Many Requests\nRetry-After: 7200", "{\"error\":\"Throttled\"}"u8.ToArray());
        await _group.PublishAsync();
        _mastodon.Ill = null;

        await _group.AfterAsync(TimeSpan.FromMinutes(119));
        Assert.Single(_mastodon.Exchanges);
        Assert.Equal($"Le serveur demande de patienter. Nouvel essai le {_group.Said(TimeSpan.FromMinutes(1))}.", Sentence(await _group.OpenAsync()));
        await _group.AfterAsync(TimeSpan.FromMinutes(2));

        Assert.Single(_mastodon.Posts);
    }

    [Fact]
    public async Task Token_Revoked_AnimatorsToldAndAnotherOneSendsIt()
    {
        var member = await stage.Scene.MemberAsync("Luc Essai");
        await stage.Scene.JoinAsync(_group.Group, member);
        await _group.AddMastodonAsync(_mastodon.Address, "jeton-repris");
        await _group.PublishAsync();
        await _group.AfterAsync(TimeSpan.FromDays(2));

        var page = await _group.OpenAsync();
        Assert.Contains("Refusé : le jeton n’est plus valable.", Sentence(page), StringComparison.Ordinal);
        Assert.Single(_mastodon.Exchanges);
        var letter = Assert.Single(await LettersAsync());
        Assert.Contains("Refusé : le jeton n’est plus valable.", letter.Text.Replace('\u00a0', ' ').Replace('\u202f', ' '), StringComparison.Ordinal);
        Assert.Equal(_group.Page, letter.LinkTo(_group.Page));
        Assert.DoesNotContain(stage.Instance.Mails().Select(Letter.Of), l => l.To == member.Email && l.Text.Contains(_group.Page, StringComparison.Ordinal));

        var edited = await _group.Hands.SendAsync(await _group.Hands.OpenAsync($"{_group.Page}/{(await _group.OutletAsync()).Id:N}"), "form:has([name='Input.Name'])", ("Input.Secret", FakeMastodon.Token));
        await _group.Hands.SendAsync(edited, "button[value='relancer']");
        await _group.SendAsync();

        Assert.Single(_mastodon.Posts);
        Assert.Contains("Publié sur Mastodon", Sentence(await _group.OpenAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instance_DownForDays_GivenUpAndAnimatorsToldOnce()
    {
        await _group.AddMastodonAsync(_mastodon.Address, FakeMastodon.Token);
        _mastodon.Ill = e => e.WriteAsync("503 Service Unavailable", []);
        await _group.PublishAsync();

        for (var day = 0; day < 11; day++) await _group.AfterAsync(TimeSpan.FromDays(1.1));
        await _group.ReturnAsync();

        Assert.Equal(10, _mastodon.Exchanges.Count);
        Assert.Contains("Abandonné après 10 essais. Le serveur demande de patienter.", Sentence(await _group.OpenAsync()), StringComparison.Ordinal);
        Assert.Single(await LettersAsync());
    }

    [Theory]
    [InlineData("422 Unprocessable Content", "{\"error\":\"Validation failed: Text is odd\"}", "Refusé par Mastodon : « Validation failed: Text is odd »")]
    [InlineData("422 Unprocessable Content", "illisible", "Refusé par Mastodon (réponse 422).")]
    [InlineData("403 Forbidden", "{\"error\":\"This action is outside the authorized scopes\"}", "Refusé : le jeton n’est plus valable.")]
    [InlineData("404 Not Found", "", "Refusé : à cette adresse, ce n’est pas Mastodon qui répond.")]
    [InlineData("200 OK", "<!doctype html><title>Accueil</title>", "Refusé : à cette adresse, ce n’est pas Mastodon qui répond.")]
    [InlineData("302 Found\nLocation: https://ailleurs.invalid/", "", "L’adresse renvoie ailleurs : donnez la nouvelle.")]
    public async Task Instance_ThatRefuses_AskedOnceAndSaidInWords(string head, string body, string sentence)
    {
        await _group.AddMastodonAsync(_mastodon.Address, FakeMastodon.Token);
        _mastodon.Ill = e => e.WriteAsync(head, Encoding.UTF8.GetBytes(body));

        await _group.PublishAsync();
        await _group.AfterAsync(TimeSpan.FromDays(3));

        Assert.Single(_mastodon.Exchanges);
        Assert.Equal(sentence, Sentence(await _group.OpenAsync()));
        Assert.Equal(AnnouncementState.Failed, (await _group.AnnouncementAsync())!.State);
    }

    private async Task<IReadOnlyList<Letter>> LettersAsync()
    {
        await stage.Instance.SettleAsync();
        return [.. stage.Instance.Mails().Select(Letter.Of).Where(l => l.To == _group.Animator.Email && l.Text.Contains(_group.Page, StringComparison.Ordinal))];
    }

    // The sentence under the title of the announcement, its spaces made plain.
    private static string Sentence(VisitedPage page)
    {
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var lines = page.Document.QuerySelectorAll(".liste li .rang p").Select(p => string.Concat(p.ChildNodes.Skip(1).Select(n => n is AngleSharp.Dom.IElement { LocalName: "a" } ? "" : n.TextContent)));
        return string.Join(' ', Assert.Single(lines).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
