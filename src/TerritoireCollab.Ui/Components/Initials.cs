using System.Globalization;

namespace TerritoireCollab.Ui.Components;

/// <summary>Initials shown where a person has no photo.</summary>
public static class Initials
{
    /// <summary>First letters of the first and last words of a name, in capitals; « ? » when the name is empty.</summary>
    public static string Of(string name)
    {
        var words = name.Split([' ', '-', '\u00a0'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0)
            return "?";
        var first = StringInfo.GetNextTextElement(words[0]);
        var last = words.Length == 1 ? "" : StringInfo.GetNextTextElement(words[^1]);
        return (first + last).ToUpper(CultureInfo.CurrentCulture);
    }
}
