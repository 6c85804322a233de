using Microsoft.AspNetCore.Components;
using TerritoireCollab.Architecture.Tests.Reading;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Architecture.Tests.Texts;

public sealed class TextTests
{
    private static IEnumerable<(string Path, IReadOnlyDictionary<string, string> French, IReadOnlyDictionary<string, string> English)> Resources =>
        from french in Checkout.Files("src", ".resx")
        where !french.Path.EndsWith(".en.resx", StringComparison.Ordinal)
        let english = Checkout.PathOf(Path.ChangeExtension(french.Path, ".en.resx"))
        select (french.Path, TextRules.Read(french.Text), File.Exists(english) ? TextRules.Read(File.ReadAllText(english)) : new Dictionary<string, string>());

    [Fact]
    public void Components_OfTheHouse_WriteNoWords() => Verdict.NoViolation(Checkout.Files("src", ".razor").SelectMany(f => TextRules.Literals(f, TakesText)));

    [Fact]
    public void Resources_OfTheHouse_SpeakBothLanguages() => Verdict.NoViolation(Resources.SelectMany(r => TextRules.Languages(r.Path, r.French, r.English)));

    [Fact]
    public void Resources_InFrench_FollowTypography() =>
        Verdict.NoViolation(Resources.SelectMany(r => r.French.SelectMany(t => FrenchTypography.FaultsOf(t.Value).Select(f => new Violation($"{r.Path} {t.Key}", r.Path, $"{t.Key}: {f} in « {t.Value} »")))));

    [Fact]
    public void Resources_InEnglish_HaveCleanSpaces() =>
        Verdict.NoViolation(Resources.SelectMany(r => r.English.Where(t => t.Value.Contains("  ", StringComparison.Ordinal) || t.Value.Contains('\'') || t.Value.Trim() != t.Value)
            .Select(t => new Violation($"{r.Path} {t.Key}", r.Path, $"{t.Key}: two spaces, a space at an end or a straight apostrophe in “{t.Value}”"))));

    [Theory]
    [InlineData("<p>Bonjour</p>")]
    [InlineData("<p>@T.Hello Bonjour</p>")]
    [InlineData("@if (a < b)\n{\n    <p>Bonjour</p>\n}")]
    [InlineData("@foreach (var a in b)\n{\n    if (c)\n    {\n        <li>@a.Name Bonjour</li>\n    }\n}")]
    [InlineData("<p>@(a ? T.One : T.Two) élus</p>")]
    [InlineData("@code {\n    private RenderFragment Say => @<b>Bonjour</b>;\n}")]
    [InlineData("@code {\n    private RenderFragment Say => builder =>\n    {\n        <b>Bonjour</b>\n    };\n}")]
    [InlineData("<img src=\"a.png\" alt=\"Une photo\" />")]
    [InlineData("<Field Name=\"Title\" Label=\"Titre\" />")]
    [InlineData("<p title=\"@T.Title Bonjour\"></p>")]
    [InlineData("@{\n    var x = 1;\n    @:Bonjour\n}")]
    [InlineData("@switch (x)\n{\n    case 1:\n        <p>Bonjour</p>\n        break;\n}")]
    [InlineData("<p>a&nbsp;@x</p>")]
    public void Literals_WordsInMarkup_Flagged(string razor) => Verdict.Flags(TextRules.Literals(new("a.razor", razor), (_, name) => name != "Message"), "a.razor");

