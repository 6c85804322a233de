using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Veille.Readers;

/// <summary>Somebody without an account stops getting the revue, by a mail or by a complaint.</summary>
internal sealed class LeaveByMail(ReadRevueByMail readers) : IUnsubscriber
{
    /// <inheritdoc />
    public string Path => "/veille/desabonnement/";

    /// <inheritdoc />
    public Task StopAsync(string token, CancellationToken cancellation) => readers.LeaveAsync(token, cancellation);
}
