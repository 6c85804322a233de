using System.Globalization;
using TerritoireCollab.Platform.Text;
using Xunit;

namespace TerritoireCollab.Text.Tests;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("Un **mot**\nsuite\n\nDeux", "Un mot\nsuite\n\nDeux")]
    [InlineData("# Titre\ntexte", "Titre\n\ntexte")]
    [InlineData("[annuaire](https://www.exemple.fr/a)", "annuaire (https://www.exemple.fr/a)")]
    [InlineData("https://www.exemple.fr/", "https://www.exemple.fr/")]
    [InlineData("www.exemple.fr", "www.exemple.fr")]
    [InlineData("[écrire](mailto:a@exemple.fr)", "écrire (a@exemple.fr)")]
    [InlineData("avant\n\n- un\n- deux\n  - trois\n\naprès", "avant\n\n– un\n– deux\n  – trois\n\naprès")]
    [InlineData("9. neuf\n10. dix", "9. neuf\n10. dix")]
    [InlineData("avant\n\n> cité\n>\n> encore\n\naprès", "avant\n\n> cité\n>\n> encore\n\naprès")]
    [InlineData("- un\n\n> cité", "– un\n\n> cité")]
    [InlineData("a | b\n--|--\n1 | 2", "a | b\n1 | 2")]
    [InlineData("a\n\n---\n\nb", "a\n\n---\n\nb")]
    [InlineData("```\n  code\n\n    suite\n```\nfin", "  code\n\n    suite\n\nfin")]
    [InlineData("<b>brut</b> &amp;", "<b>brut</b> &")]
    [InlineData("- [x] fait", "– ☑ fait")]
    public void FromMarkdown_Markdown_IsReadable(string markdown, string expected) => Assert.Equal(expected, PlainText.FromMarkdown(markdown));

    [Fact]
    public void FromMarkdown_SiteRelativeLink_GetsTheSiteWhenKnown()
    {
        var context = new RichTextContext
        {
            Site = new Uri("https://drome.exemple.fr/"),
            Mentions = new Dictionary<string, MentionTarget> { ["camille"] = new("Camille Exemple", "/annuaire/camille") },
        };

        Assert.Equal("@Camille Exemple (https://drome.exemple.fr/annuaire/camille)", PlainText.FromMarkdown("@camille", context));
        Assert.Equal("la charte", PlainText.FromMarkdown("[la charte](/pages/charte)"));
    }

    [Fact]
    public void FromHtml_ForeignHtml_DropsScriptsAndResolvesLinks() =>
        Assert.Equal(
            "Titre\n\nTexte et lien (https://flux.test/a).",
            PlainText.FromHtml("<style>p{}</style><h1>Titre</h1><script>x</script><p>Texte\n  et <a href=a>lien</a>.</p>", new Uri("https://flux.test/")));

    [Theory]
    [InlineData("Un texte court", 50, "Un texte court")]
    [InlineData("Un texte un peu plus long", 15, "Un texte un…")]
    [InlineData("# Titre\n\n- un [lien](https://x.test/)\n- deux", 50, "un lien\u00A0; deux")]
    [InlineData("Anticonstitutionnellement", 10, "Anticonst…")]
    [InlineData("Premier mot, puis", 13, "Premier mot…")]
    [InlineData("👩‍👩‍👧‍👧👩‍👩‍👧‍👧👩‍👩‍👧‍👧", 24, "👩‍👩‍👧‍👧👩‍👩‍👧‍👧…")]
    public void Excerpt_Text_IsCutAtAWord(string markdown, int length, string expected) => Assert.Equal(expected, Excerpt.Of(markdown, length));

    [Theory]
    [InlineData("Bienvenue à tous.\n\n## Par où commencer\n\nPrésentez-vous.", "Bienvenue à tous. Présentez-vous.")]
    [InlineData("Bienvenue à tous\n\n## Par où commencer\n\n- Lire la charte\n- Se présenter", "Bienvenue à tous. Lire la charte\u00A0; Se présenter")]
    [InlineData("## Ordre du jour", "Ordre du jour")]
    [InlineData("# Salle\n\n## Horaires", "Salle. Horaires")]
    [InlineData("Bonjour à tous\n\nVoici le compte rendu", "Bonjour à tous. Voici le compte rendu")]
    [InlineData("Vous venez\u00A0?\n\nMerci\u00A0!\n\nÀ lundi,\n\nAnne", "Vous venez\u00A0? Merci\u00A0! À lundi, Anne")]
    [InlineData("À apporter\n\n- une pelle\n- des gants\n\nÀ samedi", "À apporter\u00A0: une pelle\u00A0; des gants. À samedi")]
    [InlineData("À apporter\u00A0:\n\n1. une pelle,\n2. des gants.\n\nÀ samedi", "À apporter\u00A0: une pelle, des gants. À samedi")]
    [InlineData("- outils\n  - pelle\n  - pioche\n- gants", "outils\u00A0: pelle\u00A0; pioche\u00A0; gants")]
    [InlineData("Le budget\n\nPoste | Montant\n--|--\nSalle | 120 €\nRepas | 80 €\n\nÀ voter", "Le budget. Poste, Montant\u00A0; Salle, 120 €\u00A0; Repas, 80 €. À voter")]
    [InlineData("Avant\n\n---\n\n> Cité «\u00A0ici\u00A0»\n\nAprès", "Avant. Cité «\u00A0ici\u00A0». Après")]
    [InlineData("Une ligne\nsa suite, un **mot**.", "Une ligne sa suite, un mot.")]
    public void Excerpt_StructuredText_ReadsAsSentences(string markdown, string expected) => Assert.Equal(expected, Excerpt.Of(markdown, 200));

    [Theory]
    [InlineData("<h1>Brève</h1><p>Le pont rouvre</p><ul><li>lundi</li><li>mardi</li></ul>", "Le pont rouvre\u00A0: lundi\u00A0; mardi")]
    [InlineData("<dl><dt>Où</dt><dd>Die</dd><dt>Quand</dt><dd>lundi</dd></dl>", "Où\u00A0; Die\u00A0; Quand\u00A0; lundi")]
    [InlineData("Le pont<br>rouvre 🎉<p>Enfin</p>", "Le pont rouvre 🎉 Enfin")]
    public void Excerpt_ForeignHtml_ReadsAsSentences(string html, string expected) => Assert.Equal(expected, Excerpt.OfHtml(html, 200));

    [Fact]
    public void Excerpt_AnyLength_NeverExceedsItNorCutsAGrapheme()
    {
        const string Text = "Été à l’e\u0301cole 👨‍🌾🇫🇷 des Baronnies, puis retour à Die à 14 h 30 précises";
        var borders = new HashSet<int>(StringInfo.ParseCombiningCharacters(Text)) { Text.Length };
        for (var length = 1; length <= Text.Length; length++)
        {
            var excerpt = Excerpt.Cut(Text, length);
            Assert.True(excerpt.Length <= length);
            var kept = excerpt.TrimEnd('…');
            Assert.StartsWith(kept, Text, StringComparison.Ordinal);
            Assert.Contains(kept.Length, borders);
        }
    }

    [Theory]
    [InlineData("Réunion de l’élue à Crest", "reunion-de-l-elue-a-crest")]
    [InlineData("Œuvres & cætera : Straße", "oeuvres-caetera-strasse")]
    [InlineData("  --Déjà vu !?  ", "deja-vu")]
    [InlineData("E\u0301te\u0301", "ete")]
    [InlineData("ＦＵＬＬ ﬁn", "full-fin")]
    [InlineData("日本", "sans-titre")]
    [InlineData("", "sans-titre")]
    [InlineData("\uD800!", "sans-titre")]
    [InlineData("Łódź Øresund", "lodz-oresund")]
    public void Slug_Title_IsPlainAscii(string title, string expected) => Assert.Equal(expected, Slug.Of(title));

    [Fact]
    public void Slug_LongTitle_IsCutBetweenWords()
    {
        Assert.Equal("le-schema-de-coherence-territoriale-et-le-plan-climat-de-la", Slug.Of("Le schéma de cohérence territoriale et le plan climat de la vallée de la Drôme"));
        Assert.Equal(new string('a', 60), Slug.Of(new string('a', 80)));
    }
}
