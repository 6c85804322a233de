using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Members;

/// <summary>Which passwords are taken, and how their field behaves.</summary>
public sealed class PasswordTests(Stage stage) : IClassFixture<Stage>
{
    private Instance Instance => stage.Instance;

    [Theory]
    [InlineData("", "Choisissez un mot de passe.")]
    [InlineData("onze lettre", "Choisissez un mot de passe d’au moins 12 caractères.")]
    [InlineData("motdepasse123", "se devine trop facilement")]
    [InlineData("Azertyuiop1234", "se devine trop facilement")]
    [InlineData("aaaaaaaaaaaaaaaa", "se devine trop facilement")]
    [InlineData("VallonRêvé2026!", "se devine trop facilement")]
    [InlineData("Valrêve-2026!!", "se devine trop facilement")]
    [InlineData("chaudières-2026", "se devine trop facilement")]
    [InlineData("Bérénice.Fontclaire", "se devine trop facilement")]
    public async Task Change_Weak_SentenceAtTheFieldAndNothingChanged(string typed, string sentence)
    {
        var visitor = await VisitorAsync();

        var refused = await ChangeAsync(visitor, typed);

        Assert.True(refused.Refuses("NewPassword"));
        Assert.Contains(sentence, refused.Text, StringComparison.Ordinal);
        Assert.True(string.IsNullOrEmpty(refused.ValueOf("NewPassword")));
        Assert.True(string.IsNullOrEmpty(refused.ValueOf("OldPassword")));
        Assert.Equal("/moi/compte?fait=mot-de-passe", (await ChangeAsync(visitor, "six hérissons au galop")).Address);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(128)]
    public async Task Change_LongEnough_TakenWhole(int length)
    {
        var visitor = await VisitorAsync();
        var password = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i * 7 % 26))));

        var changed = await ChangeAsync(visitor, password);
        var again = await ChangeAsync(visitor, "six hérissons au galop", password);

        Assert.Equal("/moi/compte?fait=mot-de-passe", changed.Address);
        Assert.Equal("/moi/compte?fait=mot-de-passe", again.Address);
    }

    [Fact]
    public async Task Change_Over128_SentenceRatherThanACut()
    {
        var refused = await ChangeAsync(await VisitorAsync(), string.Concat(Enumerable.Range(0, 129).Select(i => (char)('a' + (i * 7 % 26)))));

        Assert.True(refused.Refuses("NewPassword"));
        Assert.Contains("au plus 128 caractères", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_SpacesAndAccents_Taken()
    {
        var visitor = await VisitorAsync();

        Assert.Equal("/moi/compte?fait=mot-de-passe", (await ChangeAsync(visitor, "œuf éclos 卵 Ñandú ¿ça?")).Address);
        Assert.Equal("/moi/compte?fait=mot-de-passe", (await ChangeAsync(visitor, "six hérissons au galop", "œuf éclos 卵 Ñandú ¿ça?")).Address);
    }

    [Theory]
    [InlineData("/inscription", "Password", "new-password")]
    [InlineData("/connexion", "Password", "current-password")]
    [InlineData("/moi/compte", "NewPassword", "new-password")]
    [InlineData("/moi/compte", "OldPassword", "current-password")]
    public async Task Field_OfAPassword_FilledByManagersAndNeverCut(string address, string name, string autocomplete)
    {
        await Instance.ChooseAsync(c => c with { Registration = RegistrationMode.Open });
        var page = await (address == "/moi/compte" ? await VisitorAsync() : Instance.Stranger()).OpenAsync(address);

        var field = page.Document.QuerySelector($"[name='{name}']");

        Assert.Equal("password", field?.GetAttribute("type"));
        Assert.Equal(autocomplete, field?.GetAttribute("autocomplete"));
        Assert.False(field!.HasAttribute("maxlength"));
        Assert.DoesNotContain("onpaste", page.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/inscription", "Password")]
    [InlineData("/moi/compte", "NewPassword")]
    public async Task Meter_WithoutScript_HiddenAndTheRuleSaidInWords(string address, string name)
    {
        await Instance.ChooseAsync(c => c with { Registration = RegistrationMode.Open, Territory = "Vallon Rêvé" });
        var owner = await stage.Scene.MemberAsync("Guy Guide");
        await stage.Scene.GroupAsync("Chaudières discrètes", owner, Platform.Groups.GroupVisibility.Hidden);
        var page = await (address == "/moi/compte" ? await VisitorAsync() : Instance.Stranger()).OpenAsync(address);

        var meter = page.Document.QuerySelector($".nouveau-secret:has([name='{name}'])")!;

        Assert.NotNull(meter.QuerySelector(".robustesse[hidden] [role='status']"));
        Assert.Contains("Au moins 12 caractères", meter.TextContent, StringComparison.Ordinal);
        var input = meter.QuerySelector("input")!;
        Assert.Equal(input.Id, meter.GetAttribute("data-robustesse"));
        Assert.Equal(meter.QuerySelector(".aide")!.Id, input.GetAttribute("aria-describedby"));
        Assert.DoesNotContain("Chaudières", meter.OuterHtml, StringComparison.Ordinal);
    }

    private async Task<Visitor> VisitorAsync()
    {
        await Instance.ChooseAsync(c => c with { Territory = "Vallon Rêvé" });
        var member = await stage.Scene.MemberAsync("Bérénice Fontclaire");
        await stage.Scene.GroupAsync("Chaudières collectives", member);
        await stage.Scene.OrganisationAsync("Mairie de la place", member, "Valrêve");
        await Instance.PasswordAsync(member);
        return await Instance.VisitorAsync(member);
    }

    private static async Task<VisitedPage> ChangeAsync(Visitor visitor, string password, string old = Accounts.Password) =>
        await visitor.SendAsync(await visitor.OpenAsync("/moi/compte"), "[name='NewPassword']", ("OldPassword", old), ("NewPassword", password));
}
