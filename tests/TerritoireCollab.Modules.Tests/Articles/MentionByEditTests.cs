using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Articles;

/// <summary>Somebody whose name comes into a text by an edit is told; those who stood in it already are not told again.</summary>
public sealed class MentionByEditTests(Stage stage) : IClassFixture<Stage>, IAsyncLifetime
{
    private Member _anne = null!;
    private Member _luc = null!;
    private Member _zoe = null!;
    private Group _group = null!;

    public async ValueTask InitializeAsync()
    {
        (_anne, _luc, _zoe) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"), await stage.Scene.MemberAsync("Zoé Essai"));
        _group = await stage.Scene.GroupAsync("Groupe d’essai", _anne);
        foreach (var member in new[] { _luc, _zoe }) await stage.Scene.JoinAsync(_group, member, level: MailLevel.Nothing);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("articles")]
    [InlineData("favoris")]
    public async Task Edit_AddingAName_TellsThatMemberAloneOnceInTheNewsAndByMail(string tool)
    {
        var body = $"Avec @{_luc.Handle}.";
        var id = tool == "articles" ? await stage.Scene.ArticleAsync(_group, _anne, "Le pont", body) : await stage.Scene.BookmarkAsync(_group, _anne, "Le pont", body);
        await stage.Instance.SettleAsync();
        await (await stage.AsAsync(_zoe)).OpenAsync($"/c/{id}");
        var byAnne = await stage.AsAsync(_anne);
        async Task EditAsync(string text) => await byAnne.SendAsync(await byAnne.OpenAsync($"/groupes/{_group.Slug}/{tool}/{id}/modifier"), "form.formulaire", ("Input.Body", text));

        await EditAsync($"{body} Et @{_zoe.Handle}, avec @{_anne.Handle}.");
        var letters = await stage.LettersAsync(_zoe.Email);
        await EditAsync($"{body} Et encore @{_zoe.Handle}.");
        await stage.Instance.SettleAsync();

        Assert.Equal([(_luc.Id, 1), (_zoe.Id, 1)], await ToldAsync(id));
        Assert.Contains("Anne Essai vous cite dans « Le pont »", (await (await stage.AsAsync(_zoe)).OpenAsync("/moi/nouveautes")).Text, StringComparison.Ordinal);
        Assert.Contains("Le pont", Assert.Single(letters).Text, StringComparison.Ordinal);
        Assert.Single(await stage.LettersAsync(_zoe.Email));
    }

    private async Task<List<(Guid, int)>> ToldAsync(string id)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        var told = await db.Notifications.Where(n => n.Reason == NotificationReason.Mention && db.Items.Any(i => i.Id == n.ItemId && i.ShortId == id)).Select(n => n.MemberId).ToListAsync();
        return [.. new[] { _luc.Id, _zoe.Id, _anne.Id }.Select(m => (m, told.Count(t => t == m))).Where(m => m.Item2 > 0)];
    }
}
