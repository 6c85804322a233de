using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace TerritoireCollab.Components.Tests;

/// <summary>A test that draws components, in French unless it says otherwise.</summary>
public abstract class UiTest : BunitContext
{
    private readonly (CultureInfo Culture, CultureInfo UICulture) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

    protected UiTest() => Speak("fr-FR");

    /// <summary>Sets the reader's language.</summary>
    protected static void Speak(string culture) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

    /// <summary>Content of a component that is plain text.</summary>
    protected static RenderFragment Words(string text) => builder => builder.AddContent(0, text);

    /// <summary>Opens the page at that address, relative to the base.</summary>
    protected void GoTo(string address) => Services.GetRequiredService<NavigationManager>().NavigateTo(address);

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
        base.Dispose(disposing);
    }
}

/// <summary>Short ways to ask a drawn component.</summary>
internal static class Asking
{
    /// <summary>Text of an element with its spaces folded.</summary>
    public static string Words(this IElement element) => string.Join(' ', element.TextContent.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Elements that an attribute of ids names.</summary>
    public static IReadOnlyList<IElement> Named(this IRenderedComponent<IComponent> drawn, string? ids) =>
        [.. (ids ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => drawn.Find("#" + id))];
}
