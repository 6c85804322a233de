using Microsoft.Playwright;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>The story of a questionnaire: built question by question, looked at as those who answer will see it, answered, summed up.</summary>
public sealed class QuestionnaireStoryTests(Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Questionnaire_FromTheFirstQuestionToTheResults_LivedByItsAuthorAndAMember(bool script)
    {
        await using var instance = await Instance.StartAsync(jobs: true);
        var scene = new Scene(instance);
        var (agathe, remi) = (await scene.MemberAsync("Agathe Montbrun"), await scene.MemberAsync("Rémi Valserine"));
        var group = await scene.GroupAsync("Collectivités d’essai", agathe, members: remi);
        await using var window = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(agathe.Id), script);
        var desk = await window.NewPageAsync();

        await desk.GotoAsync($"/groupes/{group.Slug}/sondages");
        await desk.GetByRole(AriaRole.Link, new() { Name = "Créer un questionnaire" }).First.ClickAsync();
        await desk.GetByLabel("Titre", new() { Exact = true }).FillAsync("Vos besoins");
        await desk.Locator("[name='Input.P0.Text']").FillAsync("Votre commune");
        await desk.GetByLabel("Sorte de question").SelectOptionAsync("Scale");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Ajouter une question" }).ClickAsync();
        await desk.Locator("[name='Input.P1.Text']").FillAsync("Êtes-vous à l’aise ?");
        await desk.Locator("[name='Input.P1.IsRequired']").CheckAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Monter : partie 2" }).ClickAsync();
        await Assertions.Expect(desk.Locator("[name='Input.P0.Text']")).ToHaveValueAsync("Êtes-vous à l’aise ?");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Prévisualiser", Exact = true }).ClickAsync();
        await Assertions.Expect(desk.GetByRole(AriaRole.Heading, new() { Name = "Aperçu" })).ToBeVisibleAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Ouvrir le questionnaire" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("verront votre nom et vos réponses")).ToBeVisibleAsync();
        var address = new Uri(desk.Url).AbsolutePath;

        await using var other = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(remi.Id), script);
        var member = await other.NewPageAsync();
        await member.GotoAsync(address);
        await member.GetByLabel("Votre commune").FillAsync("Die");
        await member.GetByRole(AriaRole.Button, new() { Name = "Garder le brouillon" }).ClickAsync();
        await Assertions.Expect(member.GetByLabel("Votre commune")).ToHaveValueAsync("Die");
        await member.GetByRole(AriaRole.Radio, new() { Name = "4", Exact = true }).CheckAsync();
        await member.GetByRole(AriaRole.Button, new() { Name = "Envoyer mes réponses" }).ClickAsync();
        await Assertions.Expect(member.GetByText("vos réponses sont enregistrées")).ToBeVisibleAsync();

        await desk.GotoAsync(address);
        await desk.GetByRole(AriaRole.Link, new() { Name = "Résultats" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("Moyenne 4, médiane 4.")).ToBeVisibleAsync();
        await desk.GetByRole(AriaRole.Link, new() { Name = "Réponses une par une" }).ClickAsync();
        await Assertions.Expect(desk.GetByRole(AriaRole.Heading, new() { Name = "Rémi Valserine" })).ToBeVisibleAsync();
        await Assertions.Expect(desk.GetByText("Die", new() { Exact = true })).ToBeVisibleAsync();
    }
}
