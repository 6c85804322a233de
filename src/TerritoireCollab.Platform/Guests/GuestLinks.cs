using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Platform.Guests;

/// <summary>
/// The links in mails to people without an account: one that is the guest, for one content, and one by which an address is written to no more. Neither ends
/// by itself; the first leads nowhere once the guest is removed or erased. The second stands for a hash of the address alone.
/// </summary>
public sealed class GuestLinks(LinkSeals seals)
{
    /// <summary>Where the personal links lead, from the root; the token follows.</summary>
    public const string Path = "/invite/";

    /// <summary>Where one says to be written to no more, from the root; the token follows.</summary>
    public const string StopPath = "/invite/arret/";

    private const string Purpose = "invites";
    private const string StopPurpose = "invites.arret";
    private const int KeyLength = 16;
    private const int HashLength = 32;

    /// <summary>The personal link of that guest, from the root.</summary>
    public string Of(Guid guest) => Path + seals.Seal(Purpose, guest.ToByteArray());

    /// <summary>The guest of a token; null when we did not make it.</summary>
    public Guid? Open(string? token) => seals.Open(Purpose, token) is { Length: KeyLength } key ? new Guid(key) : null;

    /// <summary>The link by which that address is written to no more, from the root.</summary>
    public string StopOf(string email) => StopPath + seals.Seal(StopPurpose, Convert.FromHexString(InvitationRefusal.HashOf(email)));

    /// <summary>The hash of the address of such a token; null when we did not make it.</summary>
    public string? OpenStop(string? token) => seals.Open(StopPurpose, token) is { Length: HashLength } hash ? Convert.ToHexStringLower(hash) : null;
}
