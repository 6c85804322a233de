using System.Text.Json;
using Bunit;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Components.Tests.Forms;

public sealed class FormTests : UiTest
{
    [Fact]
    public void Field_HintAndError_AreLinkedErrorFirst()
    {
        var drawn = Render<Field>(p => p.Add(x => x.Name, "Input.Title").Add(x => x.Label, "Titre").Add(x => x.Hint, "Court.").Add(x => x.Error, "Écrivez un titre.").Add(x => x.Required, true));
        var input = drawn.Find("input");

        Assert.Equal("Input.Title", input.GetAttribute("name"));
        Assert.Equal(input.Id, drawn.Find("label").GetAttribute("for"));
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal(["Erreur\u00a0: Écrivez un titre.", "Court."], input.GetAttribute("aria-describedby")!.Split(' ').Select(id => drawn.Find("#" + id).Words()));
    }

    [Fact]
    public void Field_WithoutHintNorError_NoEmptyLink()
    {
        var input = Render<Field>(p => p.Add(x => x.Name, "Title").Add(x => x.Label, "Titre").Add(x => x.Required, true)).Find("input");

        Assert.False(input.HasAttribute("aria-describedby"));
        Assert.False(input.HasAttribute("aria-invalid"));
        Assert.True(input.HasAttribute("required"));
    }

    [Fact]
    public void Field_Optional_SaysSoInWords()
    {
        Assert.Equal("Titre (facultatif)", Render<Field>(p => p.Add(x => x.Name, "Title").Add(x => x.Label, "Titre")).Find("label").Words());
        Assert.Equal("Titre", Render<Field>(p => p.Add(x => x.Name, "Title").Add(x => x.Label, "Titre").Add(x => x.Required, true)).Find("label").Words());
    }

    [Fact]
    public void Field_FurtherAttributes_OnTheControl() =>
        Assert.Equal("username", Render<Field>(p => p.Add(x => x.Name, "Email").Add(x => x.Label, "Adresse").AddUnmatched("autocomplete", "username")).Find("input").GetAttribute("autocomplete"));

    [Fact]
    public void Select_Value_IsSelected()
    {
        var drawn = Render<Select>(p => p.Add(x => x.Name, "Role").Add(x => x.Label, "Rôle").Add(x => x.Value, "2").Add(x => x.Choices, [new("1", "Membre"), new("2", "Animatrice")]).Add(x => x.Placeholder, "Choisissez"));

        Assert.Equal(["Choisissez", "Membre", "Animatrice"], drawn.FindAll("option").Select(o => o.TextContent));
        Assert.Equal("2", drawn.Find("option[selected]").GetAttribute("value"));
    }

    [Fact]
    public void TextArea_Value_IsItsText() =>
        Assert.Equal("Ligne <1>", Render<TextAreaField>(p => p.Add(x => x.Name, "Text").Add(x => x.Label, "Texte").Add(x => x.Value, "Ligne <1>")).Find("textarea").TextContent);

    [Fact]
    public void Checkbox_Drawn_LabelAfterTheBox()
    {
        var drawn = Render<Checkbox>(p => p.Add(x => x.Name, "Rules").Add(x => x.Label, "J’accepte la charte").Add(x => x.Checked, true));

        Assert.True(drawn.Find("input[type='checkbox'][value='true']").HasAttribute("checked"));
        Assert.Equal(drawn.Find("input").Id, drawn.Find("label").GetAttribute("for"));
    }

    [Fact]
    public void RadioCards_OneChoice_CheckedWithItsHint()
    {
        var drawn = Render<RadioCards>(p => p.Add(x => x.Name, "Audience").Add(x => x.Label, "Qui pourra lire\u202f?").Add(x => x.Value, "b").Add(x => x.Required, true)
            .Add(x => x.Choices, [new("a", "Le groupe", "Ses 12 membres"), new("b", "Tout le monde")]));

        Assert.Equal("Qui pourra lire\u202f?", drawn.Find("fieldset > legend").TextContent);
        Assert.Equal(["a", "b"], drawn.FindAll("input[type='radio'][name='Audience'][required]").Select(i => i.GetAttribute("value")));
        Assert.Equal("b", drawn.Find("input[checked]").GetAttribute("value"));
        Assert.Equal(["Ses 12 membres"], drawn.FindAll("label .aide").Select(h => h.TextContent));
    }

    // A required box would have to be ticked each: the browser knows no « at least one ».
    [Fact]
    public void RadioCards_Multiple_BoxesWithoutRequired()
    {
        var drawn = Render<RadioCards>(p => p.Add(x => x.Name, "Days").Add(x => x.Label, "Jours").Add(x => x.Multiple, true).Add(x => x.Required, true).Add(x => x.Values, ["lu", "me"])
            .Add(x => x.Choices, [new("lu", "Lundi"), new("ma", "Mardi"), new("me", "Mercredi")]));

        Assert.Equal(["lu", "me"], drawn.FindAll("input[type='checkbox'][checked]").Select(i => i.GetAttribute("value")));
        Assert.Empty(drawn.FindAll("input[required]"));
    }

    [Fact]
    public void RadioCards_Error_IsReachedFromTheSummary()
    {
        var drawn = Render<RadioCards>(p => p.Add(x => x.Name, "Audience").Add(x => x.Label, "Qui").Add(x => x.Error, "Choisissez."));
        var fieldset = drawn.Find("fieldset");

        Assert.Equal(FieldId.Of("Audience"), fieldset.Id);
        Assert.Equal("-1", fieldset.GetAttribute("tabindex"));
        Assert.Equal("Erreur\u00a0: Choisissez.", drawn.Find("#" + fieldset.GetAttribute("aria-describedby")).Words());
    }

