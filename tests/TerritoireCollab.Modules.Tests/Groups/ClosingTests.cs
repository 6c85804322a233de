using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Groups;

/// <summary>What narrowing or hiding a group, or switching a tool off, closes: all of it, at once, before any job has run.</summary>
public sealed class ClosingTests(Stage stage) : IClassFixture<Stage>
{
    // Of this test alone: the others of the class share the instance.
    private readonly string _word = "zib" + new string([.. Guid.NewGuid().ToString("N").Take(12).Select(c => (char)('a' + Convert.ToInt32(c.ToString(), 16)))]);

    [Fact]
    public async Task Group_BecomesHidden_OutsidersFindNothingAnywhere()
    {
        var (group, animator, topic, outsider, mail) = await OpenGroupAsync(Audience.Platform);
        Assert.NotEqual("", await TracesAsync(group, topic, outsider, mail));

        var asked = await SaveAsync(animator, group, ("Form.Visibility", nameof(GroupVisibility.Hidden)));
        Assert.True(asked.Refuses("Form.ConfirmsNarrowing") || asked.Text.Contains("il sera restreint", StringComparison.Ordinal));
        Assert.NotEqual("", await TracesAsync(group, topic, outsider, mail));
        var saved = await animator.SendAsync(asked, "form:has([name='Form.Name'])", ("Form.ConfirmsNarrowing", "true"));

        Assert.Contains("Les réglages sont enregistrés", saved.Text, StringComparison.Ordinal);
        Assert.Equal("", await TracesAsync(group, topic, outsider, mail));
        await stage.Instance.SettleAsync();
        Assert.Equal("", await TracesAsync(group, topic, outsider, mail));
    }

