namespace TerritoireCollab.Mime.Reading;

/// <summary>Reads received mails. Whatever the bytes are, a mail comes out: never an exception, in time linear to the size.</summary>
public static class MailReader
{
    /// <summary>Reads a mail.</summary>
    /// <param name="raw">The bytes as received, with any line ends.</param>
    /// <param name="limits">How much is read; null for <see cref="MailReadLimits.Default"/>.</param>
    public static IncomingMail Read(ReadOnlyMemory<byte> raw, MailReadLimits? limits = null) => new();
}
