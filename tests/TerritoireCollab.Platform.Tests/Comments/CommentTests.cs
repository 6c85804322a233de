using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Reactions;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Comments;

/// <summary>Comments and reactions under concurrency, on each provider.</summary>
public sealed class CommentTests
{
    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task AddComment_TwentyAtOnce_NumbersWithoutHoleNorDouble(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var (scene, owner, topic) = await TopicAsync(instance);

        await Task.WhenAll(Enumerable.Range(1, 20).Select(i => scene.AnswerAsync(topic, owner, $"réponse {i}")));

        await using var db = instance.Open(Viewer.Member(owner.Id));
        Assert.Equal(Enumerable.Range(1, 20), await db.Comments.OrderBy(c => c.Number).Select(c => c.Number).ToListAsync());
        Assert.Equal(20, (await db.Items.SingleAsync()).CommentCount);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task AddComment_SameFormSentTwice_PublishedOnce(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var (_, owner, topic) = await TopicAsync(instance);
        var add = instance.Services.GetRequiredService<AddComment>();
        var input = new AddCommentInput { Id = Guid.CreateVersion7(), Body = "une fois" };

        var numbers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => add.ExecuteAsync(Viewer.Member(owner.Id), topic, input, default)));

        await using var db = instance.Open(Viewer.Member(owner.Id));
        Assert.Equal([1, 1, 1, 1, 1], numbers);
        Assert.Equal(1, await db.Comments.CountAsync());
        Assert.Equal(1, (await db.Items.SingleAsync()).CommentCount);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task React_FiftyAtOnce_OneRowAndOneCount(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var (_, owner, topic) = await TopicAsync(instance);
        var react = instance.Services.GetRequiredService<React>();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => react.ExecuteAsync(Viewer.Member(owner.Id), topic, 0, ReactionKind.Useful, true, default)));

        await using var db = instance.Open(Viewer.Member(owner.Id));
        Assert.Equal(1, await db.Reactions.CountAsync());
        Assert.Equal(1, (await db.Items.SingleAsync()).UsefulCount);
    }

    [Fact]
    public async Task AddComment_AnswerToAnAnswerOfAnAnswer_StaysAtTwoLevels()
    {
        await using var instance = await Instance.StartAsync();
        var (scene, owner, topic) = await TopicAsync(instance);
        var first = await scene.AnswerAsync(topic, owner, "un");
        var second = await scene.AnswerAsync(topic, owner, "deux", replyTo: first);
        await scene.AnswerAsync(topic, owner, "trois");
        var third = await scene.AnswerAsync(topic, owner, "quatre", replyTo: second);

        await using var db = instance.Open(Viewer.Member(owner.Id));
        var item = await db.Items.SingleAsync();
        var page = await instance.Services.GetRequiredService<ListComments>().ExecuteAsync(db, item, 1, default);

        Assert.Equal([first, second, third, 3], page.Comments.Select(c => c.Number));
        Assert.Equal([first, first, first, 3], page.Comments.Select(c => c.RootNumber));
        Assert.Equal([null, first, second, null], page.Comments.Select(c => c.ParentNumber));
    }

    [Fact]
    public async Task RemoveComment_ThenUndo_BackInItsPlaceWithItsNumber()
    {
        await using var instance = await Instance.StartAsync();
        var (scene, owner, topic) = await TopicAsync(instance);
        await scene.AnswerAsync(topic, owner, "un");
        await scene.AnswerAsync(topic, owner, "deux");
        var remove = instance.Services.GetRequiredService<RemoveComment>();
        var viewer = Viewer.Member(owner.Id);

        await remove.ExecuteAsync(viewer, topic, 1, default);
        await using (var db = instance.Open(viewer))
        {
            Assert.Equal([2], await db.Comments.Select(c => c.Number).ToListAsync());
            Assert.Equal(1, (await db.Items.SingleAsync()).CommentCount);
        }

        await remove.UndoAsync(viewer, topic, 1, default);
        await using (var db = instance.Open(viewer))
        {
            Assert.Equal([1, 2], await db.Comments.OrderBy(c => c.Number).Select(c => c.Number).ToListAsync());
            Assert.Equal(2, (await db.Items.SingleAsync()).CommentCount);
        }
    }

    [Fact]
    public async Task EditComment_EditedMeanwhile_RefusedAndNothingLost()
    {
        await using var instance = await Instance.StartAsync();
        var (scene, owner, topic) = await TopicAsync(instance);
        await scene.AnswerAsync(topic, owner, "avant");
        var edit = instance.Services.GetRequiredService<EditComment>();
        await edit.ExecuteAsync(Viewer.Member(owner.Id), topic, 1, new("pendant", 1), default);

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => edit.ExecuteAsync(Viewer.Member(owner.Id), topic, 1, new("après", 1), default));

        await using var db = instance.Open(Viewer.Member(owner.Id));
        Assert.Equal("Body", refusal.Rules.Single().Field);
        Assert.Equal("pendant", (await db.Comments.SingleAsync()).Body);
        Assert.Equal(["avant"], await db.Revisions.Select(r => r.Body).ToListAsync());
    }

    [Fact]
    public async Task AddComment_Outsider_NotFoundAndReaderForbidden()
    {
        await using var instance = await Instance.StartAsync();
        var (scene, owner, topic) = await TopicAsync(instance);
        var (outsider, reader) = (await scene.MemberAsync("Zoé Essai"), await scene.MemberAsync("Rémi Essai"));
        await using (var db = instance.Open(Viewer.System))
            await scene.JoinAsync(await db.Groups.SingleAsync(), reader, GroupRole.Reader);

        await Assert.ThrowsAsync<NotFoundException>(() => scene.AnswerAsync(topic, outsider, "coucou"));
        await Assert.ThrowsAsync<ForbiddenException>(() => scene.AnswerAsync(topic, reader, "coucou"));
    }

    private static async Task<(Scene Scene, Platform.Members.Member Owner, string Topic)> TopicAsync(Instance instance)
    {
        var scene = new Scene(instance);
        var owner = await scene.MemberAsync("Anne Essai");
        var group = await scene.GroupAsync("Groupe", owner);
        return (scene, owner, await scene.TopicAsync(group, owner, "Un fil"));
    }
}
