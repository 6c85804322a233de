using System.Text;

namespace TerritoireCollab.Mime;

/// <summary>A header field beside those that <see cref="OutgoingMail"/> writes by itself.</summary>
public sealed record MailHeader
{
    private const int LongestName = 60;

    /// <summary>Checks and keeps a header field.</summary>
    /// <param name="name">The field name: visible ASCII without colon (RFC 5322 section 2.2).</param>
    /// <param name="value">
    /// The value, trimmed. In ASCII it is written as it is and folded at spaces; else its words outside ASCII become
    /// encoded words (RFC 2047), which only fields of free text allow: for <c>List-*</c> fields see <see cref="ListId"/>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The name is not one, the value contains CR, LF or NUL, or a <c>List-*</c> field is not ASCII.
    /// </exception>
    public MailHeader(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > LongestName || name.AsSpan().ContainsAnyExceptInRange('!', '~') || name.Contains(':'))
        {
            throw new ArgumentException("A header name is 1 to 60 visible ASCII characters without colon.", nameof(name));
        }

        Name = name;
        Value = HeaderText.Checked(value, $"value of the header {name}").Trim();
        if (IsList && !Ascii.IsValid(Value))
        {
            throw new ArgumentException($"The header {name} takes ASCII only; a list name with accents goes through {nameof(ListId)}.", nameof(value));
        }
    }

    private MailHeader(string name, string phrase, string identifier)
    {
        Name = name;
        Phrase = phrase;
        Identifier = $"<{identifier}>";
        Value = phrase.Length == 0 ? Identifier : $"{phrase} {Identifier}";
    }

    /// <summary>The field name.</summary>
    public string Name { get; }

    /// <summary>The value as a person reads it, before encoding and folding.</summary>
    public string Value { get; }

    /// <summary>The phrase of a List-Id, encoded apart from its identifier.</summary>
    internal string? Phrase { get; }

    /// <summary>The identifier of a List-Id, in angle brackets.</summary>
    internal string? Identifier { get; }

    /// <summary>Whether the value has a grammar of its own in which no encoded word may stand.</summary>
    internal bool IsList => Name.StartsWith("List-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes <c>List-Id: phrase &lt;identifier&gt;</c> (RFC 2919); the phrase may have accents.</summary>
    /// <param name="phrase">The name of the list as people know it; may be empty.</param>
    /// <param name="identifier">The identifier without brackets, such as <c>groupe-agenda.example.org</c>.</param>
    /// <returns>The header.</returns>
    /// <exception cref="ArgumentException">
    /// The phrase contains CR, LF or NUL, or the identifier is not letters, digits, <c>-</c>, <c>_</c> and <c>.</c> (at most 255).
    /// </exception>
    public static MailHeader ListId(string phrase, string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        var isIdentifier = identifier.Length is > 0 and <= 255
            && identifier.Split('.').All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
        return isIdentifier
            ? new MailHeader("List-Id", HeaderText.Checked(phrase, "name of the list").Trim(), identifier)
            : throw new ArgumentException("A list identifier is letters, digits, - and _ separated by dots.", nameof(identifier));
    }

    /// <summary>
    /// Writes the pair of headers for one-click unsubscription: List-Unsubscribe (RFC 2369 section 3.2) with its https
    /// address, then its mail address, and List-Unsubscribe-Post (RFC 8058 section 3.1).
    /// </summary>
    /// <param name="page">The https address that takes the POST.</param>
    /// <param name="mail">The address that takes an unsubscription by mail, or null.</param>
    /// <returns>The two headers.</returns>
    /// <exception cref="ArgumentException">The page is not an absolute https address.</exception>
    public static IReadOnlyList<MailHeader> OneClickUnsubscribe(Uri page, Mailbox? mail)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (!page.IsAbsoluteUri || page.Scheme != Uri.UriSchemeHttps)
        {
            throw new ArgumentException("One-click unsubscription needs an absolute https address.", nameof(page));
        }

        // AbsoluteUri is escaped: it holds neither a space nor an angle bracket.
        var value = mail is null
            ? $"<{page.AbsoluteUri}>"
            : $"<{page.AbsoluteUri}>, <mailto:{Uri.EscapeDataString(mail.LocalPart)}@{mail.Domain}>";
        return [new("List-Unsubscribe", value), new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")];
    }
}
