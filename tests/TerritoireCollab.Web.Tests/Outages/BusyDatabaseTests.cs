using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests.Outages;

/// <summary>A database that somebody else holds on to: a copy, a repair, a script.</summary>
public sealed class BusyDatabaseTests
{
    [Fact]
    public async Task Answer_WhileAnotherProgramWrites_SaidInASentenceAndNothingWritten()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var member = await scene.MemberAsync("Anne Essai");
        var topic = await scene.TopicAsync(await scene.GroupAsync("Groupe", member), member, "Un fil");
        var visitor = new Visitor(await instance.SignedInAsync(member.Id));
        var page = await visitor.OpenAsync($"/c/{topic}");
        VisitedPage refused, read;
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(instance.Folder, "territoire.db")};Pooling=false"))
        {
            await other.OpenAsync();
            await using var holding = other.CreateCommand();
            holding.CommandText = "BEGIN IMMEDIATE";
            await holding.ExecuteNonQueryAsync();

            refused = await visitor.SendAsync(page, "#repondre", ("Body", "Une réponse."));
            read = await visitor.OpenAsync($"/c/{topic}");
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Contains("La base de données ne répond pas.", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, read.Status);
        await using (var db = instance.Open(Viewer.System)) Assert.Equal((0, 0), (await db.Comments.CountAsync(), await db.Activities.CountAsync(a => a.CommentId != null)));

        var published = await visitor.SendAsync(page, "#repondre", ("Body", "Une réponse."));

        Assert.Contains("Une réponse.", published.Document.QuerySelector("#r1")?.TextContent, StringComparison.Ordinal);
    }
}