    [Theory]
    [InlineData(Audience.Public, Audience.Platform, true)]
    [InlineData(Audience.Public, Audience.Group, false)]
    [InlineData(Audience.Platform, Audience.Group, false)]
    public async Task Ceiling_Lowered_ExistingContentFollows(Audience before, Audience ceiling, bool membersStillRead)
    {
        var (group, animator, topic, outsider, _) = await OpenGroupAsync(before);
        using var member = await stage.Instance.SignedInAsync(outsider.Id);
        using var nobody = stage.Instance.Browser();

        var asked = await SaveAsync(animator, group, ("Form.Ceiling", ceiling.ToString()), ("Form.DefaultAudience", nameof(Audience.Group)));
        await animator.SendAsync(asked, "form:has([name='Form.Name'])", ("Form.ConfirmsNarrowing", "true"));

        Assert.Equal(membersStillRead, await ReadsAsync(member, group, topic));
        Assert.False(await ReadsAsync(nobody, group, topic));
        Assert.Contains(_word, (await animator.OpenAsync($"/c/{topic}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tool_SwitchedOff_AddressesFeedAndButtonsAreGone()
    {
        var (group, animator, _, outsider, _) = await OpenGroupAsync(Audience.Public);
        var visitor = await stage.AsAsync(outsider);
        Assert.Equal(HttpStatusCode.OK, (await animator.OpenAsync($"/groupes/{group.Slug}/forum")).Status);
        Assert.Contains($"Fil {_word}", (await visitor.OpenAsync($"/groupes/{group.Slug}")).Text, StringComparison.Ordinal);
        Assert.Contains($"Fil {_word}", (await visitor.OpenAsync($"/groupes/{group.Slug}/flux.rss")).Body, StringComparison.Ordinal);

        var settings = await animator.OpenAsync($"/groupes/{group.Slug}/reglages");
        await animator.SendAsync(settings, "form:has([name='Form.Name'])", ("outils", null));
        var home = await animator.OpenAsync($"/groupes/{group.Slug}");

        Assert.Null(home.Document.QuerySelector("main a[href*='/forum']"));
        Assert.DoesNotContain($"Fil {_word}", (await visitor.OpenAsync($"/groupes/{group.Slug}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"Fil {_word}", (await visitor.OpenAsync($"/groupes/{group.Slug}/flux.rss")).Body, StringComparison.Ordinal);
        Assert.Null(home.Document.QuerySelector("main a[href$='/nouveau']"));
        foreach (var tail in new[] { "", "/nouveau", "/flux.rss", "/flux.atom" })
            Assert.Equal((HttpStatusCode.NotFound, tail), ((await animator.OpenAsync($"/groupes/{group.Slug}/forum{tail}")).Status, tail));
        using var program = await stage.Instance.ProgramAsync((await stage.Scene.MemberAsync("Passant Essai")).Id);
        using var created = await program.PostAsync($"groups/{group.Slug}/discussions", System.Net.Http.Json.JsonContent.Create(new { title = "Non", body = "Non" }));
        Assert.False(created.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Tool_ForAnimatorsOnly_MemberSeesNoButtonAndIsRefused()
    {
        var (group, animator, _, _, _) = await OpenGroupAsync(Audience.Group);
        var member = await stage.Scene.MemberAsync("Malo Essai");
        await stage.Scene.JoinAsync(group, member);
        var visitor = await stage.AsAsync(member);
        Assert.Contains("Poser une question", (await visitor.OpenAsync($"/groupes/{group.Slug}")).Text, StringComparison.Ordinal);
        var open = await visitor.OpenAsync($"/groupes/{group.Slug}/forum/nouveau");

        await SaveAsync(animator, group, ("createurs-forum", nameof(GroupRole.Animator)));
        var posted = await visitor.SendAsync(open, "form:has([name$='Title'])", (open.Document.QuerySelector("[name$='Title']")!.GetAttribute("name")!, "Un titre"), (open.Document.QuerySelector("textarea")!.GetAttribute("name")!, "Un texte."));

        Assert.Equal(HttpStatusCode.Forbidden, posted.Status);
        Assert.DoesNotContain("Poser une question", (await visitor.OpenAsync($"/groupes/{group.Slug}")).Text, StringComparison.Ordinal);
        Assert.Null((await visitor.OpenAsync($"/groupes/{group.Slug}/forum")).Document.QuerySelector("main a[href$='/nouveau']"));
        Assert.Contains("Poser une question", (await animator.OpenAsync($"/groupes/{group.Slug}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ceiling_LoweredWhileSomebodyPublishes_ContentStaysInside()
    {
        await using var instance = await Instance.StartAsync(DatabaseProvider.PostgreSql);
        var scene = new Scene(instance);
        var owner = await scene.MemberAsync("Ange Essai");
        var group = await scene.GroupAsync("Course", owner);
        using var program = await instance.ProgramAsync(owner.Id);
        await using var db = instance.Open(Viewer.System);

        using var published = await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var narrowing = await db.Database.BeginTransactionAsync();
            await db.Groups.Where(g => g.Id == group.Id).ExecuteUpdateAsync(set => set.SetProperty(g => g.Ceiling, Audience.Group));
            var publishing = program.PostAsync($"groups/{group.Slug}/discussions", System.Net.Http.Json.JsonContent.Create(new { title = "Trop large", body = "Texte", audience = "public" }));

            // Once it waits for the row of the group, the post has read the old ceiling.
            while (await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())").SingleAsync() == 0)
                Assert.False(publishing.IsCompleted);
            await narrowing.CommitAsync();
            return await publishing;
        });

        Assert.Equal(HttpStatusCode.Created, published.StatusCode);
        Assert.Equal(Audience.Group, await db.Items.Where(i => i.GroupId == group.Id).Select(i => i.Audience).SingleAsync());
    }

    [Fact]
    public async Task Ceiling_LoweredWhileAThreadIsMadePublic_ThreadStaysInside()
    {
        await using var instance = await Instance.StartAsync(DatabaseProvider.PostgreSql);
        var scene = new Scene(instance);
        var owner = await scene.MemberAsync("Ange Essai");
        var group = await scene.GroupAsync("Course", owner);
        var topic = await scene.TopicAsync(group, owner, "Un fil", "Texte", Audience.Group);
        var visitor = new Visitor(await instance.SignedInAsync(owner.Id));
        var form = await visitor.OpenAsync($"{(await visitor.OpenAsync($"/c/{topic}")).Address}/modifier");
        await using var db = instance.Open(Viewer.System);

        var edited = await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var narrowing = await db.Database.BeginTransactionAsync();
            await db.Groups.Where(g => g.Id == group.Id).ExecuteUpdateAsync(set => set.SetProperty(g => g.Ceiling, Audience.Group));
            var editing = visitor.SendAsync(form, "form:has(textarea)", (form.Document.QuerySelector("[name$='Audience']")!.GetAttribute("name")!, nameof(Audience.Public)));

            while (await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())").SingleAsync() == 0)
                Assert.False(editing.IsCompleted);
            await narrowing.CommitAsync();
            return await editing;
        });

        Assert.Equal(HttpStatusCode.OK, edited.Status);
        Assert.Equal(Audience.Group, await db.Items.Where(i => i.GroupId == group.Id).Select(i => i.Audience).SingleAsync());
    }

    // An outsider who once got a mail of the group: a member until yesterday.
    private async Task<(Group Group, Visitor Animator, string Topic, Member Outsider, Letter Mail)> OpenGroupAsync(Audience audience)
    {
        var (owner, outsider) = (await stage.Scene.MemberAsync("Ange Essai"), await stage.Scene.MemberAsync("Passant Essai"));
        var group = await stage.Scene.GroupAsync($"Groupe {_word}", owner, members: outsider);
        var topic = await stage.Scene.TopicAsync(group, owner, $"Fil {_word}", $"Texte {_word}.", audience);
        await stage.Scene.AnswerAsync(topic, owner, $"Réponse {_word}.");
        var mail = (await stage.LettersAsync(outsider.Email)).First(l => l.Text.Contains(_word, StringComparison.Ordinal));
        var visitor = await stage.AsAsync(outsider);
        await visitor.PostAsync($"/groupes/{group.Slug}/depart");
        return (group, await stage.AsAsync(owner), topic, outsider, mail);
    }

    private static async Task<VisitedPage> SaveAsync(Visitor animator, Group group, params (string, string?)[] fields) =>
        await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/reglages"), "form:has([name='Form.Name'])", fields);

    private async Task<bool> ReadsAsync(HttpClient browser, Group group, string topic)
    {
        foreach (var address in new[] { $"/c/{topic}", $"/recherche?q={_word}&groupe={group.Slug}", $"/groupes/{group.Slug}/flux.rss" })
        {
            var page = await new Visitor(browser).OpenAsync(address);
            if (page.Body.Contains($"Fil {_word}", StringComparison.Ordinal) || page.Body.Contains($"Texte {_word}", StringComparison.Ordinal)) return true;
        }

        return false;
    }

    /// <summary>Everything of the group that its outsider still finds, on every channel, from its links in old mails on.</summary>
    private async Task<string> TracesAsync(Group group, string topic, Member outsider, Letter mail)
    {
        using var browser = await stage.Instance.SignedInAsync(outsider.Id);
        using var program = await stage.Instance.ProgramAsync(outsider.Id);
        var key = await ((AccessKeys)stage.Instance.Services.GetService(typeof(AccessKeys))!).CreateAsync(outsider.Id, AccessKeyScope.Feeds, "essai", default);
        string[] pages =
        [
            "/", "/groupes", $"/groupes/{group.Slug}", $"/groupes/{group.Slug}/membres", $"/groupes/{group.Slug}/rejoindre", $"/groupes/{group.Slug}/recherche?q=texte", $"/c/{topic}", "/recherche?q=texte", "/moi/notifications",
            $"/groupes/{group.Slug}/flux.rss?cle={key}", $"/groupes/{group.Slug}/forum/flux.json?cle={key}", .. mail.LinksTo("/c/"), .. mail.LinksTo("/groupes/"), .. mail.LinksTo("/desabonnement/"), .. mail.LinksTo("/pieces/"),
        ];
        var traces = new List<string>();
        foreach (var page in pages)
            if ((await new Visitor(browser).OpenAsync(page)).WithoutAddress().Contains(_word, StringComparison.OrdinalIgnoreCase)) traces.Add(page);
        foreach (var call in new[] { "groups?limit=100", $"groups/{group.Slug}", $"groups/{group.Slug}/discussions", $"discussions/{topic}", $"discussions/{topic}/comments", "search?q=texte", "notifications" })
            if ((await program.GetStringOrEmptyAsync(call)).Contains(_word, StringComparison.OrdinalIgnoreCase)) traces.Add("api/" + call);

        // The word itself comes back in the box of a search for it, and nowhere else.
        var search = await new Visitor(browser).OpenAsync($"/recherche?q={_word}");
        if (search.Document.QuerySelector($"main a[href*='{group.Slug}']") is not null) traces.Add("/recherche");
        return string.Join('\n', traces);
    }
}

internal static class Programs
{
    public static async Task<string> GetStringOrEmptyAsync(this HttpClient program, string address)
    {
        using var answer = await program.GetAsync(address);
        return await answer.Content.ReadAsStringAsync();
    }
}
