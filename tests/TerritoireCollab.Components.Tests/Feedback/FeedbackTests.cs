using Bunit;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Components.Tests.Feedback;

public sealed class FeedbackTests : UiTest
{
    [Theory]
    [InlineData(Tone.Info, "encart encart--info", "#info", "À savoir", "status")]
    [InlineData(Tone.Success, "encart encart--succes", "#circle-check", "C’est fait", "status")]
    [InlineData(Tone.Warning, "encart encart--attention", "#triangle-alert", "Attention", "status")]
    [InlineData(Tone.Error, "encart encart--erreur", "#circle-alert", "Erreur", "alert")]
    public void Notice_Tone_DoubledByIconWordAndRole(Tone tone, string classes, string icon, string word, string role)
    {
        var drawn = Render<Notice>(p => p.Add(x => x.Tone, tone).Add(x => x.Live, true).AddChildContent("<p>Texte</p>"));

        Assert.Equal(classes, drawn.Find("div").ClassName);
        Assert.EndsWith(icon, drawn.Find("use").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(word, drawn.Find(".titre").TextContent);
        Assert.Equal(role, drawn.Find("div").GetAttribute("role"));
    }

    [Fact]
    public void Notice_NotLive_NoRole() => Assert.False(Render<Notice>(p => p.Add(x => x.Tone, Tone.Error)).Find("div").HasAttribute("role"));

    [Fact]
    public void FlashBar_WithUndo_StatusAndForm()
    {
        var drawn = Render<FlashBar>(p => p.Add(x => x.Message, "Réponse supprimée.").AddChildContent("<form method=\"post\"><button>Annuler</button></form>"));

        Assert.Equal("Réponse supprimée.", drawn.Find("[role='status'] > p").TextContent);
        Assert.Equal("Annuler", drawn.Find("[role='status'] form button").TextContent);
    }

    [Fact]
    public void Dialog_Drawn_NamedByItsTitleAndClosedWithoutScript()
    {
        var drawn = Render<Dialog>(p => p.Add(x => x.Id, "quitter").Add(x => x.Title, "Quitter le groupe\u202f?").AddChildContent("<p>Texte</p>"));

        Assert.Equal("Quitter le groupe\u202f?", drawn.Find("#" + drawn.Find("dialog").GetAttribute("aria-labelledby")).TextContent);
        Assert.Equal("Fermer", drawn.Find("form[method='dialog'] button").TextContent);
        Assert.False(drawn.Find("dialog").HasAttribute("open"));
    }

    [Fact]
    public void ReconnectBanner_OnAPage_ReloadsThatPage()
    {
        GoTo("groupes/foret?page=2");

        Assert.All(Render<ReconnectBanner>().FindAll("a[data-recharge]"), a => Assert.Equal("groupes/foret?page=2", a.GetAttribute("href")));
    }
}
