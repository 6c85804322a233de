using AngleSharp.Html.Parser.Tokens;

namespace TerritoireCollab.Markup;

/// <summary>Pictures, players and frames.</summary>
internal sealed partial class HtmlWriter
{
    private readonly Stack<(HtmlTagToken Tag, int Start)> _frames = new();

    private void WriteImage(HtmlTagToken tag)
    {
        var source = options.KeepPictures ? Pictures.Source(tag) : Attribute(tag, "src");
        var alternative = Attribute(tag, "alt")?.Trim() ?? string.Empty;
        if (LinkPolicy.OwnImage(source, options) is { } own)
        {
            WritePicture(tag, own, alternative);
            return;
        }

        if (Attribute(tag, "width") is "0" or "1" || Attribute(tag, "height") is "0" or "1")
        {
            return;
        }

        var link = LinkPolicy.Check(source, options);
        if (options.KeepPictures && link is { LeavesSite: true } foreign)
        {
            if (!Pictures.CountsReaders(tag, foreign.Address)) WritePicture(tag, foreign.Address, alternative);
            return;
        }

        WriteLinkTo(options.KeepPictures ? null : link, alternative);
    }

    private void WritePicture(HtmlTagToken tag, string address, string alternative)
    {
        OpenImpliedContent();
        _html.Append("<img");
        Write("src", address);
        _html.Append(" alt=\"");
        Encode(alternative, true);
        _html.Append('"');
        Write("title", Attribute(tag, "title"));
        WriteNumber(tag, "width", 10_000);
        WriteNumber(tag, "height", 10_000);
        _html.Append(" loading=\"lazy\">");
    }

    // A frame that holds nothing for us is told by a link, if it shows a page of its own: a whole site is an advertisement.
    private void EndFrame()
    {
        var isEmpty = _frames.TryPop(out var frame) && _html.Length == frame.Start;
        if (isEmpty && LinkPolicy.Check(Attribute(frame.Tag, "src"), options) is { } link && Uri.TryCreate(link.Address, UriKind.Absolute, out var address) && address.PathAndQuery != "/")
        {
            WriteEmbed(frame.Tag);
        }
    }

    private void WriteEmbed(HtmlTagToken tag)
    {
        if (LinkPolicy.Check(Attribute(tag, "src"), options) is { } link)
        {
            WriteLinkTo(link, Attribute(tag, "title")?.Trim() ?? string.Empty);
        }
    }
}
