using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace TerritoireCollab.Polls.Voting;

/// <summary>
/// Finds the vote of somebody again. In a secret poll the tag is made of the voter by a key of that poll alone, sealed by the keys of the platform; once
/// that key is gone nobody makes the tag again.
/// </summary>
internal sealed class BallotTags(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("sondages");

    /// <summary>A new key, sealed; null for a poll with names.</summary>
    public string? NewSeal(Secrecy secrecy) => secrecy == Secrecy.Secret ? _protector.Protect(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))) : null;

    /// <summary>The tag of a voter's vote; null when votes and voters of the poll were parted.</summary>
    public string? Of(Poll poll, Guid voter) => poll switch
    {
        { Secrecy: not Secrecy.Secret } => voter.ToString("N"),
        { Seal: { } seal } => Convert.ToHexStringLower(HMACSHA256.HashData(Convert.FromHexString(_protector.Unprotect(seal)), voter.ToByteArray()))[..PollBallot.TagLength],
        _ => null,
    };
}
