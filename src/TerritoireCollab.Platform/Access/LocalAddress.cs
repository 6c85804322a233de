namespace TerritoireCollab.Platform.Access;

/// <summary>Addresses that a form or a link asks to go back to.</summary>
public static class LocalAddress
{
    /// <summary>The address when it is a path of this site (ASVS 3.7, open redirects), without its fragment; null otherwise.</summary>
    public static string? OrNull(string? address)
    {
        if (address is null || address.Length > 1000 || address is not ['/', .. var rest]) return null;
        if (rest is ['/' or '\\', ..] || address.Any(c => char.IsControl(c) || c == '\\')) return null;
        return address.Split('#')[0];
    }
}
