using System.Collections.Frozen;
using AngleSharp.Html.Parser.Tokens;

namespace TerritoireCollab.Mime.Trimming.Html;

/// <summary>What a mail program says of an element by its class, its identifier or its borders.</summary>
internal enum ClientMark
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>What it holds introduces an older mail.</summary>
    Intro,

    /// <summary>The older mail begins here, whatever element ends.</summary>
    Beginning,

    /// <summary>What it holds is quoted.</summary>
    Quote,

    /// <summary>What it holds is a signature.</summary>
    Signature,
}

/// <summary>The names by which mail programs mark quotations and signatures in HTML.</summary>
internal static class ClientMarks
{
    private static readonly FrozenDictionary<string, ClientMark> Names = Table(
        (ClientMark.Signature, "gmail_signature gmail_signature_prefix moz-signature applemailsignature signature outlooksignature ms-outlook-mobile-signature protonmail_signature_block protonmail_signature_block-user protonmail_signature_block-proton yahoo_signature ymail_signature zmail_signature acompli_signature edo-signature k9mail-signature k9-signature cm_signature front-signature bloop_sign mb_sig mobile_signature tutanota_signature bluemail_signature rc-signature signature_text"),
        (ClientMark.Intro, "gmail_attr moz-cite-prefix moz-email-headers-table outlookmessageheader reply-intro replyintro __headers__ __divider__ zwchr protonmail_quote_header cm_quote_header yahoo_quoted_begin"),
        (ClientMark.Beginning, "divrplyfwdmsg appendonsend moz-forward-container ms-outlook-mobile-reference-message stopspelling olk_src_body_section mail-editor-reference-message-container _origmsg_ originalmessage divtaglocationtop"),
        (ClientMark.Quote, "yahoo_quoted protonmail_quote zmail_extra __quoted_text__ messagereplysection tutanota_quote cm_quote front-blockquote edo-original k9mail-quote gmail_quote_original webmailquote wmquote mailcontainer_quote elided-text bm-quote"));

    private static readonly (string Prefix, ClientMark Mark)[] Prefixes =
    [
        ("bloop_sign", ClientMark.Signature), ("__sig", ClientMark.Signature), ("protonmail_signature", ClientMark.Signature), ("cm_sign", ClientMark.Signature),
        ("front-sign", ClientMark.Signature), ("applemailsignature", ClientMark.Signature), ("yahoo_quoted", ClientMark.Quote), ("protonmail_quote", ClientMark.Quote),
        ("divrplyfwdmsg", ClientMark.Beginning),
    ];

    /// <summary>What a start tag says of its element.</summary>
    public static ClientMark Of(HtmlTagToken tag)
    {
        if (tag.Attributes.Count == 0) return tag.Name == "blockquote" ? ClientMark.Quote : ClientMark.None;

        var (mark, style, indented) = (ClientMark.None, "", false);
        for (var index = 0; index < tag.Attributes.Count && index < 20; index++)
        {
            var (name, value) = (tag.Attributes[index].Name, tag.Attributes[index].Value ?? "");
            if (name is "class" or "id" or "data-marker" or "name" or "data-tracker-name") mark = mark == ClientMark.None ? OfNames(value) : mark;
            if (name == "style") style = Borders.Plain(value);
            indented |= name == "class" && value.Contains("indent-blockquote", StringComparison.OrdinalIgnoreCase);
        }

        if (tag.Name == "blockquote") return indented || Borders.AreNone(style) ? ClientMark.None : ClientMark.Quote;
        if (mark != ClientMark.None) return mark;
        return tag.Name == "div" && Borders.AreOutlooks(style) ? ClientMark.Beginning : ClientMark.None;
    }

    private static ClientMark OfNames(string value)
    {
        if (value.Length is 0 or > 400) return ClientMark.None;

        foreach (var range in value.AsSpan().Split(' '))
        {
            var mark = OfName(value[range].ToLowerInvariant());
            if (mark != ClientMark.None) return mark;
        }

        return ClientMark.None;
    }

    // Outlook on the web writes x_ before the names of what it shows, once for each answer.
    private static ClientMark OfName(string name)
    {
        while (name.StartsWith("x_", StringComparison.Ordinal)) name = name[2..];
        if (Names.TryGetValue(name, out var mark)) return mark;

        foreach (var (prefix, prefixed) in Prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal)) return prefixed;
        }

        return name.StartsWith("ydp", StringComparison.Ordinal) && name.EndsWith("yahoo_quoted", StringComparison.Ordinal) ? ClientMark.Quote : ClientMark.None;
    }

    private static FrozenDictionary<string, ClientMark> Table(params (ClientMark Mark, string Names)[] rows) =>
        rows.SelectMany(row => row.Names.Split(' ').Select(name => (name, row.Mark))).DistinctBy(row => row.name).ToFrozenDictionary(row => row.name, row => row.Mark, StringComparer.Ordinal);
}
