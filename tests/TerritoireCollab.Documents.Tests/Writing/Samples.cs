using Markdig;
using TerritoireCollab.Documents.Writing;

namespace TerritoireCollab.Documents.Tests.Writing;

/// <summary>Documents to be written: what members type, in Markdown.</summary>
internal static class Samples
{
    /// <summary>A bit of everything that the platform's Markdown has.</summary>
    public const string Minutes = """
        # Présents

        Une **élue**, un *agent* et l’école « Les Cèdres » : qui d’autre ? 🌲
        Deuxième ligne, ~~barrée~~, avec du `code  à deux blancs` et [le site](https://exemple.test/sentier?a=1&b=2).

        ## Décisions

        - Nettoyer la source
          - avec l’école
            1. en avril
            2. ou en mai
        - Poser trois bancs

        3. Troisième
        4. Quatrième

        Encore une liste :

        1. Recommence

        - [x] Convoquer
        - [ ] Rédiger

        | Tronçon | Qui | Montant |
        | --- | :---: | ---: |
        | Nord | *l’agent* | 12,50 € |
        | Sud |  | 8 € |

        ### Citation

        > On ira tous,
        > dit-il.
        >
        > Sauf l’hiver.

        ```
        if (a < b && c)   // trois blancs
        	tabulation
        ```

        ---

        ![Le pont](/images/pont.png) [piège](javascript:alert(1)) [d’ici](/groupes/chemins)

        Fin.
        """;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseTaskLists().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).UseSoftlineBreakAsHardlineBreak().DisableHtml().Build();

    /// <summary>A document from Markdown, with one picture.</summary>
    public static WrittenDocument Of(string markdown, string title = "Compte rendu du 12 mars") => new()
    {
        Title = title,
        Author = "Ana Pichon",
        Modified = new DateTimeOffset(2026, 3, 12, 14, 30, 0, TimeSpan.Zero),
        Blocks = MarkdownTree.Read(Markdown.Parse(markdown, Pipeline), new MarkdownTreeOptions { Site = new Uri("https://territoire.test/"), Image = FindImage }),
    };

    /// <summary>A picture of two pixels by one.</summary>
    public static byte[] Png { get; } = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR42mM4IScHRAAIdwIJTi4JLAAAAABJRU5ErkJggg==");

    private static WrittenImage? FindImage(string address, string alternative) => address == "/images/pont.png" ? new WrittenImage(alternative, "image/png", 2_000, 1_000, () => new MemoryStream(Png)) : null;
}
