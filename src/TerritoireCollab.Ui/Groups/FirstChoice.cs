namespace TerritoireCollab.Ui.Components;

/// <summary>What can be chosen before any group.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Text">What it means.</param>
/// <param name="Address">Where it leads, from the root.</param>
public sealed record FirstChoice(string Title, string Text, string Address);
