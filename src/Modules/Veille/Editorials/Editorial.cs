using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Veille.Editorials;

/// <summary>The édito of a month: what the animators make of what was published. Its title and audience are those of its content row.</summary>
public sealed class Editorial : IWritten
{
    /// <summary>Longest <see cref="Slug"/>, in characters.</summary>
    public const int SlugLength = 100;

    /// <inheritdoc />
    public Guid Id { get; init; }

    /// <inheritdoc />
    public ContentItem Item { get; init; } = null!;

    /// <summary>Its month: year times 100 plus month, such as 202611.</summary>
    public required int Month { get; init; }

    /// <summary>Its part of the address, unique on the platform: « 2026-11-la-fibre-arrive ».</summary>
    public required string Slug { get; init; }

    /// <summary>The text, in Markdown.</summary>
    public required string Body { get; set; }

    /// <summary><see cref="Body"/> rendered by <see cref="BodyRenderer"/>.</summary>
    public required string BodyHtml { get; set; }

    /// <summary>Version of the renderer of <see cref="BodyHtml"/>.</summary>
    public required int BodyRenderer { get; set; }

    /// <summary>Last edit.</summary>
    public DateTime? EditedAt { get; set; }
}
