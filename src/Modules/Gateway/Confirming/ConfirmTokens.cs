using System.Buffers.Binary;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Confirming;

/// <summary>The link by which a member confirms that a mail is from him: the key of the mail, sealed, good for a week.</summary>
internal sealed class ConfirmTokens(LinkSeals seals, TimeProvider clock)
{
    /// <summary>Beginning of the address of the page.</summary>
    public const string Path = "/courriel/confirmer/";

    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    private const string Purpose = "courriel.confirmer";
    private const int Length = 24;

    /// <summary>The token of a mail.</summary>
    public string Of(Guid mail)
    {
        Span<byte> bytes = stackalloc byte[Length];
        mail.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], (clock.GetUtcNow() + Life).UtcTicks);
        return seals.Seal(Purpose, bytes);
    }

    /// <summary>The mail of a token; null when we did not make it, or it is too old.</summary>
    public Guid? Read(string? token) =>
        seals.Open(Purpose, token) is { Length: Length } bytes && BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)) > clock.GetUtcNow().UtcTicks ? new Guid(bytes.AsSpan(0, 16)) : null;
}
