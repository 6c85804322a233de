using System.Net.Http.Headers;
using System.Text;

namespace TerritoireCollab.Mime;

/// <summary>A file that goes with a mail, always in base64.</summary>
public sealed record MailAttachment
{
    /// <summary>Checks and keeps an attachment.</summary>
    /// <param name="fileName">The name offered to the reader, in any language (RFC 2231).</param>
    /// <param name="contentType">A media type, with parameters if need be, such as <c>text/calendar; method=REQUEST</c>.</param>
    /// <param name="content">The bytes; not copied.</param>
    /// <exception cref="ArgumentException">
    /// The name is empty or contains CR, LF or NUL; the type is not one, or is <c>message/*</c> or <c>multipart/*</c>,
    /// which base64 is forbidden for (RFC 2045 section 6.4).
    /// </exception>
    public MailAttachment(string fileName, string contentType, ReadOnlyMemory<byte> content)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fileName);
        FileName = HeaderText.Checked(fileName, "file name").Trim();
        ContentType = HeaderText.Checked(contentType, "content type");
        Content = content;

        if (!Ascii.IsValid(contentType) || !MediaTypeHeaderValue.TryParse(contentType, out var type))
        {
            throw new ArgumentException("The content type is not a media type.", nameof(contentType));
        }

        if (type.MediaType!.StartsWith("message/", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException("A message or multipart type cannot be attached; give it as application/octet-stream.", nameof(contentType));
        }

        Type = type;
    }

    /// <summary>The name offered to the reader.</summary>
    public string FileName { get; }

    /// <summary>The media type as given.</summary>
    public string ContentType { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    internal MediaTypeHeaderValue Type { get; }
}
