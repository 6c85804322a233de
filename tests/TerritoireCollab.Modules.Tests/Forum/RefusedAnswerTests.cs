using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Forum;

/// <summary>While somebody was writing an answer, the thread was closed, moved, merged or taken out of sight: the sentence says which, and what was typed is never lost.</summary>
public sealed class RefusedAnswerTests : IAsyncLifetime
{
    private const string Typed = "Un texte tapé longuement, avec soin.";

    private Instance _instance = null!;
    private Scene _scene = null!;
    private Member _animator = null!;
    private Member _writer = null!;
    private Group _group = null!;
    private string _topic = "";
    private Visitor _visitor = null!;
    private VisitedPage _open = null!;

    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync();
        _scene = new Scene(_instance);
        (_animator, _writer) = (await _scene.MemberAsync("Anne Essai"), await _scene.MemberAsync("Luc Essai"));
        _group = await _scene.GroupAsync("Groupe", _animator, members: _writer);
        _topic = await _scene.TopicAsync(_group, _animator, "Le fil", audience: Platform.Content.Audience.Group);
        _visitor = new Visitor(await _instance.SignedInAsync(_writer.Id));
        _open = await _visitor.OpenAsync($"/c/{_topic}");
    }

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Fact]
    public async Task Answer_ThreadClosedMeanwhile_SaidAndTextShown()
    {
        await AnimateAsync("#gestes", ("geste", "fermer"));

        await AssertRefusedAsync(HttpStatusCode.Forbidden, "Ce fil est fermé");
    }

    [Fact]
    public async Task Answer_GroupArchivedMeanwhile_SaidAndTextShown()
    {
        await using (var db = _instance.Open(Viewer.System))
            await db.Groups.Where(g => g.Id == _group.Id).ExecuteUpdateAsync(set => set.SetProperty(g => g.ArchivedAt, DateTime.UnixEpoch));

        await AssertRefusedAsync(HttpStatusCode.Forbidden, "Ce groupe est archivé");
    }

    [Fact]
    public async Task Answer_WriterMadeReaderMeanwhile_SaidAndTextShown()
    {
        await _scene.JoinAsync(_group, _writer, GroupRole.Reader);

        await AssertRefusedAsync(HttpStatusCode.Forbidden, "Vous lisez ce groupe sans y écrire");
        Assert.Contains("Vous lisez ce groupe sans y écrire", (await _visitor.OpenAsync($"/c/{_topic}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_WriterExpelledMeanwhile_SamePageAsAbsentAndTextShown()
    {
        await _scene.JoinAsync(_group, _writer, state: MembershipState.Removed);

        await AssertRefusedAsync(HttpStatusCode.NotFound, "Cette page n’existe pas, ou vous n’y avez pas accès");
    }

    [Fact]
    public async Task Answer_ThreadRemovedMeanwhile_SamePageAsAbsentAndTextShown()
    {
        await AnimateAsync("#gestes", ("geste", "retirer"));

        await AssertRefusedAsync(HttpStatusCode.NotFound, "Cette page n’existe pas, ou vous n’y avez pas accès");
    }

    [Fact]
    public async Task Answer_ThreadMovedOutOfSightMeanwhile_SamePageAsAbsentAndTextShown()
    {
        var hidden = await _scene.GroupAsync("Ailleurs", _animator, GroupVisibility.Hidden);
        await ModerateAsync("select[name='To']", ("To", hidden.Slug));

        await AssertRefusedAsync(HttpStatusCode.NotFound, "Cette page n’existe pas, ou vous n’y avez pas accès");
    }

    [Fact]
    public async Task Answer_ThreadMovedToAnotherOfHisGroupsMeanwhile_PublishedThere()
    {
        var other = await _scene.GroupAsync("Un autre groupe", _animator, members: _writer);
        await ModerateAsync("select[name='To']", ("To", other.Slug));

        var answered = await _visitor.SendAsync(_open, "#repondre", ("Body", Typed));

        Assert.Equal(HttpStatusCode.OK, answered.Status);
        Assert.StartsWith($"/groupes/{other.Slug}/forum/{_topic}", answered.Address, StringComparison.Ordinal);
        Assert.Contains(Typed, answered.Document.QuerySelectorAll("article")[^1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_ThreadMergedMeanwhile_TextWaitsInTheOtherThread()
    {
        var other = await _scene.TopicAsync(_group, _animator, "L’autre fil");
        await ModerateAsync("select[name='Into']", ("Into", other));

        var kept = await _visitor.SendAsync(_open, "#repondre", ("Body", Typed));

        Assert.Equal(HttpStatusCode.OK, kept.Status);
        Assert.Contains($"/{other}-l-autre-fil", kept.Address, StringComparison.Ordinal);
        Assert.Contains("Votre réponse n’est pas encore publiée", kept.Text, StringComparison.Ordinal);
        Assert.Equal(Typed, kept.ValueOf("Body")?.Trim());

        var answered = await _visitor.SendAsync(kept, "#repondre");
        Assert.Contains(Typed, answered.Document.QuerySelectorAll("article")[^1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_ByProgramToAClosedThread_ProblemSaysWhy()
    {
        await AnimateAsync("#gestes", ("geste", "fermer"));
        using var program = await _instance.ProgramAsync(_writer.Id);

        using var answer = await program.PostAsync($"discussions/{_topic}/comments", new StringContent($$"""{"body":"{{Typed}}"}""", System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Ce fil est fermé", System.Text.RegularExpressions.Regex.Unescape(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    private async Task AssertRefusedAsync(HttpStatusCode status, string sentence)
    {
        var refused = await _visitor.SendAsync(_open, "#repondre", ("Body", Typed));

        Assert.Equal(status, refused.Status);
        Assert.Contains(sentence, refused.Text, StringComparison.Ordinal);
        Assert.Contains(refused.Document.QuerySelectorAll("textarea").OfType<IHtmlTextAreaElement>(), area => area.Value.Trim() == Typed);
        await using var db = _instance.Open(Viewer.System);
        Assert.Equal(0, await db.Comments.CountAsync(c => c.Body == Typed));
    }

    private async Task AnimateAsync(string form, params (string Name, string? Value)[] fields)
    {
        var animator = new Visitor(await _instance.SignedInAsync(_animator.Id));
        Assert.Equal(HttpStatusCode.OK, (await animator.SendAsync(await animator.OpenAsync($"/c/{_topic}"), form, fields)).Status);
    }

    private async Task ModerateAsync(string form, params (string Name, string? Value)[] fields)
    {
        var animator = new Visitor(await _instance.SignedInAsync(_animator.Id));
        Assert.Equal(HttpStatusCode.OK, (await animator.SendAsync(await animator.OpenAsync($"/groupes/{_group.Slug}/forum/{_topic}/animer"), form, fields)).Status);
    }
}
