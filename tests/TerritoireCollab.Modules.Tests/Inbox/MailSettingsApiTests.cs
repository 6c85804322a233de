using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>Mail settings by the API: what the page shows and takes, by the same rules.</summary>
public sealed class MailSettingsApiTests(Stage stage) : IClassFixture<Stage>
{
    private static readonly object Good = new { digestHour = 8, digestDays = (string[])["friday", "monday"], weeklyDay = "tuesday", quietFrom = 22, quietUntil = 7, absentUntil = "2026-12-24", isSilent = false };

    [Fact]
    public async Task Settings_OfWhoChoseNothing_TheDefaultsAndOwnGroupsAlone()
    {
        var (member, group) = await MemberAsync(MailLevel.WeeklyDigest);

        var read = await ReadAsync(member);

        Assert.Equal((7, "monday", false, JsonValueKind.Null, JsonValueKind.Null), (read.GetProperty("digestHour").GetInt32(), read.GetProperty("weeklyDay").GetString(), read.GetProperty("isSilent").GetBoolean(), read.GetProperty("absentUntil").ValueKind, read.GetProperty("quietFrom").ValueKind));
        Assert.Equal(["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"], read.GetProperty("digestDays").EnumerateArray().Select(d => d.GetString()));
        Assert.Equal([(group.Slug, group.Name, "weeklyDigest")], read.GetProperty("groups").EnumerateArray().Select(g => (g.GetProperty("slug").GetString(), g.GetProperty("name").GetString(), g.GetProperty("level").GetString())));
    }

    [Fact]
    public async Task Settings_Set_StandInTheAnswerAndOnThePage()
    {
        var (member, group) = await MemberAsync(MailLevel.Everything);
        var (stranger, theirs) = await MemberAsync(MailLevel.Everything);
        using var program = await stage.Instance.ProgramAsync(member.Id);

        using var answer = await program.PutAsJsonAsync("me/mail", new
        {
            digestHour = 8, digestDays = (string[])["friday", "monday"], weeklyDay = "tuesday", quietFrom = 22, quietUntil = 7, absentUntil = "2026-12-24",
            groups = (object[])[new { slug = group.Slug, level = "dailyDigest" }, new { slug = theirs.Slug, level = "nothing" }],
        });
        var set = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(set.GetRawText(), (await ReadAsync(member)).GetRawText());
        Assert.Equal((8, "tuesday", 22, 7, "2026-12-24"), (set.GetProperty("digestHour").GetInt32(), set.GetProperty("weeklyDay").GetString(), set.GetProperty("quietFrom").GetInt32(), set.GetProperty("quietUntil").GetInt32(), set.GetProperty("absentUntil").GetString()));
        Assert.Equal(["monday", "friday"], set.GetProperty("digestDays").EnumerateArray().Select(d => d.GetString()));
        Assert.Equal(MailLevel.DailyDigest, (await stage.MembershipAsync(group, member))!.MailLevel);
        Assert.Equal(MailLevel.Everything, (await stage.MembershipAsync(theirs, stranger))!.MailLevel);
        var page = await (await stage.AsAsync(member)).OpenAsync("/moi/notifications");
        Assert.Equal(("8", "22", "7", "2026-12-24"), (page.ValueOf("heure"), page.ValueOf("calme-de"), page.ValueOf("calme-a"), page.ValueOf("absent")));

        using var silent = await program.PutAsJsonAsync("me/mail", new { digestHour = 8, digestDays = (string[])["monday"], weeklyDay = "tuesday", isSilent = true });
        Assert.True((await ReadAsync(member)).GetProperty("isSilent").GetBoolean());
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(member)).GetProperty("quietFrom").ValueKind);
    }

    [Theory]
    [InlineData("digestHour", 24, "digestHour", "heure", "24")]
    [InlineData("digestDays", new string[0], "days", "jours", null)]
    [InlineData("digestDays", new[] { "lundi" }, "days", "jours", null)]
    [InlineData("weeklyDay", "8", "weeklyDay", "jour", "8")]
    [InlineData("quietFrom", null, "quietFrom", "calme-de", "")]
    [InlineData("quietUntil", 22, "quietUntil", "calme-a", "22")]
    [InlineData("absentUntil", "demain", "absentUntil", "absent", "demain")]
    [InlineData("absentUntil", "2020-01-01", "absentUntil", "absent", "2020-01-01")]
    [InlineData("absentUntil", "2030-01-01", "absentUntil", "absent", "2030-01-01")]
    public async Task Settings_ThatCannotBe_TheSentenceOfThePageAndNothingChanged(string property, object? value, string field, string input, string? typed)
    {
        var (member, group) = await MemberAsync(MailLevel.Everything);
        using var program = await stage.Instance.ProgramAsync(member.Id);
        var body = JsonSerializer.SerializeToNode(Good)!.AsObject();
        body[property] = JsonSerializer.SerializeToNode(value);
        body["groups"] = JsonSerializer.SerializeToNode(new[] { new { slug = group.Slug, level = "nothing" } });

        using var answer = await program.PutAsJsonAsync("me/mail", body);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var sentence = problem.GetProperty("errors").GetProperty(field)[0].GetString()!;
        var visitor = await stage.AsAsync(member);
        (string, string?)[] fields = [("heure", "8"), ("jours", "Monday"), ("jour", "Tuesday"), ("calme-de", "22"), ("calme-a", "7"), ("absent", "2026-12-24")];
        var page = await visitor.SendAsync(await visitor.OpenAsync("/moi/notifications"), "button[value='regler']", [.. fields.Where(f => f.Item1 != input), (input, typed)]);
        Assert.Contains(sentence, page.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((7, MailLevel.Everything), ((await ReadAsync(member)).GetProperty("digestHour").GetInt32(), (await stage.MembershipAsync(group, member))!.MailLevel));
    }

    [Fact]
    public async Task Settings_LevelThatDoesNotExist_SentenceAndNothingChanged()
    {
        var (member, group) = await MemberAsync(MailLevel.Everything);
        using var program = await stage.Instance.ProgramAsync(member.Id);

        foreach (var level in (string?[])["parfois", "7", null])
        {
            using var answer = await program.PutAsJsonAsync("me/mail", new { digestHour = 9, digestDays = (string[])["monday"], weeklyDay = "tuesday", groups = (object[])[new { slug = group.Slug, level }] });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.NotEmpty((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetProperty("groups")[0].GetString()!);
        }

        Assert.Equal((7, MailLevel.Everything), ((await ReadAsync(member)).GetProperty("digestHour").GetInt32(), (await stage.MembershipAsync(group, member))!.MailLevel));
    }

    [Fact]
    public async Task Settings_KeyThatReadsOnlyOrNone_Refused()
    {
        var (member, _) = await MemberAsync(MailLevel.Everything);
        using var reader = await stage.Instance.ProgramAsync(member.Id, AccessKeyScope.ApiRead);
        using var nobody = stage.Instance.Browser();

        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PutAsJsonAsync("me/mail", Good)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/api/v1/me/mail")).StatusCode);
        Assert.Equal(7, (await ReadAsync(member)).GetProperty("digestHour").GetInt32());
    }

    private async Task<JsonElement> ReadAsync(Member member)
    {
        using var program = await stage.Instance.ProgramAsync(member.Id, AccessKeyScope.ApiRead);
        return await program.GetFromJsonAsync<JsonElement>("me/mail");
    }

    private async Task<(Member Member, Group Group)> MemberAsync(MailLevel level)
    {
        var (owner, member) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.Scene.GroupAsync("Groupe", owner);
        await stage.Scene.JoinAsync(group, member, level: level);
        return (member, group);
    }
}
