using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Members.Accounts;

/// <summary>Where somebody who has just signed in is led.</summary>
internal static class FirstPage
{
    /// <summary>To the first steps when they were neither taken nor skipped, otherwise where they wanted to go.</summary>
    public static string Of(bool welcomed, string? back)
    {
        var wanted = LocalAddress.OrNull(back);
        if (welcomed) return wanted ?? "/";
        return wanted is null or "/" ? "/bienvenue" : $"/bienvenue?retour={Uri.EscapeDataString(wanted)}";
    }
}
