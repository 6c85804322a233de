using TerritoireCollab.Articles.Reading;
using TerritoireCollab.Articles.Series;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Articles.Writing;

/// <summary>What becomes of a cover picture.</summary>
/// <param name="Picture">The new picture, cleaned; null keeps what there is.</param>
/// <param name="Removes">Whether it is taken away.</param>
/// <param name="Text">What it shows, or null.</param>
public sealed record CoverChange(byte[]? Picture, bool Removes, string? Text)
{
    /// <summary>Nothing changes and nothing is there.</summary>
    public static CoverChange None { get; } = new(null, false, null);

    /// <summary>File and text of a cover after the change; the caller saves.</summary>
    internal async Task<(Guid? File, string? Text)> ApplyAsync(AppDbContext db, CoverPictures covers, Guid? present, CancellationToken cancellation)
    {
        var file = Picture is not null ? await covers.StoreAsync(db, Picture, cancellation) : Removes ? null : present;
        return (file, file is null || string.IsNullOrWhiteSpace(Text) ? null : Text.Trim());
    }
}

/// <summary>An article as it is written: the same for a draft and for what was published.</summary>
public sealed record ArticleInput
{
    /// <summary>Title, text, audience, tags; with the key of the draft.</summary>
    public required ContentInput Content { get; init; }

    /// <summary>The lead.</summary>
    public string? Summary { get; init; }

    /// <summary>Names of those who write it too, separated by commas; null leaves them as they are.</summary>
    public string? CoAuthors { get; init; }

    /// <summary>Name of its series, empty for none; null leaves it.</summary>
    public string? Series { get; init; }

    /// <summary>Whether it takes or will take comments; null leaves what was published as it is, and lets a draft take them.</summary>
    public bool? IsCommentable { get; init; }

    /// <summary>The cover picture.</summary>
    public CoverChange Cover { get; init; } = CoverChange.None;

    /// <summary>Files received and stored, to add.</summary>
    public IReadOnlyList<ReceivedFile> Files { get; init; } = [];

    /// <summary>Files to take away.</summary>
    public IReadOnlyCollection<Guid> RemovedFiles { get; init; } = [];

    /// <summary>Short identifier of the content that it is made from, if any.</summary>
    public string? Source { get; init; }

    /// <summary>The version that was read; 0 for a new draft.</summary>
    public int Version { get; init; }

    /// <summary>Breaks a rule for each thing too long; nothing need be there yet.</summary>
    internal void CheckLengths(Rules rules) => rules
        .Text(Summary, nameof(Summary), Article.SummaryLength, required: false)
        .Text(Series, nameof(Series), SeriesName.Longest, required: false)
        .Check(string.IsNullOrWhiteSpace(Series) || SeriesName.Of(Series) is not null, nameof(Series), Resources.ArticlesTexts.SeriesWithoutLetter)
        .Text(Cover.Text, ArticleFields.CoverText, Article.CoverTextLength, required: false);
}

/// <summary>Names of fields that broken rules are reported under.</summary>
internal static class ArticleFields
{
    public const string CoverText = "CoverText";
    public const string CoAuthors = "CoAuthors";
    public const string Date = "Date";

    /// <summary>Whoever does not see a cover is told what it shows.</summary>
    public static void CheckCover(Rules rules, Guid? cover, string? text) =>
        rules.Check(cover is null || !string.IsNullOrWhiteSpace(text), CoverText, Resources.ArticlesTexts.CoverTextNeeded);
}
