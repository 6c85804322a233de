using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Articles.Reading;

/// <summary>A published article.</summary>
public sealed class Article : IWritten
{
    /// <summary>Longest summary, in characters.</summary>
    public const int SummaryLength = 400;

    /// <summary>Longest description of a cover, in characters.</summary>
    public const int CoverTextLength = 300;

    /// <inheritdoc />
    public Guid Id { get; init; }

    /// <inheritdoc />
    public ContentItem Item { get; init; } = null!;

    /// <summary>The lead: plain text, empty when there is none.</summary>
    public string Summary { get; set; } = "";

    /// <inheritdoc />
    public string Body { get; set; } = "";

    /// <inheritdoc />
    public string BodyHtml { get; set; } = "";

    /// <inheritdoc />
    public int BodyRenderer { get; set; }

    /// <inheritdoc />
    public DateTime? EditedAt { get; set; }

    /// <summary>The cover picture, if any.</summary>
    public Guid? CoverFileId { get; set; }

    /// <summary>The cover picture, if any.</summary>
    public StoredFile? Cover { get; init; }

    /// <summary>What the cover shows, for those who do not see it.</summary>
    public string? CoverText { get; set; }

    /// <summary>Name of the series that it is a part of, as its group calls it; null when it stands alone.</summary>
    public string? Series { get; set; }

    /// <summary>That name in its address form: what makes two names the same series.</summary>
    public string? SeriesKey { get; set; }

    /// <summary>Words of the summary and the text, for the time that reading takes.</summary>
    public int WordCount { get; set; }
}
