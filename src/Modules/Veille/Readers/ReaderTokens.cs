using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Veille.Readers;

/// <summary>
/// What stands in the links of the revue's mails to people without an account: the reader's key, sealed, one seal to confirm and one to leave.
/// The link to leave never expires.
/// </summary>
internal sealed class ReaderTokens(LinkSeals seals)
{
    private const string Confirm = "veille.abonnement";
    private const string Leave = "veille.desabonnement";

    /// <summary>The token by which that reader confirms.</summary>
    public string ToConfirm(Guid reader) => seals.Seal(Confirm, reader.ToByteArray());

    /// <summary>The token by which that reader leaves.</summary>
    public string ToLeave(Guid reader) => seals.Seal(Leave, reader.ToByteArray());

    /// <summary>Who confirms, or null when we did not make the token.</summary>
    public Guid? Confirming(string? token) => Open(Confirm, token);

    /// <summary>Who leaves, or null when we did not make the token.</summary>
    public Guid? Leaving(string? token) => Open(Leave, token);

    private Guid? Open(string purpose, string? token) => seals.Open(purpose, token) is { Length: 16 } bytes ? new Guid(bytes) : null;
}
