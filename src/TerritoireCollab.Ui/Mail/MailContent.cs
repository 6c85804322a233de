namespace TerritoireCollab.Ui.Mail;

/// <summary>What a mail says, once: the text part and the HTML part are both made of it. Holds plain text, but for <see cref="MailProse"/>.</summary>
public sealed record MailContent
{
    /// <summary>What inboxes show after the subject, one sentence.</summary>
    public required string Preheader { get; init; }

    /// <summary>The line above which an answer by mail is written, first of all; none where no answer is taken.</summary>
    public string? Marker { get; init; }

    /// <summary>Where it comes from, over the title: a group, a tool, the platform.</summary>
    public string? Context { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The body, in order.</summary>
    public required IReadOnlyList<MailBlock> Blocks { get; init; }

    /// <summary>Why the person gets it, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>What the person can do about such mails.</summary>
    public IReadOnlyList<MailLink> FooterLinks { get; init; } = [];

    /// <summary>Language of the words, as in HTML's <c>lang</c>.</summary>
    public string Language { get; init; } = "fr";
}

/// <summary>A link.</summary>
/// <param name="Label">Its words.</param>
/// <param name="Address">Absolute, or from the root of the site (<c>/groupes/x</c>).</param>
public sealed record MailLink(string Label, string Address);

/// <summary>A part of a mail's body.</summary>
public abstract record MailBlock;

/// <summary>A paragraph.</summary>
/// <param name="Text">Plain text; line ends are kept.</param>
public sealed record MailParagraph(string Text) : MailBlock;

/// <summary>A smaller heading inside the body.</summary>
/// <param name="Text">Plain text.</param>
public sealed record MailHeading(string Text) : MailBlock;

/// <summary>Somebody's words.</summary>
/// <param name="Text">Plain text; line ends are kept.</param>
/// <param name="By">Who said so, or null.</param>
public sealed record MailQuote(string Text, string? By = null) : MailBlock;

/// <summary>An entry of a summary.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Address">Where it is read.</param>
/// <param name="Meta">Who, when, how much.</param>
/// <param name="Excerpt">First words; may be empty.</param>
/// <param name="Why">Why it stands there.</param>
/// <param name="Links">What can be done with it.</param>
public sealed record MailEntry(string Title, string Address, string Meta, string Excerpt, string Why, IReadOnlyList<MailLink> Links) : MailBlock;

/// <summary>A link of less weight than the rest.</summary>
/// <param name="Link">The link.</param>
public sealed record MailSmallLink(MailLink Link) : MailBlock;

/// <summary>The one thing to do.</summary>
/// <param name="Label">A verb.</param>
/// <param name="Address">Absolute, or from the root of the site.</param>
public sealed record MailButton(string Label, string Address) : MailBlock;

/// <summary>A list.</summary>
/// <param name="Items">Its items.</param>
public sealed record MailList(IReadOnlyList<MailListItem> Items) : MailBlock;

/// <summary>An item of a list.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Address">What the words lead to, or null.</param>
/// <param name="Note">Smaller words after it, or null.</param>
public sealed record MailListItem(string Text, string? Address = null, string? Note = null);

/// <summary>A text that members wrote. Made once by <see cref="MailRenderer.Prose"/> and shared by every recipient's mail.</summary>
public sealed record MailProse : MailBlock
{
    internal MailProse(string html, string text) => (Html, Text) = (html, text);

    /// <summary>HTML with inline styles and absolute addresses, without pictures.</summary>
    public string Html { get; }

    /// <summary>The same as plain text.</summary>
    public string Text { get; }
}

/// <summary>The two parts of a mail.</summary>
/// <param name="Text">The text part.</param>
/// <param name="Html">The HTML part, a whole document.</param>
public sealed record RenderedMail(string Text, string Html);
