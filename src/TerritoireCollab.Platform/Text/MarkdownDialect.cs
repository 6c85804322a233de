using System.Buffers;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.TaskLists;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace TerritoireCollab.Platform.Text;

/// <summary>The one Markdown pipeline of the platform.</summary>
internal static class MarkdownDialect
{
    public static MarkdownPipeline Pipeline { get; } = Build(isLocated: false);

    /// <summary>The same, which says of each piece where in the source it stands.</summary>
    public static MarkdownPipeline Located { get; } = Build(isLocated: true);

    private static MarkdownPipeline Build(bool isLocated)
    {
        var builder = new MarkdownPipelineBuilder()
            .UsePipeTables()
            .UseTaskLists()
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
            .UseSoftlineBreakAsHardlineBreak()
            .DisableHtml();
        builder.Extensions.AddIfNotAlready<PointerExtension>();
        if (isLocated) builder.UsePreciseSourceLocation();
        return builder.Build();
    }

    private sealed class PointerExtension : IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline)
        {
            pipeline.InlineParsers.Insert(0, new MentionParser());
            pipeline.InlineParsers.Insert(0, new ReferenceParser());
            pipeline.InlineParsers.Insert(0, new AddressParser());
            pipeline.InlineParsers.Insert(0, new PageLinkParser());
        }

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
        {
            if (renderer is not HtmlRenderer html)
            {
                return;
            }

            html.ObjectRenderers.Insert(0, new PointerRenderer());
            html.ObjectRenderers.Insert(0, new PageLinkRenderer());
            html.ObjectRenderers.ReplaceOrAdd<HtmlTaskListRenderer>(new TaskRenderer());
        }
    }
}

/// <summary>A mention, a reference or a bare address: a word of the text that may become a link.</summary>
internal abstract class PointerInline : LeafInline
{
    /// <summary>Folded handle or id, without its sign; the address itself for a bare address.</summary>
    public required string Key { get; init; }

    /// <summary>What is shown: as typed until resolved.</summary>
    public required string Label { get; set; }

    /// <summary>Address once resolved.</summary>
    public string? Address { get; set; }

    /// <summary>Class of the link, if it has one.</summary>
    public abstract string? ClassName { get; }

    /// <summary>A link inside a link cannot be: such a pointer stays text.</summary>
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

internal sealed class MentionInline : PointerInline
{
    public override string? ClassName => "mention";
}

internal sealed class ReferenceInline : PointerInline
{
    public override string? ClassName => "reference";
}

internal sealed class AddressInline : PointerInline
{
    public override string? ClassName => null;
}

/// <summary>
/// A bare address. The library's own parser does not stop at the no-break spaces that French puts before <c>! ?</c>
/// and <c>»</c>, and is quadratic on addresses glued together.
/// </summary>
internal sealed class AddressParser : InlineParser
{
    private const int MaxAddress = 2_000;

    private static readonly SearchValues<char> Ends = SearchValues.Create("<>|`«»\"“”\\");

    public AddressParser() => OpeningCharacters = ['h', 'H', 'w', 'W', 'm', 'M'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.AsSpan();
        var prefix = PrefixLength(text);
        if (prefix == 0 || IsGlued(slice.PeekCharExtra(-1)))
        {
            return false;
        }

        var length = AddressLength(text);
        if (length <= prefix || !char.IsLetterOrDigit(text[prefix]))
        {
            return false;
        }

        var label = text[..length].ToString();
        var isShort = label.StartsWith("www.", StringComparison.OrdinalIgnoreCase);
        if (isShort && !label.AsSpan(prefix).Contains('.'))
        {
            return false;
        }

        processor.Inline = new AddressInline
        {
            Key = label,
            Label = label,

            // An endless run is text, taken in one piece so that it is read once.
            Address = length > MaxAddress ? null : isShort ? "https://" + label : label,
            Span = new(processor.GetSourcePosition(slice.Start), processor.GetSourcePosition(slice.Start + length - 1)),
        };
        slice.Start += length;
        return true;
    }

    private static int PrefixLength(ReadOnlySpan<char> text)
    {
        foreach (var prefix in new[] { "https://", "http://", "www.", "mailto:" })
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return prefix.Length;
            }
        }

