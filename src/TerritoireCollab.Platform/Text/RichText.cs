using System.Collections.Immutable;
using System.Net;
using System.Text;
using Markdig;
using Markdig.Syntax;
using TerritoireCollab.Markup;

namespace TerritoireCollab.Platform.Text;

/// <summary>Whether a source text can be kept.</summary>
public enum RichTextCheck
{
    /// <summary>The text renders as Markdown.</summary>
    Accepted,

    /// <summary>Longer than <see cref="RichText.MaxLength"/>.</summary>
    TooLong,

    /// <summary>Nested too deeply or built so that rendering would take too long; it would be shown as plain text.</summary>
    TooComplex,
}

/// <summary>
/// Markdown as members write it: CommonMark with pipe tables, task lists, strikethrough, bare links, line breaks
/// kept, mentions <c>@prenom.nom</c> and references <c>#7k3m9q2x</c>. Raw HTML is shown as text.
/// </summary>
public static class RichText
{
    /// <summary>Longest source text, in UTF-16 units.</summary>
    public const int MaxLength = 100_000;

    // The page's title is h1 and its parts h2: a text starts below.
    private const int HeadingShift = 2;

    /// <summary>Tells whether a text may be kept, without throwing on any input.</summary>
    public static RichTextCheck Check(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        if (markdown.Length > MaxLength)
        {
            return RichTextCheck.TooLong;
        }

        return TryRender(markdown, RichTextContext.Empty) is null ? RichTextCheck.TooComplex : RichTextCheck.Accepted;
    }

    /// <summary>
    /// Sanitised HTML of a text. What <see cref="Check"/> refuses is shown as plain paragraphs; nothing throws.
    /// </summary>
    public static string Render(string markdown, RichTextContext context)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        ArgumentNullException.ThrowIfNull(context);
        var html = TryRender(markdown, context) ?? Paragraphs(markdown);
        return Sanitizer.Clean(html, new SanitizerOptions { Site = context.Site });
    }

    /// <summary>Handles mentioned, each once, in order: lower case, without accents nor at sign. Code and link texts do not count.</summary>
    public static ImmutableArray<string> FindMentions(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        return Find<MentionInline>(markdown, '@');
    }

    /// <summary>Short ids referred to, each once, in order: lower case, without the number sign. Code and link texts do not count.</summary>
    public static ImmutableArray<string> FindReferences(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        return Find<ReferenceInline>(markdown, '#');
    }

    /// <summary>Links to pages by their title, in order. Code and link texts do not count.</summary>
    public static ImmutableArray<PageLink> FindPageLinks(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        if (!markdown.Contains("[[", StringComparison.Ordinal) || TryParse(markdown, MarkdownDialect.Located) is not { } document)
        {
            return [];
        }

        return [.. document.Descendants<PageLinkInline>().Where(link => !link.IsInsideLink()).Select(link => new PageLink(link.Span.Start, link.Span.Length, link.Title, link.ShortId, link.Text))];
    }

    private static ImmutableArray<string> Find<T>(string markdown, char sign)
        where T : PointerInline
    {
        // Most texts name nobody: no need to parse them.
        if (!markdown.Contains(sign, StringComparison.Ordinal) || TryParse(markdown) is not { } document)
        {
            return [];
        }

        return [.. document.Descendants<T>().Where(pointer => !pointer.IsInsideLink()).Select(pointer => pointer.Key).Distinct()];
    }

    /// <summary>The tree of a text; null when it is too complex to have one.</summary>
    internal static MarkdownDocument? Parse(string markdown) => TryParse(markdown);

    private static MarkdownDocument? TryParse(string markdown, MarkdownPipeline? pipeline = null)
    {
        if (markdown.Length > MaxLength || ShapeGuard.IsCostly(markdown))
        {
            return null;
        }

        try
        {
            return Markdown.Parse(markdown, pipeline ?? MarkdownDialect.Pipeline);
        }
        catch (Exception error) when (IsParserLimit(error))
        {
            return null;
        }
    }

    private static string? TryRender(string markdown, RichTextContext context)
    {
        if (TryParse(markdown) is not { } document)
        {
            return null;
        }

        try
        {
            Resolve(document, context, HeadingShift);
            return document.ToHtml(MarkdownDialect.Pipeline);
        }
        catch (Exception error) when (IsParserLimit(error))
        {
            return null;
        }
    }

    // The parser reports « too deeply nested » as an ArgumentException; the others would be its own defects, for
    // which a text shown plainly is better than a page that cannot be opened.
    internal static bool IsParserLimit(Exception error) =>
        error is ArgumentException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException;

    /// <summary>Makes mentions and references what this reader may see of them.</summary>
    internal static void Resolve(MarkdownDocument document, RichTextContext context, int headingShift)
    {
        foreach (var node in document.Descendants())
        {
            switch (node)
            {
                case HeadingBlock heading:
                    heading.Level = Math.Min(6, heading.Level + headingShift);
                    break;
                case AddressInline address when address.IsInsideLink():
                    address.Address = null;
                    break;
                case MentionInline mention when !mention.IsInsideLink() && context.Mentions.TryGetValue(mention.Key, out var member):
                    mention.Label = "@" + member.DisplayName;
                    mention.Address = member.Address;
                    break;
                case ReferenceInline reference when !reference.IsInsideLink() && context.References.TryGetValue(reference.Key, out var content):
                    reference.Label = content.Title;
                    reference.Address = content.Address;
                    break;
            }
        }
    }

    private static string Paragraphs(string text)
    {
        var html = new StringBuilder(text.Length + 64);
        var open = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                html.Append(open ? "</p>\n" : string.Empty);
                open = false;
                continue;
            }

            html.Append(open ? "<br>\n" : "<p>").Append(WebUtility.HtmlEncode(line.ToString()));
            open = true;
        }

        return html.Append(open ? "</p>" : string.Empty).ToString();
    }
}
