using System.Diagnostics.CodeAnalysis;
using TerritoireCollab.Platform.Comments;

namespace TerritoireCollab.Platform.Quotes;

/// <summary>A quoted passage in the API.</summary>
public record ApiQuote
{
    /// <summary>As the API shows it.</summary>
    /// <param name="quote">The passage.</param>
    /// <param name="page">Address of the page that it stands on.</param>
    [SetsRequiredMembers]
    public ApiQuote(QuoteView quote, string page)
    {
        ArgumentNullException.ThrowIfNull(quote);
        (Id, Text, Note, CreatedAt, Url) = (quote.Id, quote.Text, quote.Note, quote.At, $"{page}#p-{quote.Id:N}");
        Author = new(quote.Author.Handle, quote.Author.Name, quote.Author.Organisation);
    }

    /// <summary>Identifier.</summary>
    public required Guid Id { get; init; }
    /// <summary>The passage, plain text.</summary>
    public required string Text { get; init; }
    /// <summary>What is said of it, plain text, or null.</summary>
    public string? Note { get; init; }
    /// <summary>Who quoted it.</summary>
    public required ApiAuthor Author { get; init; }
    /// <summary>When.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Address of its place on the page of its content.</summary>
    public required string Url { get; init; }
}

/// <summary>A passage that a program quotes.</summary>
/// <param name="Text">The passage, plain text.</param>
/// <param name="Note">What is said of it, plain text, at most 1,000 characters.</param>
public record NewQuote(string? Text, string? Note);
