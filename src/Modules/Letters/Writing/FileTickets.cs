using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using TerritoireCollab.Platform.Attachments;

namespace TerritoireCollab.Letters.Writing;

/// <summary>A file received with a letter that is not sent yet.</summary>
/// <param name="Ticket">What the form gives back for it.</param>
/// <param name="File">The file.</param>
public sealed record KeptFile(string Ticket, ReceivedFile File);

/// <summary>
/// Carries the files of a letter from one step of its form to the next: a browser does not send them twice. A ticket names bytes that are in the
/// store already; it is sealed, and good for whoever sent them alone, so that nobody attaches what was never his.
/// </summary>
internal sealed class FileTickets(IDataProtectionProvider protection)
{
    private const int Longest = 2000;

    private readonly IDataProtector _seal = protection.CreateProtector("TerritoireCollab.Letters.File.1");

    /// <summary>The ticket of a file that a member sent.</summary>
    public KeptFile Of(Guid memberId, ReceivedFile file) =>
        new(WebEncoders.Base64UrlEncode(_seal.Protect(JsonSerializer.SerializeToUtf8Bytes(new Sealed(memberId, file)))), file);

    /// <summary>The files behind the tickets that a member gives back, each once; what is no ticket of ours for that member is passed over.</summary>
    public IReadOnlyList<KeptFile> Read(Guid memberId, IEnumerable<string?> tickets) => [.. tickets.OfType<string>().Distinct().Select(t => Read(memberId, t)).OfType<KeptFile>().Take(AttachmentWriter.Most)];

    private KeptFile? Read(Guid memberId, string ticket)
    {
        if (ticket.Length is 0 or > Longest) return null;

        try
        {
            return JsonSerializer.Deserialize<Sealed>(_seal.Unprotect(WebEncoders.Base64UrlDecode(ticket))) is { } kept && kept.MemberId == memberId ? new(ticket, kept.File) : null;
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private sealed record Sealed(Guid MemberId, ReceivedFile File);
}
