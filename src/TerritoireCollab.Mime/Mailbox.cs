using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace TerritoireCollab.Mime;

/// <summary>
/// An address with an optional display name (RFC 5322 section 3.4), checked when it is made: whatever is in a
/// <see cref="Mailbox"/> can be put in a header or in an SMTP command as it stands.
/// </summary>
/// <remarks>
/// The local part is a dot-atom, in ASCII or UTF-8 (RFC 6531). Quoted local parts (<c>"a b"@example.org</c>) and address
/// literals (<c>a@[192.0.2.1]</c>) are refused: no provider gives them out and they are a known way into SMTP commands.
/// </remarks>
public sealed record Mailbox
{
    private const int LongestLocalPart = 64;
    private const int LongestAddress = 254;
    private const int LongestDomain = 253;
    private const int LongestLabel = 63;

    /// <summary>Checks and keeps an address.</summary>
    /// <param name="address">The bare address; an internationalised domain is turned into its ASCII form (RFC 5891).</param>
    /// <param name="displayName">The name shown before the address, in any language; blank counts as none.</param>
    /// <exception cref="ArgumentException">
    /// The address is no usable address, or the name contains CR, LF or NUL.
    /// </exception>
    public Mailbox(string address, string? displayName = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (Parse(address, out var localPart, out var domain) is { } problem)
        {
            throw new ArgumentException(problem, nameof(address));
        }

        LocalPart = localPart;
        Domain = domain;
        DisplayName = string.IsNullOrWhiteSpace(displayName)
            ? null
            : HeaderText.Checked(displayName, "display name").Trim();
    }

    /// <summary>What stands before the @.</summary>
    public string LocalPart { get; }

    /// <summary>What stands after the @, always in ASCII.</summary>
    public string Domain { get; }

    /// <summary>The display name, or null.</summary>
    public string? DisplayName { get; }

    /// <summary>The address as it goes on the wire: the domain in ASCII, the local part as given.</summary>
    public string Address => $"{LocalPart}@{Domain}";

    /// <summary>True when the local part is not ASCII, so that the server must offer SMTPUTF8 (RFC 6531).</summary>
    public bool NeedsSmtpUtf8 => !Ascii.IsValid(LocalPart);

    /// <summary>Makes a mailbox without throwing on a bad address, for addresses that people typed.</summary>
    /// <param name="address">The bare address.</param>
    /// <param name="mailbox">The mailbox, without display name, when the address is usable.</param>
    /// <returns>Whether the address is usable.</returns>
    public static bool TryCreate([NotNullWhen(true)] string? address, [NotNullWhen(true)] out Mailbox? mailbox)
    {
        mailbox = address is not null && Parse(address, out _, out _) is null ? new Mailbox(address) : null;
        return mailbox is not null;
    }

    /// <summary>The name and the address, for logs; not encoded, hence not for the wire.</summary>
    /// <returns><c>Name &lt;address&gt;</c> or the bare address.</returns>
    public override string ToString() => DisplayName is null ? Address : $"{DisplayName} <{Address}>";

    private static string? Parse(string address, out string localPart, out string domain)
    {
        localPart = domain = "";
        var at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1)
        {
            return "The address has no text before or after its @.";
        }

        localPart = address[..at];
        if (!IsDotAtom(localPart))
        {
            return "The part of the address before the @ contains a character or a dot that is not allowed there.";
        }

        if (!TryGetAsciiDomain(address[(at + 1)..], out domain))
        {
            return "The part of the address after the @ is not a domain name.";
        }

        var localLength = Encoding.UTF8.GetByteCount(localPart);
        return localLength > LongestLocalPart || localLength + 1 + domain.Length > LongestAddress
            ? "The address is too long (64 octets before the @, 254 in all)."
            : null;
    }

    private static bool IsDotAtom(string text)
    {
        var afterDot = true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '.')
            {
                if (afterDot)
                {
                    return false;
                }

                afterDot = true;
                continue;
            }

            if (!IsAtomText(rune))
            {
                return false;
            }

            afterDot = false;
        }

        return !afterDot;
    }

    private static bool IsAtomText(Rune rune) => rune.IsAscii
        ? HeaderText.IsAtomCharacter((char)rune.Value)
        : rune != Rune.ReplacementChar && !Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune)
            && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned);

    private static bool TryGetAsciiDomain(string text, out string domain)
    {
        domain = "";
        try
        {
            domain = Ascii.IsValid(text) ? text : new IdnMapping().GetAscii(text);
        }
        catch (ArgumentException)
        {
            return false;
        }

        return domain.Length <= LongestDomain && domain.Split('.').All(IsLabel);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
