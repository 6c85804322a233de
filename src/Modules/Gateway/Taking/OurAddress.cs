using System.Globalization;
using TerritoireCollab.Mime.Reading;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Taking;

/// <summary>What an address of ours is for.</summary>
internal enum OurAddressKind
{
    /// <summary>Whatever is none of the others: a tool may take it.</summary>
    Other = 0,
    /// <summary><c>reponse+KEY@</c>, <c>reponse+KEY-N@</c>: answers.</summary>
    Answer = 1,
    /// <summary><c>retours+KEY@</c>: what mail servers send back.</summary>
    Returns = 2,
    /// <summary><c>desabonnement+KEY@</c>: get no more of it.</summary>
    Unsubscribe = 3,
}

/// <summary>An address of ours, read.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="LocalPart">What stands before the @, in lower case.</param>
/// <param name="Key">The key of a mail, or null when there is none that could be ours.</param>
/// <param name="Place">Line of a summary that is answered, from 1; null for the mail as a whole.</param>
internal sealed record OurAddress(OurAddressKind Kind, string LocalPart, string? Key, int? Place)
{
    /// <summary>Reads an address.</summary>
    public static OurAddress Of(string address)
    {
        var local = (address.LastIndexOf('@') is > 0 and var at ? address[..at] : address).ToLowerInvariant();
        var (part, tag) = local.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus ? (local[..plus], local[(plus + 1)..]) : (local, null);
        var kind = part switch
        {
            MailAddresses.Answers => OurAddressKind.Answer,
            MailAddresses.Bounces => OurAddressKind.Returns,
            MailAddresses.Unsubscriptions => OurAddressKind.Unsubscribe,
            _ => OurAddressKind.Other,
        };
        if (kind == OurAddressKind.Other) return new(kind, local, null, null);

        var (key, place) = tag?.LastIndexOf('-') is > 0 and var dash ? (tag[..dash], tag[(dash + 1)..]) : (tag, null);
        return new(kind, local, MailKeys.Read(key), int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : null);
    }
}

/// <summary>Which of our addresses a mail was sent to.</summary>
internal sealed class OurAddresses(MailOptions options, IEnumerable<IMailDestination> destinations)
{
    /// <summary>Addresses of ours that one mail may be sent to.</summary>
    public const int Most = 3;

    private readonly IMailDestination[] _destinations = [.. destinations];

    /// <summary>
    /// Where the receiving server delivered it; what its author wrote under To and Cc counts only where the server noted no address that we take
    /// mail at. In lower case, each once; never empty.
    /// </summary>
    public IReadOnlyList<string> RecipientsOf(IncomingMail mail)
    {
        var noted = Ours(mail.DeliveredTo);
        if (noted.FirstOrDefault(TakesMail) is { } delivered) return [delivered];

        var written = Ours(mail.To.Concat(mail.Cc));
        var taken = written.Where(TakesMail).ToList();
        return taken.Count > 0 ? taken : [written.FirstOrDefault() ?? noted.FirstOrDefault() ?? options.From.ToLowerInvariant()];
    }

    /// <summary>Whether it is an address by which the platform itself writes or is written to.</summary>
    public bool IsOurs(string address)
    {
        return IsSender(address) || (IsOurDomain(address) && TakesMail(address));
    }

    /// <summary>The tool that takes mail at an address, or null.</summary>
    public IMailDestination? DestinationOf(string localPart) => _destinations.FirstOrDefault(d => d.Takes(localPart));

    private List<string> Ours(IEnumerable<MailAddress> addresses) =>
        [.. addresses.Select(a => a.Address.ToLowerInvariant()).Where(a => IsOurDomain(a) || IsSender(a)).Distinct(StringComparer.Ordinal)];

    private bool TakesMail(string address) => OurAddress.Of(address) switch
    {
        { Kind: OurAddressKind.Other } other => DestinationOf(other.LocalPart) is not null,
        // Servers that take the part after the plus off note the mailbox alone, which says nothing.
        { LocalPart: var local } => local.Contains('+', StringComparison.Ordinal),
    };

    private bool IsSender(string address) => address.Equals(options.From, StringComparison.OrdinalIgnoreCase);

    private bool IsOurDomain(string address) => address.EndsWith("@" + options.ReplyDomain, StringComparison.OrdinalIgnoreCase);
}
