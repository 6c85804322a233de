using Microsoft.Playwright;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace TerritoireCollab.Browser.Tests;

/// <summary>
/// The story: an agent finds a group, asks to join, is accepted, starts a discussion with a file; another member gets the mail, answers, and
/// the next answer appears without reloading; a third reads it in a feed reader; somebody outside sees nothing of it.
/// </summary>
public sealed class StoryTests(Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Story_FromTheDoorToTheFeed_LivedByEveryone(bool script)
    {
        await using var instance = await Instance.StartAsync(jobs: true);
        var scene = new Scene(instance);
        var (animator, reader, agent, outsider) = (await scene.MemberAsync("Maud Fontclaire"), await scene.MemberAsync("Rémi Valserine"), await scene.MemberAsync("Agathe Montbrun"), await scene.MemberAsync("Odon Dehors"));
        var group = await scene.GroupAsync("Collectivités d’essai", animator);
        await scene.JoinAsync(group, reader, level: MailLevel.Everything);

        await using var agentWindow = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(agent.Id), script);
        var desk = await agentWindow.NewPageAsync();
        await desk.GotoAsync("/groupes");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Demander à rejoindre" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("Demande envoyée").First).ToBeVisibleAsync();

        await using var animatorWindow = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(animator.Id), script);
        var board = await animatorWindow.NewPageAsync();
        await board.GotoAsync($"/groupes/{group.Slug}/membres");
        await board.GetByRole(AriaRole.Button, new() { Name = "Accepter" }).First.ClickAsync();
        await Assertions.Expect(board.GetByText("Agathe Montbrun").First).ToBeVisibleAsync();

        await desk.GotoAsync($"/groupes/{group.Slug}/forum/nouveau");
        await desk.GetByLabel("Titre").FillAsync("Quel modèle de délibération pour les bornes ?");
        await desk.Locator("textarea").First.FillAsync("Nous cherchons un **modèle** déjà passé.");
        await desk.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "projet.txt", MimeType = "text/plain", Buffer = "Article 1."u8.ToArray() });
        await desk.Locator("main form button[type=submit]").Last.ClickAsync();
        await Assertions.Expect(desk.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Quel modèle de délibération");
        await Assertions.Expect(desk.GetByRole(AriaRole.Link, new() { Name = "projet.txt" })).ToBeVisibleAsync();
        var thread = new Uri(desk.Url).AbsolutePath;

        var mail = await MailToAsync(instance, reader.Email!);
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", mail, StringComparison.Ordinal);
        Assert.Contains("Message-ID: <fil.", mail, StringComparison.Ordinal);

        await using var readerWindow = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(reader.Id), script);
        var home = await readerWindow.NewPageAsync();
        await home.GotoAsync(thread);
        await AnswerAsync(home, "Nous avons joint la nôtre.");

        if (script) await Assertions.Expect(desk.GetByText("Nous avons joint la nôtre.")).ToBeVisibleAsync();
        await desk.GotoAsync(thread);
        await AnswerAsync(desk, "Merci beaucoup à vous.");
        if (!script) await home.ReloadAsync();
        await Assertions.Expect(home.GetByText("Merci beaucoup à vous.")).ToBeVisibleAsync();

        var key = await instance.Services.GetRequiredService<AccessKeys>().CreateAsync(reader.Id, AccessKeyScope.Feeds, "lecteur", default);
        using var feedReader = instance.Browser();
        Assert.Contains("Quel modèle de délibération", await feedReader.GetStringAsync($"/groupes/{group.Slug}/forum/flux.atom?cle={key}"), StringComparison.Ordinal);

        using var stranger = await instance.SignedInAsync(outsider.Id);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await stranger.GetAsync(thread)).StatusCode);
        Assert.DoesNotContain("délibération", System.Net.WebUtility.HtmlDecode(await stranger.GetStringAsync("/")), StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(IPage page, string text)
    {
        await page.GetByLabel("Votre réponse").FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Répondre", Exact = true }).Last.ClickAsync();
        await Assertions.Expect(page.GetByText(text)).ToBeVisibleAsync();
    }

    // The mail leaves by itself, a moment after the page answered.
    private static async Task<string> MailToAsync(Instance instance, string address)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (instance.Mails().FirstOrDefault(m => m.Contains(address, StringComparison.OrdinalIgnoreCase)) is { } mail) return mail;
            await Task.Delay(100, patience.Token);
        }
    }
}
