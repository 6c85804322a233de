using System.Net;
using System.Text;
using TerritoireCollab.Testing.Fetching;
using TerritoireCollab.Veille.Outlets;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>The revue sent to another program, which verifies who wrote it before it reads.</summary>
public sealed class WebhookTests(OutletsStage stage) : IClassFixture<OutletsStage>, IAsyncLifetime
{
    private WebhookReceiver _receiver = null!;
    private AnnouncingGroup _group = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = new WebhookReceiver(stage.Instance.Clock);
        _group = await AnnouncingGroup.CreateAsync(stage.Scene);
    }

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public void Signature_OfTheStandardsExample_IsTheOneItGives() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookPost.Sign(OutletSecrets.KeyOf("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}"u8));

    [Fact]
    public async Task Revue_Published_SentSignedWithItsArticles()
    {
        await AddAsync();

        var id = await _group.PublishAsync("Où passe l’eau ?");

        var document = Assert.Single(_receiver.Documents).Value;
        Assert.Equal("revue.published", document.GetProperty("type").GetString());
        var data = document.GetProperty("data");
        Assert.Equal((id, "La revue d’essai", 1), (data.GetProperty("id").GetString(), data.GetProperty("publication").GetString(), data.GetProperty("number").GetInt32()));
        Assert.Equal($"http://127.0.0.1/groupes/{_group.Group.Slug}/veille/revues/1", data.GetProperty("url").GetString());
        var article = Assert.Single(data.GetProperty("articles").EnumerateArray());
        Assert.Equal("Un article de « Où passe l’eau ? »", article.GetProperty("title").GetString());
        Assert.StartsWith("https://gazette.exemple.invalid/", article.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Contains("Où passe l’eau", Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(_receiver.Exchanges.Single().Body)), StringComparison.Ordinal);
        Assert.Contains("Reçu le ", (await _group.OpenAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trial_Sent_IsSignedAndSaysThatItIsOne()
    {
        await AddAsync();

        var page = await _group.Hands.SendAsync(await _group.OpenAsync(), "button[value='essayer']");

        Assert.Contains("Le logiciel qui reçoit a répondu oui.", page.Text, StringComparison.Ordinal);
        Assert.Equal("test", Assert.Single(_receiver.Documents).Value.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Receiver_ThatFails_TriedAgainSignedAnewUnderTheSameIdentifier()
    {
        await AddAsync();
        _receiver.Answer = e => e.WriteAsync("500 Internal Server Error", []);
        await _group.PublishAsync();
        Assert.Contains("Le serveur répond 500. Nouvel essai le ", (await _group.OpenAsync()).Text, StringComparison.Ordinal);

        _receiver.Answer = e => e.WriteAsync("202 Accepted", []);
        await _group.AfterAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(2, _receiver.Exchanges.Count);
        Assert.Single(_receiver.Documents);
        Assert.Equal(2, _receiver.Exchanges.Select(e => e.Header("webhook-timestamp")).Distinct().Count());
        Assert.Equal((AnnouncementState.Sent, 202), ((await _group.AnnouncementAsync())!.State, (await _group.AnnouncementAsync())!.Status));
    }

    [Fact]
    public async Task Receiver_GoneForGood_PausedAndNotAskedAgain()
    {
        await AddAsync();
        _receiver.Answer = e => e.WriteAsync("410 Gone", []);
        await _group.PublishAsync();
        await _group.PublishAsync("La suivante");

        Assert.Single(_receiver.Exchanges);
        var page = await _group.OpenAsync();
        Assert.Contains("L’adresse n’existe plus : l’annonce est mise en pause.", page.Text, StringComparison.Ordinal);
        Assert.Contains("En pause", page.Document.QuerySelector(".liste h2")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outlet_PausedThenResumed_AnnouncesOnlyWhatComesAfter()
    {
        await AddAsync();
        await _group.Hands.SendAsync(await _group.OpenAsync(), "button[value='suspendre']");
        await _group.PublishAsync("Pendant la pause");
        Assert.Empty(_receiver.Exchanges);

        var resumed = await _group.Hands.SendAsync(await _group.OpenAsync(), "button[value='reprendre']");
        await _group.PublishAsync("Après la pause");

        Assert.Contains("C’est repris", resumed.Text, StringComparison.Ordinal);
        Assert.Contains("Après la pause", Assert.Single(_receiver.Documents).Value.GetProperty("data").GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outlet_Removed_HearsNothingMore()
    {
        await AddAsync();
        await _group.PublishAsync();
        var removed = await _group.Hands.SendAsync(await _group.Hands.OpenAsync($"{_group.Page}/{(await _group.OutletAsync()).Id:N}"), "button[value='retirer']");
        await _group.PublishAsync("La suivante");

        Assert.Contains("C’est retiré", removed.Text, StringComparison.Ordinal);
        Assert.Single(_receiver.Exchanges);
        Assert.Null(await _group.AnnouncementAsync());
    }

    [Fact]
    public async Task Address_Changed_AsksForTheSecretAgain()
    {
        await AddAsync();
        var form = await _group.Hands.OpenAsync($"{_group.Page}/{(await _group.OutletAsync()).Id:N}");

        var refused = await _group.Hands.SendAsync(form, "form:has([name='Input.Name'])", ("Input.Address", "https://ailleurs.exemple.fr/crochet"));

        Assert.True(refused.Refuses("Input.Secret"));
        Assert.Equal("https://ailleurs.exemple.fr/crochet", refused.ValueOf("Input.Address"));
        Assert.Equal(_receiver.Address, (await _group.OutletAsync()).Address);
        var renamed = await _group.Hands.SendAsync(form, "form:has([name='Input.Name'])", ("Input.Name", "Le site de la ville"));
        Assert.Contains("Le site de la ville", renamed.Text, StringComparison.Ordinal);
        await _group.PublishAsync();
        Assert.Single(_receiver.Documents);
    }

    // The form shows the secret once, made for this webhook: it is copied as the page says.
    private async Task AddAsync()
    {
        var form = await _group.Hands.OpenAsync($"{_group.Page}/ajouter?vers=webhook");
        _receiver.Secret = form.ValueOf("Input.Secret")!;
        var added = await _group.Hands.SendAsync(form, "form:has([name='Input.Name'])", ("Input.Name", "Le site d’essai"), ("Input.Address", _receiver.Address));
        Assert.Equal(HttpStatusCode.OK, added.Status);
        Assert.Contains("C’est ajouté.", added.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(_receiver.Secret, added.Body + (await _group.OutletAsync()).Secret, StringComparison.Ordinal);
    }
}
