using System.Text;
using TerritoireCollab.Mime.Reading;

namespace TerritoireCollab.Mime.Tests.Reading;

/// <summary>Mails written by hand, byte by byte where it matters.</summary>
internal static class RawMails
{
    /// <summary>Octets of a text in a charset; line ends become CRLF.</summary>
    public static byte[] Bytes(string text, string charset = "utf-8")
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(charset).GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal));
    }

    public static IncomingMail Read(string text, string charset = "utf-8") => MailReader.Read(Bytes(text, charset));

    /// <summary>A mail of one text part whose octets are given.</summary>
    public static IncomingMail ReadText(string headers, byte[] body) => MailReader.Read((byte[])[.. Bytes($"From: lea@mairie.example\n{headers}\n\n"), .. body]);
}
