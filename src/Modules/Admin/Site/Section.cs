namespace TerritoireCollab.Admin.Site;

/// <summary>A part of a page of text.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Text">Markdown.</param>
public sealed record Section(string Title, string Text);
