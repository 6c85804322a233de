using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;

namespace TerritoireCollab.Ui.Components;

/// <summary>
/// Markup written in one piece, for lists that repeat the same few elements: <c>Html.Of($"&lt;h2&gt;{title}&lt;/h2&gt;")</c>. The literal
/// parts are the markup; what stands between braces is text and is encoded, for an element's content or for an attribute in double quotes.
/// </summary>
public static class Html
{
    /// <summary>How the pages, which are UTF-8, write text: « é » is itself, in two bytes; as a character reference it would be six.</summary>
    public static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(new TextEncoderSettings(UnicodeRanges.All));

    /// <summary>The piece, to be rendered as it is.</summary>
    public static MarkupString Of(ref Writing markup) => new MarkupString(markup.ToStringAndClear());

    /// <summary>Pieces one after the other.</summary>
    public static MarkupString Join(IEnumerable<MarkupString> pieces) => new MarkupString(string.Concat(pieces));

    /// <summary>What the compiler makes of the piece.</summary>
    [InterpolatedStringHandler]
    public ref struct Writing
    {
        private DefaultInterpolatedStringHandler _text;

        /// <summary>Begins a piece.</summary>
        public Writing(int literalLength, int formattedCount) => _text = new(literalLength, formattedCount, CultureInfo.InvariantCulture);

        /// <summary>Markup.</summary>
        public void AppendLiteral(string markup) => _text.AppendLiteral(markup);

        /// <summary>A text, encoded; nothing when it is null.</summary>
        public void AppendFormatted(string? text)
        {
            if (text is not null) _text.AppendLiteral(Encoder.Encode(text));
        }

        /// <summary>A number.</summary>
        public void AppendFormatted(int number) => _text.AppendFormatted(number);

        /// <summary>Another piece, as it is.</summary>
        public void AppendFormatted(MarkupString piece) => _text.AppendLiteral(piece.Value ?? "");

        internal string ToStringAndClear() => _text.ToStringAndClear();
    }
}