    [Fact]
    public void Composer_WithoutScript_IsALabelledTextArea()
    {
        var drawn = Render<Composer>(p => p.Add(x => x.Name, "Body").Add(x => x.Label, "Votre réponse").Add(x => x.Value, "Bonjour").AddChildContent("<button>Répondre</button>"));
        var area = drawn.Find("textarea");

        Assert.Empty(drawn.FindAll("[role='toolbar'], button[data-marque]"));
        Assert.True(drawn.Find(".composeur-apercu").HasAttribute("hidden"));
        Assert.Equal(area.Id, drawn.Find("label").GetAttribute("for"));
        Assert.Equal("Bonjour", area.TextContent);
        Assert.Empty(drawn.FindAll("input[type='file'], [data-etat]"));
    }

    [Fact]
    public void Composer_Attachments_FileInputOfThatName()
    {
        var drawn = Render<Composer>(p => p.Add(x => x.Name, "Body").Add(x => x.Label, "Texte").Add(x => x.AttachmentsName, "Files").Add(x => x.DraftKey, "fil/7k3m9q2x"));
        var input = drawn.Find("input[type='file'][multiple]");

        Assert.Equal("Files", input.GetAttribute("name"));
        Assert.Equal("Pièces jointes (facultatif)", drawn.Find($"label[for='{input.Id}']").Words());
        Assert.Equal("fil/7k3m9q2x", drawn.Find(".composeur").GetAttribute("data-brouillon"));
        Assert.Single(drawn.FindAll("[data-etat]"));
    }

    [Fact]
    public void MarkdownEditor_WithoutScript_IsALabelledTextArea()
    {
        var drawn = Render<MarkdownEditor>(p => p.Add(x => x.Name, "Body").Add(x => x.Label, "Texte").Add(x => x.Value, "Bonjour").Add(x => x.SharedText, "7k3m9q2x"));
        var area = drawn.Find("editeur-texte > textarea");

        Assert.Equal(("Body", "Bonjour", area.Id), (area.GetAttribute("name"), area.TextContent, drawn.Find("label").GetAttribute("for")));
        Assert.Equal("7k3m9q2x", drawn.Find("editeur-texte").GetAttribute("data-coedition"));
        Assert.Contains("editeur.js", drawn.Find("editeur-texte").GetAttribute("data-module"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("pages/7k3m9q2x/fichiers")]
    public void MarkdownEditor_Words_NameTheButtonForFilesWhereTheyAreTaken(string? address)
    {
        var drawn = Render<MarkdownEditor>(p => p.Add(x => x.Name, "Body").Add(x => x.Label, "Texte").Add(x => x.UploadUrl, address));
        var words = JsonDocument.Parse(drawn.Find("editeur-texte").GetAttribute("data-mots")!).RootElement;

        Assert.Equal(("Gras", "Liste numérotée"), (words.GetProperty("gras").GetString(), words.GetProperty("numeros").GetString()));
        Assert.Equal(address is null ? null : "Pièce jointe ou image", words.GetProperty("fichier").GetString());
    }

    [Fact]
    public void ErrorSummary_Errors_LinkToTheirFields()
    {
        GoTo("groupes/nouveau?modele=1");
        var drawn = Render<ErrorSummary>(p => p.Add(x => x.Errors, [new("Input.Name", "Donnez un nom."), new(null, "Réessayez.")]));

        Assert.Equal("groupes/nouveau?modele=1#champ-input-name", Assert.Single(drawn.FindAll("li a")).GetAttribute("href"));
        Assert.Equal(["Donnez un nom.", "Réessayez."], drawn.FindAll("li").Select(l => l.TextContent));
        Assert.Equal("Quelques points à corriger", drawn.Find("[role='alert'][tabindex='-1'] h2").TextContent);
    }

    [Fact]
    public void ErrorSummary_LinkedField_HasThatVeryId()
    {
        var link = Render<ErrorSummary>(p => p.Add(x => x.Errors, [new("Input.Name", "Donnez un nom.")])).Find("a").GetAttribute("href")!;

        Assert.Equal(link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..], Render<Field>(p => p.Add(x => x.Name, "Input.Name").Add(x => x.Label, "Nom")).Find("input").Id);
    }

    [Fact]
    public void ErrorSummary_NoError_NothingDrawn() => Assert.Equal("", Render<ErrorSummary>().Markup.Trim());

    [Theory]
    [InlineData(ButtonKind.Primary, false, "bouton")]
    [InlineData(ButtonKind.Secondary, false, "bouton bouton--secondaire")]
    [InlineData(ButtonKind.Discreet, true, "bouton bouton--discret bouton--petit")]
    [InlineData(ButtonKind.Danger, false, "bouton bouton--danger")]
    public void Button_Kind_ItsClasses(ButtonKind kind, bool small, string classes)
    {
        Assert.Equal(classes, Render<Button>(p => p.Add(x => x.Kind, kind).Add(x => x.Small, small).AddChildContent("Publier")).Find("button[type='submit']").ClassName);
        Assert.Equal(classes, Render<LinkButton>(p => p.Add(x => x.Href, "x").Add(x => x.Kind, kind).Add(x => x.Small, small).AddChildContent("Voir")).Find("a").ClassName);
    }

    [Fact]
    public void SearchBox_WithoutScript_IsAGetForm()
    {
        var drawn = Render<SearchBox>(p => p.Add(x => x.Action, "recherche").Add(x => x.Value, "fibre"));

        Assert.Equal("recherche", drawn.Find("form[role='search'][method='get']").GetAttribute("action"));
        Assert.Equal("fibre", drawn.Find("input[name='q'][type='search']").GetAttribute("value"));
        Assert.Equal(drawn.Find("input").Id, drawn.Find("label").GetAttribute("for"));
    }
}
