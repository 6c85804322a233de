using System.Net;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Forum;

/// <summary>Answering a thread by its form.</summary>
public sealed class AnswerTests
{
    [Fact]
    public async Task Answer_Empty_SentenceAtTheFieldAndNothingWritten()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var member = await scene.MemberAsync("Anne Essai");
        var group = await scene.GroupAsync("Groupe", member);
        var topic = await scene.TopicAsync(group, member, "Un fil");
        var visitor = new Visitor(await instance.SignedInAsync(member.Id));

        var page = await visitor.OpenAsync($"/c/{topic}");
        var refused = await visitor.SendAsync(page, "#repondre", ("Body", " "));
        var answered = await visitor.SendAsync(refused, "#repondre", ("Body", "Une réponse écrite."));

        Assert.True(refused.Refuses("Body"));
        Assert.Equal(HttpStatusCode.OK, answered.Status);
        Assert.Single(answered.Document.QuerySelectorAll("#r1"));
        Assert.Contains("Une réponse écrite.", answered.Text, StringComparison.Ordinal);
    }
}
