using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Platform.Mail;

/// <summary>
/// Keeps a kind of list that one leaves by the address in <c>List-Unsubscribe</c>. A mail to <c>desabonnement+KEY@</c> and a complaint at the
/// provider do what a click on that address does.
/// </summary>
public interface IUnsubscriber
{
    /// <summary>Beginning of its addresses from the root; a token follows.</summary>
    string Path { get; }

    /// <summary>Leaves at once. Doing it again changes nothing.</summary>
    /// <exception cref="NotFoundException">Not a token of ours, or what it is about is gone.</exception>
    Task StopAsync(string token, CancellationToken cancellation);
}
