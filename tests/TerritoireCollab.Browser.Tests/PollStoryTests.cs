using Microsoft.Playwright;
using TerritoireCollab.Polls.Voting;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>The story of a decision: asked, voted on by two members, seen to move by the one who looks, closed and concluded.</summary>
public sealed class PollStoryTests(Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Poll_FromTheTemplateToTheConclusion_LivedByItsAuthorAndAVoter(bool script)
    {
        await using var instance = await Instance.StartAsync(jobs: true);
        var scene = new Scene(instance);
        var (agathe, remi) = (await scene.MemberAsync("Agathe Montbrun"), await scene.MemberAsync("Rémi Valserine"));
        var group = await scene.GroupAsync("Collectivités d’essai", agathe, members: remi);
        await using var window = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(agathe.Id), script);
        var desk = await window.NewPageAsync();

        await desk.GotoAsync($"/groupes/{group.Slug}");
        await desk.GetByRole(AriaRole.Link, new() { Name = "Sondages", Exact = true }).First.ClickAsync();
        await desk.GetByRole(AriaRole.Link, new() { Name = "Prendre une décision" }).ClickAsync();
        await desk.GetByLabel("Proposition", new() { Exact = true }).FillAsync("Adopter la charte");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Ouvrir le vote" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("Vote nominatif")).ToBeVisibleAsync();
        await desk.GetByRole(AriaRole.Radio, new() { Name = "Pas d’objection" }).CheckAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Voter", Exact = true }).ClickAsync();
        await Assertions.Expect(desk.GetByText("Aucune objection.")).ToBeVisibleAsync();
        var address = new Uri(desk.Url).AbsolutePath;

        await using var other = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(remi.Id), script);
        var voter = await other.NewPageAsync();
        await voter.GotoAsync(address);
        await Assertions.Expect(voter.Locator(".resultats")).ToHaveCountAsync(0);
        await voter.GetByRole(AriaRole.Radio, new() { Name = "Objection", Exact = true }).CheckAsync();
        await voter.GetByLabel("Votre raison").FillAsync("Il y manque l’accueil.");
        await voter.GetByRole(AriaRole.Button, new() { Name = "Voter", Exact = true }).ClickAsync();
        await Assertions.Expect(voter.GetByText("1 objection.")).ToBeVisibleAsync();

        // Whoever looks sees it move; without script, by loading the page again.
        if (!script) await desk.ReloadAsync();
        await Assertions.Expect(desk.GetByText("1 objection.")).ToBeVisibleAsync();
        await Assertions.Expect(desk.GetByText("Il y manque l’accueil.")).ToBeVisibleAsync();
        await desk.GetByText("En tableau").ClickAsync();
        await Assertions.Expect(desk.GetByRole(AriaRole.Row, new() { NameRegex = new("^Objection\\s1\\s50") })).ToBeVisibleAsync();

        await desk.GetByRole(AriaRole.Link, new() { Name = "Clore maintenant" }).ClickAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Clore le vote" }).ClickAsync();
        await desk.GetByRole(AriaRole.Link, new() { Name = "Écrire la conclusion" }).ClickAsync();
        await desk.GetByLabel("Conclusion", new() { Exact = true }).FillAsync("Nous la reprenons **ensemble**.");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Conclure et envoyer" }).ClickAsync();
        await voter.ReloadAsync();
        await Assertions.Expect(voter.Locator(".encart strong")).ToHaveTextAsync("ensemble");
        await Assertions.Expect(voter.GetByRole(AriaRole.Button, new() { Name = "Voter" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Vote_HalfFilledWhileOthersVote_StaysAsItWasFilled()
    {
        await using var instance = await Instance.StartAsync(jobs: true);
        var scene = new Scene(instance);
        var (agathe, remi) = (await scene.MemberAsync("Agathe Montbrun"), await scene.MemberAsync("Rémi Valserine"));
        var group = await scene.GroupAsync("Collectivités d’essai", agathe, members: remi);
        var id = await scene.PollAsync(group, agathe, "En même temps", options: ["Le pont", "Le bac"], with: d => d with { Showing = Showing.Always });
        await using var window = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(remi.Id));
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/c/{id}");
        await page.WaitForFunctionAsync("() => window.Blazor !== undefined");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Le bac" }).CheckAsync();
        await page.GetByLabel("Votre raison").FillAsync("Je n’ai pas fini");

        await scene.VoteAsync(id, agathe);

        await Assertions.Expect(page.GetByText("1 vote sur 2")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Le bac" })).ToBeCheckedAsync();
        await Assertions.Expect(page.GetByLabel("Votre raison")).ToHaveValueAsync("Je n’ai pas fini");
    }
}
