namespace TerritoireCollab.Platform.Access;

/// <summary>Addresses that a form or a link asks to go back to.</summary>
public static class LocalAddress
{
    /// <summary>The address when it is a path of this site (ASVS 3.7, open redirects), without its fragment; null otherwise.</summary>
    public static string? OrNull(string? address)
    {
        if (address is null || address.Length > 1000 || address is not ['/', .. var rest]) return null;
        if (rest is ['/' or '\\', ..] || address.Any(c => char.IsControl(c) || c == '\\')) return null;
        return Escaped(address.Split('#')[0]);
    }

    // A header takes no other characters than these; the rest is written as browsers write it.
    private static string Escaped(string address) =>
        string.Concat(address.EnumerateRunes().Select(r => r.Value is > 0x20 and < 0x7F ? r.ToString() : Uri.EscapeDataString(r.ToString())));
}
