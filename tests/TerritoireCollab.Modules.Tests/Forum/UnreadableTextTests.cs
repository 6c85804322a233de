using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Forum;

/// <summary>Signs that a page or a database cannot hold: said at the field, on each database, and the text kept.</summary>
public sealed class UnreadableTextTests
{
    /// <summary>Every database.</summary>
    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Text_WithASignThatNothingCanHold_RefusedAtTheFieldAndNothingWritten(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var scene = new Scene(instance);
        var member = await scene.MemberAsync("Anne Essai");
        var group = await scene.GroupAsync("Groupe", member);
        var topic = await scene.TopicAsync(group, member, "Un fil");
        var visitor = new Visitor(await instance.SignedInAsync(member.Id));

        foreach (var sign in new[] { "\0", "\u0080", "\u009f" })
        {
            var answer = await visitor.SendAsync(await visitor.OpenAsync($"/c/{topic}"), "#repondre", ("Body", $"Avant{sign}après"));
            var started = await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/forum/nouveau"), "[name='Input.Title']", ("Input.Title", $"Un{sign}titre"), ("Input.Body", "Texte gardé"));

            Assert.True(answer.Refuses("Body"), answer.Text);
            Assert.True(started.Refuses("Input.Title"), started.Text);
            Assert.Equal("Texte gardé", started.ValueOf("Input.Body")?.Trim());
        }

        await using var db = instance.Open(Viewer.System);
        Assert.Equal((1, 0), (await db.Items.CountAsync(), await db.Comments.CountAsync()));
    }
}
