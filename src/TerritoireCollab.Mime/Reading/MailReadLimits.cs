namespace TerritoireCollab.Mime.Reading;

/// <summary>How much of a mail is read. What stands beyond is left out and told in <see cref="IncomingMail.Repairs"/>.</summary>
public sealed record MailReadLimits
{
    /// <summary>The limits of the gateway.</summary>
    public static MailReadLimits Default { get; } = new();

    /// <summary>Octets of the whole mail.</summary>
    public int Size { get; init; } = 40 * 1024 * 1024;

    /// <summary>Leaves of the tree of parts.</summary>
    public int Parts { get; init; } = 200;

    /// <summary>Multiparts within one another.</summary>
    public int Depth { get; init; } = 20;

    /// <summary>Header fields of the mail.</summary>
    public int Fields { get; init; } = 500;

    /// <summary>Octets of one header field, folds included.</summary>
    public int FieldLength { get; init; } = 16 * 1024;

    /// <summary>Addresses of one field.</summary>
    public int Addresses { get; init; } = 500;

    /// <summary>Characters of decoded text of all text parts together.</summary>
    public int TextLength { get; init; } = 2 * 1024 * 1024;
}
