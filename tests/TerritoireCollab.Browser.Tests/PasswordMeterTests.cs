using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace TerritoireCollab.Browser.Tests;

/// <summary>The words beside a new password while it is typed.</summary>
public sealed class PasswordMeterTests(Chromium chromium, Demo demo)
{
    [Theory]
    [InlineData("tortue", "Caractères manquants : 6.", "0")]
    [InlineData("motdepasse1234", "Se devine facilement : ajoutez des mots sans rapport avec vous.", "1")]
    [InlineData("odile.fontclaire", "Se devine facilement : ajoutez des mots sans rapport avec vous.", "1")]
    [InlineData("ratonlaveur7", "Peut convenir. Plus long, il sera plus sûr.", "2")]
    [InlineData("quatre tortues bleues", "Long et varié.", "3")]
    public async Task Meter_WhileTyping_SaysHowStrong(string password, string words, string level)
    {
        await using var window = await chromium.WindowAsync(demo.Instance.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/inscription");
        var meter = page.Locator(".robustesse");
        await Assertions.Expect(meter).ToBeVisibleAsync();

        await page.FillAsync("[name='FullName']", "Odile Fontclaire");
        await page.FillAsync("[name='Password']", password);

        await Assertions.Expect(meter.GetByRole(AriaRole.Status)).ToHaveTextAsync(words);
        await Assertions.Expect(meter).ToHaveAttributeAsync("data-niveau", level);
        Assert.Empty((await page.RunAxe()).Violations.Select(v => v.Id));
    }

    [Fact]
    public async Task Meter_WithoutScript_NotThereAndTheRuleIs()
    {
        await using var window = await chromium.WindowAsync(demo.Instance.Address, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/inscription");

        await Assertions.Expect(page.Locator(".robustesse")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByText("Au moins 12 caractères.")).ToBeVisibleAsync();
    }
}