    [Theory]
    [InlineData("@page \"/groupes/{Slug}\"\n@inject Dates Dates\n@using T = A.B\n<p>@T.Hello</p>")]
    [InlineData("<p>@T.Hello.With(a, \"x > y\") : @await Load(b)[0]?.Name! — 42 %&nbsp;&middot;</p>")]
    [InlineData("@* un mot *@<!-- un mot --><!DOCTYPE html>")]
    [InlineData("@if (a < b && c > d) { @T.One } else { <a href=\"@Href\">@T.Two</a> }")]
    [InlineData("@if (a)\n{\n    <p>@T.A</p>\n}\nelse if (b)\n{\n    <p>@T.B</p>\n}\nelse\n{\n    <br>\n}")]
    [InlineData("<Menu><Summary><Avatar Person=\"@(new PersonFace(me.Name, \"x\"))\" />@me.Name</Summary></Menu>")]
    [InlineData("<input type=\"text\" name=\"Titre\" class=\"champ court\" required @onclick=\"Handler\" value='@x' />")]
    [InlineData("@code {\n    /// <summary>Un mot.</summary>\n    private List<string> words = [\"bonjour\"]; // un mot\n    private bool Less(int a, int b) => a <b;\n}")]
    [InlineData("@for (var i = 0; i < 3; i++)\n{\n    var n = i;\n    <td>@n</td>\n}")]
    [InlineData("<Footer Message=\"opening\" Name=\"Titre\" />")]
    [InlineData("<style>p { color: red }</style><script src=\"a.js\"></script>")]
    [InlineData("@using (Html.Begin())\n{\n    <p>@x</p>\n}")]
    public void Literals_NoWordInMarkup_NothingFlagged(string razor) => Verdict.Flags(TextRules.Literals(new("a.razor", razor), (_, name) => name != "Message"));

    [Fact]
    public void Languages_KeyMissing_Flagged() =>
        Verdict.Flags(TextRules.Languages("r", Texts(("A", "un"), ("B", "deux")), Texts(("A", "one"), ("C", "three"))), "r B", "r C");

    [Fact]
    public void Languages_OtherPlaces_Flagged() =>
        Verdict.Flags(TextRules.Languages("r", Texts(("A", "{0} de {1:N0}"), ("B", "{1} de {0}")), Texts(("A", "{0} of"), ("B", "{0} of {1:d}"))), "r A");

    [Fact]
    public void Languages_EmptyText_Flagged() => Verdict.Flags(TextRules.Languages("r", Texts(("A", "un")), Texts(("A", " "))), "r A");

    [Fact]
    public void Read_ResourceFile_TextsByKey() =>
        Assert.Equal("C’est fait", TextRules.Read("<root><data name=\"Done\" xml:space=\"preserve\"><value>C’est fait</value></data></root>")["Done"]);

    [Theory]
    [InlineData("l'agenda")]
    [InlineData("Qui pourra lire?")]
    [InlineData("Qui pourra lire ?")]
    [InlineData("Qui pourra lire\u00a0?")]
    [InlineData("À savoir: ceci")]
    [InlineData("À savoir : ceci")]
    [InlineData("À savoir :")]
    [InlineData("Le groupe « Forêt »")]
    [InlineData("Le groupe «\u00a0Forêt»")]
    [InlineData("Deux  espaces")]
    [InlineData("Patientez...")]
    [InlineData("les élu·e·s")]
    [InlineData("les élu.e.s")]
    [InlineData("invité(e)")]
    [InlineData("Veuillez saisir un titre")]
    [InlineData("Etat du groupe")]
    [InlineData("A propos")]
    [InlineData("Le nom \"Forêt\"")]
    [InlineData(" Titre")]
    public void Typography_Fault_Flagged(string text) => Assert.NotEmpty(FrenchTypography.FaultsOf(text));

    [Theory]
    [InlineData("C’est fait\u202f!")]
    [InlineData("Qui pourra lire\u202f?")]
    [InlineData("Vraiment\u202f?!")]
    [InlineData("À savoir\u00a0: ceci")]
    [InlineData("Le groupe «\u00a0{0}\u00a0» compte {1:N0} membres")]
    [InlineData("Voir https://exemple.fr/a?b=c;d et /connexion?retour=/moi")]
    [InlineData("Le réglage Territoire:Mail:From n’est pas une adresse")]
    [InlineData("Écrire à agent@demo.local à 14\u00a0h\u00a030")]
    [InlineData("Les élues et les élus · 3 réponses")]
    [InlineData("Nouvelle tentative…")]
    public void Typography_Sound_NothingFlagged(string text) => Assert.Empty(FrenchTypography.FaultsOf(text));

    private static bool TakesText(string component, string parameter) =>
        House.Assemblies.SelectMany(a => a.GetTypes()).Where(t => t.Name == component.Split('.')[^1] && t.IsAssignableTo(typeof(IComponent)))
            .Any(t => t.GetProperty(parameter)?.PropertyType == typeof(string));

    private static Dictionary<string, string> Texts(params (string Key, string Text)[] texts) => texts.ToDictionary(t => t.Key, t => t.Text);
}
