using System.Text;
using System.Text.RegularExpressions;
using TerritoireCollab.Mime;
using TerritoireCollab.Mime.Reading;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Gateway.Treating;

/// <summary>What somebody wrote in a mail, ready to be published.</summary>
/// <param name="Body">Markdown: as plain as it was typed, HTML is never kept. Empty when nothing of the author's own was found.</param>
/// <param name="Elided">Quotes and signature, plain text; null when there are none.</param>
internal sealed record WrittenWords(string Body, string? Elided);

/// <summary>Takes the words of its author out of a mail.</summary>
internal sealed partial class MailWords(OwnLinks links)
{
    private const int LongestElided = 50_000;
    private const int ShownOfSubject = 80;

    /// <summary>The words of the text part; those of the HTML part where there is no text part, or nothing in it.</summary>
    public WrittenWords Read(IncomingMail mail)
    {
        var trimmed = NewText.Of(mail);
        var body = Publishable(links.Without(trimmed.Text));
        if (body.Length <= Bodies.MaxLength && RichText.Check(body) == RichTextCheck.TooComplex) body = Plain(body);
        var elided = Readable(links.Without(trimmed.Elided)).Trim('\n');
        return new(body, elided.Length == 0 ? null : elided.Length <= LongestElided ? elided : elided[..LongestElided]);
    }

    /// <summary>The subject without « Re : », « TR : » and the mark of a list; the beginning of the text where nothing is left.</summary>
    public static string Title(string subject, string body)
    {
        var title = Marks().Replace(Readable(MailSorting.OneLine(subject)), "").Trim();
        if (title.Length == 0) title = Excerpt.Of(body, ShownOfSubject);
        return Excerpt.Cut(title, ContentItem.TitleLength);
    }

    /// <summary>What is kept of the mail with what is made of it.</summary>
    public static MailOrigin Origin(IncomingMail mail, string? elided) =>
        new(mail.MessageId is { Length: > 0 and <= MailOrigin.LongestId } id && MessageIds.IsUsable(id) ? id : null, elided);

    // Text set in by a mail program is no code: only lists keep their indent.
    private static string Publishable(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var line in Readable(text).Split('\n'))
        {
            var start = line.TrimStart(' ', '\t');
            kept.Append(line.Length - start.Length < 4 && !line.StartsWith('\t') || Item().IsMatch(start) ? line.TrimEnd() : start.TrimEnd()).Append('\n');
        }

        return kept.ToString().Trim('\n');
    }

    // Control characters have no place in a text of the site.
    private static string Readable(string text)
    {
        if (!text.Any(c => c is '\0' or '\r' or (>= '\u0080' and <= '\u009F') || (char.IsControl(c) && c is not ('\n' or '\t')))) return text;

        return string.Concat(text.ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !char.IsControl(c)));
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length + 16);
        foreach (var letter in text) (letter is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '|' or '~' or '&' ? plain.Append('\\') : plain).Append(letter);
        return plain.ToString();
    }

    [GeneratedRegex(@"^(\s*((re|tr|fwd?|r[ée]f|rép|rep|aw|wg|i)\s*(\[\d+\])?\s*[:：]|\[[^\]]{1,60}\]))+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Marks();

    [GeneratedRegex(@"^([-*+•–]|\d{1,3}[.)])\s", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Item();
}