        return 0;
    }

    private static bool IsGlued(char previous) => char.IsLetterOrDigit(previous) || previous is '/' or '@' or '.' or '-' or '=' or '&' or '?' or '#' or '%' or '+';

    // Signs at the end belong to the sentence; a closing bracket too unless it was opened inside the address.
    private static int AddressLength(ReadOnlySpan<char> text)
    {
        var end = 0;
        var unclosed = 0;
        var square = 0;
        while (end < text.Length && end <= MaxAddress && !IsEnd(text[end]))
        {
            // « ] » alone closes a link whose text is this address.
            square += text[end] == '[' ? 1 : text[end] == ']' ? -1 : 0;
            if (square < 0)
            {
                break;
            }

            unclosed += text[end] == '(' ? 1 : text[end] == ')' ? -1 : 0;
            end++;
        }

        while (end > 0 && (text[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or '*' or '_' or '~' or '\'' or '’' or '…' or '[' or ']' or '}' || (text[end - 1] == ')' && unclosed < 0)))
        {
            unclosed += text[end - 1] == ')' ? 1 : 0;
            end--;
        }

        return end;
    }

    private static bool IsEnd(char letter) => char.IsWhiteSpace(letter) || char.IsControl(letter) || Ends.Contains(letter);
}

/// <summary><c>@prenom.nom</c>: letters and digits joined by single dots or hyphens, starting with a letter.</summary>
internal sealed class MentionParser : InlineParser
{
    private const int MaxHandle = 64;

    public MentionParser() => OpeningCharacters = ['@'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (IsGlued(slice.PeekCharExtra(-1)))
        {
            return false;
        }

        var text = slice.AsSpan();
        var length = HandleLength(text[1..]);

        // « @ami@serveur » is an address of another network.
        if (length == 0 || (length + 1 < text.Length && text[length + 1] == '@'))
        {
            return false;
        }

        processor.Inline = new MentionInline
        {
            Key = TextFold.Fold(text.Slice(1, length)),
            Label = text[..(length + 1)].ToString(),
            Span = new(processor.GetSourcePosition(slice.Start), processor.GetSourcePosition(slice.Start + length)),
        };
        slice.Start += length + 1;
        return true;
    }

    private static bool IsGlued(char previous) => char.IsLetterOrDigit(previous) || previous is '_' or '.' or '-' or '/' or '@' or '+';

    private static int HandleLength(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !char.IsLetter(text[0]))
        {
            return 0;
        }

        var end = 0;
        while (end < text.Length && end <= MaxHandle)
        {
            if (char.IsLetterOrDigit(text[end]))
            {
                end++;
                continue;
            }

            var joins = text[end] is '.' or '-' && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1]);
            if (!joins)
            {
                break;
            }

            end++;
        }

        return end <= MaxHandle ? end : 0;
    }
}

/// <summary><c>#7k3m9q2x</c>: eight characters of Crockford's base 32.</summary>
internal sealed class ReferenceParser : InlineParser
{
    private const int IdLength = 8;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("0123456789abcdefghjkmnpqrstvwxyz");

    public ReferenceParser() => OpeningCharacters = ['#'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.AsSpan();
        if (IsGlued(slice.PeekCharExtra(-1)) || text.Length <= IdLength)
        {
            return false;
        }

        var id = text.Slice(1, IdLength).ToString().ToLowerInvariant();
        if (id.AsSpan().ContainsAnyExcept(Alphabet) || (text.Length > IdLength + 1 && IsGlued(text[IdLength + 1])))
        {
            return false;
        }

        processor.Inline = new ReferenceInline
        {
            Key = id,
            Label = text[..(IdLength + 1)].ToString(),
            Span = new(processor.GetSourcePosition(slice.Start), processor.GetSourcePosition(slice.Start + IdLength)),
        };
        slice.Start += IdLength + 1;
        return true;
    }

    private static bool IsGlued(char neighbour) => char.IsLetterOrDigit(neighbour) || neighbour is '_' or '-' or '/' or '#' or '&';
}

internal sealed class PointerRenderer : HtmlObjectRenderer<PointerInline>
{
    protected override void Write(HtmlRenderer renderer, PointerInline obj)
    {
        if (obj.Address is null || !renderer.EnableHtmlForInline)
        {
            renderer.WriteEscape(obj.Label);
            return;
        }

        renderer.Write("<a href=\"").WriteEscape(obj.Address);
        renderer.Write(obj.ClassName is null ? string.Empty : "\" class=\"").Write(obj.ClassName ?? string.Empty).Write("\">");
        renderer.WriteEscape(obj.Label);
        renderer.Write("</a>");
    }
}

/// <summary>A box drawn as a character: a disabled form control would have no name for a screen reader.</summary>
internal sealed class TaskRenderer : HtmlObjectRenderer<TaskList>
{
    protected override void Write(HtmlRenderer renderer, TaskList obj) =>
        renderer.Write(obj.Checked ? "<span class=\"case case-faite\">☑</span>" : "<span class=\"case\">☐</span>");
}
