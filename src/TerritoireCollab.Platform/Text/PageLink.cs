using System.Buffers;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace TerritoireCollab.Platform.Text;

/// <summary>
/// A link to a page by its title: <c>[[Titre]]</c>, <c>[[Titre|texte]]</c>, and once it is known which page is meant <c>[[Titre#7k3m9q2x]]</c>,
/// so that the link outlives the title.
/// </summary>
/// <param name="Start">Where in the source it begins, in UTF-16 units.</param>
/// <param name="Length">Its length there.</param>
/// <param name="Title">The title as written; empty when the page is named by its short identifier alone.</param>
/// <param name="ShortId">Short identifier of the page, or null.</param>
/// <param name="Text">What is shown instead of the title, or null.</param>
public sealed record PageLink(int Start, int Length, string Title, string? ShortId, string? Text);

/// <summary>A link to a page, whose reader may see another title than its writer.</summary>
internal sealed class PageLinkInline : LeafInline
{
    public required string Title { get; init; }

    public string? ShortId { get; init; }

    public string? Text { get; init; }

    /// <summary>A link inside a link cannot be: such a one stays text.</summary>
    public bool IsInsideLink()
    {
        for (var parent = Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is LinkInline)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Reads <c>[[Titre]]</c>. <c>[[1]](address)</c> stays the link that it always was.</summary>
internal sealed class PageLinkParser : InlineParser
{
    private const int Longest = 420;
    private const int IdLength = 8;
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("0123456789abcdefghjkmnpqrstvwxyz");

    public PageLinkParser() => OpeningCharacters = ['['];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.AsSpan();
        if (text.Length < 5 || text[1] != '[' || slice.PeekCharExtra(-1) is '[' or '!') return false;

        var inner = text[2..Math.Min(text.Length, Longest)];
        var end = inner.IndexOf("]]", StringComparison.Ordinal);
        if (end <= 0 || inner[..end].ContainsAny('[', '\n', '\r') || (end + 4 < text.Length && text[end + 4] == '(')) return false;

        var bar = inner[..end].IndexOf('|');
        var left = bar < 0 ? inner[..end] : inner[..bar];
        var label = bar < 0 ? "" : inner[(bar + 1)..end].Trim().ToString();
        var id = IdAt(left);
        var title = (id is null ? left : left[..^(IdLength + 1)]).Trim().ToString();
        if (title.Length == 0 && id is null) return false;

        processor.Inline = new PageLinkInline
        {
            Title = title,
            ShortId = id,
            Text = label.Length > 0 ? label : null,
            Span = new(processor.GetSourcePosition(slice.Start), processor.GetSourcePosition(slice.Start + end + 3)),
        };
        slice.Start += end + 4;
        return true;
    }

    private static string? IdAt(ReadOnlySpan<char> left)
    {
        if (left.Length <= IdLength || left[^(IdLength + 1)] != '#') return null;

        var id = left[^IdLength..];
        return id.ContainsAnyExcept(Alphabet) ? null : id.ToString();
    }
}

/// <summary>
/// Draws the link as its writer knew it: what the page is called today, and whether it is there, is for its tool to say to each reader. A
/// page that is named and not known is marked.
/// </summary>
internal sealed class PageLinkRenderer : HtmlObjectRenderer<PageLinkInline>
{
    protected override void Write(HtmlRenderer renderer, PageLinkInline obj)
    {
        var label = obj.Text ?? (obj.Title.Length > 0 ? obj.Title : "#" + obj.ShortId);
        if (!renderer.EnableHtmlForInline || obj.IsInsideLink())
        {
            renderer.WriteEscape(label);
        }
        else if (obj.ShortId is { } id)
        {
            renderer.Write("<a href=\"/c/").WriteEscape(id).Write(obj.Text is null ? "\" class=\"lien-page\">" : "\" class=\"lien-page-dit\">").WriteEscape(label).Write("</a>");
        }
        else
        {
            renderer.Write("<span class=\"lien-a-ecrire\">").WriteEscape(label).Write("</span>");
        }
    }
}
