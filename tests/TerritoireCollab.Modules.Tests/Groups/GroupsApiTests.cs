using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Groups;

/// <summary>Groups and members for programs: the same rules as the screens.</summary>
public sealed class GroupsApiTests(Stage stage) : IClassFixture<Stage>
{
    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Pages_NamesAlikeButForAccentsAndCase_EachOnceAndInOrder(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var scene = new Scene(instance);
        var owner = await scene.MemberAsync("Zoé Essai");
        string[] names = ["Élan", "elan", "ELAN", "Elan", "éLAN", "Elan-vital", "Elan d’ici", "elans", "Œuvre", "oeuvre", "Zèbre", "Été", "ete"];
        var groups = new List<Group>();
        foreach (var name in names) groups.Add(await scene.GroupAsync(name, owner));
        foreach (var name in names) await scene.JoinAsync(groups[0], await scene.MemberAsync(name));
        using var program = await instance.ProgramAsync(owner.Id);

        foreach (var limit in new[] { 1, 3, 100 })
        {
            Assert.Equal(groups.Select(g => g.Slug).Order(StringComparer.Ordinal), (await AllAsync(program, "groups", limit, "slug")).Order(StringComparer.Ordinal));
            Assert.Equal(names.Append("Zoé Essai").Order(StringComparer.Ordinal), (await AllAsync(program, $"groups/{groups[0].Slug}/members", limit, "name")).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("n’importe quoi")]
    [InlineData("AAAA")]
    [InlineData("%%%")]
    [InlineData("eyJhIjoxfQ")]
    public async Task After_NotOneOfOurs_RefusedWithASentence(string after)
    {
        var (group, owner, _) = await GroupAsync();
        using var program = await stage.Instance.ProgramAsync(owner.Id);

        foreach (var list in new[] { "groups", $"groups/{group.Slug}/members" })
        {
            using var answer = await program.GetAsync($"{list}?after={Uri.EscapeDataString(after)}");
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.Contains("ne vient pas d’une réponse précédente", await TextAsync(answer), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task After_LongerThanAnyOfOurs_RefusedWithASentence()
    {
        using var program = await stage.Instance.ProgramAsync((await GroupAsync()).Owner.Id);

        using var answer = await program.GetAsync($"groups?after={new string('A', 4000)}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task Create_ReadAndList_TheSameGroup()
    {
        var member = await stage.Scene.MemberAsync("Malo Essai");
        using var program = await stage.Instance.ProgramAsync(member.Id);

        using var created = await program.PostAsJsonAsync("groups", new { name = "Par programme", summary = "Une phrase.", body = "Du **gras**.", kind = "firms", joining = "free", hue = 120 });
        var group = await JsonAsync(created);
        var read = await JsonAsync(await program.GetAsync(created.Headers.Location!.ToString()));

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(["par-programme", "firms", "free", "owner", "active"], new[] { "slug", "kind", "joining", "role", "state" }.Select(k => group.GetProperty(k).GetString()));
        Assert.Equal("<p>Du <strong>gras</strong>.</p>", read.GetProperty("bodyHtml").GetString()?.Trim());
        Assert.Equal(120, read.GetProperty("hue").GetInt32());
        Assert.Contains("par-programme", await AllAsync(program, "groups", 100, "slug"));
    }

    [Fact]
    public async Task Create_WithoutNameOrWithForeignWords_RefusedByField()
    {
        using var program = await stage.Instance.ProgramAsync((await stage.Scene.MemberAsync("Malo Essai")).Id);

        using var nameless = await program.PostAsJsonAsync("groups", new { summary = "Une phrase." });
        using var foreign = await program.PostAsJsonAsync("groups", new { name = "X", summary = "Y", visibility = "partout" });
        using var owned = await program.PostAsJsonAsync("groups", new { name = "Champs en trop", summary = "Y", ownerId = Guid.NewGuid(), memberCount = 4000, role = "reader", archivedAt = "2020-01-01T00:00:00Z" });

        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Created], [nameless.StatusCode, foreign.StatusCode, owned.StatusCode]);
        Assert.Contains("name", await TextAsync(nameless), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("visibility", await TextAsync(foreign), StringComparison.Ordinal);
        var group = await JsonAsync(owned);
        Assert.Equal((1, "owner", JsonValueKind.Null), (group.GetProperty("memberCount").GetInt32(), group.GetProperty("role").GetString(), group.GetProperty("archivedAt").ValueKind));
    }

    [Fact]
    public async Task Patch_WithTheVersionRead_SecondWriterIsRefused()
    {
        var (group, owner, _) = await GroupAsync();
        using var program = await stage.Instance.ProgramAsync(owner.Id);
        var version = (await JsonAsync(await program.GetAsync($"groups/{group.Slug}"))).GetProperty("version").GetInt32();

        using var first = await program.PatchAsJsonAsync($"groups/{group.Slug}", new { summary = "La première.", version });
        using var second = await program.PatchAsJsonAsync($"groups/{group.Slug}", new { summary = "La seconde.", version });
        var read = await JsonAsync(await program.GetAsync($"groups/{group.Slug}"));

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.StatusCode);
        Assert.Equal(("La première.", group.Name, version + 1), (read.GetProperty("summary").GetString(), read.GetProperty("name").GetString(), read.GetProperty("version").GetInt32()));
    }

    [Theory]
    [InlineData("propriétaire", HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.NoContent)]
    [InlineData("animateur", HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.NoContent)]
    [InlineData("membre", HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("lecteur", HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("autre membre", HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("administrateur", HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("autre membre, groupe masqué", HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound)]
    [InlineData("personne", HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)]
    public async Task Routes_ByRole_AnswerAsThePermissionsSay(string role, HttpStatusCode read, HttpStatusCode patch, HttpStatusCode list, HttpStatusCode add, HttpStatusCode remove)
    {
        var (group, owner, member) = await GroupAsync(role.Contains("masqué", StringComparison.Ordinal) ? GroupVisibility.Hidden : GroupVisibility.AllMembers);
        var newcomer = await stage.Scene.MemberAsync("Nouvel Essai");
        using var program = await ProgramAsync(role, group, owner);
        var place = $"groups/{group.Slug}";

        var answers = new[]
        {
            await StatusAsync(program.GetAsync(place)),
            await StatusAsync(program.PatchAsJsonAsync(place, new { summary = "Autre phrase." })),
            await StatusAsync(program.GetAsync(place + "/members")),
            await StatusAsync(program.PostAsJsonAsync(place + "/members", new { handle = newcomer.Handle })),
            await StatusAsync(program.DeleteAsync($"{place}/members/{member.Id}")),
        };

        Assert.Equal([read, patch, list, add, remove], answers);
        Assert.Equal(add == HttpStatusCode.Created, await stage.MembershipAsync(group, newcomer) is { State: MembershipState.Active });
        Assert.Equal(remove == HttpStatusCode.NoContent, await stage.MembershipAsync(group, member) is { State: MembershipState.Removed });
    }

    [Fact]
    public async Task Join_EachWay_SaysWhereItStands()
    {
        var (asking, _, _) = await GroupAsync();
        var (open, owner, _) = await GroupAsync(joining: GroupJoining.Free);
        var (closed, _, _) = await GroupAsync(joining: GroupJoining.ByInvitation);
        using var program = await stage.Instance.ProgramAsync((await stage.Scene.MemberAsync("Malo Essai")).Id);

        var requested = await JsonAsync(await program.PostAsJsonAsync($"groups/{asking.Slug}/join", new { answer = "Bonjour" }));
        var joined = await JsonAsync(await program.PostAsync($"groups/{open.Slug}/join", null));
        using var refused = await program.PostAsJsonAsync($"groups/{closed.Slug}/join", new { });

        Assert.Equal(("requested", "active"), (requested.GetProperty("state").GetString(), joined.GetProperty("state").GetString()));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("sur invitation", await TextAsync(refused), StringComparison.Ordinal);
        Assert.Equal("requested", (await JsonAsync(await program.GetAsync($"groups/{asking.Slug}"))).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Removed_JoinsByProgram_IsAskedForAWord()
    {
        var (group, owner, member) = await GroupAsync(joining: GroupJoining.Free);
        using var animator = await stage.Instance.ProgramAsync(owner.Id);
        using var program = await stage.Instance.ProgramAsync(member.Id);
        using var removed = await animator.DeleteAsync($"groups/{group.Slug}/members/{member.Id}");

        using var wordless = await program.PostAsync($"groups/{group.Slug}/join", null);
        var asked = await JsonAsync(await program.PostAsJsonAsync($"groups/{group.Slug}/join", new { answer = "Pardon." }));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wordless.StatusCode);
        Assert.Equal("requested", asked.GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(program.GetAsync($"groups/{group.Slug}/members")));
    }

    [Fact]
    public async Task Member_DeletesItself_LeavesAndOwnerCannot()
    {
        var (group, owner, member) = await GroupAsync();
        using var program = await stage.Instance.ProgramAsync(member.Id);
        using var owning = await stage.Instance.ProgramAsync(owner.Id);

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(program.DeleteAsync($"groups/{group.Slug}/members/{member.Id}")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(owning.DeleteAsync($"groups/{group.Slug}/members/{owner.Id}")));
        Assert.Equal(MembershipState.Left, (await stage.MembershipAsync(group, member))!.State);
    }

    [Fact]
    public async Task ReadKey_Writes_Forbidden()
    {
        var (group, owner, member) = await GroupAsync();
        using var program = await stage.Instance.ProgramAsync(owner.Id, AccessKeyScope.ApiRead);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(program.GetAsync($"groups/{group.Slug}")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(program.PatchAsJsonAsync($"groups/{group.Slug}", new { summary = "X" })));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(program.DeleteAsync($"groups/{group.Slug}/members/{member.Id}")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(program.PostAsync($"groups/{group.Slug}/join", null)));
    }

    [Fact]
    public async Task ArchivedGroup_Written_RefusedWithASentence()
    {
        var (group, owner, _) = await GroupAsync();
        await (await stage.AsAsync(owner)).PostAsync($"/groupes/{group.Slug}/archivage", ("archiver", "true"));
        using var program = await stage.Instance.ProgramAsync(owner.Id);

        using var refused = await program.PatchAsJsonAsync($"groups/{group.Slug}", new { summary = "X" });

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("archivé", await TextAsync(refused), StringComparison.Ordinal);
    }

    private async Task<(Group Group, Member Owner, Member Member)> GroupAsync(GroupVisibility visibility = GroupVisibility.AllMembers, GroupJoining joining = GroupJoining.OnRequest)
    {
        var (owner, member) = (await stage.Scene.MemberAsync("Ange Essai"), await stage.Scene.MemberAsync("Max Essai"));
        return (await stage.Scene.GroupAsync("Programmes", owner, visibility, joining, members: member), owner, member);
    }

    private async Task<HttpClient> ProgramAsync(string role, Group group, Member owner)
    {
        if (role == "personne") return new HttpClient { BaseAddress = new Uri(stage.Instance.Address, "api/v1/") };
        if (role == "propriétaire") return await stage.Instance.ProgramAsync(owner.Id);

        var person = await stage.Scene.MemberAsync("Rôle Essai", admin: role == "administrateur");
        GroupRole? given = role switch { "animateur" => GroupRole.Animator, "membre" => GroupRole.Member, "lecteur" => GroupRole.Reader, _ => null };
        if (given is { } r) await stage.Scene.JoinAsync(group, person, r);
        return await stage.Instance.ProgramAsync(person.Id);
    }

    private static async Task<List<string>> AllAsync(HttpClient program, string list, int limit, string field)
    {
        var (found, after) = (new List<string>(), (string?)null);
        do
        {
            var page = await JsonAsync(await program.GetAsync($"{list}?limit={limit}{(after is null ? "" : $"&after={after}")}"));
            Assert.True(page.GetProperty("items").GetArrayLength() <= limit);
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty(field).GetString()!));
            after = page.GetProperty("next").GetString();
        }
        while (after is not null && found.Count < 1000);
        return found;
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        using (answer) return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone();
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer) => System.Text.RegularExpressions.Regex.Unescape(await answer.Content.ReadAsStringAsync());

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        return answer.StatusCode;
    }
}
