using Microsoft.Playwright;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>An event as people live it: announced, full, waited for, and come to by somebody without an account.</summary>
public sealed class AgendaStoryTests(Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Event_AnnouncedFullAndOpenToANeighbour_LivedByAll(bool script)
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var (maud, remi) = (await scene.MemberAsync("Maud Fontclaire"), await scene.MemberAsync("Rémi Valserine"));
        var group = await scene.GroupAsync("Collectivités d’essai", maud, members: remi);
        var id = await scene.EventAsync(group, maud, "Visite du barrage", audience: Platform.Content.Audience.Public, with: d => d with { Places = "1" });
        await using var hers = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(maud.Id), script);
        await using var his = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(remi.Id), script);
        await using var strange = await chromium.WindowAsync(instance.Address, null, script);

        var animator = await hers.NewPageAsync();
        await animator.GotoAsync($"/c/{id}");
        await animator.GetByRole(AriaRole.Button, new() { Name = "Je participe" }).ClickAsync();
        await Assertions.Expect(animator.GetByText("Vous participez.")).ToBeVisibleAsync();

        var member = await his.NewPageAsync();
        await member.GotoAsync($"/c/{id}");
        await member.GetByRole(AriaRole.Button, new() { Name = "Je participe" }).ClickAsync();
        await Assertions.Expect(member.GetByText("Vous êtes sur la liste d’attente.").First).ToBeVisibleAsync();

        // A neighbour asks without an account, and answers by the link of the mail.
        var neighbour = await strange.NewPageAsync();
        await neighbour.GotoAsync($"/c/{id}");
        await neighbour.GetByRole(AriaRole.Link, new() { Name = "Participer sans compte" }).ClickAsync();
        await neighbour.Locator("[name='Name']").FillAsync("Odette Voisine");
        await neighbour.Locator("[name='Email']").FillAsync("odette@exemple.invalid");
        await neighbour.GetByRole(AriaRole.Button, new() { Name = "Recevoir mon lien" }).ClickAsync();
        await Assertions.Expect(neighbour.GetByText("Regardez vos courriels")).ToBeVisibleAsync();
        await instance.SettleAsync();
        var mail = instance.Mails().Last(m => m.Contains("odette@exemple.invalid", StringComparison.Ordinal));
        await neighbour.GotoAsync(Letter.Of(mail).LinksTo("/invite/").First(l => !l.StartsWith("/invite/arret/", StringComparison.Ordinal)));
        await neighbour.GetByRole(AriaRole.Button, new() { Name = "Je participe" }).ClickAsync();
        await Assertions.Expect(neighbour.GetByText("Vous êtes sur la liste d’attente.").First).ToBeVisibleAsync();

        // Two places more: who waited longest comes first, and then the neighbour.
        await animator.GetByRole(AriaRole.Button, new() { Name = "Non", Exact = true }).ClickAsync();
        await member.ReloadAsync();
        await Assertions.Expect(member.GetByText("Vous participez.")).ToBeVisibleAsync();
        await member.GetByRole(AriaRole.Button, new() { Name = "Non", Exact = true }).ClickAsync();
        await neighbour.ReloadAsync();
        await Assertions.Expect(neighbour.GetByText("Vous participez.")).ToBeVisibleAsync();
        await neighbour.GetByRole(AriaRole.Button, new() { Name = "Je ne viens plus" }).ClickAsync();
        await Assertions.Expect(neighbour.GetByText("Vous avez répondu que vous ne venez pas.").First).ToBeVisibleAsync();
    }
}
