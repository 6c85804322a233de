using System.Globalization;
using Microsoft.AspNetCore.Http;
using TerritoireCollab.Articles.Writing;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Files;
using T = TerritoireCollab.Articles.Resources.ArticlesTexts;

namespace TerritoireCollab.Articles.Pages;

/// <summary>An article as its form posts it.</summary>
public sealed record PostedArticle
{
    /// <summary>Key of the draft.</summary>
    public Guid Id { get; init; }
    /// <summary>Title.</summary>
    public string? Title { get; init; }
    /// <summary>The lead.</summary>
    public string? Summary { get; init; }
    /// <summary>Text, in Markdown.</summary>
    public string? Body { get; init; }
    /// <summary>Tags separated by commas.</summary>
    public string? Tags { get; init; }
    /// <summary>Name of its series.</summary>
    public string? Series { get; init; }
    /// <summary>Who may read it.</summary>
    public Audience? Audience { get; init; }
    /// <summary>Names of those who write it too.</summary>
    public string? CoAuthors { get; init; }
    /// <summary>Whether it takes comments.</summary>
    public bool IsCommentable { get; init; }
    /// <summary>What the cover shows.</summary>
    public string? CoverText { get; init; }
    /// <summary>Whether the cover is taken away.</summary>
    public bool RemovesCover { get; init; }
    /// <summary>Files to take away.</summary>
    public Guid[]? RemovedFiles { get; init; }
    /// <summary>Short identifier of the content that it is made from.</summary>
    public string? Source { get; init; }
    /// <summary>Day of publication.</summary>
    public string? Date { get; init; }
    /// <summary>Hour of publication.</summary>
    public string? Hour { get; init; }
    /// <summary>The version that was read.</summary>
    public int Version { get; init; }
    /// <summary>Which button.</summary>
    public string? Gesture { get; init; }

    internal ContentInput Content => new() { Id = Id, Title = Title ?? "", Body = Body ?? "", Tags = Tags, Audience = Audience };

    /// <summary>The form with what was typed.</summary>
    internal ArticleForm Into(ArticleForm form) => form with
    {
        Id = Id == Guid.Empty ? form.Id : Id,
        Title = Title ?? "",
        Summary = Summary ?? "",
        Body = Body ?? "",
        Tags = Tags ?? "",
        Audience = Audience is { } chosen && chosen <= form.Standing.Ceiling ? chosen : form.Audience,
        CoAuthors = CoAuthors ?? "",
        Series = Series ?? "",
        IsCommentable = IsCommentable,
        CoverText = CoverText ?? "",
        Source = Source,
    };

    /// <summary>What is to be saved, with the files that the request brings.</summary>
    /// <exception cref="InvalidInputException">A file is too large, or the cover is no picture.</exception>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    internal async Task<ArticleInput> InputAsync(HttpContext http, ReceiveFiles receive, CancellationToken cancellation) => new()
    {
        Content = Content,
        Summary = Summary,
        CoAuthors = CoAuthors ?? "",
        Series = Series ?? "",
        IsCommentable = IsCommentable,
        Cover = new(await CoverPictures.ReadAsync(http.Request.Form.Files["Input.Cover"], cancellation), RemovesCover, CoverText),
        Files = await receive.ExecuteAsync(http, "Files", cancellation),
        RemovedFiles = RemovedFiles ?? [],
        Source = Source,
        Version = Version,
    };

    /// <summary>The day and hour typed, in UTC: on the clocks of the platform's zone, those of that day.</summary>
    /// <exception cref="InvalidInputException">Not a day and an hour.</exception>
    internal DateTime At(Dates dates) =>
        DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && TimeOnly.TryParse(Hour, CultureInfo.InvariantCulture, out var hour)
            ? dates.Utc(day, hour)
            : throw new InvalidInputException(ArticleFields.Date, T.DateNeeded);
}
