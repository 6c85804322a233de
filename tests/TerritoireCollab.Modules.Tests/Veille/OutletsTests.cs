using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;
using TerritoireCollab.Testing.Fetching;
using TerritoireCollab.Veille.Outlets;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>What never leaves, and who may say where the rest goes.</summary>
public sealed class OutletsTests(OutletsStage stage) : IClassFixture<OutletsStage>, IAsyncLifetime
{
    private FakeMastodon _mastodon = null!;

    public ValueTask InitializeAsync()
    {
        _mastodon = new FakeMastodon(stage.Instance.Clock);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _mastodon.DisposeAsync();

    [Theory]
    [InlineData(Audience.Group)]
    [InlineData(Audience.Platform)]
    public async Task Revue_NotForEverybody_NeverLeaves(Audience audience)
    {
        var group = await AddedAsync();

        await group.PublishAsync("Un canari discret", audience);
        await group.AfterAsync(TimeSpan.FromDays(1));
        Assert.Empty(_mastodon.Exchanges);
        Assert.Null(await group.AnnouncementAsync());

        await group.PublishAsync("Ouverte à tous");
        Assert.Contains("Ouverte à tous", Assert.Single(_mastodon.Posts).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("restreinte")]
    [InlineData("corbeille")]
    [InlineData("groupe caché")]
    [InlineData("veille fermée")]
    public async Task Revue_NoLongerForEverybodyBeforeItLeaves_StaysHere(string change)
    {
        var group = await AddedAsync();
        _mastodon.Ill = e => e.WriteAsync("503 Service Unavailable", []);
        var shortId = await group.PublishAsync("Un canari discret");
        _mastodon.Ill = null;
        await using (var db = stage.Instance.Open(Viewer.System))
        {
            var item = db.Items.Where(i => i.ShortId == shortId);
            if (change == "restreinte") await item.ExecuteUpdateAsync(set => set.SetProperty(i => i.Audience, Audience.Platform));
            if (change == "corbeille") await item.ExecuteUpdateAsync(set => set.SetProperty(i => i.DeletedAt, stage.Instance.Clock.GetUtcNow().UtcDateTime));
            if (change == "groupe caché") await db.Groups.Where(g => g.Id == group.Group.Id).ExecuteUpdateAsync(set => set.SetProperty(g => g.Visibility, GroupVisibility.Hidden));
            if (change == "veille fermée") await db.GroupTools.Where(t => t.GroupId == group.Group.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Enabled, false));
        }

        await group.AfterAsync(TimeSpan.FromDays(1));

        Assert.Empty(_mastodon.Posts);
        Assert.Single(_mastodon.Exchanges);
        var row = (await group.AnnouncementAsync())!;
        Assert.Equal((AnnouncementState.Failed, "Withdrawn"), (row.State, row.Problem));
    }

    [Fact]
    public async Task Editorial_ForEverybodyAndForMembers_OnlyTheFirstLeaves()
    {
        var group = await AddedAsync();
        await stage.Scene.EditorialAsync(group.Group, group.Animator, "Un canari discret", audience: Audience.Platform);
        await stage.Scene.EditorialAsync(group.Group, group.Animator, "Le mois des outils", "Nous avons **partagé**.");

        await group.SendAsync();

        var post = Assert.Single(_mastodon.Posts).Text;
        foreach (var words in (string[])["La revue d’essai – Édito\u00A0: Le mois des outils", "Nous avons partagé.", $"/groupes/{group.Group.Slug}/veille/editos/"]) Assert.Contains(words, post, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Group_ThatIsNotPublic_RefusedWithASentence()
    {
        var group = await AnnouncingGroup.CreateAsync(stage.Scene, Audience.Group, GroupVisibility.Hidden);
        const string Sentence = "Ce groupe ne publie rien pour tout le monde : sa revue ne peut pas être annoncée ailleurs.";

        var list = await group.OpenAsync();
        var refused = await group.AddMastodonAsync(_mastodon.Address, FakeMastodon.Token);

        Assert.Contains(Sentence, list.Text, StringComparison.Ordinal);
        Assert.Null(list.Document.QuerySelector("main a[href*='ajouter']"));
        Assert.Contains(Sentence, refused.Text, StringComparison.Ordinal);
        Assert.Equal("Le compte d’essai", refused.ValueOf("Input.Name"));
    }

    [Fact]
    public async Task Revue_SetForMembersAlone_SaidOnThePage()
    {
        var group = await AnnouncingGroup.CreateAsync(stage.Scene, Audience.Platform);

        Assert.Contains("La revue n’est pas ouverte à tout le monde : elle n’est annoncée que si elle l’est.", (await group.OpenAsync()).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mastodon", "Input.Name", "")]
    [InlineData("mastodon", "Input.Address", "http://mastodon.exemple.fr")]
    [InlineData("mastodon", "Input.Address", "n’importe quoi")]
    [InlineData("mastodon", "Input.Secret", "")]
    [InlineData("mastodon", "Input.Secret", "deux mots")]
    [InlineData("webhook", "Input.Address", "https://compte:mot@exemple.fr/")]
    [InlineData("webhook", "Input.Address", "ftp://exemple.fr/")]
    [InlineData("webhook", "Input.Secret", "whsec_trop-court")]
    [InlineData("webhook", "Input.Secret", "un secret à moi")]
    public async Task Field_Wrong_RefusedThereAndTheRestIsKept(string kind, string field, string value)
    {
        var group = await AnnouncingGroup.CreateAsync(stage.Scene);
        (string Name, string? Value)[] good =
        [
            ("Input.Name", "Un nom gardé"), ("Input.Address", "https://exemple.fr/ici"), ("Input.Secret", kind == "mastodon" ? "un-jeton" : "whsec_" + Convert.ToBase64String(new byte[24])),
        ];

        var page = await group.AddAsync(kind, [.. good.Where(g => g.Name != field), (field, value)]);

        Assert.True(page.Refuses(field));
        Assert.Equal(value, page.ValueOf(field));
        foreach (var (name, kept) in good.Where(g => g.Name != field)) Assert.Equal(kept, page.ValueOf(name));
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.False(await db.Set<Outlet>().AnyAsync(o => o.GroupId == group.Group.Id));
    }

    [Fact]
    public async Task Outlets_BeyondTheMost_Refused()
    {
        var group = await AnnouncingGroup.CreateAsync(stage.Scene);
        for (var i = 0; i < KeepOutlets.Most; i++) await group.AddMastodonAsync("https://mastodon.exemple.fr", "un-jeton");

        var refused = await group.AddMastodonAsync("https://mastodon.exemple.fr", "un-jeton");

        Assert.Contains("Pas plus de 10 annonces par groupe", refused.Text, StringComparison.Ordinal);
        Assert.Equal(10, (await group.OpenAsync()).Document.QuerySelectorAll(".liste > li").Length);
    }

    [Fact]
    public async Task Outlets_ToWhoeverDoesNotCurate_AreNotThere()
    {
        var group = await AddedAsync();
        var outlet = await group.OutletAsync();
        var member = await stage.Scene.MemberAsync("Luc Essai");
        await stage.Scene.JoinAsync(group.Group, member);
        var elsewhere = await AnnouncingGroup.CreateAsync(stage.Scene);
        var inside = new Visitor(await stage.Instance.SignedInAsync(member.Id));

        foreach (var hands in new[] { inside, elsewhere.Hands })
        {
            foreach (var page in new[] { group.Page, group.Page + "/ajouter", $"{group.Page}/{outlet.Id:N}" }) Assert.Equal(HttpStatusCode.NotFound, (await hands.OpenAsync(page)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await hands.PostAsync($"{group.Page}/{outlet.Id:N}/gestes", ("geste", "retirer"))).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await hands.PostAsync($"{group.Page}/{outlet.Id:N}/gestes", ("geste", "essayer"))).Status);
        }

        // By the door of one's own group, another group's outlet is not there either.
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.Hands.PostAsync($"{elsewhere.Page}/{outlet.Id:N}/gestes", ("geste", "essayer"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.Hands.PostAsync($"{elsewhere.Page}/{outlet.Id:N}/gestes", ("geste", "suspendre"))).Status);
        Assert.Empty(_mastodon.Exchanges);
        Assert.False((await group.OutletAsync()).IsPaused);
    }

    [Fact]
    public async Task Group_Archived_KeepsItsOutletsAndChangesNothing()
    {
        var group = await AddedAsync();
        var outlet = await group.OutletAsync();
        await using (var db = stage.Instance.Open(Viewer.System))
            await db.Groups.Where(g => g.Id == group.Group.Id).ExecuteUpdateAsync(set => set.SetProperty(g => g.ArchivedAt, stage.Instance.Clock.GetUtcNow().UtcDateTime));

        Assert.Contains("Le compte d’essai", (await group.OpenAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await group.Hands.PostAsync($"{group.Page}/{outlet.Id:N}/gestes", ("geste", "retirer"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await group.Hands.PostAsync($"{group.Page}/{outlet.Id:N}/gestes", ("geste", "essayer"))).Status);
    }

    [Fact]
    public async Task Address_OfTheInsideNetwork_NotReached()
    {
        await using var internet = new LittleInternet();
        internet.Name("interne.exemple.fr", IPAddress.Parse("10.0.0.7"));
        await using var instance = await Instance.StartAsync(manualClock: true, adjust: s => s.AddSingleton<IFetchNetwork>(internet));
        var group = await AnnouncingGroup.CreateAsync(new Scene(instance));

        var refused = await group.AddMastodonAsync("https://10.0.0.7", FakeMastodon.Token);
        var page = await group.AddMastodonAsync("https://interne.exemple.fr", FakeMastodon.Token);
        page = await group.Hands.SendAsync(page, "button[value='essayer']");

        Assert.True(refused.Refuses("Input.Address"));
        Assert.Contains("La plateforme ne joint pas cette adresse.", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, internet.ForbiddenSockets);
    }

    [Theory]
    [InlineData(1, 20)]
    [InlineData(12, 60)]
    [InlineData(60, 300)]
    public void Post_HoweverManyAndLongItsArticles_WithinFiveHundredSigns(int articles, int length)
    {
        var text = Text([.. Enumerable.Range(1, articles).Select(n => new string('é', length))]) with { Title = "Revue n° 48 – " + new string('t', 200) };

        var post = PostText.Of(text, new string('m', Outlet.MessageLength));
        var usual = PostText.Of(text, "#veille");

        Assert.InRange(PostText.Length(post), 1, PostText.Most);
        Assert.InRange(PostText.Length(usual), 1, PostText.Most);
        Assert.EndsWith("https://espace.exemple.fr/veille/revues/48\n\n#veille", usual, StringComparison.Ordinal);
        Assert.Contains(articles == 1 ? "• é" : "autres articles", usual, StringComparison.Ordinal);
    }

    [Fact]
    public void Post_WithAnAtSignInATitle_CallsNobody() =>
        Assert.Contains("• Merci @\u2060fibre pour tout", PostText.Of(Text(["Merci @fibre pour tout"]), null), StringComparison.Ordinal);

    private static AnnouncedText Text(IReadOnlyList<string> titles) => new()
    {
        Event = "revue.published", Id = "abc", Publication = "La revue", Title = "Revue n° 48", Summary = "", Address = new Uri("https://espace.exemple.fr/veille/revues/48"), PublishedAt = DateTime.UnixEpoch,
        Articles = [.. titles.Select(t => new AnnouncedArticle(t, "https://exemple.invalid/", "Source", null, null, null, ""))],
    };

    private async Task<AnnouncingGroup> AddedAsync()
    {
        var group = await AnnouncingGroup.CreateAsync(stage.Scene);
        var added = await group.AddMastodonAsync(_mastodon.Address, FakeMastodon.Token);
        Assert.Contains("C’est ajouté.", added.Text, StringComparison.Ordinal);
        return group;
    }
}
