using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests.Api;

/// <summary>A list read page by page gives each row once, also when all were made at the same moment, on each database.</summary>
public sealed class PagingTests
{
    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Pages_RowsOfOneMoment_EachOnceInTheOrderOfTheWholeList(DatabaseProvider provider)
    {
        // The clock stands still: every date is equal.
        await using var instance = await Instance.StartAsync(provider, manualClock: true);
        var scene = new Scene(instance);
        var (reader, author) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"));
        var group = await scene.GroupAsync("Groupe", reader, members: author);
        await scene.JoinAsync(group, reader, GroupRole.Owner, level: MailLevel.Everything);
        for (var i = 0; i < 7; i++) await scene.GroupAsync("Homonymes", author);
        for (var i = 0; i < 7; i++) await scene.JoinAsync(group, await scene.MemberAsync("Même Nom"));
        for (var i = 0; i < 7; i++) await scene.TopicAsync(group, author, $"Un fil pareil {i}");
        var topic = await scene.TopicAsync(group, author, "Un fil pareil aux réponses");
        for (var i = 0; i < 7; i++) await scene.AnswerAsync(topic, author, $"Une réponse pareille {i}");
        await OrganisationsAsync(instance, 7);
        await instance.SettleAsync();
        using var program = await instance.ProgramAsync(reader.Id);

        foreach (var (list, key, least) in new[]
        {
            ("groups", "slug", 8), ($"groups/{group.Slug}/members", "id", 9), ($"groups/{group.Slug}/discussions", "id", 8), ($"discussions/{topic}/comments", "number", 7),
            ("members", "id", 9), ("organisations", "id", 7), ("notifications", "id", 15), ("search?q=pareil", "id", 15),
        })
        {
            var whole = await ReadAsync(program, list, 100, key);
            var paged = await ReadAsync(program, list, 3, key);
            Assert.True(whole.Count >= least, $"{list}: {whole.Count} rows");
            Assert.Equal(whole, paged);
            Assert.Equal(whole.Count, whole.Distinct().Count());
        }
    }

    private static async Task<List<string>> ReadAsync(HttpClient program, string list, int limit, string key)
    {
        var (rows, after) = (new List<string>(), "");
        do
        {
            var page = await program.GetFromJsonAsync<JsonElement>($"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={limit}{(after.Length == 0 ? "" : "&after=" + after)}");
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 1, limit);
            rows.AddRange(page.GetProperty("items").EnumerateArray().Select(r => r.GetProperty(key).ToString()));
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);
        return rows;
    }

    private static async Task OrganisationsAsync(Instance instance, int count)
    {
        await using var db = instance.Open(Viewer.System);
        var member = await db.Members.Select(m => m.Id).FirstAsync();
        for (var i = 0; i < count; i++)
        {
            var organisation = new Organisation { Slug = $"homonymes-{i}", Name = "Homonymes", FoldedName = "homonymes" };
            db.Organisations.Add(organisation);
            db.Affiliations.Add(new Affiliation { MemberId = member, OrganisationId = organisation.Id });
        }

        await db.SaveChangesAsync();
    }
}
