using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Polls.Mails;

/// <summary>
/// The links of mails by which one member votes on one poll without signing in, where one link cannot hold the vote. They serve until the poll is over; what
/// the member may do is asked again each time.
/// </summary>
internal sealed class VoteLinks(LinkSeals seals)
{
    /// <summary>Where they lead, from the root; the token follows.</summary>
    public const string Path = "/voter/";

    private const string Purpose = "sondages.voter";
    private const int KeyLength = 16;

    /// <summary>The link of that member, from the root.</summary>
    public string Of(Guid member, Guid poll) => Path + seals.Seal(Purpose, [.. member.ToByteArray(), .. poll.ToByteArray()]);

    /// <summary>Whose vote on which poll a token stands for; null when we did not make it.</summary>
    public (Guid Member, Guid Poll)? Open(string? token) =>
        seals.Open(Purpose, token) is { Length: 2 * KeyLength } keys ? (new Guid(keys.AsSpan(0, KeyLength)), new Guid(keys.AsSpan(KeyLength))) : null;
}
