namespace TerritoireCollab.Ui.Components;

/// <summary>Id of a control, from the name it posts; the error summary links to it.</summary>
public static class FieldId
{
    /// <summary>The name in lower case, with every sign that is neither a letter nor a digit turned into a hyphen.</summary>
    public static string Of(string name) =>
        string.Concat("champ-", string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')));
}
