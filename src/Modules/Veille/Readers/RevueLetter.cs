using TerritoireCollab.Platform.Text;
using TerritoireCollab.Ui.Mail;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Readers;

/// <summary>An issue as a letter: the revue itself, not a summons to come and read. The same for readers and for the preview of the animators.</summary>
internal sealed class RevueLetter(MailRenderer renderer)
{
    private const int PreheaderLength = 120;

    /// <summary>The letter, but for why it was sent and how to leave.</summary>
    /// <param name="revue">Name of the revue.</param>
    /// <param name="title">Number and title of the issue.</param>
    /// <param name="summary">Its beginning, plain text; may be empty.</param>
    /// <param name="introductionHtml">The animator's word, sanitised HTML; may be empty.</param>
    /// <param name="articles">Its articles in order, with their rubric.</param>
    /// <param name="address">Where it is read online, from the root.</param>
    public MailContent Of(string revue, string title, string summary, string introductionHtml, IEnumerable<(string? Rubric, ArticleView Article)> articles, string address)
    {
        List<MailBlock> blocks = introductionHtml.Length == 0 ? [] : [renderer.Prose(introductionHtml)];
        foreach (var rubric in RubricView.Of(articles))
        {
            if (rubric.Name is { } name) blocks.Add(new MailHeading(name));
            foreach (var article in rubric.Articles)
            {
                blocks.Add(new MailList([new MailListItem(article.Title, article.Address, article.SourceName)]));
                if (article.Line is { Length: > 0 } line) blocks.Add(new MailParagraph(line));
                if (article.Excerpt.Length > 0) blocks.Add(new MailQuote(article.Excerpt));
            }
        }

        return new()
        {
            Preheader = Excerpt.Cut(summary.Length > 0 ? summary : revue, PreheaderLength),
            Context = revue,
            Title = title,
            Blocks = [.. blocks, new MailButton(ReaderTexts.ReadOnline, address)],
            Reason = "",
        };
    }
}
