namespace TerritoireCollab.Ui.Components;

/// <summary>Classes shared by buttons and by links that look like one.</summary>
public static class ButtonClass
{
    /// <summary>Class list of a kind.</summary>
    /// <param name="kind">Weight.</param>
    /// <param name="small">32 px high instead of 44: only for secondary actions inside content.</param>
    public static string Of(ButtonKind kind, bool small = false)
    {
        var modifier = kind switch
        {
            ButtonKind.Secondary => " bouton--secondaire",
            ButtonKind.Discreet => " bouton--discret",
            ButtonKind.Danger => " bouton--danger",
            _ => "",
        };
        return $"bouton{modifier}{(small ? " bouton--petit" : "")}";
    }

    internal static string Tone(string block, Tone tone) => tone switch
    {
        Components.Tone.Info => $"{block} {block}--info",
        Components.Tone.Success => $"{block} {block}--succes",
        Components.Tone.Warning => $"{block} {block}--attention",
        Components.Tone.Error => $"{block} {block}--erreur",
        _ => block,
    };
}
