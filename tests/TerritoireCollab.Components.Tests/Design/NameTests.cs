using Microsoft.AspNetCore.Components;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Components.Tests.Design;

public sealed class NameTests : UiTest
{
    [Theory]
    [InlineData("Camille Brunet", "CB")]
    [InlineData("Jean-Marc de la Tour", "JT")]
    [InlineData("élise", "É")]
    [InlineData("  Zoé\u00a0Faure ", "ZF")]
    [InlineData("", "?")]
    [InlineData("👩‍🌾 Ferme", "👩‍🌾F")]
    public void Initials_Name_FirstAndLastLetters(string name, string expected) => Assert.Equal(expected, Initials.Of(name));

    [Theory]
    [InlineData("Input.Title", "champ-input-title")]
    [InlineData("Email", "champ-email")]
    [InlineData("Choix[0]", "champ-choix-0-")]
    public void FieldId_Name_SafeId(string name, string expected) => Assert.Equal(expected, FieldId.Of(name));

    // With <base href="/">, a bare #id would lead to the home page.
    [Theory]
    [InlineData("groupes/foret/forum?page=2", "groupes/foret/forum?page=2#r4")]
    [InlineData("groupes/foret#r1", "groupes/foret#r4")]
    [InlineData("", "#r4")]
    public void PageAnchor_OnAPage_KeepsThePage(string address, string expected)
    {
        GoTo(address);

        Assert.Equal(expected, PageAnchor.To(Services.GetRequiredService<NavigationManager>(), "r4"));
    }
}
