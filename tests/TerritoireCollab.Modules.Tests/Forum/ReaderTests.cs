using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Drafts;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Forum;

/// <summary>What a thread keeps for each of its readers.</summary>
public sealed class ReaderTests
{
    [Fact]
    public async Task Thread_OpenedByTwoMembers_EachFindsHisOwnDraft()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var (one, other) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"));
        var group = await scene.GroupAsync("Groupe", one, members: other);
        var topic = await scene.TopicAsync(group, one, "Un fil");
        await DraftAsync(instance, topic, one.Id, "Brouillon confidentiel d’Anne");
        await DraftAsync(instance, topic, other.Id, "Brouillon de Luc");

        var first = await new Visitor(await instance.SignedInAsync(one.Id)).OpenAsync($"/c/{topic}");
        var second = await new Visitor(await instance.SignedInAsync(other.Id)).OpenAsync($"/c/{topic}");

        Assert.Equal("Brouillon confidentiel d’Anne", first.ValueOf("Body")?.Trim());
        Assert.Equal("Brouillon de Luc", second.ValueOf("Body")?.Trim());
        Assert.DoesNotContain("Brouillon confidentiel", second.Body, StringComparison.Ordinal);
    }

    private static async Task DraftAsync(Instance instance, string topic, Guid member, string text)
    {
        await using var db = instance.Open(Viewer.Member(member));
        db.Drafts.Add(new Draft { MemberId = member, Key = TerritoireCollab.Forum.Topics.TopicView.DraftKey(topic), Text = text, SavedAt = instance.Clock.GetUtcNow().UtcDateTime });
        await db.SaveChangesAsync();
    }
}
