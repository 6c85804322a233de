using System.Collections.Immutable;
using TerritoireCollab.Documents.Writing;
using TerritoireCollab.Platform.Text;
using Xunit;

namespace TerritoireCollab.Text.Tests;

public sealed class RichTextDocumentTests
{
    private static readonly RichTextContext Context = new()
    {
        Site = new Uri("https://territoire.test/"),
        Mentions = ImmutableDictionary<string, MentionTarget>.Empty.Add("ana.pichon", new("Ana Pichon", "/membres/ana.pichon")),
        References = ImmutableDictionary<string, ReferenceTarget>.Empty.Add("7k3m9q2x", new("Le pont", "/contenus/7k3m9q2x")),
    };

    [Fact]
    public void Read_MentionsAndReferences_LinksOfTheSite()
    {
        Assert.Equal(
            ["Demandez à ", "@Ana Pichon https://territoire.test/membres/ana.pichon", " pour ", "Le pont https://territoire.test/contenus/7k3m9q2x", " ou @inconnue."],
            Lines("Demandez à @ana.pichon pour #7k3m9q2x ou @inconnue."));
    }

    [Fact]
    public void Read_BareAddress_Link() => Assert.Equal(["Voir ", "www.exemple.test https://www.exemple.test/", "."], Lines("Voir www.exemple.test."));

    [Fact]
    public void Read_MentionInALink_TextOfTheLink() =>
        Assert.Equal(["demandez à @ana.pichon https://exemple.test/"], Lines("[demandez à @ana.pichon](https://exemple.test/)"));

    [Fact]
    public void Read_Heading_KeepsItsLevel() => Assert.Equal(1, Assert.IsType<WrittenHeading>(Assert.Single(RichTextDocument.Read("# Titre", Context))).Level);

    [Fact]
    public void Read_TextTooComplex_PlainParagraphs()
    {
        var text = string.Concat(Enumerable.Repeat("> ", 5_000)) + "fond\n\nfin";

        Assert.Equal(RichTextCheck.TooComplex, RichText.Check(text));
        Assert.Equal(["fond", "fin"], RichTextDocument.Read(text, Context).Cast<WrittenParagraph>().Select(p => ((WrittenText)p.Content[0]).Text.Split(' ')[^1]));
    }

    [Fact]
    public void Read_Picture_AsFoundOrAsALink()
    {
        var found = RichTextDocument.Read("![Le pont](/images/1)", Context, (address, alternative) => new WrittenImage(alternative + address, "image/png", 1, 1, () => Stream.Null));
        var missing = RichTextDocument.Read("![Le pont](/images/1)", Context);

        Assert.Equal("Le pont/images/1", Assert.IsType<WrittenImage>(((WrittenParagraph)found[0]).Content[0]).Alternative);
        Assert.Equal(new WrittenText("Le pont", Link: "https://territoire.test/images/1"), ((WrittenParagraph)missing[0]).Content[0]);
    }

    private static IEnumerable<string> Lines(string markdown) =>
        ((WrittenParagraph)Assert.Single(RichTextDocument.Read(markdown, Context))).Content.Cast<WrittenText>().Select(text => text.Link is null ? text.Text : $"{text.Text} {new Uri(text.Link).AbsoluteUri}");
}
