using System.Globalization;

namespace TerritoireCollab.Platform;

/// <summary>Fills the places of a resource text.</summary>
public static class TextFormatting
{
    /// <summary>Fills <c>{0}</c>, <c>{1}</c>… in the current culture.</summary>
    public static string With(this string text, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, text, values);
}
