using Microsoft.AspNetCore.Components;

namespace TerritoireCollab.Ui.Components;

/// <summary>A message as it is shown: who, when, what, and what can be done with it.</summary>
public sealed record PostFace
{
    /// <summary>Id, target of links such as « Reprendre à la réponse 14 ».</summary>
    public required string Id { get; init; }

    /// <summary>Author.</summary>
    public required PersonFace Author { get; init; }

    /// <summary>Address of the author's page.</summary>
    public required string AuthorHref { get; init; }

    /// <summary>Role and structure or commune, or null.</summary>
    public string? Role { get; init; }

    /// <summary>Moment of publication.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The moment in words.</summary>
    public required string DateText { get; init; }

    /// <summary>Exact date and hour, or null.</summary>
    public string? DateExact { get; init; }

    /// <summary>Whether this is the answer the author of the question kept.</summary>
    public bool Accepted { get; init; }

    /// <summary>Whether this opens the thread.</summary>
    public bool First { get; init; }

    /// <summary>Whether it answers another answer, and stands under it.</summary>
    public bool Nested { get; init; }

    /// <summary>Address that never changes.</summary>
    public required string Permalink { get; init; }

    /// <summary>A short mark before the date, such as a link « modifié » (`a.discret`).</summary>
    public MarkupString Note { get; init; }

    /// <summary>The text, already rendered and sanitised.</summary>
    public MarkupString Text { get; init; }

    /// <summary>What was cut off the mail that it came by, to be unfolded.</summary>
    public MarkupString Elided { get; init; }

    /// <summary>Files under the text.</summary>
    public MarkupString Files { get; init; }

    /// <summary>Buttons and links under the text (`button.merci`, `.bouton--discret.bouton--petit`).</summary>
    public MarkupString Actions { get; init; }
}
