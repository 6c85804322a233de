namespace TerritoireCollab.Mime.Reading;

/// <summary>An address as a received mail gives it; unlike <see cref="Mailbox"/> it may be anything a stranger wrote.</summary>
/// <param name="Address">The bare address, domain in lower case and in ASCII where that is possible; never empty.</param>
/// <param name="Name">The decoded display name, or null.</param>
public sealed record MailAddress(string Address, string? Name)
{
    /// <summary>What stands before the last @, without a tag (<c>reponse+KEY</c> gives <c>reponse</c>).</summary>
    public string LocalPart => Before('+') is { Length: > 0 } before ? before : Whole;

    /// <summary>What stands between the first + and the @ (<c>reponse+KEY</c> gives <c>KEY</c>), or null.</summary>
    public string? Tag => Whole.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus && plus + 1 < Whole.Length ? Whole[(plus + 1)..] : null;

    /// <summary>What stands after the last @, or nothing.</summary>
    public string Domain => Address.LastIndexOf('@') is >= 0 and var at ? Address[(at + 1)..] : "";

    private string Whole => Address.LastIndexOf('@') is >= 0 and var at ? Address[..at] : Address;

    private string Before(char mark) => Whole.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at ? Whole[..at] : Whole;
}

/// <summary>A header field, its value unfolded and decoded.</summary>
/// <param name="Name">The name as written.</param>
/// <param name="Value">The value, on one line, RFC 2047 words decoded; raw 8-bit text decoded as the charsets of bodies are.</param>
public sealed record MailField(string Name, string Value);

/// <summary>A leaf of the tree of parts.</summary>
public sealed record MailPart
{
    /// <summary>The media type in lower case, <c>text/plain</c> when none is given.</summary>
    public required string Type { get; init; }

    /// <summary>The parameters of the media type, names in lower case, values decoded (RFC 2231 and RFC 2047 alike).</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The file name, without any path, or null.</summary>
    public string? FileName { get; init; }

    /// <summary><c>attachment</c>, <c>inline</c> or null.</summary>
    public string? Disposition { get; init; }

    /// <summary>The content identifier without brackets, or null.</summary>
    public string? ContentId { get; init; }

    /// <summary>The decoded text of a text part, line ends as LF; null for any other part.</summary>
    public string? Text { get; init; }

    /// <summary>The content after its transfer encoding; for a message within the mail the whole message.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>How many multiparts stand above it; 0 for a mail of a single part.</summary>
    public int Depth { get; init; }

    /// <summary>The media type of the multipart it stands in, or null.</summary>
    public string? Within { get; init; }
}

/// <summary>A file that came with a mail.</summary>
/// <param name="Name">The decoded name without path or control characters; made up after the type when none is given.</param>
/// <param name="Type">The media type in lower case, as claimed by the sender.</param>
/// <param name="Length">Its length in octets, decoded.</param>
/// <param name="Content">Its octets.</param>
/// <param name="IsInline">Whether the HTML body shows it by its content identifier, or it is meant to stand in the text.</param>
/// <param name="ContentId">The content identifier without brackets, or null.</param>
public sealed record IncomingAttachment(string Name, string Type, long Length, ReadOnlyMemory<byte> Content, bool IsInline, string? ContentId);

/// <summary>
/// A received mail as the product sees it. Everything in it was written by a stranger: addresses may be no addresses, the
/// HTML is not sanitised.
/// </summary>
public sealed record IncomingMail
{
    /// <summary>The first address of From, or null.</summary>
    public MailAddress? From { get; init; }

    /// <summary>Every address of From; more than one is a way of forgers.</summary>
    public IReadOnlyList<MailAddress> FromAddresses { get; init; } = [];

    /// <summary>The address of Sender, or null.</summary>
    public MailAddress? Sender { get; init; }

    /// <summary>The envelope sender as the receiving server noted it: empty for bounces, null when it noted none.</summary>
    public string? ReturnPath { get; init; }

    /// <summary>The addresses of To.</summary>
    public IReadOnlyList<MailAddress> To { get; init; } = [];

    /// <summary>The addresses of Cc.</summary>
    public IReadOnlyList<MailAddress> Cc { get; init; } = [];

    /// <summary>The addresses of Reply-To.</summary>
    public IReadOnlyList<MailAddress> ReplyTo { get; init; } = [];

    /// <summary>Where the receiving server delivered it: Delivered-To, X-Original-To, Envelope-To and their like, the topmost first.</summary>
    public IReadOnlyList<MailAddress> DeliveredTo { get; init; } = [];

    /// <summary>The decoded subject on one line; empty when there is none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The identifier without brackets, or null.</summary>
    public string? MessageId { get; init; }

    /// <summary>The identifier of the mail answered without brackets, or null.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The identifiers of the thread without brackets, as written: root first where the sender keeps to the norm.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The date of the mail, or null when it has none that can be read.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>All header fields in their order, decoded.</summary>
    public IReadOnlyList<MailField> Fields { get; init; } = [];

    /// <summary>
    /// The text to read: the first text/plain that is no attachment, with those that follow it around inline attachments;
    /// null when there is none. Line ends are LF, composed characters are in NFC, format=flowed is undone.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>The HTML body, not sanitised, or null.</summary>
    public string? Html { get; init; }

    /// <summary>The files, signatures of S/MIME and OpenPGP left out.</summary>
    public IReadOnlyList<IncomingAttachment> Attachments { get; init; } = [];

    /// <summary>The leaves of the tree of parts in their order, messages within the mail as one part each.</summary>
    public IReadOnlyList<MailPart> Parts { get; init; } = [];

    /// <summary>What had to be guessed or left out, one English sentence each, for the administrator.</summary>
    public IReadOnlyList<string> Repairs { get; init; } = [];

    /// <summary>The decoded value of the first field of a name, or null.</summary>
    /// <param name="name">The name, in any case.</param>
    public string? Header(string name) => Fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>The decoded values of all fields of a name, in their order.</summary>
    /// <param name="name">The name, in any case.</param>
    public IEnumerable<string> Headers(string name) => Fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value);
}
