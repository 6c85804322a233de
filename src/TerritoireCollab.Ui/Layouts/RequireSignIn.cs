using Microsoft.AspNetCore.Components;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Ui.Layouts;

/// <summary>Pages that are for members only.</summary>
public static class RequireSignIn
{
    /// <summary>The member signed in; otherwise leads to the sign-in page, which leads back.</summary>
    /// <returns>The member, or null once the redirect was asked for: the page then shows nothing.</returns>
    public static SignedIn? Require(this CurrentViewer current, NavigationManager navigation)
    {
        if (current.Member is { } member) return member;

        navigation.NavigateTo("/connexion?retour=" + Uri.EscapeDataString("/" + navigation.ToBaseRelativePath(navigation.Uri)));
        return null;
    }
}
