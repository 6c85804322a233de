using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Articles;

/// <summary>Articles that are published at their hour, with the rights of that moment.</summary>
public sealed class ScheduleTests(Stage stage) : IClassFixture<Stage>, IAsyncLifetime
{
    private Member _anne = null!;
    private Member _luc = null!;
    private Member _zoe = null!;
    private Group _group = null!;

    private string List => $"/groupes/{_group.Slug}/articles";

    public async ValueTask InitializeAsync()
    {
        (_anne, _luc, _zoe) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"), await stage.Scene.MemberAsync("Zoé Essai"));
        _group = await stage.Scene.GroupAsync("Groupe d’essai", _zoe, members: [_anne, _luc]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Scheduled_ItsHourComes_PublishedOnceAndNotBefore()
    {
        var byAnne = await stage.AsAsync(_anne);
        var day = stage.Scene.Now.AddDays(1);
        var saved = await byAnne.WriteAsync(_group, "programmer", ("Input.Title", "Demain"), ("Input.Body", "À huit heures."), ("Input.Date", $"{day:yyyy-MM-dd}"), ("Input.Hour", "08:00"));
        Assert.Contains("Programmé pour", saved.Text, StringComparison.Ordinal);
        Assert.Contains("à 8 h", (await byAnne.OpenAsync(List)).Document.QuerySelector(".brouillons")!.TextContent.Replace('\u00a0', ' '), StringComparison.Ordinal);

        // Seven in UTC, in winter.
        await ToAsync(day.Date.AddHours(6).AddMinutes(59));
        Assert.DoesNotContain("Demain", (await (await stage.AsAsync(_luc)).OpenAsync(List)).Text, StringComparison.Ordinal);
        await ToAsync(day.Date.AddHours(7).AddMinutes(1));
        await stage.Instance.DecideAsync();

        var list = await (await stage.AsAsync(_luc)).OpenAsync(List);
        Assert.Single(list.Document.QuerySelectorAll(".articles h2 a"), a => a.TextContent == "Demain");
    }

    [Fact]
    public async Task Schedule_AnHourThatIsPast_SaidAtTheFieldAndSaved()
    {
        var byAnne = await stage.AsAsync(_anne);
        var refused = await byAnne.WriteAsync(_group, "programmer", ("Input.Title", "Hier"), ("Input.Body", "Trop tard."), ("Input.Date", "2020-01-01"), ("Input.Hour", "08:00"));

        Assert.True(refused.Refuses("Input.Date"));
        Assert.Contains("Cette heure est passée", refused.Text, StringComparison.Ordinal);
        Assert.Equal(("2020-01-01", "Trop tard."), (refused.ValueOf("Input.Date"), refused.ValueOf("Input.Body")));
    }

    [Fact]
    public async Task Unschedule_BeforeItsHour_StaysADraft()
    {
        var id = await stage.Scene.DraftAsync(_group, _anne, "Plus tard", publishAt: stage.Scene.Now.AddHours(1));
        var byAnne = await stage.AsAsync(_anne);
        var form = await byAnne.OpenAsync($"{List}/brouillons/{id:N}");
        Assert.Contains("Il n’est plus programmé", (await byAnne.SendAsync(form, ArticlePages.Button("deprogrammer"))).Text, StringComparison.Ordinal);

        await ToAsync(stage.Scene.Now.AddHours(2));

        Assert.NotNull(await stage.Scene.DraftOfAsync(id));
    }

    [Theory]
    [InlineData("left", "Seuls les membres de ce groupe")]
    [InlineData("archived", "archivé")]
    [InlineData("off", "ne sont plus ouverts")]
    [InlineData("ceiling", "une audience aussi large")]
    [InlineData("suspended", "ne sont plus ouverts")]
    public async Task Scheduled_MayNotBePublishedAtItsHour_StaysADraftAndItsAuthorsAreTold(string what, string why)
    {
        var id = await stage.Scene.DraftAsync(_group, _anne, "En attente", audience: Audience.Public, coAuthors: _luc.Name, publishAt: stage.Scene.Now.AddHours(1));
        await ChangeAsync(what);

        await ToAsync(stage.Scene.Now.AddHours(2));

        var draft = (await stage.Scene.DraftOfAsync(id))!;
        Assert.Null(draft.PublishAt);
        Assert.Contains(why, draft.Failure, StringComparison.Ordinal);
        var told = Assert.Single(await stage.LettersAsync(_luc.Email), l => l.Text.Contains("n’a pas paru", StringComparison.Ordinal));
        Assert.Contains(why, told.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("n’a pas paru", (await (await stage.AsAsync(_luc)).OpenAsync("/moi/nouveautes")).Text, StringComparison.Ordinal);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(0, await db.Items.CountAsync(i => i.GroupId == _group.Id));
    }

    [Fact]
    public async Task Scheduled_WhoeverBeganItLeftButNotWhoeverSaidTheHour_PublishedUnderTheNameOfTheLatter()
    {
        var id = await stage.Scene.DraftAsync(_group, _anne, "À la relève", coAuthors: _luc.Name);
        var byLuc = await stage.AsAsync(_luc);
        var form = await byLuc.OpenAsync($"{List}/brouillons/{id:N}");
        await byLuc.SendAsync(form, ArticlePages.Button("programmer"), ("Input.Date", $"{stage.Scene.Now.AddDays(1):yyyy-MM-dd}"), ("Input.Hour", "12:00"));
        await ChangeAsync("left");

        await ToAsync(stage.Scene.Now.AddDays(2));

        var article = await byLuc.OpenAsync($"{List}/brouillons/{id:N}");
        Assert.Equal(["Luc Essai", "Anne Essai"], article.Document.QuerySelectorAll(".article-auteurs a").Select(a => a.TextContent));
    }

    private async Task ToAsync(DateTime moment)
    {
        stage.Instance.Clock.Advance(moment - stage.Scene.Now);
        await stage.Instance.DecideAsync();
    }

    private async Task ChangeAsync(string what)
    {
        if (what == "left") await stage.Scene.JoinAsync(_group, _anne, state: MembershipState.Left);
        await using var db = stage.Instance.Open(Viewer.System);
        var group = db.Groups.Where(g => g.Id == _group.Id);
        switch (what)
        {
            case "archived":
                await group.ExecuteUpdateAsync(set => set.SetProperty(g => g.ArchivedAt, stage.Scene.Now));
                break;
            case "ceiling":
                await group.ExecuteUpdateAsync(set => set.SetProperty(g => g.Ceiling, Audience.Group));
                break;
            case "off":
                db.GroupTools.Add(new GroupTool { GroupId = _group.Id, ToolKey = "articles", Enabled = false });
                await db.SaveChangesAsync();
                break;
            case "suspended":
                await db.Members.Where(m => m.Id == _anne.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MemberState.Suspended));
                break;
        }
    }
}
