namespace TerritoireCollab.Platform.Mail;

/// <summary>Where mails come in: the seam between the gateway and a folder, our IMAP client, or whatever hands mails over some day.</summary>
public interface IMailInbox
{
    /// <summary>
    /// Hands every mail that is there over, byte for byte. A mail is done with only once <paramref name="keep"/> has returned, which means that
    /// it is stored: a process that dies before is handed the same mail again.
    /// </summary>
    /// <param name="keep">Stores a mail; false when it is none, which is then set aside.</param>
    /// <param name="cancellation">Gives up between two mails.</param>
    /// <returns>How many were handed over.</returns>
    Task<int> TakeAsync(Func<ReadOnlyMemory<byte>, CancellationToken, Task<bool>> keep, CancellationToken cancellation);

    /// <summary>Waits until there may be mail; returns at once when somebody said so meanwhile.</summary>
    Task WaitAsync(CancellationToken cancellation);
}
