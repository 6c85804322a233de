using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Treating;

/// <summary>Leaves the list of a mail of ours by the address that stands in its own header, as a click in a mail program does.</summary>
internal sealed class ListAddresses(IEnumerable<IUnsubscriber> unsubscribers)
{
    private const string Field = "List-Unsubscribe:";
    private readonly IUnsubscriber[] _unsubscribers = [.. unsubscribers];

    /// <summary>Path of the page by which one leaves the list of that mail; null when it has none.</summary>
    public string? Of(MailRow mail) => Found(mail) is var (keeper, token) ? keeper.Path + token : null;

    /// <summary>Leaves it. Nothing happens where there is no list, or nothing to leave any more.</summary>
    /// <returns>Whether the mail had a list.</returns>
    public async Task<bool> StopAsync(MailRow mail, CancellationToken cancellation)
    {
        if (Found(mail) is not var (keeper, token)) return false;

        try
        {
            await keeper.StopAsync(token, cancellation);
        }
        catch (Exception failure) when (failure is NotFoundException or ForbiddenException)
        {
            // The group or the reader is gone: nothing is sent to them any more.
        }

        return true;
    }

    private (IUnsubscriber Keeper, string Token)? Found(MailRow mail)
    {
        var line = mail.Headers.Split('\n').FirstOrDefault(h => h.StartsWith(Field, StringComparison.OrdinalIgnoreCase));
        var address = line?[Field.Length..].Split(',').Select(a => a.Trim(' ', '<', '>')).FirstOrDefault(a => a.StartsWith("http", StringComparison.OrdinalIgnoreCase));
        if (address is null || !Uri.TryCreate(address, UriKind.Absolute, out var page)) return null;

        var keeper = _unsubscribers.FirstOrDefault(u => page.AbsolutePath.StartsWith(u.Path, StringComparison.Ordinal));
        return keeper is null ? null : (keeper, page.AbsolutePath[keeper.Path.Length..]);
    }
}
