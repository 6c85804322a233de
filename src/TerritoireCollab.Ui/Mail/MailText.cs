using System.Text;
using TerritoireCollab.Platform;
using TerritoireCollab.Ui.Resources;

namespace TerritoireCollab.Ui.Mail;

/// <summary>The text part: readable by itself, with addresses in place of links.</summary>
internal static class MailText
{
    private const int LongestRule = 70;

    public static string Write(MailContent mail, Func<string, string> address)
    {
        // An address to write to is read, and copied, as it is.
        string Absolute(string link) => link.StartsWith("mailto:", StringComparison.Ordinal) ? link["mailto:".Length..].Split('?')[0] : address(link);
        var text = new StringBuilder();
        if (mail.Marker is not null) text.Append(mail.Marker).Append('\n').Append('\n');
        if (mail.Context is not null) text.Append(mail.Context).Append('\n');
        text.Append(mail.Title).Append('\n').Append('\n');
        foreach (var block in mail.Blocks) text.Append(Of(block, Absolute)).Append('\n').Append('\n');

        // « -- » with its blank: programs cut from here on when they quote.
        text.Append("-- \n").Append(mail.Reason).Append('\n');
        foreach (var link in mail.FooterLinks) text.Append(Labelled(link.Label, link.Address, Absolute)).Append('\n');
        return text.ToString();
    }

    private static string Of(MailBlock block, Func<string, string> absolute) => block switch
    {
        MailParagraph paragraph => paragraph.Text,
        MailHeading heading => $"{heading.Text}\n{new string('=', Math.Min(heading.Text.Length, LongestRule))}",
        MailQuote quote => Quoted(quote),
        MailProse prose => prose.Text,
        MailButton button => Labelled(button.Label, button.Address, absolute),
        MailEntry entry => Entry(entry, absolute),
        MailSmallLink small => Labelled(small.Link.Label, small.Link.Address, absolute),
        MailList list => string.Join('\n', list.Items.Select(item => Item(item, absolute))),
        _ => throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name, "No text is written for this block."),
    };

    private static string Labelled(string label, string address, Func<string, string> absolute) => $"{UiTexts.MailLabel.With(label)}\n{absolute(address)}";

    private static string Quoted(MailQuote quote)
    {
        var lines = string.Join('\n', quote.Text.Split('\n').Select(line => "> " + line));
        return quote.By is null ? lines : $"{lines}\n{quote.By}";
    }

    private static string Entry(MailEntry entry, Func<string, string> absolute) => string.Join('\n',
        new[] { $"{entry.Title}\n{absolute(entry.Address)}", entry.Meta, entry.Excerpt, entry.Why }.Where(l => l.Length > 0).Concat(entry.Links.Select(l => $"{UiTexts.MailLabel.With(l.Label)} {absolute(l.Address)}")));

    private static string Item(MailListItem item, Func<string, string> absolute)
    {
        var words = item.Note is null ? $"– {item.Text}" : $"– {item.Text} · {item.Note}";
        return item.Address is null ? words : $"{words}\n  {absolute(item.Address)}";
    }
}
