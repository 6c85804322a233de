using System.Globalization;

namespace TerritoireCollab.Calendar.Resources;

/// <summary>Fills the places of a text.</summary>
internal static class Sentences
{
    public static string With(this string pattern, params object[] values) => string.Format(CultureInfo.CurrentCulture, pattern, values);
}
