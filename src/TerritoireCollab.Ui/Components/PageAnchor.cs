using Microsoft.AspNetCore.Components;

namespace TerritoireCollab.Ui.Components;

/// <summary>Links inside the page shown. With a base address, a bare `#id` would lead to the home page.</summary>
public static class PageAnchor
{
    /// <summary>Address of an element of the current page, relative to the base.</summary>
    public static string To(NavigationManager navigation, string id)
    {
        ArgumentNullException.ThrowIfNull(navigation);
        var here = navigation.ToBaseRelativePath(navigation.Uri);
        var hash = here.IndexOf('#', StringComparison.Ordinal);
        return $"{(hash < 0 ? here : here[..hash])}#{id}";
    }
}
